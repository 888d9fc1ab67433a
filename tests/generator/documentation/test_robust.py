"""A damaged page gives facts with their problems, or one error; never another exception, never silence."""

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.contract.facts import Contract
from generator.contract.serialize import to_dict
from generator.errors import InputError
from generator.readers.documentation import read_bytes
from tests.generator.documentation.cases import CASES, SAMPLE, Case, read_or_error

SOURCES = [case.page for case in CASES]

NASTY = [
    *("|", "||", "#|", "|#", "\\|", "`", "```", "**", "{", "}", "[", "]", "[]", ".", "\n", "\n\n", "---\n", "# a\n"),
    *("<p>", "</p>", "<br>", "<li>", "</ul>", "<code>", "&#xE000;", "\ue000", "\ud7ff", "\u2028", "\x85", "\r", "\t"),
    *("**[A](#a.b)**", "(map<**string**, **[A](#harbour.v1.Part)**>)", "{#harbour.v1.Part}", "{{ api-host }}"),
    *("$ref: '#/definitions/Hull'\n", "- ", "0-9", "9" * 50, "1e999", "Each key", "`a`, `b`", "\u00a0", "İ", "ß"),
]
"""Parts of a page in places where they do not belong, and characters that break programs."""


def _outcome(page: bytes) -> Contract | None:
    """Return the contract of a page, which can be written down; None for a page rejected with one sentence."""
    contract = read_or_error(page)
    if isinstance(contract, InputError):
        assert 0 <= contract.location.line <= page.count(b"\n") + page.count(b"\r") + 1
        assert contract.message == " ".join(contract.message.splitlines())
        return None
    json.dumps(to_dict(contract))
    return contract


@settings(max_examples=200)
@given(st.sampled_from(SOURCES), st.data())
def test_page_with_nasty_text_in_it(source: str, data: st.DataObject) -> None:
    """Text that belongs elsewhere, and any bytes, are read or refused wherever they are."""
    page = source.encode()
    for _ in range(data.draw(st.integers(1, 4))):
        position, cut = data.draw(st.integers(0, len(page))), data.draw(st.integers(0, 30))
        nasty = data.draw(st.sampled_from(NASTY).map(str.encode) | st.binary(max_size=3))
        page = page[:position] + nasty + page[position + cut :]
    _outcome(page)


@settings(max_examples=100)
@given(st.sampled_from(SOURCES), st.randoms(use_true_random=False))
def test_page_with_its_lines_shuffled(source: str, random: Random) -> None:
    """Lines in another order, and lines twice, are read or refused."""
    lines = source.split("\n")
    random.shuffle(lines)
    _outcome("\n".join([*lines[::2], *lines]).encode())


@settings(max_examples=100)
@given(st.text(max_size=300))
def test_text_that_is_no_page(text: str) -> None:
    """A text of anything is read or refused."""
    _outcome(text.encode("utf-8", "surrogatepass"))


WITH_STRUCTURE = [case for case in CASES if case.title[:2] in {"O3", "O4", "O5", "N1", "N2", "N3"}]


@pytest.mark.parametrize("case", WITH_STRUCTURE, ids=lambda case: case.title)
def test_page_cut_off_is_not_silent(case: Case) -> None:
    """A page cut off anywhere is refused, or in doubt about itself, or has lost but facts of the line it ends in.

    But for one place: an answer that ends after its status has an empty body, which a page can have.
    """
    page = case.page.encode()
    whole = read_bytes(page, "page.md")
    status = page.index(b"**HTTP Code")
    body = page.find(b"```", status) % (len(page) + 1)
    for end in range(0, len(page), 7):
        contract = _outcome(page[:end])
        if contract is not None and not contract.unparsed and not contract.contradictions:
            last = page.count(b"\n", 0, end) + 1
            lost = {fact for fact in set(whole.facts()) - set(contract.facts()) if fact.location.line != last}
            assert not lost or status < end < body + 3, page[:end][-40:]


@pytest.mark.skipif(not SAMPLE, reason="the published pages lie beside the project's own checkout")
def test_published_pages_cut_off_and_mixed() -> None:
    """Published pages, cut off, and one half of one with the other half of the next, are read or refused."""
    pages = [path.read_bytes() for path in SAMPLE]
    for number, page in enumerate(pages):
        _outcome(page[: len(page) // 2] + pages[number - 1][len(pages[number - 1]) // 2 :])
        for end in range(200 * (number % 5), len(page), 1000):
            _outcome(page[:end])
