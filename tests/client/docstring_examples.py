"""Runs the examples of docstrings, with `await` at their top level."""

import ast
import inspect
from collections.abc import Iterator
from contextlib import redirect_stdout
from doctest import DocTestParser
from functools import cached_property
from io import StringIO
from typing import Any, cast, get_type_hints


async def run_examples(documented: Any, names: dict[str, Any]) -> int:
    """Run the examples of a docstring with names; return their number. Fails if one prints anything else."""
    examples = DocTestParser().get_examples(inspect.getdoc(documented) or "")
    for example in examples:
        code = compile(example.source, "<example>", "single", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        with redirect_stdout(StringIO()) as printed:
            result = eval(code, names)  # the examples are the client's own
            if inspect.iscoroutine(result):
                await result
        assert printed.getvalue() == example.want
    return len(examples)


def methods_of(client: type[Any]) -> Iterator[Any]:
    """Yield the methods of each tag of a client."""
    for attribute in vars(client).values():
        if isinstance(attribute, cached_property):
            tag = cast("type[object]", get_type_hints(attribute.func)["return"])
            members = vars(tag).items()
            yield from (method for name, method in members if callable(method) and not name.startswith("_"))
