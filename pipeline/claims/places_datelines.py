"""Where a report was written: the dateline before its first sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.claims.draft import Draft
from pipeline.claims.gazetteer import places_named, states
from pipeline.claims.places_context import Context, contained_in, likeliest, place_draft
from pipeline.models import PlaceValue, Span
from pipeline.resources import lexicon
from pipeline.text import Document

# Both kinds start with the capital, so that the engine can skip to the next one.
_DATELINE = re.compile(
    r"[A-Z](?:(?<![^\s)].)((?:(?<=S)T\. [A-Z])?[A-Z'-]{2,20}(?: [A-Z][A-Z'-]{1,20}){0,2})"
    r"|(?<=^.)(\w{2,20}(?: [A-Z]\w{1,20}){0,2})(?=[^\n]{0,40}\())"
    r"(?:, ([A-Z][\w.]{1,20}(?: [A-Z]\w{1,20})?))??(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?: {0,2}\(([A-Z][\w ./&-]{1,40})\) {0,2}(?:-{1,3}|(?=[A-Z\"]))| -{1,3} | ?--)",
    re.MULTILINE,
)
_DATELINE_REACH = 600  # code points of the body in which a dateline may stand, after a byline


def find_datelines(doc: Document, context: Context) -> Iterator[Draft]:
    """Yield the place of a dateline: "BERLIN (Reuters) -", "HALIFAX, Nova Scotia --"."""
    begin = doc.title_end
    head = doc.plain[begin : begin + _DATELINE_REACH]
    if " - " not in head and "--" not in head and "(" not in head:  # one of which ends every dateline
        return
    for found in _DATELINE.finditer(doc.plain, begin, begin + _DATELINE_REACH):
        upper, _, outer, agency = found.groups()
        end = found.end(1 if upper else 2)
        places = places_named(found.string[found.start() : end])
        if not places or not (upper or agency in _agencies()):
            continue
        place = contained_in(places, states().get(outer or "", outer or "")) or likeliest(places, context)[0]
        span = Span(found.start(), found.end(3) if outer else end)
        value = PlaceValue(name=place.name, within=place.within, venue=None, event=None)
        yield place_draft("dateline", span, 0.95, value)
        return


@cache
def _agencies() -> frozenset[str]:
    return frozenset(row["name"] for row in lexicon("organisations") if row["kind"] == "outlet")
