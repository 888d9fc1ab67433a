"""The keywords beside a `$ref` and those behind it are one schema, in the client as in the contract."""

from pathlib import Path

import pytest

from tests.generator.writer.rendering import differences, rendered

BASE = (Path(__file__).parents[1] / "base.yaml").read_text(encoding="utf-8")
ID = "{name: boatId, in: path, required: true, schema: {type: string, minLength: 1}}"
REFERRING = "{name: boatId, in: path, required: true, schema: {$ref: '#/components/schemas/Id', maxLength: 4}}"
FIELD = "        boatId: {type: string}"
OPERATION = "    get:\n"

SCHEMAS = {
    "a bound beside a reference": ({ID: REFERRING}, "Id: {type: string, minLength: 1}"),
    "a bound between references": (
        {ID: REFERRING.replace(", maxLength: 4", "")},
        "Id: {$ref: '#/components/schemas/Text', maxLength: 4}\n    Text: {type: string, minLength: 1}",
    ),
    "a format beside a reference": (
        {FIELD: "        weight: {$ref: '#/components/schemas/Id', format: int64}"},
        "Id: {type: string}",
    ),
    "an enumeration beside a reference": (
        {FIELD: "        state: {$ref: '#/components/schemas/Id', enum: [AFLOAT]}"},
        "Id: {type: string}",
    ),
    "an enumeration of a parameter of a path": (
        {
            OPERATION: "    parameters:\n"
            f"      - {{name: state, in: query, schema: {{type: string, enum: [AFLOAT]}}}}\n{OPERATION}"
        },
        "Id: {type: string}",
    ),
}
"""Case -> edits of the base, and the components that they refer to."""


@pytest.mark.parametrize(("edits", "components"), SCHEMAS.values(), ids=SCHEMAS)
def test_keywords_beside_and_behind_a_reference_are_kept(
    edits: dict[str, str], components: str, tmp_path: Path
) -> None:
    text = BASE.replace("  schemas:\n", f"  schemas:\n    {components}\n")
    for old, new in edits.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    specification = tmp_path / "openapi.yaml"
    specification.write_text(text, encoding="utf-8")
    assert differences(specification, rendered(specification, tmp_path / "client")) == ()
