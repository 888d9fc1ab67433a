"""The public names are documented and typed; the hierarchy of exceptions is the drawn one."""

import ast
import builtins
import inspect
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, cast, get_args, get_type_hints

import pytest

import generated_client
from generated_client import AsyncClient, Blob, Client, Image, Status, credentials, errors
from generated_client.errors import ApiError

PACKAGE = Path(generated_client.__file__).parent


def test_all_is_what_is_there() -> None:
    there = {
        name
        for name, value in vars(generated_client).items()
        if not name.startswith("_")
        and name != "TYPE_CHECKING"
        and (not isinstance(value, ModuleType) or value in {credentials, errors})
    }
    assert there == set(generated_client.__all__)
    assert generated_client.__all__ == sorted(generated_client.__all__)


def test_every_public_name_has_a_docstring_of_its_own() -> None:
    for name in generated_client.__all__:
        assert vars(generated_client)[name].__doc__, name
    for kind in exceptions():
        assert vars(kind).get("__doc__"), kind


# Two jumps: __init__.py -> client.py -> api/images/__init__.py.


@pytest.mark.parametrize(("client", "tag"), [("Client", "Images"), ("AsyncClient", "AsyncImages")])
def test_the_method_is_found_from_the_package_in_two_jumps(client: str, tag: str) -> None:
    module = imported(PACKAGE / "__init__.py", client)
    images = member(module, client, "images")
    assert ast.unparse(images.returns or images) == tag
    home = imported(module, tag)
    assert home == PACKAGE / "api" / "images" / "__init__.py"
    assert member(home, tag, "get").args.args[1].arg == "image_id"


def imported(file: Path, name: str) -> Path:
    """The file that a name is imported from, by a relative import."""
    (found,) = [
        node
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and name in [alias.name for alias in node.names]
    ]
    target = file.parents[found.level - 1].joinpath(*(found.module or "").split("."))
    return target / "__init__.py" if target.is_dir() else target.with_suffix(".py")


def member(file: Path, owner: str, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef:
    """A method in the body of a class."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    (kind,) = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == owner]
    (found,) = [
        node for node in kind.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name
    ]
    return found


# The tree of exceptions.


def exceptions(kind: type[ApiError] = ApiError) -> Iterator[type[ApiError]]:
    """The exceptions of a tree that have a public name."""
    if not kind.__name__.startswith("_"):
        yield kind
    for below in kind.__subclasses__():
        yield from exceptions(below)


def parent(kind: type[ApiError]) -> str:
    return next((base.__name__ for base in kind.__mro__[1:] if base in {*exceptions()}), "")


def drawn() -> Mapping[str, tuple[str, str]]:
    """The tree in the docstring of the module: a name -> the one that it hangs from, and the built-in beside it."""
    above: dict[int, str] = {}
    tree: dict[str, tuple[str, str]] = {}
    for line in (errors.__doc__ or "").splitlines()[2:]:
        branch, text = cast("re.Match[str]", re.fullmatch(r"([ │├└─]*)(.*)", line)).groups()
        names, builtin = cast("re.Match[str]", re.match(r"(\w+(?:, \w+)*)(?: \((\w+)\))?", text)).groups()
        for name in names.split(", "):
            tree[name] = above.get(len(branch) - 4, ""), builtin or ""
            above[len(branch)] = name
    return tree


def test_the_tree_of_exceptions_is_the_one_that_is_drawn() -> None:
    there = {exception.__name__: exception for exception in exceptions()}
    assert {name: above for name, (above, _) in drawn().items()} == {
        name: parent(exception) for name, exception in there.items()
    }
    for name, (_, builtin) in drawn().items():
        beside = [
            base.__name__ for base in there[name].__bases__ if base.__name__ in vars(builtins) and base is not Exception
        ]
        assert beside == ([builtin] if builtin else []), name


def test_every_exception_can_be_named_by_its_module() -> None:
    for kind in exceptions():
        assert vars(errors)[kind.__name__] is kind
    named = [member for member in vars(errors).values() if isinstance(member, type) and issubclass(member, Exception)]
    assert all(issubclass(error, ApiError) for error in named)


PUBLIC_MODULES = [
    "",
    ".client",
    ".credentials",
    ".errors",
    ".models",
    ".testing",
    ".testing.faults",
    ".testing.fixtures",
]


@pytest.mark.parametrize("name", PUBLIC_MODULES)
def test_a_public_module_shows_its_public_names(name: str) -> None:
    """So do `dir()` and `help()`, which go by these two."""
    module = import_module(f"generated_client{name}")
    public: list[str] = module.__all__
    assert dir(module) == sorted(public)
    assert len(set(public)) == len(public)
    for public_name in public:
        assert not public_name.startswith("_")
        assert hasattr(module, public_name)
    own = {
        own_name
        for own_name, value in vars(module).items()
        if getattr(value, "__module__", "") == module.__name__ and not own_name.startswith("_")
    }
    assert own - {"status_error"} <= set(public)


# Models.


@pytest.mark.parametrize("model", [Blob, Image, Status])
def test_a_model_has_no_positional_arguments_or_patterns(model: type[Blob] | type[Image] | type[Status]) -> None:
    """So a field that is added or moved in the spec shifts no value of a caller."""
    parameters = inspect.signature(model).parameters.values()
    assert {parameter.kind for parameter in parameters} == {inspect.Parameter.KEYWORD_ONLY}
    assert vars(model)["__match_args__"] == ()


# Types.

ANY = {"additional_properties": "what nobody knows the type of, as it came"}
"""The places of the public surface with `Any`, and the reason of each."""


def classes() -> Iterator[type]:
    """The classes that a user meets."""
    for client in (Client, AsyncClient):
        yield get_type_hints(vars(client)["images"].func)["return"]
    for value in [*vars(generated_client).values(), *vars(errors).values()]:
        if isinstance(value, type) and value.__module__.startswith("generated_client"):
            yield value


def hints(kind: type) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The attributes and methods of a class, its own and inherited ones, with their annotations."""
    for base in kind.__mro__:
        for name, value in vars(base).items() if base.__module__.startswith("generated_client") else ():
            function = getattr(value, "fget", None) or getattr(value, "__func__", value)
            if inspect.isfunction(function) and (name == "__init__" or not name.startswith("_")):
                yield name, get_type_hints(function, localns=vars(credentials))
    for name, hint in get_type_hints(kind).items():
        if not name.startswith("_"):
            yield name, {name: hint}


def parts(hint: Any) -> Iterator[Any]:
    """A type and those that it is made of."""
    yield hint
    for part in get_args(hint):
        yield from parts(part)


def test_any_stands_only_where_a_json_object_is_of_any_content() -> None:
    found = {
        argument if name == "__init__" else name
        for kind in classes()
        for name, annotations in hints(kind)
        for argument, hint in annotations.items()
        if Any in parts(hint)
    }
    assert found == set(ANY)


def test_httpx_is_named_by_the_transport_alone() -> None:
    found = {
        (name, argument)
        for kind in classes()
        for name, annotations in hints(kind)
        for argument, hint in annotations.items()
        if any(getattr(part, "__module__", "").startswith(("httpx", "httpcore", "anyio")) for part in parts(hint))
    }
    assert found <= {("__init__", "transport")}
