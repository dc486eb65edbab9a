"""What an HTML page says of itself: schema.org data, metadata of its head. Scans linear on any input."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from pipeline.ingest.json_reader import article_type, expand, parse
from pipeline.ingest.lines import decode
from pipeline.ingest.reasons import Fault
from pipeline.settings import Route

_CHARSET = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE)
_CHARSET_HEAD = 4_096  # bytes in which a page names its encoding
_ASCII = b'<meta charset="x">2 + 3 = 5 & ~ \\u0041 xn--nxasmq6b'  # with the escapes of codecs that are none of pages
_TAG = re.compile(
    r"<(html|meta|link)\b((?:[^<>\"']|\"[^\"<]{0,4000}\"|'[^'<]{0,4000}'|[\"'])*+)>|<(title)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([\w:.-]{1,40})\s{0,9}=\s{0,9}(?:\"([^\"]{0,4000})\"|'([^']{0,4000})'|([^\s\"'<>]{1,4000}))")
_SCRIPT = re.compile(r"<script\b([^<>]{0,1000})>", re.IGNORECASE)
_SCRIPT_END = "</script"
_MOST = 20  # blocks of schema.org data looked at; 200 KB pages have up to ten

# Names of metadata, the best first, and what they tell.
_NAMES = {
    "title": ("og:title", "twitter:title", "dc.title"),
    "site": ("og:site_name", "application-name"),
    "address": ("og:url",),
    "published": ("article:published_time", "datepublished", "og:article:published_time", "parsely-pub-date",
                  "sailthru.date", "dcterms.created", "dc.date.issued", "dc.date", "pubdate", "publishdate", "date"),
    "author": ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author"),
    "language": ("og:locale", "content-language"),
}  # fmt: skip


def decoded(data: bytes, charset: str | None = None) -> str:
    """Return a page as text: in the encoding that the server or the page names, else as any text; raise Fault."""
    found = _CHARSET.search(data[:_CHARSET_HEAD])
    for name, likely in ((charset, _keeps_ascii_or_is_wide), (found[1].decode() if found else None, _keeps_ascii)):
        text = _decoded_as(data, name, likely) if name else None
        if text is not None:
            return text
    return decode(data)


def _decoded_as(data: bytes, name: str, likely: Callable[[str], bool]) -> str | None:
    try:
        known = codecs.lookup(name).name
        known = "cp1252" if known in {"iso8859-1", "ascii"} else known  # as browsers read it
        return data.decode(known) if likely(known) else None
    except (LookupError, UnicodeError, ValueError):
        return None


def _keeps_ascii(encoding: str) -> bool:
    """Tell whether ASCII stays as it is: else the page could not have named it, nor is it one of text (punycode)."""
    return _ASCII.decode(encoding) == _ASCII.decode("ascii")


def _keeps_ascii_or_is_wide(encoding: str) -> bool:
    return encoding.startswith(("utf-16", "utf-32")) or _keeps_ascii(encoding)


def metadata(text: str, fetched: str | None) -> dict[str, str]:
    """Return what the head of a page says: title, heading, site, canonical address, published, author, language."""
    named: dict[str, str] = {}
    found: dict[str, str] = {}
    for tag in _TAG.finditer(text):
        kind = (tag[1] or tag[3]).lower()
        if kind == "title":
            end = text.find("<", tag.end(), tag.end() + 2_000)
            found.setdefault("title", html.unescape(text[tag.end() : end])) if end > 0 else None
            continue
        values = {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(tag[2])}
        if kind == "html" and "lang" in values:
            found.setdefault("language", values["lang"])
        elif kind == "link" and "canonical" in values.get("rel", "").lower().split():
            found.setdefault("canonical", _absolute(html.unescape(values.get("href", "")), fetched))
        elif kind == "meta":
            name = values.get("property") or values.get("name") or values.get("itemprop") or ""
            named.setdefault(name.lower(), html.unescape(values.get("content", "")))
    for field, names in _NAMES.items():
        value = next((named[name] for name in names if named.get(name, "").strip()), None)
        if value:
            found.setdefault("heading" if field == "title" else field, value)
    return {field: value for field, value in found.items() if value.strip()}


def _absolute(address: str, fetched: str | None) -> str:
    try:
        joined = urljoin(fetched or "", address.strip())
    except ValueError:
        return ""
    return joined if joined.startswith(("http://", "https://", "//")) else ""


def linked_data(text: str, envelopes: tuple[Route, ...]) -> dict[str, Any]:
    """Return the schema.org article of a page, the one with a body if there is one; {} if there is none."""
    articles = [node for node in _nodes(text, envelopes) if article_type(node)]
    with_body = (node for node in articles if isinstance(node.get("articleBody"), str) and node["articleBody"].strip())
    return next(with_body, articles[0] if articles else {})


def _nodes(text: str, envelopes: tuple[Route, ...]) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = []
    blocks = 0
    for tag in _SCRIPT.finditer(text):
        if "ld+json" not in tag[1].lower() or blocks >= _MOST:
            continue
        blocks += 1
        end = text.find(_SCRIPT_END, tag.end())
        try:
            value = parse(text[tag.end() : end if end > 0 else None].strip().strip(";").encode("utf-8", "replace"))
        except Fault:
            continue  # a page may carry blocks that no JSON reader takes, and a good one beside them
        found = [node for node in expand(value, envelopes).records if isinstance(node, dict)]
        nodes += [*found, *(node["mainEntity"] for node in found if isinstance(node.get("mainEntity"), dict))]
    return nodes
