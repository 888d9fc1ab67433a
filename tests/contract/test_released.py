"""The version number of the contract matches its changes since the last release."""

from generator.changes.releases import Versions
from generator.readers.openapi import read_specification
from tests.contract.witnesses import SPECIFICATION


def test_a_breaking_change_has_a_new_major_version_and_a_note_and_any_change_a_new_version() -> None:
    """To fix a failure, raise `info.version` as it says, and describe in spec/CHANGELOG.md what callers do.

    `make release` when the version is given out.
    """
    assert Versions(SPECIFICATION).problem(read_specification(SPECIFICATION)) is None
