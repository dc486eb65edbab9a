"""The method and the guide to a report, from docs/, as pages of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from pipeline.resources import folder
from pipeline.site import addresses

_PAGES = {"rules.md": addresses.RULES, "method.md": addresses.METHOD, "report.md": addresses.READING}
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


def document(name: str) -> tuple[str, Markup]:
    """Return title and body of one of our own documents; raw HTML in it stays text."""
    text = (folder("docs") / name).read_text(encoding="utf-8")
    title = _TITLE.search(text)
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    for token in tokens:
        _site_links(token.children or [])
    html = reader.renderer.render(tokens, reader.options, {})
    return (title[1] if title else name), Markup("".join(_in_regions(html)))  # noqa: S704 - escaped by the reader


def _in_regions(html: str) -> Iterator[str]:
    """Yield the pieces of a page whose wide tables scroll by themselves, also from the keyboard."""
    head, *tables = html.split("<table>")
    yield head
    for number, rest in enumerate(tables, start=1):
        table, _, after = rest.partition("</table>")
        yield f'<div class="tw" role="region" aria-label="Table {number}" tabindex="0"><table>{table}</table></div>{after}'


def _site_links(tokens: list[Token]) -> None:
    """Have links lead to the site's own pages; what the site has no page for stays as words."""
    kept = True
    for token in tokens:
        if token.type == "link_open":
            name, hash_, anchor = str(token.attrGet("href")).rpartition("/")[2].partition("#")
            kept = name in _PAGES
            token.attrSet("href", _PAGES.get(name, "") + hash_ + anchor)
        if token.type in {"link_open", "link_close"} and not kept:
            token.type, token.tag, token.nesting, token.content = "text", "", 0, ""
