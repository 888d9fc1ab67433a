"""A specification with many operations: that of the project, its operation repeated."""

import copy
from pathlib import Path

import yaml

SPECIFICATION = Path(__file__).parents[1] / "spec" / "openapi.yaml"


def specification_of(operations: int) -> str:
    """Return the text of a specification with so many operations, each with a path of its own."""
    document = yaml.safe_load(SPECIFICATION.read_text(encoding="utf-8"))
    ((path, item),) = document["paths"].items()
    document["paths"] = {
        path.replace("/images/", f"/images{number}/"): copy.deepcopy(item) for number in range(operations)
    }
    for number, repeated in enumerate(document["paths"].values()):
        repeated["get"]["operationId"] = f"images.get{number}"
    return str(yaml.safe_dump(document, sort_keys=False))
