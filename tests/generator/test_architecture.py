"""Arrows run one way: who may import what, held by reading the imports of every module."""

import ast
from collections.abc import Iterator, Mapping
from importlib.util import resolve_name
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ALLOWED: Mapping[str, tuple[str, ...]] = {
    "generator.contract.places": (),
    "generator.document": ("generator.contract.places", "generator.document"),
    "generator.contract": ("generator.contract", "generator.document"),
    "generator.readers": ("generator.contract", "generator.document"),
    "generator.examples": ("generator.contract.places", "generator.document", "generator.runtime.testing"),
    "generator.writers": (
        "generator.contract",
        "generator.document",
        "generator.examples",
        "generator.runtime",
        "generator.writers.folder",
    ),
    "generator.style": ("generator.contract", "generator.document", "generator.readers.openapi", "generator.style"),
    "generator.runtime": ("generator.runtime",),
    "generator.standin": (
        "generator.contract",
        "generator.document",
        "generator.examples",
        "generator.runtime.testing",
        "generated_client",
    ),
    "generated_client": ("generated_client",),
    "generator": ("generator",),
}
"""Beginning of a module's name -> what else of the project it may import; the first that fits counts.

A reader and a writer may also import the package that they are themselves.
"""


def _modules(package: str) -> Iterator[tuple[str, Path]]:
    for file in sorted((ROOT / package).rglob("*.py")):
        parts = file.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


def _imports(name: str, file: Path) -> Iterator[tuple[str, bool]]:
    """What a module imports, by absolute names, and whether it says so relatively."""
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, False) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = resolve_name("." * node.level + (node.module or ""), package) if node.level else str(node.module)
            for alias in node.names:
                yield f"{source}.{alias.name}", bool(node.level)


def _is_within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def _may_import(name: str, other: str) -> bool:
    rule = next(beginning for beginning in ALLOWED if _is_within(name, beginning))
    own = ".".join(name.split(".")[:3]) if rule in {"generator.readers", "generator.writers"} else None
    return any(_is_within(other, allowed) for allowed in ALLOWED[rule]) or (own is not None and _is_within(other, own))


MODULES = [*_modules("generator"), *_modules("generated_client")]


@pytest.mark.parametrize(("name", "file"), [pytest.param(*module, id=module[0]) for module in MODULES])
def test_imports_follow_the_arrows(name: str, file: Path) -> None:
    """A module imports nothing of the project that its place in the house does not allow."""
    project = [
        other for other, _ in _imports(name, file) if other.partition(".")[0] in {"generator", "generated_client"}
    ]
    assert [other for other in project if not _may_import(name, other)] == []


@pytest.mark.parametrize(
    ("name", "file"), [pytest.param(*module, id=module[0]) for module in _modules("generated_client")]
)
def test_the_client_imports_itself_relatively(name: str, file: Path) -> None:
    """So that it works under any name and at any depth."""
    assert [
        other for other, relative in _imports(name, file) if _is_within(other, "generated_client") and not relative
    ] == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("generator.contract.compare", "generator.readers.openapi"),
        ("generator.contract.places", "generator.contract.facts"),
        ("generator.document", "generator.contract.facts"),
        ("generator.readers.openapi.schemas", "generator.readers.protobuf"),
        ("generator.readers.lock", "generator.writers.lock"),
        ("generator.writers.lock", "generator.readers.lock"),
        ("generator.runtime.errors", "generator.document"),
        ("generated_client.client", "generator.runtime"),
    ],
)
def test_an_arrow_against_the_stream_is_seen(name: str, other: str) -> None:
    """The table forbids what the design forbids."""
    assert not _may_import(name, other)


def test_files_are_read_in_one_place() -> None:
    """Which rejects pipes, devices and what is too large; the runtime is part of the client."""
    readers = {
        name
        for name, file in _modules("generator")
        if not _is_within(name, "generator.runtime")
        for node in ast.walk(ast.parse(file.read_bytes()))
        if (isinstance(node, ast.Attribute) and node.attr in {"read_bytes", "read_text"})
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open")
    }
    assert readers == {"generator.document.files", "generator.cli"}


def test_nobody_imports_the_command_line() -> None:
    """It is the edge: only `python -m generator` starts it."""
    edge = ("generator.cli", "generator.commands")
    users = {
        name for name, file in MODULES for other, _ in _imports(name, file) for one in edge if _is_within(other, one)
    }
    assert users == {"generator.__main__", "generator.cli"}
