"""The public names of a client, read from its source without running it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import griffe
from attrs import evolve, frozen

from generator.errors import InputError, Location


@frozen
class PublicPackage:
    """A package, and the anchor of each public object by its path: the shortest name that a caller imports."""

    root: griffe.Module
    anchors: Mapping[str, str]

    def find(self, path: str) -> griffe.Object | None:
        """Return the object at a path, wherever it is defined; None outside the package."""
        try:
            target = self.root.modules_collection[path]
            return target.final_target if isinstance(target, griffe.Alias) else target
        except (KeyError, ValueError, griffe.AliasResolutionError, griffe.CyclicAliasError):
            return None

    def with_anchors(self, anchors: Mapping[str, str]) -> PublicPackage:
        """Return the package with more anchors."""
        return evolve(self, anchors={**self.anchors, **anchors})

    def module(self, name: str) -> griffe.Module:
        """Return the module at a path within the package. Raises InputError if it is missing."""
        module = self.find(f"{self.root.path}.{name}")
        if not isinstance(module, griffe.Module):
            raise InputError(f"has no module {name}; name the folder of a client", Location(self.root.name))
        return module

    def exported(self, module: griffe.Module) -> list[griffe.Object]:
        """Return the objects that a module exports, in the order of its `__all__`."""
        names = [str(name) for name in module.exports or ()]
        return [target for target in (self.find(f"{module.path}.{name}") for name in names) if target]


def load_package(folder: Path) -> PublicPackage:
    """Load the package in a folder. Raises InputError if there is none."""
    if not (folder / "__init__.py").is_file():
        raise InputError("contains no client; name the folder of one", Location(str(folder)))
    loader = griffe.GriffeLoader(
        search_paths=[folder.resolve().parent],
        allow_inspection=False,
        docstring_parser=griffe.Parser.google,
        docstring_options={"warnings": False},
    )
    root = loader.load(folder.resolve().name)
    if not isinstance(root, griffe.Module):
        raise InputError("is not a Python package; name the folder of a client", Location(str(folder)))
    package = PublicPackage(root, {})
    anchors: dict[str, str] = {}
    for module in sorted(public_modules(root), key=lambda module: module.path.count(".")):
        prefix = module.path.removeprefix(root.path).removeprefix(".")
        anchors.setdefault(module.path, prefix)
        for name in module.exports or ():
            target = package.find(f"{module.path}.{name}")
            if target is not None and not target.is_module:
                anchors.setdefault(target.path, ".".join(filter(None, (prefix, str(name)))))
    return PublicPackage(root, anchors)


def public_modules(module: griffe.Module) -> Iterator[griffe.Module]:
    """Yield a module and those below it that say what they export; names with an underscore are private."""
    if module.exports is not None:
        yield module
    for child in module.modules.values():
        if not child.name.startswith("_"):
            yield from public_modules(child)
