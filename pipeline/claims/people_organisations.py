"""What a role is held in or of: an organisation, a country, a person, as the words before a role name it."""

from __future__ import annotations

import re

from pipeline.claims.gazetteer import demonyms, places_named, region_named
from pipeline.claims.names import Name
from pipeline.resources import words

# What a name is cut off from: "Republican | National Committee", "Health and | Human Services".
_FIRST_HALF = re.compile(r"\b(?:(?:Republican|Democratic|Libertarian) |(?:Health|Housing|Trade|Science|Culture) and )$")
_NO_OPENERS = frozenset(("new", "old", "first", "second", "third", "one", "us", "further"))  # begin names too
_CONTINENTAL = frozenset(("African", "Asian", "Arab", "Latin", "Afro", "Anglo", "Euro"))


def organisation_of(name: Name) -> str:
    """Return the canonical name of what a role hangs on: a place's own, else the article's fullest form."""
    places = region_named(name.words) or places_named(name.full)
    return places[0].name if places else name.full


def organisation_before(plain: str, low: int, start: int, before: Name | None) -> tuple[str | None, int]:
    """Return what a role hangs on and where the phrase then starts."""
    if before is not None and plain[before.span.end : start] in (" ", "'s ", "' ") and before.span.start >= low:
        if _is_origin(before.words):
            return None, start
        opener = _opener(before.words)
        organisation = before.words[opener:] if opener else organisation_of(before)
        first = _FIRST_HALF.search(plain, max(low, before.span.start - 24), before.span.start)
        if first and (before.words.startswith("National ") or " and " in first.group()):
            return first.group() + before.words, first.start()
        return organisation, before.span.start + opener
    left = plain[max(low, start - 40) : start]
    said = left.split()
    for size in (2, 1):
        demonym = " ".join(said[-size:])
        country = demonyms().get(demonym)
        if country and left.endswith(demonym + " "):
            return country, start - len(demonym) - 1
    return None, start


def _opener(name: str) -> int:
    """Return how many code points of a name are a word that only opens its clause ("When Supreme Court")."""
    first, _, rest = name.partition(" ")
    opens = first.lower() in words("openers") and first.lower() not in _NO_OPENERS
    return len(first) + 1 if rest[:1].isupper() and opens else 0


def _is_origin(name: str) -> bool:
    """Tell whether a word says whence somebody's family is, and not of what he is what: "Taiwanese-American"."""
    return "-" in name and all(part in demonyms() or part in _CONTINENTAL for part in name.split("-"))
