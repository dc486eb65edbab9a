"""Names, authors and addresses as dumps write them, made comparable."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.ingest.cleaning import one_line, without_surrogates
from pipeline.resources import words

_ABSENT = frozenset({"", "none", "nan", "null", "n/a", "unknown", "undefined"})
_URL = re.compile(r"(?:https?:)?//([\w.:@%-]{1,255})([^?#\s]*)(\?[^#\s]*)?(#\S*)?", re.IGNORECASE)
_BARE_URL = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/\S*")
_FILE = re.compile(r"\S{1,60}\.[a-z]{2,4}", re.IGNORECASE)  # scrapers take links for authors
_MIRROR = re.compile(r"^(?:(?:www\d?|m|mobile|amp)\.)+(?=[^.]+\.[^.])")
_AMP = re.compile(r"^/amp(?=/)|(?:/amp|\.amp)$")
# Parameters that name the article: without them the path names a script, not an article.
_NAMING = re.compile(r"[?&](?:id|p|t|v|a|aid|art|article|article_?id|story|story_?id|news|news_?id|nid|item|item_?id"
                     r"|doc|doc_?id|sid|pid|cid|post|guid|key)=", re.IGNORECASE)  # fmt: skip
# Three words joined, or a number longer than a year: what addresses of articles have and those of sections lack.
_SLUG = re.compile(r"[^\W\d_][-_][^\W_]{1,40}[-_][^\W_]|\d{5}")
_BY = re.compile(r"^(?:by|von|par|por|di|door|av)[\s:]+", re.IGNORECASE)
_MAILBOX = re.compile(r"[^\s@()]{1,64}@[^\s@()]{1,255}\s{0,3}\(([^()]{1,100})\)")  # as RSS writes authors
_JOIN = re.compile(r"\s*;\s*|\s+(?:and|und|et|y|og)\s+|\s*[&|]\s*", re.IGNORECASE)
_LONGEST = 300  # characters; a longer "author" is a biography


def name(value: str | None) -> str | None:
    """Return a publisher's name on one line; None where it is absent."""
    text = one_line(value or "")
    return None if text.lower() in _ABSENT else text


def address(value: str | None) -> str | None:
    """Return a web address trimmed; None for anything else (a URN, a script, an empty string)."""
    if value is None:
        return None
    text = without_surrogates(value.strip())
    ok = len(text) <= 8_000 and (_URL.fullmatch(text) or _BARE_URL.fullmatch(text))
    return text if ok else None


def host(url: str | None) -> str | None:
    """Return the host of an address, lower case, without "www."."""
    found = _split(url)
    return found[0] if found else None


def canonical(url: str | None) -> str | None:
    """Return host and path of an address, the same for all its spellings.

    Scheme, "www.", "m.", "amp", query, fragment and a last slash go. None where what is left
    would name more than one article: a home page, or a script that its query tells what to show.
    """
    found = _split(url)
    if found is None or (found[2] and _NAMING.search(found[2])):
        return None
    path = _AMP.sub("", found[1].rstrip("/")).rstrip("/")
    return _MIRROR.sub("", found[0]) + path if path else None


def names_one_article(canonical_url: str) -> bool:
    """Tell the address of an article, which has a headline or a number in it, from that of a section or home page."""
    return _SLUG.search(canonical_url.partition("/")[2]) is not None


def _split(url: str | None) -> tuple[str, str, str] | None:
    if url is None:
        return None
    match = _URL.fullmatch(url) or _URL.fullmatch(f"//{url}")
    if match is None:
        return None
    netloc = match[1].rpartition("@")[2].lower()
    return _bare_host(re.sub(r":\d{0,5}$", "", netloc).rstrip(".")), match[2], match[3] or ""


def _bare_host(text: str) -> str:
    return text[4:] if text[:4].lower() == "www." else text


def authors(values: Iterable[str], source: str | None) -> tuple[str, ...]:
    """Return authors one by one, "By" and the agency after a name removed, each once.

    A by-line that only repeats the source names nobody; an agency alone stays.
    """
    found: list[str] = []
    for value in values:
        if len(value) <= _LONGEST:
            found += _authors_of(one_line(value))
    known = (source or "").lower()
    absent = _ABSENT | {known}
    named = (author for author in found if author.lower() not in absent and not _FILE.fullmatch(author))
    return tuple(dict.fromkeys(named))


def _authors_of(text: str) -> list[str]:
    names: list[str] = []
    mailbox = _MAILBOX.fullmatch(text)
    text = mailbox[1] if mailbox else text
    for part in _JOIN.split(_BY.sub("", text)):
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        while len(pieces) > 1 and pieces[-1].lower() in _agencies():
            pieces.pop()
        several = len(pieces) > 1 and all(" " in piece for piece in pieces)
        names += pieces if several else [", ".join(pieces)]
    return [_BY.sub("", each) for each in names]


@cache
def _agencies() -> frozenset[str]:
    return frozenset(pattern.lower() for row in words("wires", "words") for pattern in row.split("|"))
