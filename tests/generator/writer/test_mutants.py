"""The client reader sees each dropped or changed value: every mutant of the generated code is caught."""

import re
from collections.abc import Callable, Iterator
from compileall import compile_dir
from pathlib import Path
from py_compile import PycInvalidationMode

import pytest

from generator.errors import InputError
from tests.generator.writer.rendering import differences, rendered

SPECIFICATION = Path(__file__).parents[3] / "spec" / "openapi.yaml"

pytestmark = pytest.mark.slow

Edit = str | Callable[[re.Match[str]], str]


def _plus(number: int) -> Edit:
    return lambda match: f"{match[1]}{int(match[2]) + number}"


CALLS, METHODS, MODELS = "api/*/[a-z]*.py", "api/*/__init__.py", "models/[bi]*.py"

# Where in the client a line is match, and its replacement. Docstrings are not mutated: they are no evidence.
MUTATIONS: dict[str, tuple[str, str, Edit]] = {
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


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = rendered(SPECIFICATION, tmp_path_factory.mktemp("mutants") / "client")
    compile_dir(folder, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)  # What no mutant touches.
    return folder


def _is_caught(package: Path) -> bool:
    try:
        return bool(differences(SPECIFICATION, package))
    except InputError:
        return True


def _mutants(package: Path, files: str, line: str, becomes: Edit) -> Iterator[str]:
    """Each place where a mutation applies, while it is applied there."""
    for file in package.glob(files):
        text = file.read_text(encoding="utf-8")
        for match in re.finditer(line, text):
            mutant = text[: match.start()] + re.sub(line, becomes, match[0]) + text[match.end() :]
            assert mutant != text
            file.write_text(mutant, encoding="utf-8")
            yield f"{file.name}: {match[0].strip()}"
            file.write_text(text, encoding="utf-8")


def test_the_client_itself_is_not_caught(package: Path) -> None:
    assert not _is_caught(package)


@pytest.mark.parametrize(("files", "line", "becomes"), MUTATIONS.values(), ids=MUTATIONS)
def test_every_mutant_is_caught(package: Path, files: str, line: str, becomes: Edit) -> None:
    outcomes = {mutant: _is_caught(package) for mutant in _mutants(package, files, line, becomes)}
    assert outcomes, "nothing in the client is such a line"
    assert [mutant for mutant, caught in outcomes.items() if not caught] == []
