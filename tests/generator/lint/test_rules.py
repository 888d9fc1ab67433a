"""Each style rule is violated by one edit of a clean specification, and kept by a similar one."""

from collections.abc import Mapping
from functools import reduce
from pathlib import Path

import pytest
from attrs import frozen

from generator.lint.linter import Finding, lint_document, lint_file
from generator.lint.rules import RULES
from generator.reports.text import findings_table
from generator.yaml_document import loads

CLEAN = (Path(__file__).parent / "clean.yaml").read_text(encoding="utf-8")


@frozen
class Edit:
    """A text of the specification that gives way to another; `at` begins the line of the finding."""

    old: str
    new: str
    at: str = ""
    message: str = ""


VIOLATIONS: Mapping[str, tuple[Edit, ...]] = {
    "invalid": (
        Edit("maxLength: 50", "maxLenght: 50", "maxLenght", "did you mean `maxLength`?"),
        Edit("format: int64", "format: int46", "format: int46", "not 'int46'; did you mean `int64`?"),
        Edit("      operationId: boats.get\n", "", "tags: [boats]", "this operation has no `operationId`; add it"),
        Edit("'200':", "'404':", "'404'", "status"),
        Edit("minLength: 1", "minLength: 51", "maxLength: 50", "`maxLength` is less than `minLength`"),
    ),
    "wrong-example": (
        Edit(
            "schemas/Boat'\n", "schemas/Boat'\n              example: {cruw: 2, holdSize: '1'}\n", "example", "`crew`?"
        ),
        Edit("minimum: 2", "minimum: 2\n          default: 1", "default", "1 is less than the minimum of 2"),
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
    "todo": (
        Edit("How many sail on it.", "TODO", "description", "`description` is not written: TODO"),
        Edit("summary: Get", "summary: TODO Get", "summary", "TODO"),
        Edit("title: ", "title: 'TODO: ' # ", "title"),
    ),
    "size-without-unit": (
        Edit("      x-unit: litre\n", "", "holdSize", "holdSize"),
        Edit("crew:", "cargo_bytes:", "cargo_bytes", "cargo_bytes"),
        Edit("crew:", "size:", "size:"),
    ),
    "operation-without-error": (
        Edit(
            "        default:\n          $ref: '#/components/responses/Error'\n",
            "",
            "responses:",
            "does not describe its errors",
        ),
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
    "unanchored-pattern": (
        Edit("maxLength: 12", "pattern: '[a-z]+'", "pattern", "`pattern: [a-z]+` accepts every text"),
        Edit("maxLength: 12", "pattern: '^[a-z]+'", "pattern", "`pattern: ^[a-z]+` accepts every text"),
        Edit("maxLength: 12", "pattern: '^a$|b'", "pattern", "accepts every text"),
        Edit("maxLength: 12", "pattern: '^a\\$'", "pattern", "accepts every text"),
        Edit("maxLength: 12", "pattern: '^[$|]'", "pattern", "accepts every text"),
    ),
    "text-twice": (
        Edit("Reads what the harbour knows of it.", "get one boat", "description", "repeats the summary"),
        Edit("What floats.", "Boats.", "description", "repeats the name"),
    ),
}
"""Rule -> edits, each of which violates it and no other one."""

NEAR: Mapping[str, Edit] = {
    "invalid": Edit("minLength: 1", "minLength: 50"),
    "wrong-example": Edit("schemas/Boat'\n", "schemas/Boat'\n              example: {crew: 2, holdSize: '1'}\n"),
    "server-without-tls": Edit("https://harbour.example.com", "http://127.0.0.1:8080"),
    "without-description": Edit("    description: The harbour's own.\n", ""),
    "property-without-description": Edit("How many sail on it.", "How many sail."),
    "todo": Edit("How many sail on it.", "How many sail on it; toDO."),
    "size-without-unit": Edit("holdSize:\n", "seaworthiness:\n"),
    "operation-without-error": Edit(
        "default:", "'500':\n          $ref: '#/components/responses/Error'\n        default:"
    ),
    "said-in-words": Edit("What fits into it.", "A number of 64 and 50.5, at most 3 units, v12, 12-fold."),
    "unanchored-pattern": Edit("maxLength: 12", "pattern: '^(?:a|[b$|]|\\\\|)$|^c$'"),
    "text-twice": Edit("Reads what the harbour knows of it.", "Get one boat, and what is known of it."),
}
"""Rule -> an edit that is similar to a violation and is none."""


def findings(edit: Edit) -> tuple[Finding, ...]:
    assert CLEAN.count(edit.old) >= 1
    return lint_document(loads(CLEAN.replace(edit.old, edit.new, 1), "clean.yaml"))


def test_each_rule_has_a_violation_and_a_similar_edit() -> None:
    """A clean specification has no finding; a rule says what it asks, and how to fix a violation."""
    assert set(VIOLATIONS) == set(NEAR) == set(RULES)
    assert all(rule.text and rule.fix and rule.text != rule.fix for rule in RULES.values())
    assert lint_document(loads(CLEAN, "clean.yaml")) == ()


@pytest.mark.parametrize(
    ("rule", "edit"),
    [
        pytest.param(rule, edit, id=f"{rule}-{number}")
        for rule, edits in VIOLATIONS.items()
        for number, edit in enumerate(edits, 1)
    ],
)
def test_a_violation_is_found_in_its_line_and_no_other(rule: str, edit: Edit) -> None:
    """Each finding names the rule, the line and what is wrong there."""
    (found,) = findings(edit)
    assert found.rule.id == rule
    edited = CLEAN.replace(edit.old, edit.new, 1).splitlines()
    assert edited[found.location.line - 1].strip().startswith(edit.at)
    assert edit.message in found.sentence


@pytest.mark.parametrize(("rule", "edit"), NEAR.items(), ids=NEAR)
def test_what_is_near_to_a_violation_is_none(rule: str, edit: Edit) -> None:
    """A rule with false alarms would be switched off."""
    assert rule not in {finding.rule.id for finding in findings(edit)}


def test_every_problem_is_found_in_one_run() -> None:
    """Invalid keywords, bounds, references, examples and style, each in its line."""
    edits = (
        ("https://harbour", "http://harbour"),
        ("maxLength: 50", "maxLenght: 50"),
        ("minimum: 2", "minimum: 2\n          maximum: 1"),
        ("'#/components/schemas/Volume'", "'#/components/schemas/Volum'"),
        ("schemas/Boat'\n", "schemas/Boat'\n              example: {cruw: 2, holdSize: '1'}\n"),
        ("'200':", "'20O':"),
    )
    text = reduce(lambda text, edit: text.replace(*edit, 1), edits, CLEAN)
    found = lint_document(loads(text, "clean.yaml"))
    lines = text.splitlines()
    assert [(finding.rule.id, lines[finding.location.line - 1].strip()) for finding in found] == [
        ("server-without-tls", "- url: http://harbour.example.com"),
        ("invalid", "maxLenght: 50"),
        ("invalid", "'20O':"),
        ("wrong-example", "example: {cruw: 2, holdSize: '1'}"),
        ("invalid", "$ref: '#/components/schemas/Volum'"),
        ("invalid", "maximum: 1"),
    ]


def test_a_schema_within_itself_is_classified_once() -> None:
    """The linter ends even if references lead in a circle."""
    nested = CLEAN.replace("            maxLength: 12", "            $ref: '#/components/schemas/Nest'").replace(
        "    Volume:\n",
        "    Nest:\n      type: array\n      items:\n        $ref: '#/components/schemas/Nest'\n    Volume:\n",
    )
    assert {finding.rule.id for finding in lint_document(loads(nested, "clean.yaml"))} == {"invalid"}


def test_a_violation_in_another_file_is_found_there(tmp_path: Path) -> None:
    """A specification may be several files; each is held against the same rules."""
    (tmp_path / "volume.yaml").write_text(
        "Volume:\n  type: string\n  format: int64\n  description: What is in it, a string.\n", encoding="utf-8"
    )
    text = CLEAN.replace("'#/components/schemas/Volume'", "'volume.yaml#/Volume'")
    text = text.replace("    Volume:\n      type: string\n      format: int64\n      x-unit: litre\n", "")
    (tmp_path / "clean.yaml").write_text(text, encoding="utf-8")
    found = lint_file(tmp_path / "clean.yaml")
    assert [(Path(finding.location.file).name, finding.location.line, finding.rule.id) for finding in found] == [
        ("clean.yaml", text.splitlines().index("        holdSize:") + 1, "size-without-unit"),
        ("volume.yaml", 4, "said-in-words"),
    ]


def test_a_text_to_write_beside_the_specification_is_found(tmp_path: Path) -> None:
    """In the known differences and in the addresses of the pages."""
    (tmp_path / "clean.yaml").write_text(CLEAN, "utf-8")
    (tmp_path / "known-differences.yaml").write_text("known:\n  - witness: client\n    reason: 'TODO: find out'\n")
    (tmp_path / "pages.yaml").write_text("pages:\n  boat.get.yaml: TODO\n")
    findings = lint_file(tmp_path / "clean.yaml")
    assert [(Path(each.location.file).name, each.location.line, each.rule.id, each.sentence) for each in findings] == [
        ("known-differences.yaml", 3, "todo", "`reason` is not written: TODO: find out"),
        ("pages.yaml", 2, "todo", "`boat.get.yaml` is not written: TODO"),
    ]


def test_the_report_gives_line_rule_sentence_and_fix() -> None:
    """And last how many findings there are."""
    file = Path("clean.yaml")
    report = findings_table(findings(Edit("https://harbour", "http://harbour")), file)
    assert report == (
        "clean.yaml:14: server-without-tls: the server http://harbour.example.com is not reached over TLS\n"
        "    write https://; a token is sent there\n"
        "clean.yaml: 1 finding\n"
    )
    assert findings_table((), file) == f"clean.yaml: no findings ({len(RULES)} rules)\n"
