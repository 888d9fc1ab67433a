"""The JSON of a page is read into paths, types and lines."""

import pytest

from generator.errors import InputError, Location
from generator.readers.documentation.skeleton import MAXIMUM_DEPTH, Skeleton, parse_skeleton

OLDER = """{
  "id": "string",
  "afloat": true,

  //  includes only one of the fields `hull`, `deck`
  "hull": {
    "planks": [
      {
        "length": "number"
      }
    ]
  },
  "deck": {},
  // end of the list

}
"""


def test_entries_have_paths_types_and_lines() -> None:
    """Comments, `true` for a flag, `{}` for an empty message and a comma too many are what pages have."""
    assert [
        (entry.path, entry.type, entry.line) for entry in parse_skeleton(OLDER, Location("page.md", 10)).entries
    ] == [
        ("id", "string", 11),
        ("afloat", "boolean", 12),
        ("hull", "object", 15),
        ("hull.planks[]", "object", 16),
        ("hull.planks[].length", "number", 18),
        ("deck", "object", 22),
    ]


def test_newer_pages_name_every_type() -> None:
    """The newer pages write `"boolean"`, and `"object"` where a message recurs."""
    json = parse_skeleton('{"afloat": "boolean", "parts": ["object"], "labels": "object"}', Location("page.md", 1))
    assert [(entry.path, entry.type) for entry in json.entries] == [
        ("afloat", "boolean"),
        ("parts[]", "object"),
        ("labels", "object"),
    ]


def test_empty_message_has_no_entries() -> None:
    """A body without fields is no error."""
    assert parse_skeleton("{}", Location("page.md", 1)) == Skeleton((), ())


def test_comments_are_kept_with_their_lines() -> None:
    """Comments may open a one-of group; they are kept for the vocabulary."""
    assert parse_skeleton(OLDER, Location("page.md", 10)).comments == (
        ("includes only one of the fields `hull`, `deck`", 14),
        ("end of the list", 23),
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("[]", 1),
        ('{\n"a" "string"}', 2),
        ('{\n"a": "boat"}', 2),
        ('{"a": "string" "b": "string"}', 1),
        ('{\n\n"a": ["string", "string"]}', 3),
        ('{"a": "string"}\n{}', 2),
        ('{"a": {"b": "string"}', 1),
        ("{a: 1}", 1),
        ('{"a": "string", true}', 1),
        ('{"\\u0061": "string"}', 1),
    ],
)
def test_invalid_skeleton_is_rejected(text: str, line: int) -> None:
    """The first invalid token is reported with its line."""
    with pytest.raises(InputError, match=r"is invalid in the JSON of a page|is not a JSON object") as caught:
        parse_skeleton(text, Location("page.md", 1))
    assert caught.value.location.line == line


def test_nesting_has_a_limit() -> None:
    """Nesting beyond the limit is rejected; up to it, it is read."""
    deep = '{"a": ' * MAXIMUM_DEPTH
    assert len(parse_skeleton(f'{deep}"string"{"}" * MAXIMUM_DEPTH}', Location("page.md", 1)).entries) == MAXIMUM_DEPTH
    with pytest.raises(InputError, match="nested more than"):
        parse_skeleton(deep * 1000, Location("page.md", 1))
