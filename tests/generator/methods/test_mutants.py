"""The client reader sees each dropped or changed query, body and page of a client with more methods."""

import re
import shutil
from collections.abc import Iterator
from compileall import compile_dir
from pathlib import Path
from py_compile import PycInvalidationMode

import pytest

from generator.contract.compare import compare
from generator.contract.facts import Contract
from generator.errors import InputError
from generator.readers import client, openapi
from tests.generator.conftest import KITCHEN_SINK

SPECIFIED = openapi.read(KITCHEN_SINK)

LIST, UPDATE, PLAN = "api/boats/list_.py", "api/boats/update.py", "models/plan_voyage_request.py"
BOATS, LEG, STATE = "api/boats/__init__.py", "models/leg.py", "models/boat_state.py"

MUTATIONS: dict[str, tuple[str, str, str]] = {
    "a parameter of the query is not sent": (LIST, r'"crew": crew,', ""),
    "a parameter has another name": (LIST, r'"afloat": afloat', '"aground": afloat'),
    "a timestamp is not encoded": (LIST, r"encode_timestamp\(launched_after\) or None", "launched_after"),
    "a pattern is another": (LIST, r"\[a-z\]\+\(", "[A-Z]+("),
    "a pattern is not checked": (LIST, r', pattern=r"[^"]*"', ""),
    "a greatest value is one more": (LIST, r"maximum=1000", "maximum=1001"),
    "a least value is one less": (LIST, r"minimum=1,", "minimum=0,"),
    "a lower bound is not checked": (LIST, r", above=0", ""),
    "an int32 is an int64": (LIST, r'check_int32\("crew"', 'check_int64("crew"'),
    "an int64 is an int32": (LIST, r'check_int64\("page_size"', 'check_int32("page_size"'),
    "a float is a double": (LIST, r'check_float\("beam"', 'check_double("beam"'),
    "a number of elements is not checked": (LIST, r", max_items=3", ""),
    "an element may occur twice": (LIST, r", unique=True", ""),
    "an element is not checked": (LIST, r"partial\(check_string, max_length=8\)", "check_string"),
    "an enumeration is closed": (LIST, r'check_string\("state", state\)', 'check_string("state", state, pattern="A")'),
    "a limit is other than its error says": ("_arguments.py", r"value\) > max_length", "value) > max_length + 1"),
    "a range is other than its error says": ("_checks.py", r"operator\.le", "operator.lt"),
    "a page is walked no further": (BOATS, r"page: page\.boats", "page: []"),
    "the elements of a page are others": (BOATS, r"page: page\.boats", "page: page.warnings"),
    "a body is not sent": (UPDATE, r"content=encode_body\(body\),", ""),
    "a field mask is a list": ("models/update_boat_request.py", r"encode_mask\((self\.\w+)\)", r"[*\1]"),
    "a field is not required": (PLAN, r'check_string\(f"\{at\}\.name"', 'self.name and check_string(f"{at}.name"'),
    "a length is one more": (PLAN, r"max_length=1000", "max_length=1001"),
    "a key is not checked": (PLAN, r"partial\(check_string, min_length=1[^)]*\),", "check_string,"),
    "a value of a map is not checked": (PLAN, r"partial\(check_string, max_length=63\)", "check_string"),
    "a number of entries is one less": (PLAN, r"max_properties=64", "max_properties=63"),
    "a group is not checked": (PLAN, r"check_one_of\(.*\)", "pass"),
    "elements are not checked": (PLAN, r"partial\(check_message, model=Leg\)", "lambda *_: None"),
    "a span counts in minutes": (LEG, r"timedelta\(seconds=86400\)", "timedelta(minutes=86400)"),
    "a span is written as Python shows it": (LEG, r"encode_duration\(self\.takes\)", "str(self.takes)"),
    "bytes are read as a text": (PLAN, r"decoder\.bytes_", "decoder.string"),
    "a map is read as an object": (PLAN, r'decoder\.map_of\("prices", (.*), decoder\.int64\)', r"\1"),
    "true is read as a text": (PLAN, r"decoder\.boolean", "decoder.string"),
    "a member is missing": (STATE, r"    ASHORE = .*\n", ""),
    "a member is another": (STATE, r'"AFLOAT"', '"FLOATING"'),
}
"""Name of a mutation -> the file, the first text that is replaced there, and its replacement.

Docstrings are not mutated: the generator copies them from the specification, so they are no evidence.
"""


@pytest.fixture(scope="module")
def package(kitchen_sink: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(kitchen_sink, tmp_path_factory.mktemp("mutants") / "client")
    compile_dir(folder, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)  # What no mutant touches.
    return folder


@pytest.fixture
def mutant(package: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The package with one mutation, which is taken back."""
    mutation: tuple[str, str, str] = request.param
    file, text, instead = mutation
    whole = (package / file).read_text(encoding="utf-8")
    less = re.sub(text, instead, whole, count=1)
    assert less != whole
    (package / file).write_text(less, encoding="utf-8")
    yield package
    (package / file).write_text(whole, encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTATIONS.values(), ids=MUTATIONS, indirect=True)
def test_every_mutant_is_caught(mutant: Path) -> None:
    try:
        contracts = client.read(mutant)
    except InputError:
        return
    assert any(compare(*pair) for pair in _pairs(contracts))


def test_the_client_itself_is_not_caught(package: Path) -> None:
    assert not any(compare(*pair) for pair in _pairs(client.read(package)))


def _pairs(contracts: tuple[Contract, ...]) -> Iterator[tuple[Contract, Contract]]:
    """Return the specified and the generated contract of each operation."""
    specified = {(contract.operation.method, contract.operation.url): contract for contract in SPECIFIED}
    generated = {(contract.operation.method, contract.operation.url): contract for contract in contracts}
    assert specified.keys() == generated.keys()
    return ((specified[key], generated[key]) for key in specified)
