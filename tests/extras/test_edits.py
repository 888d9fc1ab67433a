"""A changed page gives a patch that makes the specification say it; other changes are left to a person."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.contract.compare import compare
from generator.contract.facts import Contract
from generator.errors import InputError
from generator.extras.patch.context import PatchContext
from generator.extras.patch.edits import propose_text
from generator.extras.patch.spec_patch import propose_patch
from generator.extras.patch.yaml_editor import YamlEditor
from generator.lint.linter import lint_document
from generator.readers import documentation, openapi
from generator.readers.documentation import read_bytes
from generator.yaml_document import loads
from tests.contract.mutations import Mutation, apply, mutations
from tests.contract.pages import page_of, says_nothing_of
from tests.generator.documentation.cases import spelled
from tests.sample import SPECIFICATION, locks, specification

# every single change

OF_NO_SPECIFICATION = ("imageId required", "imageId is left out", "imageId path", "imageId again", "operation method")
"""Facts that no specification of this operation can state: its path parameter is another one, or none."""

LEFT = ("id type is object", "imageId type is object", "tags[] type is object", "config type", "imageId in is query")
"""Texts that a person has to write: the fields of an undocumented object, another parameter, and another URL."""

SUBJECTS = ("", "imageId", "id", "config", "config.size", "layers[].size", "tags[]")


def _mutations() -> list[Mutation]:
    (lock,) = locks()
    return [
        mutation for mutation in mutations(lock) if mutation.path in SUBJECTS and not says_nothing_of(mutation, lock)
    ]


def _page(mutation: Mutation) -> Contract:
    return read_bytes(page_of(apply(locks()[0], mutation), "en").encode(), "page.md")


@pytest.mark.slow
def test_every_single_change_of_a_page_is_proposed() -> None:
    """The specification says it then, and what the page says otherwise is what the page does not make clear itself."""
    text, (contract,) = SPECIFICATION.read_text(encoding="utf-8"), specification()
    proposals = 0
    for mutation in (
        mutation for mutation in _mutations() if not str(mutation).startswith((*OF_NO_SPECIFICATION, "operation url"))
    ):
        page = _page(mutation)
        edited = propose_text(PatchContext.of(YamlEditor.of(text), contract, page), compare(contract, page))
        (after,) = openapi.parse_specification(loads(edited, "openapi.yaml")).contracts
        remaining = [
            difference for difference in compare(after, page) if difference.id not in {"unread", "disagreement"}
        ]
        assert str(mutation).startswith(LEFT) == bool(remaining), f"{mutation}: {remaining}"
        proposals += edited != text
    assert proposals > 80


def test_a_proposal_is_in_good_style() -> None:
    """No finding of the linter, except for units, anchors and examples, which a person writes."""
    text, (contract,) = SPECIFICATION.read_text(encoding="utf-8"), specification()
    proposed = [
        Mutation("response", "config.size", "again", "config.sizeAgain"),
        Mutation("response", "id", "deprecated", value=True),
        Mutation("parameter", "imageId", "pattern", "[a-z]+"),
    ]
    for mutation in proposed:
        page = _page(mutation)
        edited = propose_text(PatchContext.of(YamlEditor.of(text), contract, page), compare(contract, page))
        assert edited != text
        rules = {finding.rule.id for finding in lint_document(loads(edited, "o"))}
        assert rules <= {"todo", "size-without-unit", "unanchored-pattern", "wrong-example"}


# two pages of the same method


def _text(schemas: str, response: str = "Boat", more: str = "") -> str:
    return TEMPLATE.format(schemas=schemas, response=response, more=more)


def _specification(folder: Path, schemas: str, more: str = "") -> Path:
    file = folder / "openapi.yaml"
    file.write_text(_text(schemas, more=more), encoding="utf-8")
    return file


TEMPLATE = """\
openapi: 3.1.0
info: {{title: Boats, version: 1.0.0}}
servers:
  - url: https://harbour.api.cloud.yandex.net
