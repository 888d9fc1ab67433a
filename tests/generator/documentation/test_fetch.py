"""A page is fetched over https from its own host, within limits, or rejected in one sentence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from generator.errors import InputError
from generator.readers.documentation import fetch
from tests.contract.pages import page_of
from tests.contract.witnesses import locks
from tests.documentation_site import DocumentationSite, Served, documentation_site


@pytest.fixture
def site() -> Iterator[DocumentationSite]:
    with documentation_site() as running:
        yield running


def _redirect(location: str) -> Served:
    return Served(status=302, headers={"location": location})


def test_a_page_is_read_from_its_url_as_from_its_file(
    site: DocumentationSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text(page_of(locks()[0], "ru"), encoding="utf-8")
    url = site.put("/docs/get.md", Served(page.read_bytes()))
    assert main(["read", str(page)]) == 0
    from_file = json.loads(capsys.readouterr().out)
    assert main(["read", url]) == 0
    printed = capsys.readouterr()
    from_url = json.loads(printed.out)
    assert from_url.pop("page") == {**from_file.pop("page"), "name": "get.md"}
    assert from_url == from_file
    digest = hashlib.sha256(page.read_bytes()).hexdigest()
    assert printed.err.startswith(f"{url}: fetched at 20")
    assert printed.err.endswith(f"Z, {page.stat().st_size} bytes, sha256 {digest}\n")


def test_a_redirect_on_the_same_host_is_followed(site: DocumentationSite) -> None:
    site.put("/new.md", "# page")
    url = site.put("/old.md", _redirect("new.md"))
    assert fetch.fetch(url).content == b"# page"
    assert site.requested == ["/old.md", "/new.md"]


def test_a_redirect_to_another_host_is_refused(site: DocumentationSite) -> None:
    other = site.url.replace("127.0.0.1", "localhost")
    for location in (f"{other}/new.md", "https://docs.example/new.md", "//docs.example/new.md", "http://[/", "ftp:/x"):
        url = site.put("/old.md", _redirect(location))
        with pytest.raises(InputError, match=r"/old\.md: redirects to another host \('.*'\); name that address"):
            fetch.fetch(url)
    assert set(site.requested) == {"/old.md"}


@pytest.mark.parametrize(
    ("served", "sentence"),
    [
        (Served(status=404), "the server responded with status 404"),
        (Served(b"# page", headers={"content-type": "text/html; charset=utf-8"}), "is an HTML page; name .* Markdown"),
        (Served(b"\xef\xbb\xbf\n <!DOCTYPE html><html>", headers={}), "is an HTML page"),
        (Served(b"<html lang='ru'>", headers={"content-type": "text/plain"}), "is an HTML page"),
        (Served(b"\x1f\x8b", headers={"content-encoding": "gzip"}), "was sent compressed"),
        (Served(b"# page", endless=True), "is larger than 4194304 bytes"),
        (Served(status=302), "redirects without an address; name the address of the page itself"),
        (_redirect("/get.md"), "redirects more than 5 times"),
    ],
    ids=["missing", "html", "html by content", "html as text", "gzip", "endless", "redirect to nothing", "circle"],
)
def test_what_is_no_page_is_refused_in_a_sentence(site: DocumentationSite, served: Served, sentence: str) -> None:
    url = site.put("/get.md", served)
    with pytest.raises(InputError, match=rf"^{url}: .*{sentence}"):
        fetch.fetch(url)


def test_a_silent_server_ends_at_the_deadline(site: DocumentationSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "TIMEOUT", 0.05)
    url = site.put("/get.md", Served(silent=True))
    with pytest.raises(InputError, match=r"was not fetched within 0\.05 seconds"):
        fetch.fetch(url)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://docs.example/get.md", "http://docs.example/get.md: is fetched over https only; write https://"),
        ("http://127.0.0.1.docs.example/get.md", "is fetched over https only"),
        ("https://", "must name a host"),
        ("https://[1/get.md", "is not a valid URL"),
        ("https://name:secret@docs.example/get.md", "^https://docs.example: must not contain a user or a password"),
    ],
)
def test_an_unsafe_address_is_refused_before_anything_is_sent(url: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence) as caught:
        fetch.fetch(url)
    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there_is_named() -> None:
    with documentation_site() as site:
        url = f"{site.url}/get.md"
    with pytest.raises(InputError, match=rf"^{url}: cannot be fetched: "):
        fetch.fetch(url)


def test_a_path_is_no_url() -> None:
    assert fetch.is_url("HTTPS://docs.example/get.md")
    assert not fetch.is_url("docs/https/get.md")
