"""`draft` merges several pages of one method, and writes a draft whose contract holds at once."""

from pathlib import Path

import pytest

from generator.contract.lock import dump_lock
from generator.readers import protobuf
from generator.readers.documentation import read_bytes
from tests.commands import Run
from tests.contract.pages import page_of
from tests.sample import SPECIFICATION, locks

BLOB = "yandex/cloud/containerregistry/v1/blob.proto"


def _pages(folder: Path, **texts: str) -> list[Path]:
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return [folder / f"{name}.md" for name in texts]


def _page(language: str) -> str:
    return page_of(locks()[0], language)


def test_the_languages_of_a_method_give_the_same_draft(run: Run, tmp_path: Path) -> None:
    """One by one and together, in whatever order; it is printed, and nothing is written."""
    pages = english, russian = _pages(tmp_path, en=_page("en"), ru=_page("ru"))
    runs = [run("draft", *named) for named in ([english], [russian], pages, [russian, english])]
    ((out, summary),) = {(out, err.splitlines()[-1]) for _, out, err in runs}
    assert sorted(tmp_path.iterdir()) == pages
    assert summary == "printed a specification; 21 texts are left to write, marked TODO"
    assert out.startswith("# A first draft")
    assert "  /container-registry/v1/images/{imageId}:\n" in out


def test_a_difference_between_versions_is_reported(run: Run, tmp_path: Path) -> None:
    """With the lines of both pages; the page that says more is drafted, whichever is named first."""
    fuller, other = _page("en"), _page("ru").replace("Максимальная длина — 50 символов.", "")
    english, russian = _pages(tmp_path, en=fuller, ru=other)
    status, out, err = run("draft", russian, english)
    assert status == 1
    assert out == run("draft", english)[1]
    assert err.splitlines()[0] == f"parameter imageId maxLength: 50 [{english}:19], and says nothing [{russian}:19]"


@pytest.mark.skipif(not protobuf.is_installed(), reason="yandexcloud is a test dependency")
def test_the_contract_of_a_draft_holds_at_once(run: Run, tmp_path: Path) -> None:
    """The lock lies beside the document; what the descriptors say otherwise is listed for a person to look at."""
    pages, folder = _pages(tmp_path, en=_page("en")), tmp_path / "draft"
    status, out, err = run("draft", *pages, "--output", folder)
    assert (status, out) == (1, "")
    left = "23 texts are left to write, marked TODO; `draft --patch` prints a diff for spec/openapi.yaml instead"
    assert err.splitlines() == [
        f"{pages[0]}:55: response config.urls[]: nothing on the page, string in the descriptors [{BLOB}]",
        f"{pages[0]}:59: response layers[].urls[]: nothing on the page, string in the descriptors [{BLOB}]",
        f"wrote openapi.yaml, known-differences.yaml, documented/image.get.yaml to {folder}; {left}",
    ]
    lock = folder / "documented" / "image.get.yaml"
    assert lock.read_text(encoding="utf-8") == dump_lock(read_bytes(pages[0].read_bytes(), "en.md"))
    status, out, _ = run("contract", "--spec", folder / "openapi.yaml", "--page", pages[0])
    assert (status, out.splitlines()[-1]) == (0, "the witnesses agree")
    known = (folder / "known-differences.yaml").read_text(encoding="utf-8")
    assert known.count("difference: field-missing") == 2
    assert known.count("TODO: find out if the page is older") == 2
    status, out, _ = run("lint", folder / "openapi.yaml")
    assert (status, out.count(": todo: ")) == (1, 23)


def test_without_the_descriptors_nothing_is_known_to_differ(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are a test dependency."""
    monkeypatch.setattr(protobuf, "is_installed", lambda: False)
    folder = tmp_path / "draft"
    assert run("draft", *_pages(tmp_path, en=_page("en")), "--output", folder)[0] == 0
    assert (folder / "known-differences.yaml").read_text(encoding="utf-8").endswith("known: []\n")
    assert run("contract", "--spec", folder / "openapi.yaml")[0] == 0


@pytest.mark.parametrize("exists", ["openapi.yaml", ""])
def test_nothing_is_written_over(run: Run, tmp_path: Path, exists: str) -> None:
    """An existing folder is rejected, whatever its content."""
    folder = tmp_path / "draft"
    folder.mkdir()
    if exists:
        (folder / exists).write_text("mine", encoding="utf-8")
    status, out, err = run("draft", *_pages(tmp_path, en=_page("en")), "--output", folder)
    assert (status, out) == (2, "")
    assert err == f"{folder}: exists, and a draft overwrites nothing; name a new folder\n"
    assert [name.name for name in folder.iterdir()] == [name for name in [exists] if name]


def test_the_folders_above_are_made_where_they_can_be(run: Run, tmp_path: Path) -> None:
    pages = _pages(tmp_path, en=_page("en"))
    run("draft", *pages, "--output", tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b" / "openapi.yaml").exists()
    (tmp_path / "file").touch()
    status, out, err = run("draft", *pages, "--output", tmp_path / "file" / "a" / "b")
    assert (status, out) == (2, "")
    assert err == f"{tmp_path / 'file' / 'a'}: cannot be created: Not a directory\n"


def test_a_page_that_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    """And the others are not drafted either: half a draft is none."""
    pages = _pages(tmp_path, en=_page("en"), none="nothing")
    status, out, err = run("draft", *pages, "--output", tmp_path / "draft")
    assert (status, out) == (2, "")
    assert err.startswith(f"{pages[1]}:1: ")
    assert not (tmp_path / "draft").exists()


def test_the_specification_whose_conventions_count_can_be_named(run: Run, tmp_path: Path) -> None:
    """Another one's errors and headers are taken then."""
    text = SPECIFICATION.read_text(encoding="utf-8").replace("x-server-trace-id", "x-trace")
    other = tmp_path / "openapi.yaml"
    other.write_text(text, encoding="utf-8")
    _, out, _ = run("draft", *_pages(tmp_path, en=_page("en")), "--spec", other)
    assert "x-trace:" in out
