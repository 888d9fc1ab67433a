"""Published pages, where they lie beside this checkout: the facts of one, by hand, and the kind of all of them."""

import csv
import hashlib
from pathlib import Path

import pytest

from generator.contract.facts import Contract
from generator.contract.serialize import to_dict
from generator.errors import InputError
from generator.readers.documentation import read
from tests.generator.documentation import false_alarms

SHARED = Path(__file__).parents[3].parent / "shared"
SEED, PAGES = SHARED / "seed" / "image-get.ru.md", SHARED / "pages"

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the published pages lie beside the project's own checkout")

SERVICE = "container-registry"
SIZE = {"type": "string", "format": "int64", "x-unit": "byte"}
OUTPUT = {"type": "string", "readOnly": True}
FIELDS = {
    "id": OUTPUT | {"line": 55},
    "name": {"type": "string", "x-unique-within": "registry", "line": 56},
    "digest": {"type": "string", "line": 57},
    "compressedSize": SIZE | {"line": 58},
    "config": {"type": "object", "line": 59},
    "config.id": OUTPUT | {"line": 60},
    "config.digest": {"type": "string", "line": 61},
    "config.size": SIZE | {"line": 62},
    "layers[]": {"type": "object", "line": 63},
    "layers[].id": OUTPUT | {"line": 64},
    "layers[].digest": {"type": "string", "line": 65},
    "layers[].size": SIZE | {"line": 66},
    "tags[]": {"type": "string", "uniqueItems": True, "x-unique-within": "repository", "line": 67},
    "createdAt": {"type": "string", "format": "date-time", "readOnly": True, "line": 68},
}


def test_seed_page_gives_the_facts_that_a_person_reads_in_it() -> None:
    """Every fact of the page that the project started from, each with its line, and nothing else."""
    notation = to_dict(read(SEED))
    assert notation["page"] == {
        "name": "image-get.ru.md",
        "sha256": hashlib.sha256(SEED.read_bytes()).hexdigest(),
        "layout": "pipe-table",
        "language": "ru",
        "generation": "O3",
    }
    assert notation["operation"] == {
        "method": "GET",
        "url": f"https://{SERVICE}.api.cloud.yandex.net/{SERVICE}/v1/images/{{imageId}}",
        "line": 15,
    }
    assert notation["parameters"] == [
        {"path": "imageId", "in": "path", "type": "string", "required": True, "maxLength": 50, "line": 22}
    ]
    assert notation["body"] == []
    assert (notation["response"]["status"], notation["response"]["line"]) == (200, 25)
    assert {field.pop("path"): field for field in notation["response"]["fields"]} == FIELDS
    assert notation["unread"] == []
    assert "disagreements" not in notation


@pytest.fixture(scope="module")
def sample() -> dict[str, Contract | InputError]:
    """Every page of the sample: its contract, or why it has none."""
    return {path.name: _outcome(path) for path in sorted(PAGES.glob("*__*.md"))}


def _outcome(path: Path) -> Contract | InputError:
    try:
        return read(path)
    except InputError as problem:
        return problem


def test_sample_is_read(sample: dict[str, Contract | InputError]) -> None:
    """Every page gives a contract but the one whose URL was published broken."""
    broken = {name: outcome for name, outcome in sample.items() if isinstance(outcome, InputError)}
    assert [(name, outcome.location.line) for name, outcome in broken.items()] == [
        ("ru__functions__Function__listRuntimes.md", 12)
    ]


def test_kind_of_each_page_is_detected(sample: dict[str, Contract | InputError]) -> None:
    """Layout, language and generation are those of the sample's own list."""
    with (PAGES / "manifest.tsv").open(encoding="utf-8") as listed:
        rows = list(csv.DictReader(listed, delimiter="\t"))
    detected: dict[str, tuple[str, str]] = {}
    expected: dict[str, tuple[str, str]] = {}
    for row in rows:
        outcome = sample[row["file"]]
        if isinstance(outcome, Contract) and outcome.page is not None:
            detected[row["file"]] = (outcome.page.layout, outcome.page.generation)
            expected[row["file"]] = ("hash-table" if row["layout"] == "new" else "pipe-table", row["generation"])
            assert row["layout"] in {"new", f"old-{outcome.page.language}"}
    assert detected == expected
    assert len(detected) == len(rows) - 1


def test_no_page_has_more_than_one_false_alarm() -> None:
    """Every unread sentence of the sample states a constraint, as a person decided, but for one in a page."""
    assert false_alarms.main([str(SHARED / "pages"), str(SHARED / "more-pages")]) == 0