paths:
  /harbour/v1/boats:
    get:
      operationId: boats.list
      parameters:
        - name: pageSize # how many
          in: query
          schema: {{type: string, format: int64}}
        - $ref: '#/components/parameters/Token'
      responses:
        '200':
          description: Boats.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/{response}'
{more}components:
  parameters:
    Token:
      name: pageToken
      in: query
      schema: {{type: string}}
  schemas:
{schemas}"""

SCHEMAS = """\
    Boat:
      type: object
      required: [id]
      properties:
        id: {type: string}
        fore:
          $ref: '#/components/schemas/Sail' # of wood
        aft:
          $ref: '#/components/schemas/Sail'
        labels:
          type: object
        free:
          type: object
          additionalProperties: true

    # Of cloth.
    Sail:
      type: object
      properties:
        size: {type: string}
"""

PAGE = """\
# Harbour API, REST: Boat.List
## HTTP request
```
GET https://harbour.api.cloud.yandex.net/harbour/v1/boats
```
## Query parameters {{#harbour.v1.ListBoatsRequest}}
#|
||Field | Description ||
{query}
|#
## Response {{#harbour.v1.Boat}}
**HTTP Code: 200 - OK**
#|
||Field | Description ||
{fields}
|#
{more}
"""

QUERY = ("pageSize | **string** (int64)", "pageToken | **string**")
FIELDS = (
    "id | **string**\n\nRequired.",
    "fore | **[Sail](#harbour.v1.Sail)**",
    "aft | **[Sail](#harbour.v1.Sail)**",
    "labels | **object**",
    "free | **object**",
)
OF_TEXTS = "(map<**string**, **string**>)"
SAIL = ("size | **string**",)


def _rows(rows: tuple[str, ...]) -> str:
    return "\n".join(f"|| {row} ||" for row in rows)


def _message(name: str, *rows: str) -> str:
    return f"## {name} {{#harbour.v1.{name}}}\n#|\n||Field | Description ||\n{_rows(rows)}\n|#"


def _written(folder: Path, *more: str, query: tuple[str, ...] = QUERY, fields: tuple[str, ...] = FIELDS) -> Path:
    file = folder / "list.md"
    messages = "\n".join(more or [_message("Sail", *SAIL)])
    file.write_text(PAGE.format(query=_rows(query), fields=_rows(fields), more=messages), encoding="utf-8")
    return file


def _edited(folder: Path, before: str, after: str) -> Path:
    """The page with one text in the place of another."""
    file = _written(folder)
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    return file


def _changed(diff: str) -> list[str]:
    """The lines that come and go."""
    return [line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in {"+++", "---"}]


ROWS: Mapping[str, tuple[Callable[[Path], Path], list[str]]] = {
    "the same": (_written, []),
    "a parameter in the middle": (
        lambda folder: _written(folder, query=(QUERY[0], "order | **string**\n\nRequired.", QUERY[1])),
        [
            "+        - name: order",
            "+          in: query",
            "+          required: true",
            "+          description: TODO",
            "+          schema:",
            "+            type: string",
        ],
    ),
    "a keyword of a parameter in braces": (
        lambda folder: _written(folder, query=(f"{QUERY[0]}\n\nDefault value: 50.", QUERY[1])),
        [
            "-          schema: {type: string, format: int64}",
            "+          schema: {type: string, format: int64, default: '50'}",
        ],
    ),
    "a pattern in braces": (
        lambda folder: _written(
            folder, query=(f"{QUERY[0]}", spelled(f"{QUERY[1]}\n\nValue «match» `[a-z]{{1,9}}, `."))
        ),
        ["-      schema: {type: string}", "+      schema: {type: string, pattern: '^[a-z]{1,9}, $'}"],
    ),
    "a parameter that is required, and deprecated": (
        lambda folder: _written(folder, query=(f"{QUERY[0]}\n\nRequired. Deprecated.", QUERY[1])),
        ["+          required: true", "+          deprecated: true"],
    ),
    "nothing is required any more": (
        lambda folder: _written(folder, fields=("id | **string**", *FIELDS[1:])),
        ["-      required: [id]"],
    ),
    "another field is required": (
        lambda folder: _written(folder, _message("Sail", "size | **string**\n\nRequired.")),
        ["+      required: [size]"],
    ),
    "one more field is required": (
        lambda folder: _written(folder, fields=(*FIELDS[:1], f"{FIELDS[1]}\n\nRequired.", *FIELDS[2:])),
        ["-      required: [id]", "+      required: [id, fore]"],
    ),
    "a map's values": (
        lambda folder: _written(
            folder, fields=(*FIELDS[:3], "labels | **object** (map<**string**, **string**>)", FIELDS[4])
        ),
        ["+          additionalProperties:", "+            type: string"],
    ),
    "the values of a map that held anything": (
        lambda folder: _written(folder, fields=(*FIELDS[:4], f"{FIELDS[4]} {OF_TEXTS}")),
        ["-          additionalProperties: true", "+          additionalProperties:", "+            type: string"],
    ),
    "a field that brings a message": (
        lambda folder: _written(
            folder,
            _message("Sail", *SAIL),
            _message("Mast", "height | **string** (int64)"),
            fields=(*FIELDS, "mast | **[Mast](#harbour.v1.Mast)**"),
        ),
        [
            "+        mast:",
            "+          description: TODO",
            "+          $ref: '#/components/schemas/Mast'",
            "+",
            "+    Mast:",
            "+      type: object",
            "+      description: TODO",
            "+      properties:",
            "+        height:",
            "+          type: string",
            "+          format: int64",
            "+          description: TODO",
        ],
    ),
    "another host": (
        lambda folder: _edited(folder, "https://harbour.", "https://port."),
        ["-  - url: https://harbour.api.cloud.yandex.net", "+  - url: https://port.api.cloud.yandex.net"],
    ),
    "another status": (
        lambda folder: _edited(folder, "Code: 200", "Code: 201"),
        ["-        '200':", "+        '201':"],
    ),
    "an object whose fields nobody knew": (
        lambda folder: _written(
            folder,
            _message("Sail", *SAIL),
            _message("Labels", "owner | **string**\n\nRequired.", "since | **string**"),
            fields=(*FIELDS[:3], "labels | **[Labels](#harbour.v1.Labels)**", FIELDS[4]),
        ),
        [
            "+          required: [owner]",
            "+          properties:",
            "+            owner:",
            "+              type: string",
            "+              description: TODO",
            "+            since:",
            "+              type: string",
            "+              description: TODO",
        ],
    ),
    "a map that brings a message": (
        lambda folder: _written(
            folder,
            _message("Sail", *SAIL),
            _message("Mast", "height | **string**"),
            fields=(*FIELDS, "masts | **object** (map<**string**, **[Mast](#harbour.v1.Mast)**>)"),
        ),
        [
            "+        masts:",
            "+          type: object",
            "+          description: TODO",
            "+          additionalProperties:",
            "+            $ref: '#/components/schemas/Mast'",
            "+",
            "+    Mast:",
            "+      type: object",
            "+      description: TODO",
            "+      properties:",
            "+        height:",
            "+          type: string",
            "+          description: TODO",
        ],
    ),
    "a field of a message that the specification has": (
        lambda folder: _written(folder, fields=(*FIELDS, "jib[] | **[Sail](#harbour.v1.Sail)**")),
        [
            "+        jib:",
            "+          type: array",
            "+          description: TODO",
            "+          items:",
            "+            $ref: '#/components/schemas/Sail'",
        ],
    ),
    "one of two that share a message differs": (
        lambda folder: _written(
            folder,
            _message("Sail", *SAIL),
            _message("Jib", "size | **string** (int64)"),
            fields=(FIELDS[0], "fore | **[Jib](#harbour.v1.Jib)**", *FIELDS[2:]),
        ),
        [
            "-          $ref: '#/components/schemas/Sail' # of wood",
            "+          $ref: '#/components/schemas/Jib' # of wood",
            "+",
            "+    Jib:",
            "+      type: object",
            "+      description: TODO",
            "+      properties:",
            "+        size:",
            "+          type: string",
            "+          format: int64",
            "+          description: TODO",
        ],
    ),
    "a field is gone, and one has another name": (
        lambda folder: _written(folder, fields=(*FIELDS[:3], "tags | **object**", FIELDS[4])),
        ["-        labels:", "+        tags:", "+          description: TODO", "+          additionalProperties: true"],
    ),
}
"""Change of the page -> the page, and the lines of the diff."""


@pytest.mark.parametrize(("page", "lines"), ROWS.values(), ids=ROWS)
def test_a_diff_holds_what_has_changed(tmp_path: Path, page: Callable[[Path], Path], lines: list[str]) -> None:
    """No difference remains, and every comment keeps its position."""
    proposal = propose_patch(_specification(tmp_path, SCHEMAS), [documentation.read(page(tmp_path))])
    assert proposal.unresolved == ()
    assert _changed(proposal.diff) == lines


SOURCED = """\
    Boat:
      type: object
      required: [id]
      properties:
        id: {{type: string}}
        fore:
          type: string
          maxLength: 9
          pattern: '^[a-z]+$'
          x-source:{source}
