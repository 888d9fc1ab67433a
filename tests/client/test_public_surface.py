"""The public names are documented and typed; the hierarchy of exceptions is the drawn one."""

import inspect
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any, cast, get_args, get_type_hints

import pytest

import generated_client
from generated_client import AsyncClient, Blob, Client, Image, Status, _routes, credentials, errors
from generated_client.errors import ApiError


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


@pytest.mark.parametrize("client", [Client, AsyncClient])
def test_the_method_is_found_from_the_package_in_two_jumps(client: type[Client] | type[AsyncClient]) -> None:
    """From `__init__.py` to `client.py`, and on to `api/images/__init__.py`."""
    images: Any = get_type_hints(vars(client)["images"].func)["return"]
    assert (client.__module__, images.__module__) == ("generated_client.client", "generated_client.api.images")
    assert inspect.signature(images.get).parameters["image_id"].annotation is str


# The tree of exceptions.


def exceptions(kind: type[ApiError] = ApiError) -> Iterator[type[ApiError]]:
    """The exceptions of a tree that have a public name."""
    if not kind.__name__.startswith("_"):
        yield kind
    for below in kind.__subclasses__():
        yield from exceptions(below)


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


def place(kind: type[ApiError]) -> tuple[str, str]:
    """The place of an exception in that tree."""
    above = next((base.__name__ for base in kind.__mro__[1:] if base in {*exceptions()}), "")
    builtins = (base.__name__ for base in kind.__bases__ if base.__module__ == "builtins" and base is not Exception)
    return above, ", ".join(builtins)


def test_the_tree_of_exceptions_is_the_one_that_is_drawn() -> None:
    assert drawn() == {kind.__name__: place(kind) for kind in exceptions()}
    assert all(vars(errors)[kind.__name__] is kind for kind in exceptions())


# Public modules.

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
    assert all(hasattr(module, public_name) and not public_name.startswith("_") for public_name in public)
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


def classes() -> Iterator[type]:
    """The classes that a user meets."""
    for client in (Client, AsyncClient):
        yield get_type_hints(vars(client)["images"].func)["return"]
    for value in [*vars(generated_client).values(), *vars(errors).values()]:
        if isinstance(value, type) and value.__module__.startswith("generated_client"):
            yield value


def hints(kind: type) -> Iterator[tuple[str, Any]]:
    """The attributes of a class and the arguments of its methods, its own and inherited ones, with their types."""
    yield from get_type_hints(kind).items()
    for base in kind.__mro__:
        for name, value in vars(base).items() if base.__module__.startswith("generated_client") else ():
            function = getattr(value, "fget", None) or getattr(value, "__func__", value)
            if inspect.isfunction(function) and (name == "__init__" or not name.startswith("_")):
                annotations = get_type_hints(function, localns=vars(_routes) | vars(credentials))
                yield from (
                    annotations.items() if name == "__init__" else ((name, hint) for hint in annotations.values())
                )


def parts(hint: Any) -> Iterator[Any]:
    """A type and those that it is made of."""
    yield hint
    for part in get_args(hint):
        yield from parts(part)


def test_only_the_expected_places_name_any_or_the_http_library() -> None:
    """A JSON object is of any content, and a transport is one of httpx."""
    places = {
        (name, "any" if part is Any else "http")
        for kind in classes()
        for name, hint in hints(kind)
        if not name.startswith("_")
        for part in parts(hint)
        if part is Any or getattr(part, "__module__", "").startswith(("httpx", "httpcore", "anyio"))
    }
    assert places - {("transport", "http")} == {("additional_properties", "any")}
