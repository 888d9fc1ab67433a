"""Each example that does not match its schema is found in its line, and no other."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.readers.openapi.example_check import example_problems
from generator.yaml_document import References, load, loads

SHIPS = """\
openapi: 3.1.0
info: {title: Ships, version: 1.0.0}
servers: [{url: 'https://ships.example'}]
paths:
  /ships/{shipId}:
    get:
      operationId: ships.get
      parameters:
        - name: shipId
          in: path
          required: true
          schema: {type: string, maxLength: 5}
          example: a
      responses:
        '200':
          description: A ship.
          headers:
            x-tide: {schema: {type: string, format: uuid}, example: 5a9c2f1e-7f0b-4a35-9a54-3d1f6f0f9b0c}
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Ship'}
              example: {masts: [{height: '1'}]}
              examples:
                first:
                  value:
                    masts:
                      - height: '12'
                    launched: '2026-03-14T09:26:53.589793238Z'
                second: {$ref: '#/components/examples/Second'}
components:
  examples:
    Second:
      value: {labels: {a: b}, voyage: 3.5s, mask: 'a,b.c', seal: '-_8=', depth: '18446744073709551615'}
  schemas:
    Ship:
      type: object
      properties:
        masts: {type: array, items: {$ref: '#/components/schemas/Mast'}}
        labels: {type: object, additionalProperties: {type: string}}
        launched: {type: string, format: date-time}
        voyage: {type: string, format: duration}
        mask: {type: string, format: field-mask}
        seal: {type: string, format: byte}
        depth: {type: string, format: uint64}
        colour: {type: string, enum: [RED, BLACK], default: RED, example: BLACK}
    Mast:
      type: object
      required: [height]
      properties:
        height: {type: string, format: int64}
        wood: {type: string, examples: [oak, fir]}
"""


def problems(text: str) -> list[str]:
    document = loads(text, "ships.yaml")
    return [str(problem) for problem in example_problems(document, References.of(document))]


UNKNOWN = "which is not a property of its schema; "

MISTAKES: Sequence[tuple[str, str, str]] = (
    ("- height: '12'", "- {height: '12', woood: oak}", f"has `woood`, {UNKNOWN}did you mean `wood`?"),
    ("{masts: [{height: '1'}]}", "{mast: []}", f"has `mast`, {UNKNOWN}did you mean `masts`?"),
    ("{labels: {a: b},", "{q: 1, labels: {a: b},", f"has `q`, {UNKNOWN}remove it, or add it to the schema"),
    ("- height: '12'", "- height: 12", '12 is not of type "string"'),
    ("{masts: [{height: '1'}]}", "{masts: one}", '"one" is not of type "array"'),
    ("- height: '12'", "- wood: oak", '"height" is a required property'),
    ("18446744073709551615", "18446744073709551616", "'18446744073709551616' is not a valid uint64"),
    ("- height: '12'", "- height: '1.5'", "'1.5' is not a valid int64"),
    ("'2026-03-14T09:26:53.589793238Z'", "'2026-03-14'", "'2026-03-14' is not a valid date-time"),
    ("3.5s", "3m", "'3m' is not a valid duration"),
    ("'a,b.c'", "'a, b.c'", "'a, b.c' is not a valid field-mask"),
    ("'-_8='", "'-_8!'", "'-_8!' is not a valid byte"),
    ("labels: {a: b}", "labels: {a: 1}", '1 is not of type "string"'),
    ("example: a\n", "example: abcdef\n", '"abcdef" is longer than 5 characters'),
    ("5a9c2f1e-7f0b", "5a9c2f1e", "is not a valid uuid"),
    ("default: RED", "default: GREEN", "the default does not match its schema: "),
    ("example: BLACK", "example: white", "the example does not match its schema: "),
    ("[oak, fir]", "[oak, 3]", '3 is not of type "string"'),
    ("[RED, BLACK]", "[RED, BLACK, 3]", "the value of `enum` does not match its schema: 3 is not"),
)


@pytest.mark.parametrize(("old", "new", "sentence"), MISTAKES)
def test_a_value_that_does_not_match_is_found_in_its_line(old: str, new: str, sentence: str) -> None:
    assert problems(SHIPS) == []
    assert SHIPS.count(old) == 1
    line = SHIPS[: SHIPS.index(old)].count("\n") + 1
    (problem,) = problems(SHIPS.replace(old, new))
    assert problem.startswith(f"ships.yaml:{line}: the ")
    assert sentence in problem


def test_a_schema_with_a_problem_accepts_any_value_and_hides_no_other() -> None:
    text = SHIPS.replace("format: uint64", "fromat: uint64").replace("depth: '1844", "depth: 'x").replace("3.5s", "3m")
    second = "                second: {$ref: '#/components/examples/Second'}\n"
    text = text.replace(second, second + second.replace("econd", "icond")).replace("schemas/Mast'", "schemas/Must'")
    assert problems(text) == ["ships.yaml:34: the example does not match its schema: '3m' is not a valid duration"]


def test_schemas_in_other_files_are_followed(tmp_path: Path) -> None:
    head, mast = SHIPS.split("    Mast:\n")
    (tmp_path / "the masts.yaml").write_text("Mast:\n" + mast, encoding="utf-8")
    text = head.replace("#/components/schemas/Mast", "the%20masts.yaml#/Mast").replace("height: '12'", "hight: '12'")
    (tmp_path / "ships.yaml").write_text(text, encoding="utf-8")
    document = load(tmp_path / "ships.yaml")
    messages = [problem.message for problem in example_problems(document, References.of(document))]
    assert len(messages) == 2
    assert any("`hight`, which is not a property of its schema; did you mean `height`?" in text for text in messages)
