"""Published pages, where they lie beside this checkout: the facts of one, and the kind of all of them."""

import csv

import pytest

from generator.contract.facts import Contract
from generator.contract.serialize import to_dict
from generator.errors import InputError
from generator.readers.documentation import read
from generator.yaml_document import load
from tests.contract.witnesses import PUBLISHED_PAGE, ROOT
from tests.generator.documentation import false_alarms
from tests.generator.documentation.cases import SAMPLE, SHARED, read_or_error

pytestmark = pytest.mark.skipif(not SAMPLE, reason="the published pages lie beside the project's own checkout")


def test_first_page_gives_the_facts_of_its_lock() -> None:
    """Every fact that a person reviewed, each with its line, and nothing else."""
    lock = load(ROOT / "spec" / "documented" / "image.get.yaml")
    assert len(lock["response"]["fields"]) == 14
    del lock["digest"]
    assert to_dict(read(PUBLISHED_PAGE)) == lock | {"unread": []}


@pytest.fixture(scope="module")
def sample() -> dict[str, Contract | InputError]:
    """Every page of the sample: its contract, or why it has none."""
    return {path.name: read_or_error(path.read_bytes()) for path in SAMPLE}


def test_sample_is_read(sample: dict[str, Contract | InputError]) -> None:
    """Every page gives a contract but the one whose URL was published broken."""
    broken = [(name, outcome.location.line) for name, outcome in sample.items() if isinstance(outcome, InputError)]
    assert broken == [("ru__functions__Function__listRuntimes.md", 12)]


def test_kind_of_each_page_is_detected(sample: dict[str, Contract | InputError]) -> None:
    """Layout, language and generation are those of the sample's own list."""
    with (SHARED / "pages" / "manifest.tsv").open(encoding="utf-8") as listed:
        expected = {row["file"]: (row["layout"], row["generation"]) for row in csv.DictReader(listed, delimiter="\t")}
    for name, outcome in sample.items():
        if isinstance(outcome, Contract) and (page := outcome.page):
            layout = "new" if page.layout == "hash-table" else f"old-{page.language}"
            assert (layout, page.generation) == expected[name]
    assert sample.keys() == expected.keys()


def test_no_page_has_more_than_one_false_alarm() -> None:
    """Every unread sentence of the sample states a constraint, as a person decided, but for one in a page."""
    assert false_alarms.main([str(SHARED / "pages"), str(SHARED / "more-pages")]) == 0
