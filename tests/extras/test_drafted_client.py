"""A draft of documentation pages gives a client that calls its fake server."""

import importlib
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, get_type_hints

import httpx
import pytest
from attrs import evolve

from generator.contract.facts import Contract, Operation, Parameter, Value
from generator.errors import Location
from generator.extras.draft.from_pages import draft_pages
from generator.readers import documentation
from tests.contract.pages import page_of
from tests.generator.contracts import LOCK, constraints, contract
from tests.generator.writer.rendering import differences, imported, rendered
from tests.sample import SPECIFICATION

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT.parent / "shared" / "pages"
OWN = Path(__file__).parent / "fixtures"
NOWHERE = Location("page.md", 1)

HARBOUR = "https://harbour.api.cloud.yandex.net/harbour/v1/boats"
TEXT: dict[str, Value] = {"type": "string"}
OBJECT: dict[str, Value] = {"type": "object"}
INTEGER: dict[str, Value] = {"type": "integer", "format": "int64"}

Drafted = Callable[..., AbstractContextManager[tuple[Any, Any]]]


def _method(method: str, url: str, **fields: Mapping[str, Value]) -> Contract:
    """A method with a path parameter and the fields of its response."""
    return evolve(contract(LOCK, **fields), operation=Operation(method, url, NOWHERE))


@pytest.fixture
def drafted(tmp_path: Path) -> Drafted:
    """The client that pages give, once it says what its draft says, and a fake server of its service."""

    @contextmanager
    def drafted(*pages: Path) -> Generator[tuple[Any, Any]]:
        specification = tmp_path / f"{pages[0].stem}.yaml"
        specification.write_text(
            draft_pages([*map(documentation.read, pages)], SPECIFICATION).document, encoding="utf-8"
        )
        folder = rendered(specification, tmp_path / pages[0].stem)
        assert differences(specification, folder) == ()
        with imported(folder) as package:
            yield package, importlib.import_module(f"{package.__name__}.testing").FakeServer()

    return drafted


def test_pages_of_our_own_give_a_client(drafted: Drafted) -> None:
    """Of a list with a filter, a message of every kind of field, and one that is asked for by its number."""
    with drafted(OWN / "create.md", OWN / "get.md", OWN / "list.md") as (harbour, fake_server):
        fake_server.add(harbour.Boat(id="b1", state=harbour.BoatState.AFLOAT))
        with harbour.Client("any", transport=fake_server.transport) as client:
            assert client.boats.get("b1").state == "AFLOAT"
            assert [item.id for item in client.boats.list(states=["AFLOAT"], where_pier="north")] == ["b1"]
            body = harbour.CreateBoatRequest(name="ann", labels={"a": "b"}, rest=timedelta(hours=1), picture=b"\x00")
            assert client.boats.create(body).done is False
            body.sail, body.motor = harbour.Sail(area=7), True
            with pytest.raises(harbour.errors.InvalidParameter, match=r"^body.motor cannot be set beside sail$"):
                client.boats.create(body)
        fake_server.assert_no_violations()


