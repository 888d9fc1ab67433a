"""`contract --page --patch` proposes a patch for a changed page, and git applies it."""

import json
import shutil
import subprocess
from contextlib import suppress
from itertools import permutations
from pathlib import Path

import pytest
from attrs import evolve

from generator.contract.compare import compare
from generator.contract.facts import Constraints, Contract, Field
from generator.contract.match import operation_key
from generator.errors import InputError
from generator.extras.draft.from_pages import draft_pages, write_draft
from generator.extras.patch.spec_patch import propose_patch
from generator.readers import documentation, openapi, protobuf
from tests.commands import Run
from tests.contract.mutations import Mutation, apply
from tests.contract.pages import page_of
from tests.contract.witnesses import ROOT
from tests.sample import FOLDER, SPECIFICATION, client, locks

SAMPLE = ROOT.parent / "shared" / "pages"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the specification under git, with the command running there."""
    shutil.copytree(FOLDER, tmp_path / "spec")
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _git_apply(diff: str, folder: Path) -> None:
    subprocess.run(["git", "apply", "-"], cwd=folder, input=diff.encode(), check=True)


def _with_urls(contract: Contract) -> Contract:
    """The facts of a later edition, which lists where else a blob is."""
    fields: list[Field] = []
    for field in contract.response.fields:
        fields.append(field)
        if field.path.endswith(".size"):
            fields.append(
                Field(field.path.replace(".size", ".urls[]"), Constraints({"type": "string"}), field.location)
            )
    return evolve(contract, response=evolve(contract.response, fields=tuple(fields)))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_git_takes_a_proposal_and_the_contract_holds(run: Run, repository: Path, language: str) -> None:
    """Once the lock is renewed, as the contract says; known differences that are gone are taken out, too."""
    page = repository / "get.md"
    page.write_text(page_of(_with_urls(locks()[0]), language), encoding="utf-8")
    status, out, err = run("contract", "--page", page, "--patch", "--spec", "spec/openapi.yaml")
    assert (status, err) == (1, "")
    _git_apply(out, repository)
    run("read", page, "--lock", "spec/documented/image.get.yaml")
    status, out, _ = run("contract", "--page", page, "--spec", Path("spec/openapi.yaml").resolve())
    assert (status, out.splitlines()[-1]) == (0, "the witnesses agree")
    assert run("contract", "--page", page, "--patch") == (0, "", "")


def test_an_integer_that_is_wrapped_now_can_be_null(run: Run, repository: Path) -> None:
    """The patch writes its type anew, and takes it back."""
    page, specification = repository / "get.md", repository / "spec" / "openapi.yaml"
    plain, original = page_of(locks()[0], "en"), specification.read_text(encoding="utf-8")
    wrapped = plain.replace("compressedSize | **string**", "compressedSize | **integer**")
    page.write_text(wrapped.replace('"compressedSize": "string"', '"compressedSize": "integer"'), encoding="utf-8")
    _git_apply(run("contract", "--page", page, "--patch")[1], repository)
    assert "type: [string, 'null']" in specification.read_text(encoding="utf-8")
    page.write_text(plain, encoding="utf-8")
    _git_apply(run("contract", "--page", page, "--patch")[1], repository)
    assert specification.read_text(encoding="utf-8") == original


def test_unresolved_differences_are_listed(run: Run, repository: Path) -> None:
    """With its line."""
    page = repository / "get.md"
    text = page_of(apply(locks()[0], Mutation("response", "id", "type", "object")), "en")
    page.write_text(text.replace("Output only.", "Must be lucky.", 1), encoding="utf-8")
    status, _, err = run("contract", "--page", page, "--patch")
    assert status == 1
    assert err.splitlines() == [
        f"{page}:51: left to a person: unread: Must be lucky",
        f"{page}:51: left to a person: value-differs response id type",
    ]


def test_a_proposal_needs_a_page(run: Run) -> None:
    assert run("contract", "--patch") == (2, "", "--patch: needs a documentation page; name it with --page\n")


def test_known_differences_that_stay_are_kept(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries that the page does not settle stay, and those of the descriptors without their package."""
    page = repository / "get.md"
    page.write_text(
        page_of(apply(locks()[0], Mutation("response", "id", "deprecated", value=True)), "en"), encoding="utf-8"
    )
    _, out, _ = run("contract", "--page", page, "--patch")
    assert [line for line in out.splitlines() if line.startswith("+++")] == ["+++ b/spec/openapi.yaml"]
    page.write_text(page_of(_with_urls(locks()[0]), "en"), encoding="utf-8")
    monkeypatch.setattr(protobuf, "is_installed", lambda: False)
    _, out, _ = run("contract", "--page", page, "--patch")
    removed = [line for line in out.splitlines() if line.startswith("-") and "witness:" in line]
    assert removed == ["-    witness: documentation"] * 2


def test_the_impact_of_a_change_of_the_page_is_reported(run: Run, repository: Path) -> None:
    """Each fact with a verdict, its rule and its reason, also in JSON."""
    page = repository / "get.md"
    page.write_text(page_of(_with_urls(locks()[0]), "en").replace("0-50", "0-40"), encoding="utf-8")
    (repository / "spec" / "known-differences.yaml").unlink()
    command = ("contract", "--page", page, "--spec", "spec/openapi.yaml", "--client", client())
    _, out, _ = run(*command)
    assert "    for callers: breaking, existing requests may be rejected (request-narrowed)\n" in out
    assert out.count("    for callers: compatible, clients ignore unknown fields (field-added)\n") == 2
    differences = [
        row
        for comparison in json.loads(run(*command, "--format", "json")[1])["comparisons"]
        for row in comparison["differences"]
    ]
    assert {"verdict": "breaking", "rule": "request-narrowed", "why": "existing requests may be rejected"} in [
        difference.get("callers") for difference in differences
    ]


@pytest.mark.skipif(not SAMPLE.exists(), reason="the published pages lie beside the project's own checkout")
@pytest.mark.parametrize("name", ["3ad96830", "20e9e18d", "0ea79a11", "ff28f621"])
def test_later_editions_of_the_page_are_followed(repository: Path, name: str) -> None:
    """Two of them list where else a blob is; the first one says what the specification says."""
    page = SAMPLE / f"ru__container-registry__Image__get__{name}.md"
    proposal = propose_patch(Path("spec/openapi.yaml"), [documentation.read(page)])
    assert proposal.unresolved == ()
    assert ("+        urls:" in proposal.diff) == (name != "ff28f621")
    if proposal.diff:
        _git_apply(proposal.diff, repository)
    (after,) = openapi.read(Path("spec/openapi.yaml"))
    assert compare(after, documentation.read(page)) == ()


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not SAMPLE.exists(), reason="the published pages lie beside the project's own checkout")
def test_a_draft_of_one_edition_follows_another(tmp_path: Path) -> None:
    """From each edition of a method of the sample to each other one; only unparsed sentences remain."""
    methods: dict[str, list[Path]] = {}
    for page in sorted(SAMPLE.glob("*__*.md")):
        with suppress(InputError):
            methods.setdefault(operation_key(documentation.read(page)), []).append(page)
    pairs = [pair for pages in methods.values() for pair in permutations(pages, 2)]
    for number, (page, other) in enumerate(pairs):
        write_draft(draft_pages([documentation.read(page)], SPECIFICATION), tmp_path / str(number))
        unresolved = propose_patch(tmp_path / str(number) / "openapi.yaml", [documentation.read(other)]).unresolved
        assert [line for line in unresolved if ": unread: " not in line] == [], (page.name, other.name)
    assert len(pairs) > 30