"""
URL = "https://example.com/where"


@pytest.mark.parametrize(
    ("source", "says", "lines"),
    [
        pytest.param(
            f"\n            maxLength: {URL}\n            pattern: {URL}",
            "«most» is 9.",
            [f"-            maxLength: {URL}"],
            id="one of two",
        ),
        pytest.param(
            f" {{maxLength: {URL}, pattern: {URL}}}",
            "«most» is 9. Value «match» `[a-z]+`.",
            [f"-          x-source: {{maxLength: {URL}, pattern: {URL}}}"],
            id="both",
        ),
        pytest.param(
            f" {{maxLength: {URL}, pattern: {URL}}}",
            "«most» is 8.",
            [
                "-          maxLength: 9",
                "+          maxLength: 8",
                f"-          x-source: {{maxLength: {URL}, pattern: {URL}}}",
                f"+          x-source: {{pattern: {URL}}}",
            ],
            id="another value",
        ),
    ],
)
def test_what_a_page_says_itself_needs_no_source(tmp_path: Path, source: str, says: str, lines: list[str]) -> None:
    """The source is taken out, and with the last one the whole."""
    page = _written(tmp_path, "", fields=(FIELDS[0], spelled(f"fore | **string**\n\n{says}")))
    proposal = propose_patch(_specification(tmp_path, SOURCED.format(source=source)), [documentation.read(page)])
    assert proposal.unresolved == ()
    assert _changed(proposal.diff) == lines


def test_an_older_page_does_not_take_away_the_types_of_a_query(tmp_path: Path) -> None:
    """It prints none; what it says of the parameter counts all the same."""
    page = tmp_path / "page.md"
    older = """\
