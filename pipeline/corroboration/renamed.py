"""Statements with another name or another place in a row where all else is told in the same words."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz

from pipeline.corroboration.frames import Laid, Words
from pipeline.corroboration.spelling import ORDINAL, in_one_spelling
from pipeline.models import PlaceValue
from pipeline.resources import words
from pipeline.text import stem

_MOST = 3  # words of a name
_SPELLING = 70.0  # rapidfuzz ratio, 0..100, from which two names may be one, spelt or shaped otherwise ("Australian")
_SAME = 0.7  # share of the words around that must be the same: a name may be said in many ways


def renamed(laid: Laid, texts: tuple[str, str]) -> tuple[str, str] | None:
    """Return the two names, or "first" and "second", that stand in one place of both sentences; None where none do.

    ``texts``: of both articles. A name that the other article has as well may be another way to call the same one.
    """
    if laid.share < _SAME:
        return None
    for ours, theirs in laid.differing:
        if _are_ordinals(ours, theirs) or _are_names(ours, theirs, texts):
            return " ".join(ours), " ".join(theirs)
    return None


def lies_in(names: tuple[str, str], places: Iterable[PlaceValue]) -> bool:
    """Tell whether one of two names is a place in the other: a city and its country are one matter."""
    first, second = (name.casefold() for name in names)
    pairs = {(first, second), (second, first)}
    return any((place.name.casefold(), wider.casefold()) in pairs for place in places for wider in place.within)


def _is_plain(word: str) -> bool:
    """Tell whether a word has its capital from the start of a sentence or a headline."""
    low = word.lower()
    return stem(low) is None or low in words("common_words")


def _are_ordinals(ours: Words, theirs: Words) -> bool:
    if len(ours) != 1 or len(theirs) != 1:
        return False
    one, two = _place(ours[0]), _place(theirs[0])
    return None not in (one, two) and one != two


def _place(word: str) -> int | None:
    """Return the place in a row that a word names ("fifth", "5th")."""
    found = ORDINAL.fullmatch(in_one_spelling(word.lower()))
    return int(found[1]) if found else None


def _are_names(ours: Words, theirs: Words, texts: tuple[str, str]) -> bool:
    if not all(0 < len(side) <= _MOST and all(word[0].isupper() for word in side) for side in (ours, theirs)):
        return False
    if any(all(_is_plain(word) for word in side) for side in (ours, theirs)):
        return False
    if fuzz.ratio(" ".join(ours).lower(), " ".join(theirs).lower()) >= _SPELLING:
        return False
    return not any(word in texts[1] for word in ours) and not any(word in texts[0] for word in theirs)
