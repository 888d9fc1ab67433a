"""Turns docstrings and annotations into HTML, with a link at each public name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import griffe
from attrs import frozen
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from .package import PublicPackage

_LINKED = re.compile(r"https://[^\s<>)`]*[^\s<>)`.,;:]|\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b")
"""A URL, or the name of a class."""

_PRIVATE = re.compile(r"\b_\w+\.")
"""A private module before a name, in an annotation that is a text."""

Types = Mapping[str, griffe.Expr | str]
"""Path of a type variable -> what stands for it in a class."""


@frozen
class Linker:
    """Writes HTML that links to the public names of a package."""

    package: PublicPackage

    def prose(self, text: str) -> Markup:
        """Return the HTML of Markdown: no images, headings or HTML of its own."""
        html = self._markdown().render(text).replace("<pre>", '<pre tabindex="0">')  # so that keys can scroll it
        return Markup(html)  # noqa: S704  # the parser escapes every text

    def line(self, text: str) -> Markup:
        """Return the HTML of one paragraph of Markdown."""
        return Markup(self._markdown().renderInline(" ".join(text.split())))  # noqa: S704  # the parser escapes it

    def expression(self, node: griffe.Expr | str | None, types: Types | None = None) -> Markup:
        """Return the HTML of an annotation or a default; a private alias is replaced by its value."""
        return Markup().join(self._parts(node, types or {}))

    def reference(self, name: str, anchor: str) -> Markup:
        """Return a link to an anchor of the page."""
        return Markup('<a href="#{}">{}</a>').format(anchor, name)

    def _parts(self, node: griffe.Expr | str | None, types: Types) -> Iterator[Markup]:
        if node is None or isinstance(node, str):
            yield escape(node or "")
        elif isinstance(node, griffe.ExprName):
            yield self._name(node, types)
        else:
            for part in node.iterate(flat=False):
                yield from self._parts(part, types)

    def _name(self, name: griffe.ExprName, types: Types) -> Markup:
        path = name.canonical_path
        if path in types:
            argument = types[path]
            if isinstance(argument, str):
                return escape(_PRIVATE.sub("", argument.strip("'")))
            return self.expression(argument)
        target = self.package.find(path)
        if target is None:
            return escape(name.name)
        if target.path in self.package.anchors:
            return self.reference(name.name, self.package.anchors[target.path])
        value = target.value if isinstance(target, griffe.Attribute) else None
        if value is None or isinstance(value, griffe.ExprCall):
            return escape(name.name.lstrip("_"))
        return self.expression(value)

    def _markdown(self) -> MarkdownIt:
        markdown = MarkdownIt("commonmark", {"html": False}).disable(["heading", "lheading", "image"])

        def code(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _environment: Any) -> str:
            return self._code(tokens[index].content)

        def text(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _environment: Any) -> str:
            return self._text(tokens[index].content)

        markdown.add_render_rule("code_inline", code)
        markdown.add_render_rule("text", text)
        return markdown

    def _code(self, text: str) -> str:
        code = Markup("<code>{}</code>").format(text)
        anchor = self._anchor(text)
        return self.reference(code, anchor) if anchor else code

    def _text(self, text: str) -> str:
        """Return the HTML of plain text, with a link at each URL and each name of a public class."""
        parts: list[Markup] = []
        for word in _split(text):
            anchor = self._anchor(word) if _LINKED.fullmatch(word) else None
            if word.startswith("https://"):
                parts.append(Markup('<a href="{0}" rel="external noreferrer">{0}</a>').format(word))
            else:
                parts.append(self.reference(word, anchor) if anchor else escape(word))
        return Markup().join(parts)

    def _anchor(self, text: str) -> str | None:
        """Return the anchor of a name that is written whole, or without the module if that is unambiguous."""
        anchors = [*self.package.anchors.values()]
        if text in anchors:
            return text
        ends = [anchor for anchor in anchors if anchor.endswith(f".{text}") and text[:1].isupper()]
        return ends[0] if len(ends) == 1 else None


def _split(text: str) -> Iterator[str]:
    """Yield the parts of a text: what may be linked, and what stands between."""
    end = 0
    for match in _LINKED.finditer(text):
        yield text[end : match.start()]
        yield match[0]
        end = match.end()
    yield text[end:]
