"""Imports go one way, and the architecture page is true."""

import ast
import re
from collections.abc import Iterator, Mapping
from importlib.util import resolve_name

import pytest

from tests.generator.modules import FILES, ROOT, RUNTIME, nodes

LAYERS = (
    "generator.commands",
    "generator.extras",
    "generator.client_writer",
    "generator.vendoring",
    "generator.reports",
    "generator.lint",
    "generator.changes",
    "generator.readers",
    "generator.contract",
    "generator.yaml_document",
    "generator.errors",
)
"""From the edge to the bottom: a package imports itself and those below it."""

BESIDE: Mapping[str, tuple[str, ...]] = {
    "generator.cli": ("generator.commands", "generator.errors"),
    "generator.__main__": ("generator.cli",),
    "generator.standin": (
        "generator.standin",
        "generator.readers.openapi",
        "generator.yaml_document",
        "generator.errors",
        "generator.runtime.testing",
        "generated_client",
    ),
    "generator.runtime": ("generator.runtime",),
    "generated_client": ("generated_client",),
}
"""Packages outside the layers -> all that each imports."""

ALSO: Mapping[str, tuple[str, ...]] = {
    "generator.commands": ("generator.standin", "generator.runtime"),
    "generator.client_writer": ("generator.runtime",),
    "generator.vendoring": ("generator.runtime",),
    "generator.reports.html": ("generator.runtime.testing",),
    "generator.readers.documentation.fetch": ("generator.runtime",),
    "generator.readers.openapi": ("generator.runtime.testing",),
}
"""Package -> what it imports beside its own layer and those below."""

EXTRAS = tuple(f"generator.commands.{name}" for name in ("contract", "draft", "drift", "page_history"))
"""The only modules that import the extras."""


def _name(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


MODULES = {_name(file): file for file in FILES if not file.startswith("tests/")}


def _imports(name: str) -> Iterator[tuple[str, bool]]:
    """Yield the imports of a module by absolute names, each with whether it is relative."""
    package = name if MODULES[name].endswith("/__init__.py") else name.rpartition(".")[0]
    for node in nodes(MODULES[name]):
        if isinstance(node, ast.Import):
            yield from ((alias.name, False) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = resolve_name("." * node.level + (node.module or ""), package) if node.level else str(node.module)
            for alias in node.names:
                yield f"{source}.{alias.name}", bool(node.level)


def _is_within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def _may_import(name: str, other: str) -> bool:
    beside = next((imports for package, imports in BESIDE.items() if _is_within(name, package)), None)
    if beside is not None:
        return any(_is_within(other, allowed) for allowed in beside)
    if any(
        _is_within(other, allowed) for package, also in ALSO.items() if _is_within(name, package) for allowed in also
    ):
        return True
    if _is_within(other, "generator.extras") and not _is_within(name, "generator.extras"):
        return name in EXTRAS
    if _is_within(name, "generator.readers") and _is_within(other, "generator.readers"):
        return name == "generator.readers.witnesses" or _is_within(other, ".".join(name.split(".")[:3]))
    layers = [layer for layer, package in enumerate(LAYERS) if _is_within(name, package)]
    return any(_is_within(other, package) for layer in layers for package in LAYERS[layer:])


def test_imports_follow_the_arrows() -> None:
    """A module imports nothing of the project that its place in the house does not allow."""
    imports = [(name, other) for name in MODULES for other, _ in _imports(name)]
    ours = [(name, other) for name, other in imports if other.partition(".")[0] in {"generator", "generated_client"}]
    assert len(ours) > 500
    assert [(name, other) for name, other in ours if not _may_import(name, other)] == []


def test_the_client_imports_itself_relatively() -> None:
    """So that it works under any name and at any depth."""
    imports = [
        (name, other, relative)
        for name in MODULES
        if _is_within(name, "generated_client")
        for other, relative in _imports(name)
        if _is_within(other, "generated_client")
    ]
    assert len(imports) > 100
    assert [(name, other) for name, other, relative in imports if not relative] == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("generator.contract.compare", "generator.readers.openapi"),
        ("generator.readers.openapi.schemas", "generator.readers.protobuf"),
        ("generator.reports.json", "generator.runtime.testing"),
        ("generator.commands.read", "generator.extras.page_history"),
        ("generator.runtime.errors", "generator.yaml_document"),
        ("generator.commands", "generator.cli"),
    ],
)
def test_an_arrow_against_the_stream_is_seen(name: str, other: str) -> None:
    """The table forbids what the design forbids."""
    assert not _may_import(name, other)


def test_files_are_read_in_one_place() -> None:
    """That place rejects pipes, devices and large files; the runtime is part of the client."""
    readers = {
        name
        for name, file in MODULES.items()
        if _is_within(name, "generator") and file not in RUNTIME
        for node in nodes(file)
        if (isinstance(node, ast.Attribute) and node.attr in {"read_bytes", "read_text"})
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open")
    }
    assert readers == {"generator.yaml_document.files", "generator.cli"}


def test_only_the_named_commands_import_the_extras() -> None:
    """Without that folder, everything else works."""
    others = [name for name in MODULES if not _is_within(name, "generator.extras")]
    users = {name for name in others for other, _ in _imports(name) if _is_within(other, "generator.extras")}
    assert users == set(EXTRAS)


PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("heading", re.findall(r"^## From (.+)$", PAGE, re.MULTILINE))
def test_every_step_of_the_architecture_page_is_a_function(heading: str) -> None:
    section = PAGE.partition(f"\n## From {heading}\n")[2].partition("\n## ")[0]
    steps = re.findall(r"^\d+\. .*$", section, re.MULTILINE)
    assert steps
    for step in steps:
        hop = re.match(r"\d+\. `([^`:]+\.py):(\w+)` ", step)
        assert hop, step
        module = nodes(hop[1])[0]
        assert isinstance(module, ast.Module)
        assert hop[2] in {node.name for node in module.body if isinstance(node, ast.FunctionDef)}


def test_every_path_on_the_architecture_page_exists() -> None:
    paths = set(re.findall(r"`((?:generator|tests|spec|docs|generated_client)/[\w./-]*)`", PAGE))
    assert len(paths) > 10
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_the_architecture_page_lists_every_module_of_the_runtime_and_the_layers_in_order() -> None:
    table = PAGE.partition("\n## The runtime\n")[2].partition("\n## ")[0].partition("\n|")[2]
    modules = {path.name for path in (ROOT / "generator" / "runtime").glob("*.py")} - {"__init__.py"}
    assert sorted(re.findall(r"`(\w+\.py)`", table)) == sorted(modules)
    chain = " → ".join(layer.removeprefix("generator.") for layer in LAYERS)
    assert f"`{chain}`" in " ".join(PAGE.split())
