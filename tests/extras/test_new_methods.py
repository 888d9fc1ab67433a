"""`draft --patch` prints a diff that adds the methods of pages to a specification."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.readers import protobuf
from generator.yaml_document import load
from tests.commands import Run
from tests.documentation_site import documentation_site
from tests.extras.new_pages import HOST, create_page, list_page
from tests.sample import FOLDER, locks

IMAGES = "/container-registry/v1/images"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A specification with the files beside it, and two pages of new methods."""
    shutil.copytree(FOLDER, tmp_path / "spec", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (tmp_path / "spec/pages.yaml").write_text("pages:\n  image.get.yaml: https://example.com/get.md\n", "utf-8")
    (tmp_path / "list.md").write_text(list_page(locks()[0]), "utf-8")
    (tmp_path / "create.md").write_text(create_page(locks()[0]), "utf-8")
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _apply(diff: str) -> None:
    subprocess.run(["git", "apply", "-"], input=diff.encode(), check=True)


def _edit(file: str, old: str, new: str) -> None:
    text = Path(file).read_text("utf-8")
    assert old in text
    Path(file).write_text(text.replace(old, new), "utf-8")


def _contract(run: Run) -> str:
    return run("contract", "--spec", Path("spec/openapi.yaml").resolve())[1]


def _line_of(file: str, start: str) -> int:
    return next(at for at, line in enumerate(Path(file).read_text("utf-8").splitlines(), 1) if line.startswith(start))


def test_git_applies_it_and_the_contract_holds(run: Run) -> None:
    """The specification, the locks, the known differences and the addresses of the pages."""
    _, out, err = run("draft", "--patch", "list.md", "create.md")
    _apply(out)
    assert _contract(run).endswith("the witnesses agree\n")
    texts = sum(path.read_text("utf-8").count("TODO") for path in Path("spec").glob("*.yaml"))
    assert err.splitlines()[-1] == (
        f"printed a diff for spec; {texts} texts are left to write, marked TODO; `git apply` adds it"
    )
    assert load(Path("spec/pages.yaml"))["pages"].keys() == {
        "image.get.yaml",
        "image.list.yaml",
        "registry.create.yaml",
    }
    status, findings, _ = run("lint")
    assert (status, findings.count(": todo: ")) == (1, texts)


def test_a_message_that_the_specification_has_is_a_reference(run: Run) -> None:
    """An image is one component, and the status of an error needs no source once a page documents it."""
    assert "x-source" in load(Path("spec/openapi.yaml"))["components"]["schemas"]["Status"]
    before = set(load(Path("spec/openapi.yaml"))["components"]["schemas"])
    _apply(run("draft", "--patch", "list.md", "create.md")[1])
    schemas = load(Path("spec/openapi.yaml"))["components"]["schemas"]
    assert schemas.keys() - before == {"ListImagesResponse", "CreateRegistryRequest", "Operation"}
    assert schemas["ListImagesResponse"]["properties"]["images"]["items"] == {"$ref": "#/components/schemas/Image"}
    assert "x-source" not in schemas["Status"]


def test_a_message_that_differs_from_that_of_the_specification_is_another_one(run: Run) -> None:
    """The existing method keeps its facts."""
    _edit("list.md", " Output only.", "")
    _apply(run("draft", "--patch", "list.md")[1])
    schemas = load(Path("spec/openapi.yaml"))["components"]["schemas"]
    assert schemas["ListImagesResponse"]["properties"]["images"]["items"] == {
        "$ref": "#/components/schemas/ListImagesResponseImage"
    }
    assert _contract(run).endswith("the witnesses agree\n")


def test_a_method_of_an_existing_path_stands_beside_the_other(run: Run) -> None:
    _apply(run("draft", "--patch", "list.md")[1])
    _edit("list.md", "GET https:", "POST https:")
    _edit("list.md", "# Method list", "# Method search")
    _apply(run("draft", "--patch", "list.md")[1])
    assert list(load(Path("spec/openapi.yaml"))["paths"][IMAGES]) == ["get", "post"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "GET.*/images",
            f"GET {HOST}/images/{{imageId}}",
            r"describes GET .*, which spec/openapi.yaml:\d+ has; `contract",
        ),
        ("GET https://[^.]*", "GET https://port", "has the host port.api.cloud.yandex.net, and spec/openapi.yaml has"),
    ],
    ids=["an existing method", "another host"],
)
def test_what_does_not_belong_there_is_refused(run: Run, old: str, new: str, message: str) -> None:
    """With the line of the page, and nothing is printed."""
    page = re.sub(old, new, Path("list.md").read_text("utf-8"))
    id_row = (
        "## Path parameters {#path_params}\n\nParameter | Description\n--- | ---\nimageId | A thing. Required field."
    )
    page = page.replace("## Query", f"{id_row}\n\n## Query") if "{imageId}" in page else page
    Path("list.md").write_text(page, "utf-8")
    status, out, err = run("draft", "--patch", "list.md")
    assert (status, out) == (2, "")
    assert re.match(rf"list.md:12: {message}", err)


@pytest.mark.parametrize("known", [None, "known: []\n", "# By hand.\nknown: [] # none\n"])
def test_the_first_known_differences_are_added(run: Run, known: str | None) -> None:
    """An empty list, and no list at all."""
    file = Path("spec/known-differences.yaml")
    file.unlink()
    if known is not None:
        file.write_text(known, "utf-8")
    _apply(run("draft", "--patch", "list.md")[1])
    assert {entry["operation"] for entry in load(file)["known"]} == {f"GET {IMAGES}"}


@pytest.mark.skipif(not protobuf.is_installed(), reason="yandexcloud is a test dependency")
def test_a_difference_from_the_descriptors_is_reported_with_the_line_of_the_page(run: Run) -> None:
    """A wrong type would fail with every response."""
    _edit("create.md", "createdBy | **string**", "createdBy | **boolean**")
    _edit("create.md", '"createdBy": "string"', '"createdBy": "boolean"')
    _, _, err = run("draft", "create.md")
    line = _line_of("create.md", "createdBy |")
    assert f"create.md:{line}: response createdBy type: boolean on the page, string in the descriptors [" in err


def test_what_no_client_can_express_is_reported_with_the_line_of_the_page(run: Run, project: Path) -> None:
    """Before anything is printed or written."""
    _edit("create.md", "id | **string**", "id | **number** (int64)")
    _edit("create.md", '"id": "string"', '"id": "number"')
    line = _line_of("create.md", "id |")
    status, out, err = run("draft", "create.md", "--output", project / "draft")
    assert (status, out) == (2, "")
    assert err.startswith(
        f"create.md:{line}: cannot be drafted: `id`: the client has no Python type for `type: number`"
    )
    assert not (project / "draft").exists()


def test_a_page_is_drafted_from_its_url(run: Run, project: Path) -> None:
    """The patch adds the address to `pages.yaml`."""
    with documentation_site() as site:
        url = site.put("/docs/list.md", (project / "list.md").read_text(encoding="utf-8"))
        _apply(run("draft", "--patch", url)[1])
    assert load(Path("spec/pages.yaml"))["pages"]["image.list.yaml"] == url
