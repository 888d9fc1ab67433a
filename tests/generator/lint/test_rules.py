"""Each rule of the specification's style is broken by a line and kept by a line that is near."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from generator.contract.keywords import KEYWORDS
from generator.errors import InputError
from generator.lint.linter import Finding, lint_document, lint_file
from generator.lint.redundancy import IMPLIED, WORDS
from generator.lint.rules import RULES
from generator.readers.openapi.grammar import ProblemKind
from generator.reports.text import format_findings
from generator.yaml_document import loads
from tests.generator.writer.test_bad_specifications import ROWS, edited

ROOT = Path(__file__).parents[3]
CLEAN = (Path(__file__).parent / "clean.yaml").read_text(encoding="utf-8")


@frozen
class Edit:
    """A text of the specification that gives way to another; `at` begins the line of the finding."""

    old: str
    new: str
    at: str = ""
    says: str = ""


BREACHES: Mapping[str, tuple[Edit, ...]] = {
    "unknown-keyword": (
        Edit("maxLength: 50", "maxLenght: 50", "maxLenght", "did you mean `maxLength`?"),
        Edit("readOnly: true", "nullable: true", "nullable", "unsupported keyword `nullable`"),
        Edit("info:\n", "jsonSchemaDialect: https://example.com\ninfo:\n", "jsonSchemaDialect", "unsupported keyword"),
        Edit("'200':", "'20O':", "'20O'", "invalid name `20O` under `responses`"),
        Edit("Boat'", "Boat'\n                x-note: none", "x-note", "`x-note`"),
    ),
    "unknown-format": (Edit("format: int64", "format: int46", "format: int46", "not 'int46'"),),
    "wrong-value": (
        Edit("maxLength: 50", "maxLength: '50'", "maxLength", "a whole number"),
        Edit("required: true", "required: yes", "required", "true or false"),
        Edit("required: [holdSize]", "required: holdSize", "required", "a list of texts"),
        Edit("schema:\n                $ref: '#/components/schemas/Boat'", "schema: Boat", "schema", "a mapping"),
        Edit("servers:\n  - url", "servers:\n    url", "servers", "a list"),
    ),
    "keyword-missing": (Edit("      operationId: boats.get\n", "", "tags: [boats]", "`operationId`"),),
    "not-a-contract": (
        Edit("schemas/Boat'", "schemas/Boot'", "$ref: '#/components/schemas/Boot'", "leads nowhere"),
        Edit("'200':", "'404':", "'404'", "status"),
    ),
    "source-missing": (
        Edit(
            "      x-source: https://example.com/errors\n\n  schemas", "\n  schemas", "Error:", "components.responses"
        ),
        Edit("    x-source: https://example.com/license\n", "", "license:", "info.license"),
    ),
    "server-without-tls": (
        Edit("https://harbour", "http://harbour", "- url", "http://harbour.example.com"),
        Edit("https://harbour", "http://localhost.", "- url"),
        Edit("https://harbour", "//harbour", "- url"),
    ),
    "without-description": (
        Edit("          description: Identifier of the boat.\n          schema", "          schema", "- name: boatId"),
        Edit("      description: How high the water stands.\n", "", "schema:", "header"),
        Edit("    description: What floats.\n", "", "- name: boats", "tag boats"),
    ),
    "property-without-description": (
        Edit("          description: How many sail on it.\n", "", "crew", "crew"),
        Edit("          description: What fits into it.\n", "", "holdSize", "holdSize"),
    ),
    "size-without-unit": (
        Edit("      x-unit: litre\n", "", "holdSize", "holdSize"),
        Edit("crew:", "cargo_bytes:", "cargo_bytes", "cargo_bytes"),
        Edit("crew:", "size:", "size:"),
    ),
    "operation-without-error": (
        Edit("        default:\n          $ref: '#/components/responses/Error'\n", "", "responses:", "how it fails"),
    ),
    "said-in-words": (
        Edit("of the boat.\n          schema", "of at most 50 letters.\n          schema", "description", "maxLength"),
        Edit("of the boat.\n          schema", "of the boat, required.\n          schema", "description", "required"),
        Edit("of the boat.\n          schema", "of the boat, a string.\n          schema", "description", "type"),
        Edit("Identifier of the boat.\n          readOnly", "Given by the service.\n          readOnly", "desc"),
        Edit("Identifier of the boat.\n          readOnly", "Set by the service alone.\n          readOnly", "desc"),
        Edit("What fits into it.", "How many litres fit into it.", "description", "x-unit: litre"),
        Edit("What fits into it.", "What fits into it; it must be given.", "description", "required: true"),
        Edit("highest first", "each unique", "description", "uniqueItems: true"),
        Edit("highest first", "each of 12 letters", "description", "maxLength: 12"),
        Edit("When it came.", "When it came, by RFC 3339.", "description", "format: date-time"),
        Edit("How many sail on it.", "At least 2 sail on it.", "description", "minimum: 2"),
        Edit("the caller calls the request", "names the request, a UUID", "description", "format: uuid"),
    ),
    "said-by-two-keywords": (
        Edit("x-unit: litre", "pattern: '[0-9]+'\n      x-unit: litre", "pattern", "format: int64"),
        Edit("minimum: 2", "minimum: 2\n          exclusiveMinimum: 1", "minimum", "exclusiveMinimum: 1"),
        Edit("maxLength: 12", "enum: [red, black]\n            maxLength: 12", "maxLength", "enum"),
    ),
    "text-twice": (
        Edit("Reads what the harbour knows of it.", "get one boat", "description", "the summary again"),
        Edit("What floats.", "Boats.", "description", "the name again"),
    ),
    "order-of-keys": (
        Edit("  title: Harbour\n  version: 1.0.0\n", "  version: 1.0.0\n  title: Harbour\n", "version", "`title`"),
        Edit("type: string\n            minLength: 1", "minLength: 1\n            type: string", "minLength", "type"),
        Edit("      type: string\n      format: int64\n", "      format: int64\n      type: string\n", "format"),
    ),
}
"""Rule -> edits, each of which breaks it and no other one."""

NEAR: Mapping[str, Edit] = {
    "unknown-keyword": Edit("maxLength: 50", "maxLength: 40"),
    "unknown-format": Edit("format: int32\n          description: How", "format: int64\n          description: How"),
    "wrong-value": Edit("maxLength: 50", "maxLength: 5000"),
    "keyword-missing": Edit("      summary: Get one boat.\n", ""),
    "not-a-contract": Edit("'200':", "'201':"),
    "source-missing": Edit("https://example.com/license", "https://example.org/license"),
    "server-without-tls": Edit("https://harbour.example.com", "http://127.0.0.1:8080"),
    "without-description": Edit("    description: The harbour's own.\n", ""),
    "property-without-description": Edit("How many sail on it.", "How many sail."),
    "size-without-unit": Edit("holdSize:\n", "seaworthiness:\n"),
    "operation-without-error": Edit(
        "default:", "'500':\n          $ref: '#/components/responses/Error'\n        default:"
    ),
    "said-in-words": Edit("What fits into it.", "A number of 64 and 50.5, at most 3 units, v12, 12-fold."),
    "said-by-two-keywords": Edit(
        "type: string\n            minLength: 1\n", "type: string\n            format: byte\n            minLength: 1\n"
    ),
    "text-twice": Edit("Reads what the harbour knows of it.", "Get one boat, and what is known of it."),
    "order-of-keys": Edit("schemas/Boat'\n", "schemas/Boat'\n              example: {crew: 2}\n"),
}
"""Rule -> an edit that is near to a breach and is none."""


def findings(edit: Edit) -> tuple[Finding, ...]:
    assert CLEAN.count(edit.old) >= 1
    return lint_document(loads(CLEAN.replace(edit.old, edit.new, 1), "clean.yaml"))


def test_each_rule_has_a_breach_and_a_near_miss() -> None:
    """A rule is tried from both sides, and each fault of the reading is a rule."""
    assert set(BREACHES) == set(NEAR) == set(RULES)
    assert set(ProblemKind) <= set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_each_rule_says_what_it_asks_and_what_mends_a_breach(rule: object) -> None:
    """Nobody has to guess."""
    text, fix = (getattr(rule, name) for name in ("text", "fix"))
    assert text
    assert fix
    assert text != fix


def test_a_specification_that_keeps_every_rule_has_no_finding() -> None:
    """The one that the breaches are made from."""
    assert lint_document(loads(CLEAN, "clean.yaml")) == ()


def test_the_specification_of_this_project_has_no_finding() -> None:
    """Which `make test` asks too."""
    assert lint_file(ROOT / "spec" / "openapi.yaml") == ()


@pytest.mark.parametrize(
    ("rule", "edit"),
    [
        pytest.param(rule, edit, id=f"{rule}-{number}")
        for rule, edits in BREACHES.items()
        for number, edit in enumerate(edits, 1)
    ],
)
def test_a_breach_is_found_in_its_line_and_no_other(rule: str, edit: Edit) -> None:
    """Each finding names the rule, the line and what is wrong there."""
    (found,) = findings(edit)
    assert found.rule.id == rule
    edited = CLEAN.replace(edit.old, edit.new, 1).splitlines()
    assert edited[found.location.line - 1].strip().startswith(edit.at)
    assert edit.says in found.sentence


@pytest.mark.parametrize(("rule", "edit"), NEAR.items(), ids=NEAR)
def test_what_is_near_to_a_breach_is_none(rule: str, edit: Edit) -> None:
    """A rule that cries at everything is switched off."""
    assert rule not in {violation.rule.id for violation in findings(edit)}


@pytest.mark.parametrize("keyword", WORDS)
def test_words_are_looked_for_where_a_keyword_can_say_them(keyword: str) -> None:
    """A mistyped keyword in a table would never be met."""
    assert keyword in KEYWORDS
    assert all(implied in KEYWORDS for others in IMPLIED.values() for implied in others)


def test_what_cannot_be_read_hides_no_other_finding() -> None:
    """A mistyped keyword and an http server are found in one run; sources are looked for once the whole can be read."""
    text = CLEAN.replace("maxLength: 50", "maxLenght: 50").replace("https://harbour", "http://harbour")
    assert [violation.rule.id for violation in lint_document(loads(text, "clean.yaml"))] == [
        "server-without-tls",
        "unknown-keyword",
    ]


def test_a_schema_within_itself_is_judged_once() -> None:
    """Where the references lead in a circle, the judge comes to an end."""
    nested = CLEAN.replace("            maxLength: 12", "            $ref: '#/components/schemas/Nest'").replace(
        "    Volume:\n",
        "    Nest:\n      type: array\n      items:\n        $ref: '#/components/schemas/Nest'\n    Volume:\n",
    )
    assert [violation.rule.id for violation in lint_document(loads(nested, "clean.yaml"))] == ["not-a-contract"]


def test_a_breach_in_another_file_is_found_there(tmp_path: Path) -> None:
    """A specification may be several files; each is held against the same rules."""
    (tmp_path / "volume.yaml").write_text("Volume:\n  format: int64\n  type: string\n", encoding="utf-8")
    text = CLEAN.replace("'#/components/schemas/Volume'", "'volume.yaml#/Volume'")
    text = text.replace("    Volume:\n      type: string\n      format: int64\n      x-unit: litre\n", "")
    (tmp_path / "clean.yaml").write_text(text, encoding="utf-8")
    found = lint_file(tmp_path / "clean.yaml")
    assert [
        (Path(violation.location.file).name, violation.location.line, violation.rule.id) for violation in found
    ] == [
        ("clean.yaml", text.splitlines().index("        holdSize:") + 1, "size-without-unit"),
        ("volume.yaml", 2, "order-of-keys"),
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["title"])
def test_a_bad_specification_is_judged_or_cannot_be_read(row: dict[str, Any], tmp_path: Path) -> None:
    """Whatever is wrong, there is a finding or one sentence, and never a traceback."""
    (tmp_path / "bad.yaml").write_text(edited(row), encoding="utf-8")
    assert _judged(tmp_path / "bad.yaml")


def _judged(file: Path) -> int:
    """How much there is to say of a file."""
    try:
        return len(lint_file(file))
    except InputError as problem:
        return len(problem.message)


def test_the_report_gives_line_rule_sentence_and_fix() -> None:
    """And last how many findings there are."""
    file = Path("clean.yaml")
    report = format_findings(findings(Edit("https://harbour", "http://harbour")), file)
    assert report == (
        "clean.yaml:14: server-without-tls: the server http://harbour.example.com is not reached over TLS\n"
        "    write https://; a token is sent there\n"
        "clean.yaml: 1 finding\n"
    )
    assert format_findings((), file) == f"clean.yaml: no findings ({len(RULES)} rules)\n"
