"""Levels for places: containment first, so that a venue and its city are compatible."""

from __future__ import annotations

from rapidfuzz import fuzz

from pipeline.corroboration.levels.level import Level, Sides
from pipeline.corroboration.levels.wording import both_told
from pipeline.models import EVENT_PLACES, Claim, PlaceValue
from pipeline.resources import words

_SPELLING = 90.0  # rapidfuzz ratio, 0..100, from which two names are one venue ("Trade Towers", "Trade Tower")


def comparable(sides: Sides) -> bool:
    """Tell whether both name a place for something that did (or both that did not) happen there."""
    return sides.ours.negated == sides.theirs.negated


def _values(sides: Sides) -> tuple[PlaceValue, PlaceValue]:
    assert sides.ours.place is not None
    assert sides.theirs.place is not None
    return sides.ours.place, sides.theirs.place


def _exact(sides: Sides) -> str | None:
    ours, theirs = _values(sides)
    if _folded(ours.name) != _folded(theirs.name):
        return None
    return f"the same place: {_shown(sides)}"


def _same_venue(sides: Sides) -> str | None:
    ours, theirs = _values(sides)
    if ours.venue is None or theirs.venue is None:
        return None
    one, two = _folded(ours.venue), _folded(theirs.venue)
    if fuzz.ratio(one, two) < _SPELLING and not _is_shortened(one, two) and not _is_shortened(two, one):
        return None
    return f"the same venue: {_shown(sides)}"


def _is_shortened(short: str, long: str) -> bool:
    """Tell whether one venue is another in fewer words, and not only its kind ("Sandy Hook school", not "school")."""
    return len(short.split()) > 2 and set(short.split()) <= set(long.split())


def _coarser(sides: Sides) -> str | None:
    ours, theirs = _values(sides)
    if _folded(ours.name) in map(_folded, theirs.within) or _folded(theirs.name) in map(_folded, ours.within):
        return f"one place lies in the other: {_shown(sides)}"
    return None


def _conflict(sides: Sides) -> str | None:
    """Two places of one happening: only where the grammar says that it happened there."""
    if not (_of_event(sides.ours) and _of_event(sides.theirs)):
        return None
    ours, theirs = _values(sides)
    if ours.event != theirs.event or not (_is_known(ours) and _is_known(theirs)):
        return None
    return f"different places for one {ours.event}: {_shown(sides)}"


def _is_known(value: PlaceValue) -> bool:
    """Only places that the gazetteer can put somewhere can be told apart; a bare hall may be in either city."""
    return bool(value.within) or value.name in words("countries", "name")


def _of_event(claim: Claim) -> bool:
    return claim.rule in EVENT_PLACES


def _folded(name: str) -> str:
    return name.casefold().removeprefix("the ")


def _shown(sides: Sides) -> str:
    return both_told(sides, _readings)


def _readings(sides: Sides) -> tuple[str | None, str | None]:
    (ours, theirs), (our_words, their_words) = _values(sides), sides.words
    return _reading(ours, our_words), _reading(theirs, their_words)


def _reading(value: PlaceValue, words: str) -> str | None:
    """Return where a venue lies, or which place a text means by another name; None where its words say so."""
    return None if _folded(value.name) in _folded(words) else value.name


PLACE_LEVELS = (
    Level("place.exact", "supports", _exact),
    Level("place.same-venue", "supports", _same_venue),
    Level("place.coarser", "qualifies", _coarser),
    Level("place.conflict", "contradicts", _conflict),
)
