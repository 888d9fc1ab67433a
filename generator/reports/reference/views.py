"""The values that the page lays out: classes, functions and attributes with their documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import griffe
from attrs import frozen
from markupsafe import Markup

from .docstrings import ExampleStatement, parse, split_constraints
from .markup import Linker, Types

_WIDTH = 72
"""The most characters of a signature on one line."""


@frozen
class ReferenceRow:
    """An attribute, an argument or an exception: a row of a table."""

    anchor: str
    name: Markup
    type: Markup
    default: Markup
    text: Markup
    constraints: tuple[str, ...] = ()


@frozen
class FunctionView:
    """A function, a method or a constructor."""

    anchor: str
    name: str
    signature: Markup
    text: Markup
    arguments: Sequence[ReferenceRow]
    raises: Sequence[ReferenceRow]
    examples: tuple[ExampleStatement, ...]


@frozen
class ClassView:
    """A class with its public members."""

    anchor: str
    name: str
    bases: Sequence[Markup]
    text: Markup
    examples: tuple[ExampleStatement, ...]
    constructor: FunctionView | None
    attributes: Sequence[ReferenceRow]
    methods: Sequence[FunctionView]


Kind = TypeVar("Kind", bound=griffe.Object)


def of_kind(objects: Iterable[griffe.Object], kind: type[Kind]) -> Iterator[Kind]:
    """Yield the objects of a class of griffe."""
    return (target for target in objects if isinstance(target, kind))


def class_view(linker: Linker, cls: griffe.Class, *, inherited: bool = True) -> ClassView:
    """Return the view of a class; `inherited` includes what it inherits from classes of the package."""
    anchor = linker.package.anchors[cls.path]
    types = _types(linker, cls)
    documented = parse(cls)
    constructor = cls.all_members.get("__init__")
    constructor = constructor.final_target if isinstance(constructor, griffe.Alias) else constructor
    members = [*_public_members(cls, inherited=inherited)]
    return ClassView(
        anchor=anchor,
        name=cls.name,
        bases=[linker.expression(base) for base in cls.bases if _is_public_base(linker, base)],
        text=linker.prose(documented.text),
        examples=documented.examples,
        constructor=function_view(linker, constructor, f"{anchor}.__init__", cls.name, types)
        if isinstance(constructor, griffe.Function) and constructor.docstring
        else None,
        attributes=[
            attribute_view(linker, member, f"{anchor}.{member.name}", types)
            for member in of_kind(members, griffe.Attribute)
        ],
        methods=[
            function_view(linker, member, f"{anchor}.{member.name}", member.name, types)
            for member in of_kind(members, griffe.Function)
        ],
    )


def function_view(
    linker: Linker, function: griffe.Function, anchor: str, name: str, types: Types | None = None
) -> FunctionView:
    """Return the view of a function that callers know by a name."""
    documented = parse(function)
    parameters = {parameter.name: parameter for parameter in _parameters(function)}
    arguments = [
        _row(linker, f"{anchor}.{argument}", text, linker.expression(parameter.annotation, types), parameter.default)
        for argument, text in documented.arguments.items()
        if (parameter := parameters.get(argument))
    ]
    raises = [
        ReferenceRow("", linker.expression(kind), Markup(), Markup(), linker.line(text))
        for kind, text in documented.raises
    ]
    signature, text = _signature(linker, function, name, types), linker.prose(documented.text)
    return FunctionView(anchor, name, signature, text, arguments, raises, documented.examples)


def attribute_view(
    linker: Linker, attribute: griffe.Attribute, anchor: str, types: Types | None = None
) -> ReferenceRow:
    """Return the row of an attribute; one without an annotation shows its value, if that is written plainly."""
    value = None if isinstance(attribute.value, griffe.ExprCall | griffe.ExprJoinedStr) else attribute.value
    shown = value if attribute.annotation is None else attribute.annotation
    text = attribute.docstring.value if attribute.docstring else ""
    return _row(linker, anchor, text, linker.expression(shown, types))


def _row(
    linker: Linker, anchor: str, text: str, type_: Markup, default: griffe.Expr | str | None = None
) -> ReferenceRow:
    """Return the row of an attribute or an argument, with its constraints apart from the description."""
    description, constraints = split_constraints(text)
    name = Markup.escape(anchor.rpartition(".")[2])
    return ReferenceRow(anchor, name, type_, linker.expression(default), linker.line(description), constraints)


def _public_members(cls: griffe.Class, *, inherited: bool) -> Iterator[griffe.Object]:
    """Yield the members whose names have no underscore, in the order of their definition."""
    members = cls.all_members if inherited else cls.members
    for name, member in members.items():
        target = member.final_target if isinstance(member, griffe.Alias) else member
        overrides = any(name in base.members for base in cls.mro())
        if not name.startswith("_") and name != "decode" and not (overrides and not target.docstring):
            yield target


def _is_public_base(linker: Linker, base: griffe.Expr | str) -> bool:
    target = linker.package.find(base.canonical_path) if isinstance(base, griffe.Expr) else None
    return target is None or target.path in linker.package.anchors


def _types(linker: Linker, cls: griffe.Class) -> Types:
    """Return what stands for the type variables of the generic classes that a class inherits from."""
    types: dict[str, griffe.Expr | str] = {}
    classes = (cls, *cls.mro())
    bases = [base for cls in classes for base in cls.bases if isinstance(base, griffe.ExprSubscript)]
    for base in bases:
        generic = linker.package.find(base.canonical_path)
        if isinstance(generic, griffe.Class):
            types |= zip(_variables(generic), _elements(base.slice), strict=False)
    return types


def _variables(generic: griffe.Class) -> list[str]:
    bases = [base for base in generic.bases if isinstance(base, griffe.ExprSubscript)]
    variables = [variable for base in bases for variable in _elements(base.slice)]
    return [variable.canonical_path for variable in variables if isinstance(variable, griffe.Expr)]


def _elements(node: griffe.Expr | str) -> list[griffe.Expr | str]:
    return [*node.elements] if isinstance(node, griffe.ExprTuple) else [node]


def _parameters(function: griffe.Function) -> list[griffe.Parameter]:
    return [parameter for parameter in function.parameters if parameter.name not in {"self", "cls"}]


def _signature(linker: Linker, function: griffe.Function, name: str, types: Types | None) -> Markup:
    """Return a signature, on one line if it fits."""
    parts = [*_declarations(linker, _parameters(function), types)]
    returned = linker.expression(function.returns, types)
    arrow = Markup(" → {}").format(returned) if returned and returned != "None" else Markup()
    title = Markup('<b class="name">{}</b>').format(name)
    keyword = "async " if "async" in function.labels else ""
    one_line = Markup("{}{}({}){}").format(keyword, title, Markup(", ").join(parts), arrow)
    if len(one_line.striptags()) <= _WIDTH:
        return one_line
    lines = Markup("").join(Markup("    {},\n").format(part) for part in parts)
    return Markup("{}{}(\n{}){}").format(keyword, title, lines, arrow)


def _declarations(linker: Linker, parameters: Sequence[griffe.Parameter], types: Types | None) -> Iterator[Markup]:
    """Yield each parameter with its type and default, and the `*` before those that need their names."""
    kinds = griffe.ParameterKind
    has_star = False
    for parameter in parameters:
        if parameter.kind is kinds.keyword_only and not has_star:
            yield Markup("*")
        is_rest = parameter.kind is kinds.var_positional
        has_star = has_star or is_rest or parameter.kind is kinds.keyword_only
        annotation = linker.expression(parameter.annotation, types)
        default = linker.expression(None if is_rest else parameter.default)
        yield Markup('{}{}<span class="type">: {}</span>{}{}').format(
            "*" if is_rest else "", parameter.name, annotation, " = " if default else "", default
        )
