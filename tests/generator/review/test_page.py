"""The page for a review: what is on it, that it is whole in itself, and that no text of others is more than text."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve

from generator import cli
from generator.contract.text import escape_control
from generator.readers import protobuf
from generator.reports.html.gather import review
from generator.reports.html.page import page_of
from tests.generator.review.test_evidence import edited

ROOT = Path(__file__).parents[3]
CLIENT = ROOT / "generated_client"
APART = {"td", "th", "small", "div", "li", "p", "code"}
"""What stands apart from the text before it."""

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Outline(HTMLParser):
    """A page as its tags with their attributes, the text of each element that has an id, and the headings."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: dict[str, str] = {}
        self.headings: list[tuple[int, str]] = []
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
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "style":
            return
        self.whole += data
        for _, id_ in self._open:
            if id_:
                self.text[id_] += data
        if any(re.fullmatch("h[1-6]", tag) for tag, _ in self._open):
            level, text = self.headings[-1]
            self.headings[-1] = level, text + data

    def attribute(self, name: str) -> list[str]:
        return [values[name] for _, values in self.tags if name in values]


def said(text: str) -> str:
    return " ".join(text.split())


Made = Callable[[str, str], Outline]


@pytest.fixture(scope="module")
def page() -> str:
    """The page of the project's own specification against its last release."""
    return page_of(review(ROOT / "spec" / "openapi.yaml", CLIENT, None).review)


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    return Outline(page)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """The page of the specification with a text in the place of another."""
    return lambda old, new: Outline(page_of(review(edited(tmp_path, old, new), CLIENT, None).review))


def test_it_runs_nothing_and_loads_nothing(page: str, outline: Outline) -> None:
    """A strict policy, one style of its own that the policy names by its hash, and links alone lead outside."""
    assert {"script", "img", "link", "iframe", "object", "form", "base"}.isdisjoint(tag for tag, _ in outline.tags)
    assert not [name for _, values in outline.tags for name in values if name.startswith("on") or name == "style"]
    assert not outline.attribute("src")
    policy = next(one["content"] for _, one in outline.tags if one.get("http-equiv") == "Content-Security-Policy")
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style
    assert "@import" not in style


def test_every_link_leads_to_a_place_on_the_page_or_to_a_source(outline: Outline) -> None:
    """No link is dead, and none is anything but the web."""
    links = set(outline.attribute("href"))
    inside = {link for link in links if link.startswith("#")}
    assert all(link.startswith("https://") for link in links - inside)
    assert inside <= {f"#{id_}" for id_ in outline.text}


def test_lines_of_the_page_and_sources_are_links(outline: Outline) -> None:
    """To the page of the method, and to what an addition is known from."""
    links = outline.attribute("href")
    assert links.count("https://yandex.cloud/en/docs/container-registry/api-ref/Image/get") > 20
    assert links.count("https://yandex.cloud/en/docs/container-registry/api-ref/Image/list") == 2


def test_what_is_no_address_of_the_web_is_no_link() -> None:
    """A reader refuses it; the page would not follow it either."""
    found = review(ROOT / "spec" / "openapi.yaml", CLIENT, None).review
    (operation,) = found.operations
    page = page_of(evolve(found, operations=(evolve(operation, documentation="javascript:alert(1)"),)))
    assert "javascript" not in page


