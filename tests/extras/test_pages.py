"""The draft of a page of each generation is valid and has every fact of the page, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

from generator.commands.generate import generate
from generator.contract.check import check
from generator.contract.compare import compare
from generator.contract.lock import parse_lock
from generator.contract.urls import url_path
from generator.errors import InputError
from generator.extras.draft.from_pages import Draft, draft_pages, write_draft
from generator.readers import documentation, openapi
from generator.readers.witnesses import WitnessPaths, load_witnesses
from generator.yaml_document import loads
from tests.generator.documentation.cases import Case, cases
from tests.sample import SPECIFICATION

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT.parent / "shared" / "pages"


def _faults(drafted: Draft) -> Iterator[str]:
    """Return the problems of a draft, found by two validators and by its own locks."""
    plain = yaml.safe_load(drafted.document)
    yield from (str(error) for error in OpenAPIV31SpecValidator(plain).iter_errors())
    drafted_contracts = {
        url_path(contract.operation.url): contract
        for contract in openapi.parse_specification(loads(drafted.document, "openapi.yaml")).contracts
    }
    locks = [parse_lock(loads(text, name)) for name, text in drafted.locks.items()]
    assert len(locks) == len(drafted_contracts)
    for lock in locks:
        yield from map(str, compare(drafted_contracts[url_path(lock.operation.url)], lock))


REFUSED = {
    "Front matter that is not what a schema of a request is": "page.md:53: cannot be drafted: `tags`: a message is",
    "The JSON and the table contradict each other: missing here, missing there, another type": "`{boatId}` is in the",
    "A variable that is not known, arrays that only the JSON marks, values that do not fit their field": "the host",
    "Written by hand: headings with other words, tables with outer pipes, no resource in the title": "`labels`: type",
}
"""Title of a page that no specification can express -> its error."""


@pytest.mark.parametrize("case", [*cases("older.md"), *cases("newer.md")], ids=lambda case: case.title)
def test_a_page_of_each_generation_gives_a_draft_that_holds(tmp_path: Path, case: Case) -> None:
    """Valid OpenAPI 3.1, and the contract of specification and lock is green at once."""
    page = tmp_path / "page.md"
    page.write_text(case.page, encoding="utf-8")
    if case.title in REFUSED:
        with pytest.raises(InputError, match=REFUSED[case.title]):
            draft_pages([documentation.read(page)], SPECIFICATION)
    else:
        assert list(_faults(draft_pages([documentation.read(page)], SPECIFICATION))) == []


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not SAMPLE.exists(), reason="the published pages lie beside the project's own checkout")
def test_every_page_of_the_sample_becomes_a_client(tmp_path: Path) -> None:
    """From the page to a client, and all witnesses agree: the lock, the client, the descriptors.

    All but the page whose URL was published broken.
    """
    clients, refused = 0, list[str]()
    for number, page in enumerate(sorted(SAMPLE.glob("*__*.md"))):
        specification, client = tmp_path / str(number) / "openapi.yaml", tmp_path / f"client_{number}"
        try:
            drafted = draft_pages([documentation.read(page)], SPECIFICATION)
            write_draft(drafted, specification.parent)
            generate(specification, client)
        except InputError:
            refused.append(page.name)
            continue
        assert list(_faults(drafted)) == [], page.name
        called = load_witnesses(WitnessPaths(specification, client))
        assert check(called.pairs, called.known_differences).differences == (), page.name
        clients += 1
    assert (clients, refused) == (62, ["ru__functions__Function__listRuntimes.md"])