# Method list
## HTTP request {{#https-request}}
```
GET https://harbour.api.cloud.yandex.net/harbour/v1/boats
```
## Query parameters {{#query_params}}
Parameter | Description
--- | ---
pageSize | How many. The maximum value is 100.
pageToken | From where.
## Response {{#responses}}
**HTTP Code: 200 - OK**
Field | Description
--- | ---
id | **string**<br><p>Required.</p>
"""
    page.write_text(older.format(), encoding="utf-8")
    boat = "    Boat:\n      type: object\n      required: [id]\n      properties:\n        id: {type: string}\n"
    proposal = propose_patch(_specification(tmp_path, boat), [documentation.read(page)])
    assert _changed(proposal.diff) == [
        "-          schema: {type: string, format: int64}",
        "+          schema: {type: string, format: int64, maximum: 100}",
    ]
    assert proposal.unresolved == ()


SAIL_OF_ITS_OWN = """\
    Sail:
      type: object
      properties:
        size: {type: string}
        spare:
          $ref: '#/components/schemas/Sail'
"""
BOAT_OF_IT = """\
    Boat:
      type: object
      properties:
        id: {type: string}
        sail:
          $ref: '#/components/schemas/Sail'
"""
RECURS = ("size | **string**", "spare | **[Sail](#harbour.v1.Sail)**")
NEW = ["+        cloth:", "+          type: string", "+          description: TODO"]


WITH_BOUND = """\
    Sail:
      type: object
      properties:
        size: {type: string, maxLength: 9}
