"""The list of known differences is closed, exact and sourced."""

import pytest

from generator.contract.known_differences import parse_known_differences
from generator.errors import InputError
from generator.yaml_document import loads

ENTRY = """\
known:
  - difference: field-missing
    witness: descriptors
    operation: GET /boats/{boatId}
    part: response
    path: urls[]
    reason: The page is older.
    source: https://example.com/where
"""


def test_an_entry_is_read() -> None:
    """With the line where it starts; its keyword is empty unless a single fact is meant."""
    (entry,) = parse_known_differences(loads(ENTRY, "known.yaml"))
    assert (entry.id, entry.witness.value, entry.path, entry.keyword) == ("field-missing", "descriptors", "urls[]", "")
    assert str(entry.location) == "known.yaml:2"


def test_the_list_can_be_empty() -> None:
    """Nothing is known to differ."""
    assert parse_known_differences(loads("known: []\n", "known.yaml")) == ()


INVALID = {
    "no list": ("known:\n", "known: {}\nolder:\n", "must have one key, `known`, with a list under it", 1),
    "another key at the top": ("known:\n", "expected:\n", "must have one key, `known`, with a list under it", 1),
    "an entry that is no mapping": (
        "known:\n",
        "known:\n  - urls\n",
        "an entry must be a mapping with difference, ",
        2,
    ),
    "a key too few": ("    reason: The page is older.\n", "", "this entry lacks `reason`; it takes difference, ", 2),
    "a key too many": ("    part:", "    since: '2020'\n    part:", "this entry has the unknown key `since`", 2),
    "no text": ("The page is older.", "1", "`reason` must be a string", 7),
    "an unknown difference": ("field-missing", "field-gone", "unknown difference 'field-gone'; choose from: ", 2),
    "an unknown witness": ("descriptors", "gossip", "unknown witness 'gossip'; choose from: documentation", 3),
    "no reference": ("https://example.com/where", "the wiki", "`source` must be an https:// URL", 8),
}


@pytest.mark.parametrize(
    ("old", "new", "message", "line"), [pytest.param(*row, id=name) for name, row in INVALID.items()]
)
def test_an_invalid_list_is_rejected(old: str, new: str, message: str, line: int) -> None:
    """A list that is not in order is refused in one sentence with its line."""
    assert old in ENTRY
    with pytest.raises(InputError) as rejected:
        parse_known_differences(loads(ENTRY.replace(old, new, 1), "known.yaml"))
    assert rejected.value.message.startswith(message)
    assert rejected.value.location.line == line
