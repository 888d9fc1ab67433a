"""What a test says to the double and asks of it."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from attrs import evolve

import generated_client
from generated_client import Blob, Client, Image, Status, errors, testing
from generated_client.errors import InvalidParameter, MalformedMessage, NotFound, Unauthenticated
from generated_client.testing import Answer, Double, Request, Service, answer, faults

PACKAGE = Path(generated_client.__file__).parent
KNOWN = "crp5o1vp3mk7vq1ql0b9"


@pytest.fixture
def client(double: Double) -> Client:
    """A client that calls the double in process; it holds nothing that would have to be closed."""
    return Client("t", transport=double.transport, retries=0)


# What it holds.


def test_what_is_added_is_there_as_the_service_would_write_it(double: Double, client: Client) -> None:
    image = Image("crp1", name="registry/app", compressed_size=7, layers=[Blob(size=1)], tags=["latest"])
    double.add(image)
    response = client.images.get_detailed("crp1")
    assert response.parsed == image
    assert response.content == (
        b'{"id": "crp1", "name": "registry/app", "compressedSize": "7", "layers": [{"size": "1"}], "tags": ["latest"]}'
    )


def test_what_is_added_takes_the_place_of_what_has_the_same_id(double: Double, client: Client) -> None:
    for name in ("one", "two", "two"):
        double.add(Image(KNOWN, name=name))
        assert client.images.get(KNOWN).name == name
    assert client.images.get("crpq8w3e5r7t1y9u2i4o").name


def test_what_is_added_is_copied(double: Double, client: Client) -> None:
    image = Image("crp1", tags=["latest"])
    double.add(image)
    image.tags.append("new")
    assert client.images.get("crp1").tags == ["latest"]


REFUSED: dict[str, tuple[Any, type[Exception], str]] = {
    "a value of another type": (Image("crp1", compressed_size="big"), MalformedMessage, "compressedSize: expected an"),  # type: ignore[arg-type]  # on purpose
    "an unknown field": (Image.from_dict({"id": "crp1", "nmae": "x"}), MalformedMessage, "nmae: expected no field"),
    "an unknown field within": (
        Image.from_dict({"id": "crp1", "layers": [{}, {"sise": "1"}]}),
        MalformedMessage,
        "layers[1].sise: expected no field of that name, got '1'",
    ),
    "no id": (Image(name="x"), InvalidParameter, "imageId has 0 characters and must have at least 1"),
    "too long an id": (Image("x" * 51), InvalidParameter, "imageId has 51 characters and may have at most 50"),
    "what no operation answers with": (Status(5), InvalidParameter, "no operation answers with Status"),
}


@pytest.mark.parametrize(("resource", "kind", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_against_the_contract_is_not_held(
    double: Double, client: Client, resource: Any, kind: type[Exception], sentence: str
) -> None:
    with pytest.raises(kind) as raised:
        double.add(resource)
    assert sentence in str(raised.value)
    with pytest.raises(NotFound):
        client.images.get("crp1")


# What is planned.


def test_a_fault_of_the_tests_own_is_any_function_of_service_and_request(double: Double, client: Client) -> None:
    def renamed(service: Service, request: Request) -> Answer:
        return evolve(answer(service, request), body=b'{"id": "crp7"}')

    double.next(renamed, faults.late(0.001, renamed))
    assert [client.images.get(KNOWN).id for _ in range(3)] == ["crp7", "crp7", KNOWN]


def test_what_was_planned_and_not_used_is_named(double: Double, client: Client) -> None:
    double.assert_all_used()
    double.next(answer, faults.throttled(1), faults.cut_in_body, partial(answer))
    client.images.get(KNOWN)
    with pytest.raises(AssertionError) as raised:
        double.assert_all_used()
    assert str(raised.value).startswith("planned, but no request came for it: throttled, cut_in_body, functools")


def test_threads_share_it_and_each_fault_befalls_one_request(double: Double, client: Client) -> None:
    double.next(*[faults.failing(7)] * 50)

    def call(_: int) -> bool:
        try:
            return client.images.get(KNOWN).id == KNOWN
        except errors.PermissionDenied:
            return False

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(call, range(200))) == 150
    assert len(double.requests) == 200


# What it was asked.


def test_a_request_against_the_contract_is_told_whatever_it_is_answered(double: Double, http: Any) -> None:
    http.get(f"/container-registry/v1/images/{KNOWN}")
    double.assert_all_allowed()
    double.next(answer, answer, faults.html_502)
    http.get("/container-registry/v1/registries")
    http.delete(f"/container-registry/v1/images/{KNOWN}")
    http.get(f"/container-registry/v1/images/{'x' * 51}")
    assert double.refusals == [
        "GET /container-registry/v1/registries: the contract has no path /container-registry/v1/registries",
        f"DELETE /container-registry/v1/images/{KNOWN}: the contract has no method DELETE at this path",
        f"GET /container-registry/v1/images/{'x' * 51}: imageId has 51 characters and may have at most 50",
    ]
    with pytest.raises(AssertionError, match=r"^against the contract: GET /container-registry/v1/registries: .*; DEL"):
        double.assert_all_allowed()


def test_a_request_shows_no_token(double: Double) -> None:
    with Client("t1.canary", transport=double.transport) as client:
        client.images.get(KNOWN)
    assert double.requests[0].header("authorization") == "Bearer t1.canary"
    assert "canary" not in repr(double.requests)


def test_it_forgets_all_at_once(double: Double, client: Client) -> None:
    double.add(Image("crp1"))
    double.next(faults.failing(16), faults.failing(16))
    with pytest.raises(Unauthenticated):
        client.images.get("crp1")
    double.refusals.append("one")
    double.forget()
    assert (double.requests, double.refusals) == ([], [])
    with pytest.raises(NotFound):
        client.images.get("crp1")
    assert client.images.get(KNOWN).id == KNOWN


# Where it is.


def test_its_url_is_there_while_it_runs() -> None:
    double = Double()
    for _ in range(2):
        with pytest.raises(RuntimeError, match="inside a `with` block alone"):
            _ = double.url
        with double as opened:
            assert opened is double
            assert double.url.startswith("http://127.0.0.1:")


def test_it_says_what_is_public() -> None:
    assert testing.__all__ == sorted(testing.__all__)
    assert all(vars(testing)[name].__doc__ for name in testing.__all__ if name != "Fault")


def run(code: str, *path: Path) -> str:
    """What a program prints that finds its packages on a path."""
    start = f"import sys; sys.path[:0] = {[str(one) for one in path]}; "
    command = [sys.executable, "-I", "-W", "error", "-c", start + code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_client_imports_nothing_of_it_and_it_imports_no_test_tool() -> None:
    loaded = "print([one for one in sys.modules if one.startswith('generated_client.testing')])"
    assert run(f"import generated_client; {loaded}", PACKAGE.parent) == "[]\n"
    modules = run("import generated_client.testing; print(*sys.modules)", PACKAGE.parent).split()
    assert {"generated_client.testing", "httpx"} <= {*modules}
    assert not {"pytest", "_pytest", "hypothesis", "yaml", "uvicorn", "generator"} & {*modules}


CALL = """
from myapp.registry import Client
from myapp.registry.testing import Double
with Double() as double, Client("t", base_url=double.url) as client:
    print(client.images.get("crp5o1vp3mk7vq1ql0b9").id)
"""


@pytest.mark.slow
def test_it_works_out_of_an_archive_under_another_name(tmp_path: Path) -> None:
    archive = tmp_path / "app.zip"
    with ZipFile(archive, "w") as file:
        file.writestr("myapp/__init__.py", "")
        for path in (one for one in PACKAGE.rglob("*.*") if "__pycache__" not in one.parts):
            file.write(path, Path("myapp/registry", path.relative_to(PACKAGE)))
    assert run(f"exec({CALL!r})", archive) == f"{KNOWN}\n"
