"""Versions of the contract with their clients; only the manifest is generated, so that tests are fast."""

import hashlib
import shutil
from pathlib import Path

import generated_client
from generator.contract.serialize import to_dict
from generator.readers import openapi
from generator.runtime import _manifest
from generator.vendoring.bundle import ClientBundle
from generator.yaml_document import load

ROOT = Path(__file__).parents[3]
CODE = Path(generated_client.__file__).parent
"""The code of the committed client, for any contract: no test here calls it."""

SPECIFICATION = """\
openapi: 3.1.0
info: {title: Harbour Boats, version: 1.0.0}
servers: [{url: 'https://boats.example'}]
paths:
  /boats/{boatId}:
    get:
      operationId: boats.get
      summary: Get one boat.
      parameters:
        - {name: boatId, in: path, required: true, schema: {type: string, maxLength: 50}}
      responses:
        '200':
          description: The boat.
          content:
            application/json:
              schema: {type: object, properties: {name: {type: string}}}
"""

WIDER = ("maxLength: 50", "maxLength: 60")
NARROWER = ("maxLength: 50", "maxLength: 40")
NEXT = ("version: 1.0.0", "version: 1.1.0")


def source(folder: Path, *edits: tuple[str, str], code: str = "") -> ClientBundle:
    """Write a contract and its client to a folder, with edits of the contract and code appended to the client."""
    made = ClientBundle(folder / "spec" / "openapi.yaml", folder / "client")
    made.versions.folder.mkdir(parents=True)
    text = SPECIFICATION
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    made.specification.write_text(text, encoding="utf-8")
    shutil.copytree(CODE, made.client, ignore=shutil.ignore_patterns("__pycache__"))
    with (made.client / "client.py").open("a") as file:
        file.write(code)
    write_manifest(made)
    return made


def write_manifest(made: ClientBundle) -> None:
    """Write the manifest of a client as generation would."""
    manifest = _manifest.load(made.client)
    info = load(made.specification)["info"]
    manifest["contract"] |= {
        **info,
        "sha256": hashlib.sha256(made.specification.read_bytes()).hexdigest(),
        "operations": [to_dict(contract) for contract in openapi.read(made.specification)],
    }
    manifest["files"] = {
        name: hashlib.sha256((made.client / name).read_bytes()).hexdigest() for name in manifest["files"]
    }
    (made.client / _manifest.MANIFEST).write_bytes(_manifest.dump(manifest))
