"""Renders a page of HTML from the template and the style in a folder."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.yaml_document import load_text


def render_page(folder: Path, finalize: Callable[[Any], Any] | None = None, **values: Any) -> str:
    """Render `page.html.jinja` with values, the style in `page.css` and its hash for the content policy.

    Every text is escaped; `finalize` converts each value before that.
    """
    style = load_text(folder / "page.css")
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.jinja").render(
        style=Markup(style),  # noqa: S704  # our own file
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        **values,
    )