DATASPHERE = "https://datasphere.api.cloud.yandex.net/datasphere/v2/projects/{boatId}"
OLDER = page_of(_method("GET", DATASPHERE, **{"id": TEXT, "limits": OBJECT, "limits.maxUnitsPerHour": INTEGER}), "en")
NEWER = (OWN / "project.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [OLDER, NEWER], ids=["older", "newer"])
def test_an_absent_wrapped_integer_is_none(tmp_path: Path, drafted: Drafted, page: str) -> None:
    """The older pages print it as an integer; the newer ones do not tell it, but the descriptors do."""
    file = tmp_path / "get.md"
    file.write_text(page, encoding="utf-8")
    draft = draft_pages([documentation.read(file)], SPECIFICATION)
    assert not [difference for _, difference in draft.differences if difference.path.endswith("maxUnitsPerHour")]
    with drafted(file) as (datasphere, fake_server):
        absent, zero = datasphere.Project(id="p1", limits=datasphere.Limits()), {"maxUnitsPerHour": "0"}
        fake_server.add(absent)
        fake_server.add(datasphere.Project(id="p2", limits=datasphere.Limits.from_dict(zero)))
        with datasphere.Client("any", transport=fake_server.transport) as client:
            assert client.projects.get("p1").limits.max_units_per_hour is None
            assert client.projects.get("p2").limits.max_units_per_hour == 0
            assert client.projects.get("p2").limits.to_dict() == zero
        fake_server.assert_no_violations()


def test_the_descriptors_decide_on_a_type_that_a_page_contradicts(tmp_path: Path, drafted: Drafted) -> None:
    """Of a map that is printed as a text; the contradiction is told."""
    file = tmp_path / "get.md"
    labels = "|| labels | **string**\n\nIts labels as `key:value` pairs. ||\n|| limits"
    page = NEWER.replace("|| limits", labels).replace('  "limits"', '  "labels": "string",\n  "limits"')
    file.write_text(page, encoding="utf-8")
    assert any(
        "`labels`: type is string and object" in warning
        for warning in draft_pages([documentation.read(file)], SPECIFICATION).warnings
    )
    with drafted(file) as (datasphere, _):
        assert datasphere.Project.from_dict({"labels": {"a": "b"}}).labels == {"a": "b"}


def test_a_list_of_texts_is_walked(tmp_path: Path, drafted: Drafted) -> None:
    """The walk yields each text of each page."""
    file = tmp_path / "labels.md"
    listed = evolve(
        _method("GET", f"{HARBOUR}/labels", **{"labels[]": TEXT, "nextPageToken": TEXT}),
        parameters=(Parameter("pageToken", "query", constraints({}), NOWHERE),),
    )
    file.write_text(page_of(listed, "en").replace("# Method get", "# Method listLabels"), encoding="utf-8")
    pages = {None: {"labels": ["a", "b"], "nextPageToken": "2"}, "2": {"labels": ["c"]}}
    two_pages = httpx.MockTransport(
        lambda request: httpx.Response(200, json=pages[request.url.params.get("pageToken")])
    )
    with drafted(file) as (harbour, fake_server):
        with harbour.Client("any", transport=two_pages) as client:
            assert get_type_hints(client.boats.list_labels)["return"] == Iterator[str]
            assert list(client.boats.list_labels()) == ["a", "b", "c"]
        fake_server.add(harbour.ListLabelsResponse(labels=["d"]))
        with harbour.Client("any", transport=fake_server.transport) as client:
            assert list(client.boats.list_labels()) == ["d"]
        fake_server.assert_no_violations()


def test_a_response_without_a_body_is_an_empty_message(tmp_path: Path, drafted: Drafted) -> None:
    """The values of a map that the page does not describe are texts, to be checked."""
    file = tmp_path / "rename.md"
    renaming = _method("POST", f"{HARBOUR}/{{boatId}}:rename", labels=OBJECT, **{"labels{key}": {"maxLength": 3}})
    page, _, _ = page_of(evolve(renaming, body=renaming.response.fields), "en").rpartition("\n\n```json")
    file.write_text(page.replace("# Method get", "# Method rename"), encoding="utf-8")
    with (
        drafted(file) as (harbour, fake_server),
        harbour.Client("any", transport=fake_server.transport) as client,
    ):
        assert client.boats.rename("b1", harbour.RenameBoatRequest(labels={"a": "b"})).to_dict() == {}
        with pytest.raises(harbour.errors.InvalidParameter, match="labels"):
            client.boats.rename("b1", harbour.RenameBoatRequest(labels={"four": "b"}))


published = pytest.mark.skipif(not SAMPLE.exists(), reason="the published pages lie beside the project's own checkout")


@pytest.mark.slow
@published
def test_published_pages_of_images_give_a_client(drafted: Drafted) -> None:
    """Two methods of one resource, a list in pages and a deletion, and a body of nested messages."""
    pages = (
        "ru__container-registry__Image__list.md",
        "en__container-registry__Image__delete__0423c802.md",
        "ru__container-registry__ScanPolicy__create.md",
    )
    with drafted(*(SAMPLE / item for item in pages)) as (registry, fake_server):
        for number in range(3):
            fake_server.add(registry.Image(id=f"crp{number}"))
        with registry.Client("any", transport=fake_server.transport) as client:
            walk = client.images.list(repository_name="crp1/app", page_size=2)
            assert [image.id for image in walk] == ["crp0", "crp1", "crp2"]
            assert isinstance(client.images.delete("crp0"), registry.Operation)
            rule = registry.ScheduledRule(rescan_period=timedelta(days=7), repository_prefixes=["*"])
            rules = registry.ScanRules(push_rule=registry.PushRule(disabled=True), schedule_rules=[rule])
            client.scan_policies.create(registry.CreateScanPolicyRequest(registry_id="crp1", rules=rules))
            rule.repository_prefixes = ["NO"]
            with pytest.raises(registry.errors.InvalidParameter) as refused:
                client.scan_policies.create(registry.CreateScanPolicyRequest(registry_id="crp1", rules=rules))
            assert refused.value.name == "body.rules.schedule_rules[0].repository_prefixes[0]"
        fake_server.assert_no_violations()


@pytest.mark.slow
@published
def test_a_published_page_of_a_message_within_itself_gives_a_client(drafted: Drafted) -> None:
    with drafted(SAMPLE / "ru__search-api__Wordstat__getRegionsTree.md") as (search, _):
        tree = {"regions": [{"id": "1", "children": [{"id": "2", "children": [{"id": "3"}]}]}]}
        read = search.GetRegionsTreeResponse.from_dict(tree)
        assert read.regions[0].children[0].children[0].id == "3"
        assert read.to_dict() == tree
