"""A changed page gives a patch that makes the specification say it; other changes are left to a person."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.contract.compare import compare
from generator.contract.facts import Contract
from generator.errors import InputError
from generator.extras.patch.context import PatchContext
from generator.extras.patch.edits import propose_text
from generator.extras.patch.spec_patch import propose_patch
from generator.extras.patch.yaml_editor import YamlEditor
from generator.lint.linter import lint_document
from generator.readers import documentation, openapi
from generator.readers.documentation import read_bytes
from generator.yaml_document import loads
from tests.contract.mutations import Mutation, apply, mutations
from tests.contract.pages import page_of, says_nothing_of
from tests.generator.documentation.cases import spelled
from tests.sample import SPECIFICATION, locks, specification

FIXTURES = Path(__file__).parent / "fixtures"
CASES: Mapping[str, Mapping[str, Any]] = yaml.safe_load((FIXTURES / "edits.yaml").read_text(encoding="utf-8"))

OF_NO_SPECIFICATION = ("imageId required", "imageId is left out", "imageId path", "imageId again", "operation method")
"""Facts that no specification of this operation can state: its path parameter is another one, or none."""

LEFT = ("id type is object", "imageId type is object", "tags[] type is object", "config type", "imageId in is query")
"""Texts that a person has to write: the fields of an undocumented object, another parameter, and another URL."""

SUBJECTS = ("", "imageId", "id", "config", "config.size", "layers[].size", "tags[]")


def _mutations() -> list[Mutation]:
    (lock,) = locks()
    return [
        mutation for mutation in mutations(lock) if mutation.path in SUBJECTS and not says_nothing_of(mutation, lock)
    ]


def _page(mutation: Mutation) -> Contract:
    return read_bytes(page_of(apply(locks()[0], mutation), "en").encode(), "page.md")


@pytest.mark.slow
def test_every_single_change_of_a_page_is_proposed() -> None:
    """The specification says it then, and what the page says otherwise is what the page does not make clear itself."""
    text, (contract,) = SPECIFICATION.read_text(encoding="utf-8"), specification()
    proposals = 0
    for mutation in (
        mutation for mutation in _mutations() if not str(mutation).startswith((*OF_NO_SPECIFICATION, "operation url"))
    ):
        page = _page(mutation)
        edited = propose_text(PatchContext.of(YamlEditor.of(text), contract, page), compare(contract, page))
        (after,) = openapi.parse_specification(loads(edited, "openapi.yaml")).contracts
        remaining = [
            difference for difference in compare(after, page) if difference.id not in {"unread", "disagreement"}
        ]
        assert str(mutation).startswith(LEFT) == bool(remaining), f"{mutation}: {remaining}"
        proposals += edited != text
    assert proposals > 80


def test_a_proposal_is_in_good_style() -> None:
    """No finding of the linter, except for units, anchors and examples, which a person writes."""
    text, (contract,) = SPECIFICATION.read_text(encoding="utf-8"), specification()
    proposed = [
        Mutation("response", "config.size", "again", "config.sizeAgain"),
        Mutation("response", "id", "deprecated", value=True),
        Mutation("parameter", "imageId", "pattern", "[a-z]+"),
    ]
    for mutation in proposed:
        page = _page(mutation)
        edited = propose_text(PatchContext.of(YamlEditor.of(text), contract, page), compare(contract, page))
        assert edited != text
        rules = {finding.rule.id for finding in lint_document(loads(edited, "o"))}
        assert rules <= {"todo", "size-without-unit", "unanchored-pattern", "wrong-example"}


def _write_case(folder: Path, case: Mapping[str, Any]) -> tuple[Path, Contract]:
    """Write the specification of a case, and read its page."""
    texts = {"specification": ("boats.yaml", "openapi.yaml"), "page": ("boats.md", "page.md")}
    for kind, (fixture, name) in texts.items():
        text = (FIXTURES / fixture).read_text(encoding="utf-8")
        for old, new in case.get(kind, {}).items():
            assert old in text
            text = text.replace(old, spelled(new), 1)
        (folder / name).write_text(text, encoding="utf-8")
    shutil.copy(FIXTURES / "common.yaml", folder)
    return folder / "openapi.yaml", documentation.read(folder / "page.md")


def _changed(diff: str) -> list[str]:
    """The lines that come and go."""
    return [line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in {"+++", "---"}]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_diff_holds_what_has_changed_and_the_rest_is_left_to_a_person(
    tmp_path: Path, case: Mapping[str, Any]
) -> None:
    """Every comment keeps its position, and each line for a person has a location."""
    specification, page = _write_case(tmp_path, case)
    proposal = propose_patch(specification, [page])
    assert _changed(proposal.diff) == case.get("diff", "").splitlines()
    assert [line.removeprefix(f"{tmp_path}/") for line in proposal.unresolved] == case.get("left", [])


def test_an_older_page_does_not_take_away_the_types_of_parameters(tmp_path: Path) -> None:
    """It prints none; what it says of the parameter counts all the same."""
    page = tmp_path / "page.md"
    text = page_of(locks()[0], "en").replace("imageId | **string**<br>", "imageId | ").replace("0-50", "0-40")
    page.write_text(text, encoding="utf-8")
    proposal = propose_patch(SPECIFICATION, [documentation.read(page)])
    assert _changed(proposal.diff)[:2] == ["-            maxLength: 50", "+            maxLength: 40"]


def test_a_method_that_is_not_there_is_to_be_drafted(tmp_path: Path) -> None:
    """A proposal needs an existing method."""
    _, page = _write_case(tmp_path, {})
    with pytest.raises(InputError, match=r"page.md:4: describes GET /harbour/v1/boats, .* add it with `draft --patch`"):
        propose_patch(SPECIFICATION, [page])


def test_edits_that_leave_no_specification_are_none(tmp_path: Path) -> None:
    """A page whose path parameter is gone contradicts itself."""
    page = tmp_path / "page.md"
    page.write_text(page_of(apply(locks()[0], Mutation("parameter", "imageId", "path", "id")), "en"), encoding="utf-8")
    with pytest.raises(InputError, match="cannot be proposed; it would make the specification invalid: the path has"):
        propose_patch(SPECIFICATION, [documentation.read(page)])
