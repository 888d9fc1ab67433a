"""What a draft calls things: operations, tags and components, in the provider's own manner."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import frozen

from generator.contract.facts import Contract
from generator.contract.urls import url_origin, url_path

_VERSION = re.compile(r"v\d+\w*")
_STANDARD: Mapping[str, str] = {"GET": "get", "POST": "create", "PATCH": "update", "PUT": "replace", "DELETE": "delete"}
"""HTTP method -> what a method of it is called where the page has no name."""

OPERATION = "Operation"
_OPERATION = frozenset({"id", "done", "metadata"})
"""Fields by which a long-running operation is told where its message has no name."""

_PLURALS = ((r"ies$", "y"), (r"(ss|sh|ch|x|z)es$", r"\1"), (r"(?<!s)s$", ""))


@frozen
class OperationNames:
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

    @property
    def gives_resource(self) -> bool:
        """Whether the answer is the resource itself: of `get` and of `getByName`."""
        return self.method == "get" or self.method.startswith("getBy")

    def message(self, kind: str) -> str:
        """``CreateImageRequest`` for the kind `Request`; a name of several words, `attachDisk`, says enough alone."""
        of = capital(self.collection) if self.method == "list" else self.resource
        says_enough = not self.method.islower() or of.lower() in self.method
        return f"{capital(self.method)}{'' if says_enough else of}{kind}"


def called(contract: Contract) -> OperationNames:
    """The names of an operation, by its URL and the title of its page."""
    path, _, verb = url_path(contract.operation.url).partition(":")
    method = (
        _identifier(contract.names.operation) or _identifier(verb) or _STANDARD.get(contract.operation.method, "call")
    )
    segments = [one for one in path.split("/") if one and not one.startswith("{") and not _VERSION.fullmatch(one)]
    if len(segments) > 1 and _says(method, segments[-1]):
        segments.pop()
    return OperationNames(method, _word(segments[-1]) if segments else "service")


def _identifier(name: str) -> str:
    return name if re.fullmatch(r"[a-z]\w*", name, re.ASCII) else ""


def _says(method: str, segment: str) -> bool:
    """Whether a method's name holds the last segment of its path: `listCertificates` of `certificates`."""
    return _word(segment).lower() in method.lower()


def _word(segment: str) -> str:
    first, *rest = re.split(r"[^A-Za-z0-9]+", segment.strip("-_."))
    return first + "".join(map(capital, rest))


def host_of(url: str) -> str:
    """``a.example`` of `https://a.example/b`, whatever its characters; nothing where there is no host."""
    return url_origin(url).partition("://")[2]


def service_of(url: str) -> str:
    """``container-registry`` of a path such as `/container-registry/v1/…`; else that of the host."""
    first = url_path(url).strip("/").partition("/")[0]
    host = host_of(url).partition(".")[0]
    return first if re.fullmatch(r"[A-Za-z][\w-]*", first) and not _VERSION.fullmatch(first) else host or "service"


def title_of(service: str) -> str:
    """``Container Registry`` for `container-registry`."""
    return " ".join(map(capital, re.split(r"[^A-Za-z0-9]+", service)))


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