def test_its_headings_are_an_outline(outline: Outline) -> None:
    """One first heading, no level left out, and each part under its name."""
    levels = [level for level, _ in outline.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert [said(text) for level, text in outline.headings if level == 2] == [
        "Verdict",
        "What changed",
        "Evidence",
        "Beyond the documentation",
        "As a caller sees it",
        "What the examples show",
        "The file, line by line",
    ]


def test_a_newcomer_finds_where_a_bound_comes_from_and_what_a_tighter_one_breaks(outline: Outline) -> None:
    """All in one row."""
    row = said(outline.text["o1-parameter-imageId-maxLength"])
    assert row.startswith("maxLength greatest number of characters 50 line 22 of the page image.get.yaml:")
    assert "50 get(image_id: str) __init__.py:" in row
    assert "50 image_service.proto ✓ agreed by all four" in row
    assert "lowered, such as to 40 ✗ breaks requests what callers send may not be taken any more" in row
    assert "raised, such as to 60 or taken out ✓ breaks nobody" in row
    line = (ROOT / "spec" / "openapi.yaml").read_text(encoding="utf-8").splitlines().index("            maxLength: 50")
    assert said(outline.text[f"L{line + 1}"]) == f"{line + 1} maxLength: 50"
    links = [values.get("href") for _, values in outline.tags]
    assert f"#L{line + 1}" in links
    assert "https://yandex.cloud/en/docs/container-registry/api-ref/Image/get" in links


@pytest.mark.parametrize(
    ("id_", "text"),
    [
        ("o1-parameter-imageId-minLength", "says nothing 1"),
        ("o1-parameter-imageId-minLength", "+ beyond the page known from yandex.cloud/…/list"),
        ("o1-response-compressedSize-x-unit", "cannot say ✓ agreed by three; not by: descriptors"),
        ("o1-response-compressedSize-x-unit", "Image.compressed_size: int image.py:"),
        ("o1-response-layers_items", "taken out: ✗ breaks answers and Python source"),
        ("o1-response-config.urls_items", "known difference"),
        ("o1-operation-url", "https://container-registry.api.cloud.yandex.net/container-registry/v1/images/{imageId}"),
    ],
)
def test_a_row_says_what_each_witness_says(outline: Outline, id_: str, text: str) -> None:
    """And how that stands."""
    assert text in said(outline.text[id_])


@pytest.mark.parametrize(
    "text",
    [
        "✓ Nothing stands against it",
        "Examples: ",
        "components.securitySchemes.iamToken openapi.yaml:",
        'image = client.images.get("crp5o1vp3mk7vq1ql0b9")',
        'curl --header "Authorization: Bearer $IAM_TOKEN" \\ https://container-registry.api.cloud.yandex.net/',
        '"compressedSize": "48213907"',
        "compressedSize 2 of 3",
    ],
)
def test_the_rest_of_what_a_reviewer_asks_is_there(outline: Outline, text: str) -> None:
    """Verdict, additions, the call and the examples."""
    assert text in said(outline.whole)


def test_a_change_stands_at_the_top_with_its_verdicts(made: Made) -> None:
    """What it was, what it is, and whom it breaks."""
    outline = made("maxLength: 50", "maxLength: 40")
    whole = said(outline.whole)
    assert "✗ Not as it stands" in whole
    assert re.search(r"✗ Changes: \d+ changes? against \d\.\d\.\d, the last release; 1 of them breaks callers", whole)
    assert re.search(
        r"parameter imageId maxLength 50 [\d.]+\.yaml:\d+ 40 openapi\.yaml:\d+ ✗ breaks ✓ unharmed ✓ unharmed", whole
    )
    assert re.search(r"✗ Version: breaks callers of [\d.]+, so its version must be \d+\.0\.0", whole)
    assert "✗ Witnesses: they differ on 1 thing" in whole
    assert "≠ 50" in said(outline.text["o1-parameter-imageId-maxLength"])
    assert {"differences", "changes"} <= outline.text.keys()


def test_descriptors_that_are_not_here_are_no_agreement(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their column says so, and so does the verdict."""
    monkeypatch.setattr(protobuf, "is_installed", lambda: False)
    found = review(ROOT / "spec" / "openapi.yaml", CLIENT, None).review
    outline = Outline(page_of(evolve(found, differences=())))
    assert "not called ✓ agreed by three; not by: descriptors" in said(outline.text["o1-parameter-imageId-maxLength"])
    assert "descriptors: not compared, the package yandexcloud is not installed" in said(outline.whole)


def test_a_finding_stands_with_its_line(made: Made) -> None:
    """And what mends it."""
    outline = made("          description: Size of the blob.\n", "          description: Size in bytes.\n")
    whole = said(outline.whole)
    assert "✗ Style: 1 finding" in whole
    assert re.search(r"line \d+: the description says 'bytes'", said(outline.text["style"]) + whole)


UNSEEN = set("\u202e\u202c\u2066\u2069\u200b\ufeff\u061c")
HOSTILE = (
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}",
    "<img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp;",
    "]]> --> <!--",
    "right to left ".join(sorted(UNSEEN)),
    "'\" onmouseover=alert(1) x='",
    "x" * 100_000,
)


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    """In a title, a description, an example: as many elements, every text as it is, what is not seen as its escape."""
    quoted = json.dumps(" ".join(HOSTILE), ensure_ascii=False)
    specification = edited(tmp_path, "title: Yandex Container Registry", f"title: {quoted}")
    text = specification.read_text(encoding="utf-8")
    for key, old in (("description", "Identifier of the image."), ("name", "crpd9s2vq1m0h6t3k8ra/web/api")):
        assert f"{key}: {old}" in text
        text = text.replace(f"{key}: {old}", f"{key}: {quoted}", 1)
    specification.write_text(text, encoding="utf-8")
    outline = Outline(page_of(review(specification, CLIENT, None).review))
    tags = [tag for tag, _ in outline.tags]
    assert {"script", "img"}.isdisjoint(tags)
    assert tags.count("style") == 1
    whole = said(outline.whole.replace('\\"', '"'))
    for one in HOSTILE:
        assert whole.count(said(escape_control(one))) >= 5
    assert not UNSEEN & set(outline.whole)
    assert not [name for _, values in outline.tags for name in values if name.startswith("on")]


def test_the_command_writes_the_page_where_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0 where nothing stands against the contract; and the folder is made."""
    output = tmp_path / "new" / "review.html"
    arguments = ["review", "--spec", str(ROOT / "spec" / "openapi.yaml"), "--client", str(CLIENT)]
    assert cli.main([*arguments, "--output", str(output)]) == 0
    told = capsys.readouterr().out
    assert re.fullmatch(
        rf"{re.escape(str(output))}: \d+ facts, \d+ changed against .+, the last release; holds\n", told
    )
    assert output.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [one.name for one in output.parent.iterdir()] == ["review.html"]


def test_a_contract_that_breaks_callers_is_written_and_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """1, and the page says why; against a file as well as against a release."""
    specification, output = edited(tmp_path, "maxLength: 50", "maxLength: 40"), tmp_path / "review.html"
    base = str(ROOT / "spec" / "openapi.yaml")
    arguments = ["review", "--spec", str(specification), "--client", str(CLIENT), "--base", base]
    assert cli.main([*arguments, "--output", str(output)]) == 1
    assert f"1 changed against {base}; does not hold" in capsys.readouterr().out
    assert f"held against {base}" in said(Outline(output.read_text(encoding="utf-8")).whole)


def test_nothing_is_written_where_an_input_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """2, and one sentence."""
    output = tmp_path / "review.html"
    assert cli.main(["review", "--spec", str(tmp_path / "missing.yaml"), "--output", str(output)]) == 2
    assert "missing.yaml: cannot be read" in capsys.readouterr().err
    assert not output.exists()


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In one sentence, before anything is there."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert cli.main(["review", "--output", str(tmp_path / "file" / "review.html")]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'file' / 'review.html'}: cannot be written: File exists\n"


def test_before_the_first_release_there_is_nothing_to_hold_it_against(tmp_path: Path) -> None:
    """And the page says so."""
    specification = edited(tmp_path, "summary: Get one Docker image.", "summary: Get an image.")
    for file in (tmp_path / "released").iterdir():
        file.unlink()
    outline = Outline(page_of(review(specification, CLIENT, None).review))
    assert "No version is released yet" in said(outline.whole)


def test_the_picture_of_the_readme_is_small() -> None:
    """It is fetched with every clone."""
    assert (ROOT / "docs" / "review.png").stat().st_size < 150_000