"""
ROPE = """\
        rope:
          $ref: '#/components/schemas/Rope'
    Rope:
      type: object
      properties:
        length: {type: string}
"""
OF_ANOTHER_FILE = BOAT_OF_IT.replace("'#/", "'common.yaml#/")
BOAT_OF_A_SIZE = "    Boat:\n      type: object\n      properties:\n        size: {$ref: 'common.yaml#/Size'}\n"
BOAT_OF_AN_ID = "    Boat:\n      type: object\n      properties:\n        id: {type: string}\n"
WITH_A_SAIL = ("id | **string**", "sail | **[Sail](#harbour.v1.Sail)**")
WITH_A_JIB = (FIELDS[0], "fore | **[Jib](#harbour.v1.Jib)**", *FIELDS[2:])
WITH_ORDER = "    parameters:\n      - {name: order, in: query, schema: {type: string}}\n    get:\n"

LEFT_TO_A_PERSON: Mapping[str, tuple[str, Callable[[Path], Path], list[str], list[str]]] = {
    "a component that nothing uses any more": (
        _text(SCHEMAS),
        lambda folder: _written(folder, query=QUERY[:1]),
        ["-        - $ref: '#/components/parameters/Token'"],
        ["addition-without-source addition components.parameters.Token"],
    ),
    "a component without a source": (
        _text(BOAT_OF_AN_ID + SAIL_OF_ITS_OWN),
        lambda folder: _written(folder, "", fields=("id | **string**", "cloth | **string**")),
        NEW,
        ["addition-without-source addition components.schemas.Sail"],
    ),
    "a source for a whole object, which may be that of other facts too": (
        _text(SOURCED.format(source=f" {URL}").replace("          pattern: '^[a-z]+$'\n", "")),
        lambda folder: _written(folder, "", fields=(FIELDS[0], spelled("fore | **string**\n\n«most» is 9."))),
        [],
        ["stale-source response fore type", "stale-source response fore maxLength"],
    ),
    "a message in a message that two fields share": (
        _text(SCHEMAS + ROPE),
        lambda folder: _written(
            folder,
            _message("Sail", *SAIL, "rope | **[Rope](#harbour.v1.Rope)**"),
            _message("Jib", *SAIL, "rope | **[Cord](#harbour.v1.Cord)**"),
            _message("Rope", "length | **string**"),
            _message("Cord", "length | **string** (int64)"),
            fields=WITH_A_JIB,
        ),
        [],
        ["fact-missing response fore.rope.length format"],
    ),
    "a recursive message, which gets its new field once": (
        _text(BOAT_OF_IT + SAIL_OF_ITS_OWN),
        lambda folder: _written(folder, _message("Sail", *RECURS, "cloth | **string**"), fields=WITH_A_SAIL),
        NEW,
        [],
    ),
    "a recursive body, which gets its new field once": (
        _text(SAIL_OF_ITS_OWN, "Sail"),
        lambda folder: _written(
            folder, "", fields=("size | **string**", "spare | **[Sail](#harbour.v1.Boat)**", "cloth | **string**")
        ),
        NEW,
        [],
    ),
    "a bound in another file that the page lacks": (
        _text(BOAT_OF_A_SIZE),
        lambda folder: _written(folder, "", fields=("size | **string**", "cloth | **string**")),
        NEW,
        ["addition-without-source response size maxLength"],
    ),
    "another bound than that in another file": (
        _text(BOAT_OF_A_SIZE),
        lambda folder: _written(
            folder, "", fields=(spelled("size | **string**\n\n«most» is 8."), "cloth | **string**")
        ),
        NEW,
        ["value-differs response size maxLength"],
    ),
    "a field of a message in another file": (
        _text(OF_ANOTHER_FILE),
        lambda folder: _written(
            folder,
            _message("Sail", spelled("size | **string**\n\n«most» is 9."), "cloth | **string**"),
            fields=(*WITH_A_SAIL, "cloth | **string**"),
        ),
        NEW,
        ["field-missing response sail.cloth"],
    ),
    "a message in another file": (
        _text(OF_ANOTHER_FILE),
        lambda folder: _written(folder, fields=WITH_A_SAIL),
        [],
        ["addition-without-source response sail.size maxLength"],
    ),
    "a message in another file, with one here at the same pointer": (
        _text(OF_ANOTHER_FILE + WITH_BOUND),
        lambda folder: _written(folder, fields=WITH_A_SAIL),
        [],
        [
            "addition-without-source response sail.size maxLength",
            "addition-without-source addition components.schemas.Sail",
        ],
    ),
    "a parameter that its schema deprecates": (
        _text(SCHEMAS).replace("format: int64}", "format: int64, deprecated: true}", 1),
        _written,
        [],
        ["addition-without-source parameter pageSize deprecated"],
    ),
    "a parameter of all methods of a path": (
        _text(SCHEMAS).replace("    get:\n", WITH_ORDER),
        _written,
        [],
        ["addition-without-source parameter order"],
    ),
}
"""Title -> the specification, the page, the lines of the diff, and the differences that are left to a person."""


@pytest.mark.parametrize(("text", "page", "lines", "unresolved"), LEFT_TO_A_PERSON.values(), ids=LEFT_TO_A_PERSON)
def test_a_change_that_reaches_beyond_the_method_is_left_to_a_person(
    tmp_path: Path, text: str, page: Callable[[Path], Path], lines: list[str], unresolved: list[str]
) -> None:
    """The other changes of the page are proposed."""
    bound = f"Size: {{type: string, maxLength: 9}}\ncomponents:\n  schemas:\n{WITH_BOUND}"
    (tmp_path / "common.yaml").write_text(bound, encoding="utf-8")
    (tmp_path / "openapi.yaml").write_text(text, encoding="utf-8")
    proposal = propose_patch(tmp_path / "openapi.yaml", [documentation.read(page(tmp_path))])
    assert _changed(proposal.diff) == lines
    assert [line.partition(": left to a person: ")[2] for line in proposal.unresolved] == unresolved


def test_other_methods_that_share_a_component_are_listed(tmp_path: Path) -> None:
    """Its page has to be read anew, too."""
    more = """\
  /harbour/v1/sails:
    get:
      operationId: sails.get
      responses:
        '200':
          description: A sail.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Sail'
