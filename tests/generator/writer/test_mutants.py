"""The client reader sees each dropped or changed value: every mutant of the generated code is caught."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from compileall import compile_dir
from pathlib import Path
from py_compile import PycInvalidationMode

import pytest

from generator.errors import InputError
from tests.generator.conftest import KITCHEN_SINK
from tests.generator.writer.rendering import differences, rendered

SPECIFICATION = Path(__file__).parents[3] / "spec" / "openapi.yaml"

pytestmark = pytest.mark.slow

Edit = str | Callable[[re.Match[str]], str]


def _plus(number: int) -> Edit:
    return lambda match: f"{match[1]}{int(match[2]) + number}"


Mutations = Mapping[str, tuple[str, str, Edit]]
"""Name -> the files, the text that is replaced there, and its replacement.

Docstrings are not mutated: the generator copies them from the specification, so they are no evidence.
"""

CALLS, METHODS, MODELS = "api/*/[a-z]*.py", "api/*/__init__.py", "models/[bi]*.py"

MUTATIONS: Mutations = {
    "a least length is dropped": (CALLS, r", min_length=\d+", ""),
    "a greatest length is dropped": (CALLS, r", max_length=\d+", ""),
    "a bound is one more": (CALLS, r"(, m\w+_length=)(\d+)", _plus(1)),
    "a bound is one less": (CALLS, r"(, m\w+_length=)(\d+)", _plus(-1)),
    "an argument is not checked": (CALLS, r"\n    check_string\(.*", ""),
    "an argument is not escaped": (CALLS, r"path_segment\('\w+', (\w+)\)", r"\1"),
    "an argument is not sent": (CALLS, r"\{path_segment\('\w+', \w+\)\}", "z"),
    "the method is another": (CALLS, r'method="\w+"', 'method="DELETE"'),
    "the path is another": (CALLS, r'path=f?"/', r"\g<0>x/"),
    "the status is another": (CALLS, r"(status_code=)(\d+)", _plus(1)),
    "the result is another": (CALLS, r"result=\w+", "result=Status"),
    "an argument can be left out": (METHODS, r"(\n    def (?!__|\w+_detailed)\w+\(\s*self,\s*\w+: str)", r'\1 = "z"'),
    "an argument is a number": (METHODS, r"(\n    def (?!__|\w+_detailed)\w+\(\s*self,\s*\w+: )str", r"\1int"),
    "the host is another": ("client.py", r"https://", r"\g<0>x."),
    "a group is missing": ("client.py", r"(?s)\n    @cached_property.*?\n\n", "\n\n"),
    "a field is not read": (MODELS, r'data\["\w+"\]', "None"),
    "a field is read under another name": (MODELS, r'data\["(\w+)"\]', r'data.get("x\1")'),
    "a field is not written": (MODELS, r'\n +"(\w+)": .*', ""),
    "a field is written under another name": (MODELS, r'(\n +)"(\w+)": ', r'\1"x\2": '),
    "an int64 is written as a number": (MODELS, r"encode_int64\((self\.\w+)\)", r"\1"),
    "an int64 is read as an int32": (MODELS, r"decoder\.int64", "decoder.int32"),
    "an int64 is read as a text": (MODELS, r"decoder\.int64", "decoder.string"),
    "an int64 is a text": (MODELS, r": int = 0", ': str = ""'),
    "a text is a number": (MODELS, r': str = ""', ": int = 0"),
    "a timestamp is written to the microsecond": (MODELS, r"encode_timestamp\((self\.\w+)\)", r"\1.isoformat()"),
    "a timestamp is read as a text": (MODELS, r"decoder\.timestamp", "decoder.string"),
    "a timestamp is a text": (MODELS, r": Timestamp \|", ": str |"),
    "a message is not written": (MODELS, r"encode_message\(self\.\w+\)", "None"),
    "a message is read as a list": (MODELS, r"decoder\.message\(", "decoder.messages("),
    "a list is read as a message": (MODELS, r"decoder\.messages\(", "decoder.message("),
    "a list of texts is one of objects": (MODELS, r"decoder\.strings\(", "decoder.objects("),
}

LIST, UPDATE, PLAN = "api/boats/list_.py", "api/boats/update.py", "models/plan_voyage_request.py"
BOATS, LEG, STATE = "api/boats/__init__.py", "models/leg.py", "models/boat_state.py"
OF_MORE_METHODS: Mutations = {
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
    "a page is walked no further": (BOATS, r"( Paginator\(.*)page\.boats", r"\1[]"),
    "the elements of a page are others": (BOATS, r"( Paginator\(.*)page\.boats", r"\1page.warnings"),
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

ROWS = [
    *((SPECIFICATION, *mutation) for mutation in MUTATIONS.values()),
    *((KITCHEN_SINK, *mutation) for mutation in OF_MORE_METHODS.values()),
]


@pytest.fixture(scope="module")
def packages(kitchen_sink: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[Path, Path]:
    """The client of each specification."""
    folder = tmp_path_factory.mktemp("mutants")
    clients = {
        SPECIFICATION: rendered(SPECIFICATION, folder / "client"),
        KITCHEN_SINK: shutil.copytree(kitchen_sink, folder / "kitchen_sink"),
    }
    for client in clients.values():  # What no mutant touches is compiled once.
        compile_dir(client, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
    return clients


def _is_caught(specification: Path, package: Path) -> bool:
    try:
        return bool(differences(specification, package))
    except InputError:
        return True


def _mutants(package: Path, files: str, text: str, becomes: Edit) -> Iterator[str]:
    """Yield each place where a mutation applies, while it is applied there."""
    for file in package.glob(files):
        whole = file.read_text(encoding="utf-8")
        for match in re.finditer(text, whole):
            mutant = whole[: match.start()] + re.sub(text, becomes, match[0]) + whole[match.end() :]
            assert mutant != whole
            file.write_text(mutant, encoding="utf-8")
            yield f"{file.name}: {match[0].strip()}"
            file.write_text(whole, encoding="utf-8")


@pytest.mark.parametrize("specification", [SPECIFICATION, KITCHEN_SINK], ids=["own", "more methods"])
def test_the_client_itself_is_not_caught(packages: Mapping[Path, Path], specification: Path) -> None:
    assert not _is_caught(specification, packages[specification])


@pytest.mark.parametrize("row", ROWS, ids=[*MUTATIONS, *OF_MORE_METHODS])
def test_every_mutant_is_caught(packages: Mapping[Path, Path], row: tuple[Path, str, str, Edit]) -> None:
    specification, files, text, becomes = row
    package = packages[specification]
    outcomes = {mutant: _is_caught(specification, package) for mutant in _mutants(package, files, text, becomes)}
    assert outcomes, "nothing in the client is such a text"
    assert [mutant for mutant, caught in outcomes.items() if not caught] == []
