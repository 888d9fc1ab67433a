"""Infers the names of operations, tags and components, following the provider's naming."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import frozen

from generator.contract.facts import Contract
from generator.contract.urls import url_origin, url_path

_VERSION = re.compile(r"v\d+\w*")
_STANDARD: Mapping[str, str] = {"GET": "get", "POST": "create", "PATCH": "update", "PUT": "replace", "DELETE": "delete"}
"""HTTP method -> the name of a method whose page has no title."""

OPERATION = "Operation"
_OPERATION = frozenset({"id", "done", "metadata"})
"""The fields that identify a long-running operation if its message has no name."""

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
        return capitalize(singular(self.collection))

    @property
    def returns_resource(self) -> bool:
        """Return True if the response is the resource itself: for `get` and `getByName`."""
        return self.method == "get" or self.method.startswith("getBy")

    def message_name(self, kind: str) -> str:
        """``CreateImageRequest`` for the kind `Request`; a name of several words, `attachDisk`, says enough alone."""
        of = capitalize(self.collection) if self.method == "list" else self.resource
        says_enough = not self.method.islower() or of.lower() in self.method
        return f"{capitalize(self.method)}{'' if says_enough else of}{kind}"


def infer_names(contract: Contract) -> OperationNames:
    """Infer the names of an operation from its URL and the title of its page."""
    path, _, verb = url_path(contract.operation.url).partition(":")
    method = (
        _identifier(contract.names.operation) or _identifier(verb) or _STANDARD.get(contract.operation.method, "call")
    )
    segments = [
        segment
        for segment in path.split("/")
        if segment and not segment.startswith("{") and not _VERSION.fullmatch(segment)
    ]
    # The name of a method may contain the last segment of its path: `listCertificates` of `certificates`.
    if len(segments) > 1 and _camel_case(segments[-1]).lower() in method.lower():
        segments.pop()
    return OperationNames(method, _camel_case(segments[-1]) if segments else "service")


def _identifier(name: str) -> str:
    return name if re.fullmatch(r"[a-z]\w*", name, re.ASCII) else ""


def _camel_case(segment: str) -> str:
    first, *rest = re.split(r"[^A-Za-z0-9]+", segment.strip("-_."))
    return first + "".join(map(capitalize, rest))


def host_of(url: str) -> str:
    """The host of a URL, whatever its characters, or empty: ``a.example`` of `https://a.example/b`."""
    return url_origin(url).partition("://")[2]


def service_of(url: str) -> str:
    """The service in a path, else in the host: ``container-registry`` of `/container-registry/v1/…`."""
    first = url_path(url).strip("/").partition("/")[0]
    host = host_of(url).partition(".")[0]
    return first if re.fullmatch(r"[A-Za-z][\w-]*", first) and not _VERSION.fullmatch(first) else host or "service"


def title_of(service: str) -> str:
    """``Container Registry`` for `container-registry`."""
    return " ".join(map(capitalize, re.split(r"[^A-Za-z0-9]+", service)))


def capitalize(word: str) -> str:
    """Capitalize the first letter of a word."""
    return word[:1].upper() + word[1:]


def singular(word: str) -> str:
    """The singular of a regular English plural."""
    for plural, replacement in _PLURALS:
        if re.search(plural, word):
            return re.sub(plural, replacement, word)
    return word


def message_name(anchor: str) -> str:
    """``PayloadEntry`` for `yandex.cloud.lockbox.v1.Payload.Entry`."""
    words = [word for word in anchor.split(".") if word[:1].isupper()]
    return "".join(words) or capitalize(anchor.rpartition(".")[2])


def is_operation(names: frozenset[str]) -> bool:
    """Return True if a response of these fields is a long-running operation."""
    return names >= _OPERATION
