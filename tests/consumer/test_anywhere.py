"""A copy works wherever it stands: under any names, beside another version, in archives, read-only, optimised."""

import shutil
import subprocess
import sys
import zipapp
from pathlib import Path

import pytest

from generated_client.testing import FakeServer
from generator.vendoring.vendor import vendor
from tests.consumer.conftest import IMAGE, NUMBER, Application
from tests.generator.folders import contents
from tests.generator.vendored.sources import NEXT, source

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent


@pytest.fixture
def place(tool: Application, tmp_path: Path) -> Application:
    """A place with nothing but a copy of the client, `images`, and the environment of the command line tool."""
    carried = tool.folder / "registry_tool" / "_vendor" / "images"
    shutil.copytree(carried, tmp_path / "images", ignore=shutil.ignore_patterns("__pycache__"))
    return Application(tmp_path, tool.python)


def locations_of(
    place: Application, fake_server: FakeServer, *names: str, options: str = "", path: str = "."
) -> list[str]:
    """Call the service through each package; return the location of each."""
    program = str(HERE / "call_client.py")
    done = place.run(*options.split(), program, fake_server.url, IMAGE.id, *names, PYTHONPATH=path)
    assert (done.returncode, done.stderr) == (0, "")
    return [line.partition(" ")[2] for line in done.stdout.splitlines()]


@pytest.mark.parametrize("options", ["", "-OO"])
def test_under_two_names_at_once(place: Application, fake_server: FakeServer, options: str) -> None:
    shutil.copytree(place.folder / "images", place.folder / "myapp" / "deep" / "down" / "pictures")
    locations = locations_of(place, fake_server, "images", "myapp.deep.down.pictures", options=options)
    assert locations == [f"{place.folder}/images/__init__.py", f"{place.folder}/myapp/deep/down/pictures/__init__.py"]


def test_two_versions_side_by_side(place: Application, fake_server: FakeServer) -> None:
    vendor(source(place.folder / "later", NEXT, code="LATER = True\n"), place.folder / "later_images")
    assert len(locations_of(place, fake_server, "images", "later_images")) == 2
    for name, title in (("images", f"Yandex Container Registry {NUMBER}"), ("later_images", "Harbour Boats 1.1.0")):
        assert place.run("-m", name, "--version").stdout.splitlines()[0] == title


def test_from_a_zip(place: Application, fake_server: FakeServer) -> None:
    """The copy can also be asked about itself there, and serves its examples."""
    shutil.copytree(place.folder / "images", place.folder / "tree" / "myapp" / "_vendor" / "images")
    shutil.make_archive(str(place.folder / "app"), "zip", place.folder / "tree")
    (location,) = locations_of(place, fake_server, "myapp._vendor.images", path="app.zip")
    assert location == str(place.folder / "app.zip" / "myapp" / "_vendor" / "images" / "__init__.py")
    check = place.run("-m", "myapp._vendor.images", "--check", PYTHONPATH="app.zip")
    assert (check.returncode, check.stdout, check.stderr) == (0, "every file is as it was written\n", "")
    serve = "from myapp._vendor.images.testing import FakeServer\nwith FakeServer() as server: print(server.url)"
    assert place.run("-c", serve, PYTHONPATH="app.zip").stdout.startswith("http://127.0.0.1:")


def test_in_an_application_that_is_one_file(tool: Application, fake_server: FakeServer, tmp_path: Path) -> None:
    """With all that it needs, run by a Python that has nothing else."""
    shutil.copytree(tool.folder / "registry_tool", tmp_path / "app" / "registry_tool")
    (packages,) = (tool.python.parents[1]).glob("lib/python*/site-packages")
    shutil.copytree(packages, tmp_path / "app", dirs_exist_ok=True)
    zipapp.create_archive(tmp_path / "app", tmp_path / "tool.pyz", main="registry_tool.__main__:main")
    command = [sys.executable, "-I", "-S", str(tmp_path / "tool.pyz"), IMAGE.id, "--endpoint", fake_server.url]
    done = subprocess.run(command, env={"YC_IAM_TOKEN": "t1.any.token"}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{IMAGE.name} ")


def test_in_a_folder_that_cannot_be_written(place: Application, fake_server: FakeServer) -> None:
    before = contents(place.folder / "images")
    for path in (place.folder / "images", *(place.folder / "images").rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    assert len(locations_of(place, fake_server, "images", options="-B")) == 1
    assert place.run("-B", "-m", "images", "--check").returncode == 0
    assert contents(place.folder / "images") == before


def test_to_import_it_does_nothing_else(tool: Application) -> None:
    """No file is written, no name looked up, no thread started, nothing of the process is set."""
    done = tool.run("-B", str(HERE / "import_alone.py"), "registry_tool._vendor.images", PYTHONPATH=".")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


NOTHING_ELSE = "-S"
"""Leaves Python with its standard library alone."""


@pytest.mark.parametrize("how", ["-m images", "images"])
def test_the_check_needs_nothing_but_python(place: Application, how: str) -> None:
    whole = place.run(NOTHING_ELSE, *how.split(), "--check")
    assert (whole.returncode, whole.stdout, whole.stderr) == (0, "every file is as it was written\n", "")
    version = place.run(NOTHING_ELSE, *how.split(), "--version")
    assert version.returncode == 0
    assert [line.partition(":")[0] for line in version.stdout.splitlines()] == [
        f"Yandex Container Registry {NUMBER}",
        "specification",
        "generator",
        "license",
        "requires-python",
        "dependencies",
    ]


@pytest.mark.parametrize(
    ("name", "text", "how"),
    [
        ("client.py", "def", "-m images"),
        ("errors.py", "raise SystemError", "-m images"),
        ("models/image.py", None, "-m images"),
        ("__init__.py", "def", "images"),
        ("_importing.py", None, "images"),
    ],
)
def test_the_check_works_on_a_copy_that_cannot_be_imported(
    place: Application, name: str, text: str | None, how: str
) -> None:
    file = place.folder / "images" / name
    if text is None:
        file.unlink()
    else:
        file.write_text(text)
    done = place.run(*how.split(), "--check")
    assert (done.returncode, done.stdout, done.stderr) == (1, f"{name}: {'changed' if text else 'missing'}\n", "")


def test_an_application_that_imports_its_copy_can_ask_it_too(place: Application) -> None:
    """Python imports the package around first."""
    shutil.copytree(place.folder / "images", place.folder / "myapp" / "images")
    (place.folder / "myapp" / "__init__.py").write_text("from .images import Client\n")
    assert place.run("-m", "myapp.images", "--check").returncode == 0
