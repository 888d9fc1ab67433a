"""What a draft calls things: operations, tags and components, in the provider's own manner."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import frozen

from generator.contract.compare import path_of
from generator.contract.facts import Contract

_VERSION = re.compile(r"v\d+\w*")
_STANDARD: Mapping[str, str] = {"GET": "get", "POST": "create", "PATCH": "update", "PUT": "replace", "DELETE": "delete"}
"""HTTP method -> what a method of it is called where the page has no name."""

OPERATION = "Operation"
_OPERATION = frozenset({"id", "done", "metadata"})
"""Fields by which a long-running operation is told where its message has no name."""

_PLURALS = ((r"ies$", "y"), (r"(ss|sh|ch|x|z)es$", r"\1"), (r"(?<!s)s$", ""))


@frozen
class Called:
    """The names of one operation: its method, the collection that it works on, and one item of that."""

    method: str
    collection: str

    @property
    def operation_id(self) -> str:
        """``images.get``."""
        return f"{self.collection}.{self.method}"

    @property
    def resource(self) -> str:
        """``Image``."""
        return capital(singular(self.collection))

    def message(self, kind: str) -> str:
        """``GetImageResponse`` for the kind `Response`; a list's has the plural."""
        of = capital(self.collection) if self.method == "list" else self.resource
        of = "" if of.lower() in self.method.lower() else of
        return f"{capital(self.method)}{of}{kind}"


def called(contract: Contract) -> Called:
    """The names of an operation, by its URL and the title of its page."""
    path, _, verb = path_of(contract.operation.url).partition(":")
    method = contract.names.operation or verb or _STANDARD.get(contract.operation.method, "call")
    segments = [one for one in path.split("/") if one and not one.startswith("{") and not _VERSION.fullmatch(one)]
    if len(segments) > 1 and _says(method, segments[-1]):
        segments.pop()
    return Called(method, _word(segments[-1]) if segments else "service")


def _says(method: str, segment: str) -> bool:
    """Whether a method's name holds the last segment of its path: `listCertificates` of `certificates`."""
    return _word(segment).lower() in method.lower()


def _word(segment: str) -> str:
    first, *rest = re.split(r"[^A-Za-z0-9]+", segment.strip("-_."))
    return first + "".join(map(capital, rest))


def title_of(url: str) -> str:
    """``Container Registry``, by the first segment of a path such as `/container-registry/v1/…`."""
    segments = [one for one in path_of(url).split("/") if one and not _VERSION.fullmatch(one)]
    return " ".join(map(capital, re.split(r"[^A-Za-z0-9]+", segments[0]))) if segments else "Service"


def capital(word: str) -> str:
    """A word with a capital letter."""
    return word[:1].upper() + word[1:]


def singular(word: str) -> str:
    """One of what a plural names, where English is regular."""
    for plural, one in _PLURALS:
        if re.search(plural, word):
            return re.sub(plural, one, word)
    return word


def message_name(anchor: str) -> str:
    """``PayloadEntry`` for `yandex.cloud.lockbox.v1.Payload.Entry`."""
    words = [word for word in anchor.split(".") if word[:1].isupper()]
    return "".join(words) or capital(anchor.rpartition(".")[2])


def is_operation(names: frozenset[str]) -> bool:
    """Whether an answer of these fields is a long-running operation."""
    return names >= _OPERATION
