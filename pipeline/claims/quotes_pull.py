"""Pull quotes: a line without quote marks over a line "– Name"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.claims.outlets import outlet_of
from pipeline.claims.quotes_marks import MAX_QUOTE, Marked
from pipeline.claims.speakers_scene import Scene
from pipeline.models import Span, make_span
from pipeline.text import Document

_SIGNATURE = re.compile(r"(?:--?|~)\s{0,3}(?P<who>[^\W\d_][^\n]{1,78}?)\s*$")
_SMALL = frozenset(
    ("of", "the", "and", "de", "der", "den", "van", "von", "da", "di", "la", "le", "al", "bin", "for", "in", "at")
)
_LEAST_WORDS = 4
_BYLINE = 80  # code points
_BYLINED = re.compile(
    r"[A-Z][\w.'-]*(?: (?:and|de|von|van|al|[A-Z][\w.'-]*)){1,7}, [A-Z][\w.&'-]*(?: (?:[A-Z][\w.&'-]*|of|the|and|for|&)){0,5}"
)


@dataclass(frozen=True, slots=True)
class Pulled:
    """A pull quote: its line, who signs it, and both lines together."""

    inner: Span
    outer: Span
    who: str


def find_pulled(doc: Document, marked: Sequence[Marked]) -> Iterator[Pulled]:
    """Yield the line above each dash signature."""
    starts = [quote.outer.start for quote in marked]
    for above, line in zip(doc.paragraphs, doc.paragraphs[1:], strict=False):
        who = signer(doc, line) if doc.plain[line.start] in "-~" else None
        if who is None or not _is_pullable(doc, above):
            continue
        if bisect_left(starts, above.start) == bisect_left(starts, above.end):
            yield Pulled(above, make_span(above.start, line.end), who)


def signer(doc: Document, line: Span) -> str | None:
    """Return who signs with a dash on this line: a name, with what stands behind its comma."""
    if line.end - line.start > 80 or doc.plain[line.start] not in "-~":
        return None
    found = _SIGNATURE.match(doc.plain, line.start, line.end)
    if found is None or doc.plain[line.end - 1] in ".:;?!":
        return None
    who = found["who"].split(",")[0].split("(")[0].strip()
    parts = who.split()
    named = 1 <= len(parts) <= 7 and all(part[:1].isupper() or part.lower() in _SMALL for part in parts)
    return who if named and parts[0][:1].isupper() and outlet_of(who) is None else None


def _is_pullable(doc: Document, above: Span) -> bool:
    if above.end - above.start > MAX_QUOTE or above.end <= doc.title_end or doc.plain[above.start] in "-*~":
        return False
    return len(doc.plain[above.start : above.end].split()) >= _LEAST_WORDS


def byline(scene: Scene, line: Span) -> str | None:
    """Return who stands with an outlet alone on a line: "Jane Doe, Daily Planet"."""
    words = scene.narrative[line.start : min(line.end, line.start + _BYLINE)]
    who, _, outlet = words.partition(", ")
    if _BYLINED.fullmatch(words) is None or " " not in who:
        return None
    name = scene.name_at(line.start)
    person = name is not None and scene.is_personal(name) and name.words == who
    return who if person or outlet_of(outlet) is not None else None
