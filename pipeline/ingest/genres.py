"""What an article is other than a report: opinion, satire, live blog, listicle, a stub of what one has to pay for.

Only marked, never dropped: the words are in ``config/lexicon/genres.csv``, and what needs more than words is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from pipeline.models import Boilerplate
from pipeline.resources import lexicon
from pipeline.text import fold

_EDGE = 600  # characters at the beginning and the end of a body, where it says what it is
_LONGEST = 300  # characters of a section or title that are looked at
_ENTRIES = 5  # lines that begin with the time of day make a live blog
# Of a text with a line break before it: a scan for breaks is many times quicker than one for the starts of lines.
_ENTRY = re.compile(
    r"\n(?:\d{1,2}[:.]\d\d ?(?:am|pm|a\.m\.|p\.m\.)?|\d{1,2} ?[ap]m)(?: [A-Z]{2,4})?(?:$|[ :–—-])", re.MULTILINE
)
_SPLIT = re.compile(r"[/|>;,]")
_NUMBER = re.compile(r"\d\d{0,8}+(?!\s?(?:%|percent\b|per cent\b))")  # "Top 1 percent" counts nothing
_NUMBER_WORD = re.compile(r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?! percent\b| per cent\b)")
_COUNT = re.compile(r"(?:the )?(?:top )?# ([\w’'-]+)(?: ([\w’'-]+))?")
_CUT = "boilerplate.cut-mark"


@dataclass(frozen=True, slots=True)
class Look:
    """What tells the genre of an article."""

    url: str | None
    sections: tuple[str, ...]
    title: str | None
    body: str
    boilerplate: tuple[Boilerplate, ...] = ()


def find_genres(look: Look) -> tuple[str, ...]:
    """Return the genres of an article, sorted; none for a plain report."""
    return tuple(sorted({*_filed(look), *_titled(look.title), *_said(look.body), *_built(look)}))


def _filed(look: Look) -> Iterator[str]:
    known = _whole("section")
    for section in look.sections:
        for part in (section, *_SPLIT.split(section)):
            if genre := known.get(_key(part)):
                yield genre
    path = unquote((look.url or "").partition("?")[0].partition("#")[0].partition("//")[2])
    known = _whole("url")
    for part in path.split("/")[1:]:
        if genre := known.get(_key(part).replace("_", "-")):
            yield genre


def _titled(title: str | None) -> Iterator[str]:
    key = _key(title or "")
    if _COUNT.match(key) or _says_anything(key):
        for genre, match, words in _rows("title"):
            if _matches(key, match, words):
                yield genre


def _says_anything(title: str) -> bool:
    """Tell at one look each whether any words begin or end a title, or are in it."""
    starts, ends, holds = (_title_words(match) for match in ("start", "end", "holds"))
    return title.startswith(starts) or title.endswith(ends) or any(words in title for words in holds)


def _matches(key: str, match: str, words: str) -> bool:
    if match == "counted":
        count = _COUNT.match(key)
        return count is not None and words in count.groups()
    return key.startswith(words) if match == "start" else key.endswith(words) if match == "end" else words in key


def _said(body: str) -> Iterator[str]:
    edges = fold(f"{body[:_EDGE]}\n{body[-_EDGE:]}").lower()
    count = None
    for genre, words, longest in _phrases():
        if words in edges:
            count = len(body.split()) if count is None else count
            if longest is None or count <= longest:
                yield genre


def _built(look: Look) -> Iterator[str]:
    if any(mark.rule == _CUT for mark in look.boilerplate):
        yield "stub"
    if sum(1 for _ in _ENTRY.finditer(f"\n{look.body}")) >= _ENTRIES:
        yield "live-blog"


def _key(words: str) -> str:
    low = fold(words[:_LONGEST]).strip().lower()
    first = _NUMBER_WORD.match(low)
    return _NUMBER.sub("#", f"#{low[first.end() :]}" if first else low)


@cache
def _whole(where: str) -> dict[str, str]:
    return {row["words"]: row["genre"] for row in lexicon("genres") if row["where"] == where}


@cache
def _rows(where: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((row["genre"], row["match"], fold(row["words"])) for row in lexicon("genres") if row["where"] == where)


@cache
def _title_words(match: str) -> tuple[str, ...]:
    return tuple(words for _, how, words in _rows("title") if how == match)


@cache
def _phrases() -> tuple[tuple[str, str, int | None], ...]:
    rows = (row for row in lexicon("genres") if row["where"] == "body")
    return tuple((row["genre"], row["words"], int(row["longest"]) if row["longest"] else None) for row in rows)