"""
    file = _specification(tmp_path, SCHEMAS, more=more)
    page = _written(tmp_path, _message("Sail", *SAIL, "cloth | **string**"))
    (line,) = propose_patch(file, [documentation.read(page)]).unresolved
    assert line == f"{file}:22: GET /harbour/v1/sails changes too: it shares a component; read its page again"


def test_a_method_that_is_not_there_is_to_be_drafted(tmp_path: Path) -> None:
    """A proposal needs an existing method."""
    page = tmp_path / "page.md"
    page.write_text(page_of(locks()[0], "en"), encoding="utf-8")
    with pytest.raises(
        InputError, match=r"page.md:\d+: describes GET /container-registry.* add it with `draft --patch`"
    ):
        propose_patch(_specification(tmp_path, SCHEMAS), [documentation.read(page)])


def test_edits_that_leave_no_specification_are_none(tmp_path: Path) -> None:
    """A page whose path parameter is gone contradicts itself."""
    page = tmp_path / "page.md"
    page.write_text(page_of(apply(locks()[0], Mutation("parameter", "imageId", "path", "id")), "en"), encoding="utf-8")
    with pytest.raises(InputError, match="cannot be proposed; it would make the specification invalid: the path has"):
        propose_patch(SPECIFICATION, [documentation.read(page)])
