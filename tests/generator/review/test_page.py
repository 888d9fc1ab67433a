"""The review page has its content, loads and runs nothing, and shows hostile text as text."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from attrs import evolve

from generator.changes.spec_diff import Decision
from generator.commands.review import collect_review
from generator.contract.text import escape_control
from generator.readers import protobuf
from generator.reports.html.page import format_page
from tests.commands import Run
from tests.generator.review.test_evidence import edited
from tests.sample import SPECIFICATION, client

ROOT = Path(__file__).parents[3]
APART = {"td", "th", "small", "div", "li", "p", "code", "dt", "dd"}
"""Elements that separate their text from the text before."""

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Outline(HTMLParser):
    """A page as its tags with their attributes, the text of each element that has an id, and the whole text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: dict[str, str] = {}
        self.whole = ""
        self._open: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append((tag, values))
        if tag in APART:
            self.handle_data(" ")
        if tag not in VOID:
            self._open.append((tag, values.get("id", "")))
        if "id" in values:
            assert values["id"] not in self.text
            self.text[values["id"]] = ""

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "style":
            return
        self.whole += data
        for _, id_ in self._open:
            if id_:
                self.text[id_] += data

    def attribute(self, name: str) -> list[str]:
        return [values[name] for _, values in self.tags if name in values]


def normalized(text: str) -> str:
    return " ".join(text.split())


def outline_of(specification: Path) -> Outline:
    """The page of a specification, compared with its last release."""
    return Outline(format_page(collect_review(specification, client(), None)))


LEAST = """\
            minLength: 1
            maxLength: 50
            x-source:
              minLength: https://yandex.cloud/en/docs/container-registry/api-ref/Image/list
"""


@pytest.fixture(scope="module")
def page() -> str:
    """The page of a specification, compared with its last release."""
    return format_page(collect_review(SPECIFICATION, client(), None))


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    return Outline(page)


def test_it_runs_nothing_and_loads_nothing(page: str, outline: Outline) -> None:
    """A strict policy with the hash of the only style; only links lead outside."""
    assert {"script", "img", "link", "iframe", "object", "form", "base"}.isdisjoint(tag for tag, _ in outline.tags)
    assert not [name for _, values in outline.tags for name in values if name.startswith("on") or name == "style"]
    assert not outline.attribute("src")
    policy = next(tag["content"] for _, tag in outline.tags if tag.get("http-equiv") == "Content-Security-Policy")
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style
    assert "@import" not in style


def test_every_link_leads_to_a_place_on_the_page_or_to_a_source(outline: Outline) -> None:
    """No link is dead, and external links are HTTPS: to the page of the method, and to the source of an addition."""
    links = outline.attribute("href")
    inside = {link for link in links if link.startswith("#")}
    assert all(link.startswith("https://") for link in {*links} - inside)
    assert inside <= {f"#{id_}" for id_ in outline.text}
    assert links.count("https://yandex.cloud/en/docs/container-registry/api-ref/Image/get") > 20
    assert links.count("https://yandex.cloud/en/docs/container-registry/api-ref/Image/list") == 2


def test_a_line_of_a_page_with_a_public_source_is_a_link(tmp_path: Path) -> None:
    specification = edited(tmp_path, "title: ", "title: ")
    source = "https://raw.githubusercontent.com/example/docs/main/en/get.md"
    (tmp_path / "pages.yaml").write_text(f"pages:\n  image.get.yaml: {source}\n")
    links = outline_of(specification).attribute("href")
    assert "https://github.com/example/docs/blob/main/en/get.md?plain=1#L22" in links
    (tmp_path / "pages.yaml").write_text("pages:\n  image.get.yaml: https://docs.example/get.md\n")
    links = outline_of(specification).attribute("href")
    assert links.count("https://docs.example/get.md") > 20


def test_only_an_https_url_becomes_a_link() -> None:
    """The reader rejects other URLs; the page does not rely on that."""
    review = collect_review(SPECIFICATION, client(), None)
    (operation,) = review.operations
    page = format_page(evolve(review, operations=(evolve(operation, documentation="javascript:alert(1)"),)))
    assert "javascript" not in page


def test_its_headings_are_an_outline(page: str) -> None:
    """One heading of level 1, and no level skipped."""
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_newcomer_finds_where_a_bound_comes_from_and_what_a_tighter_one_breaks(outline: Outline) -> None:
    """All in one row of the table."""
    row = normalized(outline.text["o1-parameter-imageId-maxLength"])
    assert row.startswith("maxLength greatest number of characters 50 line 22 of the page image.get.yaml:")
    assert "50 get(image_id: str) __init__.py:" in row
    assert "50 image_service.proto ✓ agreed by all four" in row
    assert "lowered, such as to 40 ✗ breaks requests existing requests may be rejected" in row
    assert "raised, such as to 60 or removed ✓ compatible" in row
    line = SPECIFICATION.read_text(encoding="utf-8").splitlines().index("            maxLength: 50")
    assert normalized(outline.text[f"L{line + 1}"]) == f"{line + 1} maxLength: 50"
    assert f"#L{line + 1}" in outline.attribute("href")


