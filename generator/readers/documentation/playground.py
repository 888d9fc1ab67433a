"""The request in a page's front matter (`apiPlayground`): its method, its URL and the schemas of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from generator.contract.facts import Field
from generator.contract.reader_notes import Contradiction, UnparsedText
from generator.errors import InputError, Location
from generator.yaml_document import YamlMapping, YamlSequence

from .request_schema import SchemaField, SchemaItem, SchemaReader

PARTS = ("path", "query", "body")


@frozen
class Playground:
    """A request in the front matter: its method and URL, and the fields by the part of the page."""

    method: str
    url: str
    location: Location
    parts: Mapping[str, tuple[SchemaItem, ...]]

    def fields(self, part: str, *, from_description: bool) -> tuple[Field, ...]:
        """The fields of a part, with the facts of the schema or with those of its descriptions."""
        return tuple(item.field for item in self._fields(part) if item.from_description == from_description)

    def optional(self, part: str) -> frozenset[str]:
        """The paths of the fields that their object's list of required fields omits."""
        return frozenset(item.field.path for item in self._fields(part) if item.optional)

    def _fields(self, part: str) -> Iterator[SchemaField]:
        return (item for item in self.parts.get(part, ()) if isinstance(item, SchemaField))

    @property
    def unparsed(self) -> Iterator[UnparsedText]:
        """The constraints that were not understood."""
        return (item for items in self.parts.values() for item in items if isinstance(item, UnparsedText))

    @property
    def contradictions(self) -> Iterator[Contradiction]:
        """The contradictions within one description."""
        return (item for items in self.parts.values() for item in items if isinstance(item, Contradiction))


def read_playground(front: YamlMapping | None) -> Playground | None:
    """Read the request in the front matter, if there is one. Raises InputError for an unknown form."""
    if front is None or "apiPlayground" not in front:
        return None
    requests = front["apiPlayground"]
    if not isinstance(requests, YamlSequence) or len(requests) != 1 or not isinstance(requests[0], YamlMapping):
        raise InputError("is not a list of one request", front.location_of("apiPlayground"))
    request = requests[0]
    definitions = request.get("definitions")
    reader = SchemaReader(definitions if isinstance(definitions, YamlMapping) else YamlMapping(request.location))
    parts = {part: tuple(reader.root(request[part])) for part in PARTS if isinstance(request.get(part), YamlMapping)}
    return Playground(str(request.get("method")).upper(), str(request.get("url")), request.location, parts)
