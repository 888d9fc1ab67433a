"""Wheel and sdist have the files of a vendored copy, and are reproducible to the byte."""

import os
import subprocess
import sys
import tarfile
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from generator.vendoring.bundle import ClientBundle
from generator.vendoring.sbom import package_name
from generator.vendoring.vendor import vendor
from generator.vendoring.wheel import build
from tests.commands import Run
from tests.generator.folders import contents
from tests.generator.vendored.sources import NEXT, ROOT, source

WHEEL, SDIST = "harbour_boats-1.0.0-py3-none-any.whl", "harbour_boats-1.0.0.tar.gz"
PACKAGE = "harbour_boats/"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, first: ClientBundle) -> Path:
    """The archives of the first version, in a folder that was missing."""
    folder = tmp_path_factory.mktemp("built") / "dist"
    build(first, folder)
    return folder


@pytest.fixture(scope="module")
def metadata(built: Path) -> Message:
    with zipfile.ZipFile(built / WHEEL) as wheel:
        return Parser().parsestr(wheel.read("harbour_boats-1.0.0.dist-info/METADATA").decode())


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Yandex Container Registry", "yandex_container_registry"),
        ("3D Boats", "client_3d_boats"),
        ("Class", "client_class"),
        ("Корабли", "client"),
        ("  Boats & Ships! ", "boats_ships"),
    ],
)
def test_every_title_makes_the_name_of_a_package(title: str, name: str) -> None:
    assert package_name(title) == name


def test_a_second_build_has_the_same_bytes(built: Path, tmp_path: Path) -> None:
    """With another process, folder, time zone, locale, umask and file times."""
    again = source(tmp_path / "a project elsewhere")
    for path in again.client.rglob("*"):
        os.utime(path, (2_000_000_000, 2_000_000_000))
    environment = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PATH": os.environ["PATH"]}
    options = ["--spec", str(again.specification), "--client", str(again.client), str(tmp_path / "dist")]
    subprocess.run(
        [sys.executable, "-m", "generator", "wheel", *options], cwd=ROOT, env=environment, umask=0o077, check=True
    )
    assert contents(built).keys() == {WHEEL, SDIST}
    assert contents(tmp_path / "dist") == contents(built)


def test_the_wheel_holds_what_a_copy_holds(built: Path, first: ClientBundle, tmp_path: Path) -> None:
    """And the SBOM once more, in the folder that PEP 770 names."""
    vendor(first, tmp_path / "images")
    with zipfile.ZipFile(built / WHEEL) as wheel:
        packed = {name: wheel.read(name) for name in wheel.namelist() if name.startswith(PACKAGE)}
        others = {name.partition("/")[2]: wheel.read(name) for name in wheel.namelist() if not name.startswith(PACKAGE)}
    copied = contents(tmp_path / "images").items()
    assert packed == {PACKAGE + name: data for name, data in copied if isinstance(data, bytes)}
    assert others.keys() == {"WHEEL", "METADATA", "RECORD", "licenses/LICENSE", "sboms/bom.cdx.json"}
    assert others["sboms/bom.cdx.json"] == packed[f"{PACKAGE}bom.cdx.json"]


def test_the_sdist_gives_the_same_wheel(built: Path, tmp_path: Path) -> None:
    """Through the build interface that installers use."""
    with tarfile.open(built / SDIST) as sdist:
        # Python 3.11.2 has no filters yet, and 3.12 warns where none is chosen.
        sdist.extraction_filter = getattr(tarfile, "data_filter", None)
        sdist.extractall(tmp_path)
    program = "import hatchling.build; hatchling.build.build_wheel('.')"
    folder = tmp_path / "harbour_boats-1.0.0"
    subprocess.run([sys.executable, "-c", program], cwd=folder, env={"SOURCE_DATE_EPOCH": "315532800"}, check=True)
    assert (folder / WHEEL).read_bytes() == (built / WHEEL).read_bytes()


def test_the_metadata_says_license_needs_and_extras(metadata: Message) -> None:
    fields = {
        "Metadata-Version": "2.4",
        "Name": "harbour-boats",
        "Version": "1.0.0",
        "License-Expression": "Apache-2.0",
        "License-File": "LICENSE",
        "Requires-Python": ">=3.11",
        "Description-Content-Type": "text/markdown",
        "Project-URL": None,
    }
    assert {key: metadata[key] for key in fields} == fields
    assert metadata.get_all("Provides-Extra") == ["credentials", "fast", "pytest"]
    requirements = metadata.get_all("Requires-Dist") or []
    assert {"attrs", "httpx"} < {Requirement(text).name for text in requirements if "extra" not in text}
    assert [text for text in requirements if "extra" in text] == [
        "pyjwt[crypto]>=2.9; extra == 'credentials'",
        "httpx-aiohttp>=0.2; extra == 'fast'",
        "pytest>=8; extra == 'pytest'",
    ]


def test_the_metadata_has_a_readme_and_classifiers(metadata: Message) -> None:
    readme = str(metadata.get_payload())
    assert readme.startswith("# harbour-boats\n")
    assert "from harbour_boats import AsyncClient, Client\n" in readme
    assert "\n## 1.0.0\n" in readme
    classifiers = metadata.get_all("Classifier") or []
    assert {"Typing :: Typed", "Programming Language :: Python :: 3.11"} < {*classifiers}


def test_version_and_documentation_are_those_of_the_contract(tmp_path: Path, run: Run) -> None:
    page = "externalDocs: {url: 'https://boats.example/docs'}"
    documented = source(tmp_path / "project", NEXT, ("operationId: boats.get", f"operationId: boats.get\n      {page}"))
    assert run(documented, tmp_path / "dist", command="wheel")[0] == 0
    with zipfile.ZipFile(tmp_path / "dist" / WHEEL.replace("1.0.0", "1.1.0")) as wheel:
        text = wheel.read("harbour_boats-1.1.0.dist-info/METADATA").decode()
    assert Parser().parsestr(text)["Project-URL"] == "Documentation, https://boats.example/docs"


def test_a_folder_that_cannot_be_created_is_one_sentence(tmp_path: Path, first: ClientBundle, run: Run) -> None:
    (tmp_path / "file").touch()
    message = f"{tmp_path}/file/dist: cannot be written: Not a directory\n"
    assert run(first, tmp_path / "file" / "dist", command="wheel") == (2, "", message)


def test_a_failed_build_is_one_sentence(
    tmp_path: Path, first: ClientBundle, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.vendoring.wheel._BUILD", "raise SystemExit('the builder is gone')")
    status, _, err = run(first, tmp_path / "dist", command="wheel")
    assert (status, err.partition(": ")[2]) == (2, "cannot be built: the builder is gone\n")
    assert not list(tmp_path.iterdir())