@pytest.mark.parametrize(
    ("id_", "text"),
    [
        ("o1-parameter-imageId-minLength", "not stated 1"),
        ("o1-parameter-imageId-minLength", "+ addition source: yandex.cloud/…/list"),
        (
            "o1-response-compressedSize-x-unit",
            "not expressible not expressible ✓ agreed by two; not by: client, descriptors",
        ),
        ("o1-response-compressedSize-format", "Image.compressed_size: int image.py:"),
        ("o1-response-tags_items-uniqueItems", "not expressible not expressible ✓ agreed by two"),
        ("o1-response-layers_items", "removed: ✗ breaks responses and Python source"),
        ("o1-response-config.urls_items", "known difference"),
        ("o1-operation-url", "https://container-registry.api.cloud.yandex.net/container-registry/v1/images/{imageId}"),
    ],
)
def test_a_row_shows_the_statement_of_each_witness(outline: Outline, id_: str, text: str) -> None:
    """And the status of the fact."""
    assert text in normalized(outline.text[id_])


CONTENTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "the contract": (
        "",
        "",
        (
            r"✓ Compatible",
            r"Examples · 14 of 14 fields of the response",
            r"components\.securitySchemes\.iamToken openapi\.yaml:",
            r'image = client\.images\.get\("crp5o1vp3mk7vq1ql0b9"\)',
            r'curl --header "Authorization: Bearer \$IAM_TOKEN" \\ https://container-registry\.api\.cloud\.yandex\.net/',
            r'"compressedSize": "48213907"',
            r"compressedSize 2 of 3",
        ),
    ),
    "a breaking change": (
        "maxLength: 50",
        "maxLength: 40",
        (
            r"✗ Do not merge",
            r"Base \d\.\d\.\d, the last release Changes ✗ 1 breaking",
            r"parameter imageId maxLength 50 [\d.]+\.yaml:\d+ 40 openapi\.yaml:\d+ ✗ breaking ✓ compatible ✓ comp",
            r"Version ✗ [\d.]+; required: \d+\.0\.0",
            r"Breaks callers of [\d.]+; set version .+ under ## [\d.]+ in .+/CHANGELOG.md\. The witn",
            r"Witnesses ✗ they differ on 1 fact",
            r"Differences between witnesses",
            r"≠ 50",
        ),
    ),
    "a harmless change that needs a version": (
        LEAST,
        "            maxLength: 50\n",
        (r"Version 1.0.0 is released; set version 1.1.0\.", r"Version ! 1.0.0; required: 1.1.0"),
    ),
    "a finding, with its line": (
        "Size of the blob.",
        "Size in bytes.",
        (r"Style ✗ 1 finding", r"line \d+: the description repeats `x-unit: byte` with 'bytes'"),
    ),
}
"""Title -> a text of the specification, what replaces it, and patterns of the texts on the page."""


@pytest.mark.parametrize(("old", "new", "patterns"), CONTENTS.values(), ids=CONTENTS)
def test_the_page_has_its_content(tmp_path: Path, old: str, new: str, patterns: tuple[str, ...]) -> None:
    whole = normalized(outline_of(edited(tmp_path, old, new)).whole)
    assert [pattern for pattern in patterns if not re.search(pattern, whole)] == []


def test_a_breaking_change_that_is_announced_is_left_to_a_person(tmp_path: Path) -> None:
    """Beside the note for callers."""
    specification = edited(tmp_path, "  version: 1.0.0", "  version: 2.0.0")
    text = specification.read_text("utf-8")
    specification.write_text(text.replace("            minLength: 1\n", "            minLength: 2\n"), "utf-8")
    (tmp_path / "CHANGELOG.md").write_text("## 2.0.0\n\nAn id has two characters.\n")
    review = collect_review(specification, None, None)
    assert (review.decisions.overall, review.decisions.holds) == (Decision.HUMAN_DECISION, True)
    whole = normalized(Outline(format_page(review)).whole)
    assert "? Needs a human decision Version 2.0.0 breaks callers and tells them what to do" in whole
    assert "Changes ? 1 breaking Version ✓ 2.0.0" in whole
    assert "The note for callers of 2.0.0 An id has two characters." in whole


