"""Renders the page: the sections and what each shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import griffe
from attrs import frozen
from markupsafe import Markup

from generator.reports.page_template import render_page

from .markup import Linker
from .package import PublicPackage, load_package
from .views import ClassView, FunctionView, ReferenceRow, attribute_view, class_view, function_view, of_kind

_FOLDER = Path(__file__).parent


@frozen
class ModuleView:
    """A public module: its text, and what it exports."""

    anchor: str
    text: Markup
    constants: Sequence[ReferenceRow]
    functions: Sequence[FunctionView]
    classes: Sequence[ClassView]


@frozen
class TagReference:
    """An attribute of the client with its methods, each as sync and as async code."""

    anchor: str
    text: Markup
    methods: tuple[tuple[FunctionView, FunctionView], ...]


@frozen
class ErrorView:
    """An exception, its gRPC code if it has one, and those that inherit from it."""

    view: ClassView
    code: str
    children: tuple[ErrorView, ...]

    @property
    def is_plain(self) -> bool:
        """True for an exception that adds nothing: a row in the table of its base."""
        return not (self.children or self.view.attributes or self.view.methods)


def format_reference(folder: Path, title: str, version: str) -> str:
    """Format the reference of the client in a folder: HTML that loads nothing, runs nothing, and escapes every text.

    Raises InputError if there is no client.
    """
    package = load_package(folder)
    tags = [*_tags(package)]
    for name, *classes in tags:
        package = package.with_anchors({cls.path: f"client.{name}" for cls in classes})
    linker = Linker(package)
    root = _module(linker, package.root)
    models = {target.path for target in package.exported(package.module("models"))}
    errors = package.module("errors")
    exceptions = [*_exceptions(linker, errors)]
    return render_page(
        _FOLDER,
        package=package.root.name,
        title=title,
        version=version,
        description=linker.prose(package.root.docstring.value.partition("\n\n")[2] if package.root.docstring else ""),
        client=_find(root, "Client"),
        async_client=_find(root, "AsyncClient"),
        tags=[_tag(linker, *tag) for tag in tags],
        models=[_find(root, path.rpartition(".")[2]) for path in sorted(models)],
        values=[_find(root, name) for name in ("Response", "Timestamp")],
        errors=_module(linker, errors),
        exceptions=exceptions,
        flat=[*_flatten(exceptions)],
        credentials=_module(linker, package.module("credentials")),
        testing=_module(linker, package.module("testing")),
        faults=_module(linker, package.module("testing.faults")),
        fixtures=_module(linker, package.module("testing.fixtures")),
    )


def _find(module: ModuleView, name: str) -> ClassView:
    return next(view for view in module.classes if view.name == name)


def _module(linker: Linker, module: griffe.Module) -> ModuleView:
    """Return the view of a module, with the objects that are known by it and not by another one."""
    anchors = linker.package.anchors
    anchor = anchors[module.path]
    targets = [
        target
        for target in linker.package.exported(module)
        if anchors.get(target.path, "").rpartition(".")[0] == anchor
    ]
    return ModuleView(
        anchor=anchor,
        text=linker.prose(module.docstring.value if module.docstring else ""),
        constants=[attribute_view(linker, row, anchors[row.path]) for row in of_kind(targets, griffe.Attribute)],
        functions=[
            function_view(linker, row, anchors[row.path], row.name) for row in of_kind(targets, griffe.Function)
        ],
        classes=[class_view(linker, row) for row in of_kind(targets, griffe.Class)],
    )


def _tags(package: PublicPackage) -> Iterator[tuple[str, griffe.Class, griffe.Class]]:
    """Yield each attribute of the client with its classes for sync and async code."""
    module = package.module("client")
    sync, async_ = module.members["Client"], module.members["AsyncClient"]
    for name in sync.members:
        classes = [_returned(package, client.members.get(name)) for client in (sync, async_)]
        if classes[0] and classes[1]:
            yield name, classes[0], classes[1]


def _returned(package: PublicPackage, member: griffe.Object | griffe.Alias | None) -> griffe.Class | None:
    """Return the class that a property returns."""
    annotation = member.annotation if isinstance(member, griffe.Attribute) else None
    cls = package.find(annotation.canonical_path) if isinstance(annotation, griffe.ExprName) else None
    return cls if isinstance(cls, griffe.Class) else None


def _tag(linker: Linker, name: str, sync: griffe.Class, async_: griffe.Class) -> TagReference:
    methods = zip(
        _methods(linker, sync, f"client.{name}"), _methods(linker, async_, f"async-client.{name}"), strict=True
    )
    text = sync.docstring.value if sync.docstring else ""
    return TagReference(f"client.{name}", linker.prose(text), tuple(methods))


def _methods(linker: Linker, cls: griffe.Class, anchor: str) -> Iterator[FunctionView]:
    for name, method in cls.functions.items():
        if not name.startswith("_"):
            yield function_view(linker, method, f"{anchor}.{name}", name)


def _exceptions(linker: Linker, module: griffe.Module, base: str = "Exception") -> Iterator[ErrorView]:
    """Yield the exceptions whose first base is a class, each with those below it, in the order of their source."""
    for cls in module.classes.values():
        if cls.path in linker.package.anchors and cls.bases and str(cls.bases[0]) == base:
            code = str(cls.keywords.get("code", ""))
            children = tuple(_exceptions(linker, module, cls.name))
            yield ErrorView(class_view(linker, cls, inherited=False), code, children)


def _flatten(exceptions: Sequence[ErrorView]) -> Iterator[ErrorView]:
    for exception in exceptions:
        yield exception
        yield from _flatten(exception.children)
