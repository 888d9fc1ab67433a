"""Renders the page for a review."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.contract.check import operation_key
from generator.contract.text import escape_control
from generator.yaml_document import load_text

from .marks import AXES, safe_href
from .rows import SPEAKERS, additions, subjects
from .values import Review
from .verdict import changes, differences, verdict

_HERE = Path(__file__).parent


def page_of(review: Review) -> str:
    """The page: HTML that loads nothing, runs nothing, and shows every text as text."""
    style = load_text(_HERE / "page.css")
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        finalize=_safe,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(
        "page.html.jinja"
    ).render(
        review=review,
        style=Markup(style),  # noqa: S704  # our own file
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        verdict=verdict(review),
        changes=list(changes(review)),
        differences=list(differences(review)),
        axes=[axis[:1].upper() + axis[1:] for axis in AXES],
        speakers=list(SPEAKERS.values()),
        operations=[
            {
                "name": operation_key(one.evidence.contract),
                "reviewed": one,
                "documentation": safe_href(one.documentation),
                "subjects": list(subjects(review, one)),
                "additions": list(additions(review, one)),
            }
            for one in review.operations
        ],
    )


def _safe(value: object) -> object:
    """What the template prints: our own markup as it is, all else as text in which nothing is hidden."""
    return value if isinstance(value, Markup) else "\n".join(map(escape_control, str(value).split("\n")))
