"""HTML fragments reduced to text, paragraphs kept. One pass over the tags, linear on any input."""

from __future__ import annotations

import html
import re

from pipeline.resources import words

_BLOCK = words("html_elements", "element", kind="block")
_LINE = words("html_elements", "element", kind="line")
_SILENT = words("html_elements", "element", kind="silent")
_CELL = words("html_elements", "element", kind="cell")
_NAMES = "|".join(sorted(words("html_elements", "element"), key=lambda name: (-len(name), name)))
_HTML = re.compile(rf"<(?:/(?:{_NAMES})\s?>|(?:{_NAMES})(?:\s[^<>]{{0,4000}})?/?>)", re.IGNORECASE)
_LAYOUT = re.compile(r"<(?:p|br|div|li|h[1-6])(?:\s[^<>]{0,4000})?/?>", re.IGNORECASE)
_TOKEN = re.compile(r"<!--|-->|<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})(?:[\s/][^<>]{0,4000})?>|<![a-zA-Z\[][^<>]{0,200}>")
_ESCAPED = re.compile(r"\s{0,100}&lt;(?:p|div|h[1-6])(?:\s[^<>]{0,1000})?&gt;", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")


def to_text(value: str) -> str:
    """Return a string of a record as plain text: tags and entities resolved if it has any.

    Markup escaped as a whole, as in feeds that escape it twice, is resolved too.
    """
    if _ESCAPED.match(value):
        value = html.unescape(value)
    if "<" in value and _HTML.search(value):
        value = _without_tags(value)
    if "&" in value and _ENTITY.search(value):
        value = html.unescape(value)
    return value


def _without_tags(value: str) -> str:
    laid_out = _LAYOUT.search(value) is not None  # else the line breaks of the source are its paragraphs
    parts: list[str] = []
    done, silent = 0, ""
    for token in _TOKEN.finditer(value):
        if not silent:
            parts.append(_run(value[done : token.start()], laid_out))
        done = token.end()
        silent, space = _step(token, silent)
        parts.append(space)
    if not silent:
        parts.append(_run(value[done:], laid_out))
    return "".join(parts).strip()


def _step(token: re.Match[str], silent: str) -> tuple[str, str]:
    """Return what is being left out from here on, and the white space that the tag stands for."""
    closing, name = token[1] == "/", (token[2] or "").lower()
    if silent:
        ends = token[0] == "-->" if silent == "--" else closing and name == silent
        return ("" if ends else silent), ""
    if token[0] == "<!--":
        return "--", ""
    if name in _SILENT and not closing and not token[0].endswith("/>"):
        return name, ""
    return "", "\n\n" if name in _BLOCK else "\n" if name in _LINE else " " if name in _CELL else ""


def _run(text: str, laid_out: bool) -> str:
    return re.sub(r"\s+", " ", text) if laid_out else text