def test_the_evidence_of_many_operations_is_folded(tmp_path: Path) -> None:
    """One line for each, with the number of facts by status; that of a single one is open."""
    document = yaml.safe_load(SPECIFICATION.read_text("utf-8"))
    ((path, item),) = document["paths"].items()
    for number in range(19):
        operation = {**item["get"], "operationId": f"images.get{number}"}
        document["paths"][path.replace("images", f"images{number}")] = {"get": operation}
    specification = tmp_path / "openapi.yaml"
    specification.write_text(yaml.safe_dump(document, sort_keys=False))
    page = format_page(collect_review(specification, None, None))
    folded = [tag for tag in Outline(page).tags if tag[0] == "details" and tag[1].get("class") == "operation"]
    assert [tag[1]["id"] for tag in folded] == [f"evidence-{number + 1}" for number in range(20)]
    assert not [tag for tag in folded if "open" in tag[1]]
    first = page.partition("<summary>")[2].partition("</summary>")[0]
    assert re.search(
        r"GET /container-registry/v1/images/{imageId} \d+ agreed", normalized(Outline(first).whole).replace("✓ ", "")
    )


def test_missing_descriptors_are_not_agreement(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their column and the list of checks say so."""
    monkeypatch.setattr(protobuf, "is_installed", lambda: False)
    review = collect_review(SPECIFICATION, client(), None)
    outline = Outline(format_page(evolve(review, differences=())))
    assert "not compared ✓ agreed by three; not by: descriptors" in normalized(
        outline.text["o1-parameter-imageId-maxLength"]
    )
    assert "descriptors: not compared, the package yandexcloud is not installed" in normalized(outline.whole)


INVISIBLE = set("\u202e\u202c\u2066\u2069\u200b\ufeff\u061c")
HOSTILE = (
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}",
    "<img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp;",
    "]]> --> <!--",
    "right to left ".join(sorted(INVISIBLE)),
    "'\" onmouseover=alert(1) x='",
    "x" * 100_000,
)


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    """In a title, a description, an example: no new elements, and invisible characters are escaped."""
    quoted = json.dumps(" ".join(HOSTILE), ensure_ascii=False)
    specification = edited(tmp_path, "title: Yandex Container Registry", f"title: {quoted}")
    text = specification.read_text(encoding="utf-8")
    for key, old in (("description", "Identifier of the image."), ("name", "crpd9s2vq1m0h6t3k8ra/web/api")):
        assert f"{key}: {old}" in text
        text = text.replace(f"{key}: {old}", f"{key}: {quoted}", 1)
    specification.write_text(text, encoding="utf-8")
    outline = outline_of(specification)
    tags = [tag for tag, _ in outline.tags]
    assert {"script", "img"}.isdisjoint(tags)
    assert tags.count("style") == 1
    whole = normalized(outline.whole.replace('\\"', '"'))
    for text in HOSTILE:
        assert whole.count(normalized(escape_control(text))) >= 5
    assert not INVISIBLE & set(outline.whole)
    assert not [name for _, values in outline.tags for name in values if name.startswith("on")]


def test_the_command_writes_the_page_to_the_output(tmp_path: Path, run: Run) -> None:
    """Exit status 0 for a compatible contract; a missing folder is created."""
    output = tmp_path / "new" / "review.html"
    status, out, _ = run("review", "--spec", SPECIFICATION, "--client", client(), "--output", output)
    assert (status, out) == (0, f"{output}: compatible\n")
    assert output.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [path.name for path in output.parent.iterdir()] == ["review.html"]


def test_a_contract_that_breaks_callers_is_written_and_does_not_hold(tmp_path: Path, run: Run) -> None:
    """Exit status 1, and the page says why; compared with a file or with a release."""
    specification, output = edited(tmp_path, "maxLength: 50", "maxLength: 40"), tmp_path / "review.html"
    arguments = ("--spec", specification, "--client", client(), "--base", SPECIFICATION, "--output", output)
    status, out, _ = run("review", *arguments)
    summary, *checks, required = out.splitlines()
    assert (status, summary) == (1, f"{output}: do not merge")
    assert [line.partition(": ")[0].strip() for line in checks] == ["changes", "version", "witnesses"]
    assert required.startswith(f"{specification}: breaks callers of ")
    assert f"Base {SPECIFICATION} " in normalized(Outline(output.read_text(encoding="utf-8")).whole)


def test_nothing_is_written_for_invalid_input(tmp_path: Path, run: Run) -> None:
    """Exit status 2, and one sentence, also for an output that cannot be written."""
    output = tmp_path / "review.html"
    status, _, err = run("review", "--spec", tmp_path / "missing.yaml", "--output", output)
    assert (status, "missing.yaml: cannot be read" in err, output.exists()) == (2, True, False)
    (tmp_path / "file").write_text("", encoding="utf-8")
    output = tmp_path / "file" / "review.html"
    assert run("review", "--output", output) == (2, "", f"{output}: cannot be written: File exists\n")


def test_before_the_first_release_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    """And the page says so."""
    specification = edited(tmp_path, "summary: Get one Docker image.", "summary: Get an image.")
    for file in (tmp_path / "released").iterdir():
        file.unlink()
    outline = outline_of(specification)
    assert "No version is released yet" in normalized(outline.whole)


def test_the_picture_of_the_readme_is_small() -> None:
    """It is fetched with every clone."""
    assert (ROOT / "docs" / "review.png").stat().st_size < 150_000
