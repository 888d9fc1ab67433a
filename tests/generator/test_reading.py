"""Many pages at once: in order, by all cores, and with the good ones though one is bad."""

import json
import multiprocessing
import os
import pty
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import cli
from generator.commands import read as reading
from generator.commands.read import pages_in, printed, read
from generator.errors import InputError
from tests.contract.pages import page_of
from tests.contract.witnesses import locks

Run = Callable[..., tuple[int, str, str]]

MANY = 40
"""Enough pages for two processes."""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `read`: exit status, standard output, standard error."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        status = cli.main(["read", *map(str, arguments)])
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of pages, one of them in a folder below, and a file that is none."""
    (tmp_path / "pages" / "below").mkdir(parents=True)
    (tmp_path / "pages" / "list.txt").write_text("no page", encoding="utf-8")
    for name in ("a.md", "b.md", "below/c.md"):
        (tmp_path / "pages" / name).write_text(page_of(locks()[0], "en"), encoding="utf-8")
    return tmp_path / "pages"


def _names(out: str) -> list[str]:
    return [one["page"]["name"] for one in json.loads(out)]


def test_a_folder_is_all_of_its_pages(run: Run, folder: Path) -> None:
    """In the order of their names, those of folders below among them; what is named stays where it is named."""
    status, out, err = run(folder)
    assert (status, _names(out), err) == (0, ["a.md", "b.md", "c.md"], "")
    assert _names(run(folder / "b.md", folder)[1]) == ["b.md", "a.md", "b.md", "c.md"]


def test_a_folder_without_a_page_is_refused(run: Run, tmp_path: Path) -> None:
    assert run(tmp_path) == (2, "", f"{tmp_path}: holds no page; those of the documentation end in .md\n")


def test_a_bad_page_does_not_lose_the_others(run: Run, folder: Path) -> None:
    """Exit status 2 and its sentence, the doubts of the others in between, and the facts of all that were read."""
    (folder / "b.md").write_text("nothing", encoding="utf-8")
    page = folder / "below" / "c.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Output only.", "Must be lucky.", 1), encoding="utf-8")
    status, out, err = run(folder)
    assert (status, _names(out)) == (2, ["a.md", "c.md"])
    refusal, doubt = err.splitlines()
    assert refusal.startswith(f"{folder / 'b.md'}:1: ")
    assert doubt == f"{page}:51: not understood: Must be lucky"


@pytest.mark.parametrize(("style", "nothing"), [("json", "[]\n"), ("yaml", "[]\n"), ("table", "")])
def test_where_no_page_can_be_read_there_is_none(run: Run, tmp_path: Path, style: str, nothing: str) -> None:
    """An empty list is a list."""
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("nothing", encoding="utf-8")
    status, out, err = run(tmp_path, "--format", style)
    assert (status, out, err.count("\n")) == (2, nothing, 2)


def _many(folder: Path) -> list[Path]:
    """Pages that differ, and a bad one in the middle."""
    text = page_of(locks()[0], "en")
    pages = [folder / f"{number:03}.md" for number in range(MANY)]
    for number, page in enumerate(pages):
        page.write_text(text.replace("0-50", f"0-{number + 1}"), encoding="utf-8")
    pages[7].write_text("nothing", encoding="utf-8")
    return pages


@pytest.mark.slow
@pytest.mark.parametrize("style", ["json", "table"])
def test_many_pages_are_read_as_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, style: str) -> None:
    """The same facts in the same order, by however many processes."""
    pages = _many(tmp_path)
    found: list[list[reading.Reading]] = []
    for cores in (1, 2):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        found.append(read(pages, style))
    one_by_one, at_once = found
    assert at_once == one_by_one
    assert [number for number, one in enumerate(at_once) if one.refusal] == [7]
    assert printed(at_once, style) == printed(one_by_one, style)


def _dies(page: Path, style: str) -> reading.Reading:
    os._exit(len(str(page)) + len(style))


def test_a_process_that_dies_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system may end it where memory is short."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(reading, "_reading", _dies)
    with pytest.raises(InputError, match="a process: ended while it read a page, perhaps for lack of memory"):
        read(_many(tmp_path), "json")


def test_an_interrupt_is_left_to_the_process_that_was_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal sends one to all of them, and each that took it would print a traceback."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    readings = reading._by_many(_many(tmp_path), "json", 2)  # pyright: ignore[reportPrivateUsage]
    next(readings)
    workers = multiprocessing.active_children()
    assert len(workers) == 2
    for worker in workers:
        os.kill(worker.pid or 0, signal.SIGINT)
    assert len(list(readings)) == MANY - 1


def test_a_lock_is_of_one_page(run: Run, folder: Path, tmp_path: Path) -> None:
    """A folder of several is refused, and one of one page is not."""
    status, _, err = run(folder, "--lock", tmp_path / "x.yaml")
    assert (status, err) == (2, "--lock: locks one page, not 3; name a file for each\n")
    assert run(folder / "below", "--lock", tmp_path / "x.yaml")[0] == 0
    assert (tmp_path / "x.yaml").exists()


def _on_a_terminal(pages: list[Path], monkeypatch: pytest.MonkeyPatch) -> str:
    """What `read` shows on a standard error that is a terminal."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal, os.fdopen(ours, "rb", buffering=0) as screen:
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setenv("TERM", "xterm")
        read(pages, "json")
        terminal.write("the end\n")
        terminal.flush()
        shown = b""
        while b"the end" not in shown:
            shown += screen.read(1 << 16)
    return shown.decode()


def test_a_terminal_shows_how_far_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a single page needs no bar."""
    pages = list(pages_in([folder]))
    assert "Reading" in _on_a_terminal(pages, monkeypatch)
    assert "Reading" not in _on_a_terminal(pages[:1], monkeypatch)
