"""Runs that are one name as they stand, told by looking each word up once."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pipeline.claims.gazetteer import demonyms, is_place, name_key
from pipeline.claims.names_forms import Mention
from pipeline.claims.names_pieces import JOINTS, SHORT_RUN, demonym_starts, is_plain
from pipeline.claims.names_words import (
    common_words,
    event_heads,
    first_names,
    never_names,
    opening_words,
    organisation_heads,
    organisations,
    place_heads,
    role_heads,
    titles,
)
from pipeline.remembered import remembered

LONGEST_PERSON = 4  # words of a name that a first name alone makes a person's
_WHOLE_SORTS = ("unlisted", "first", "house", "ground", "everyday")


def at_first_sight(run: str, *, initial: bool) -> Mention | None:
    """Return the name that a run is whole, as two in five are: no word parts it, nor is one a title, role or demonym.

    It is what cutting it by pieces finds at several times the cost; None where that must be asked.
    """
    first, *rest = run.split(" ")
    sort = _sort(first)
    may_open = ("unlisted", "first") if initial or not rest else _WHOLE_SORTS
    sorts = list(map(_sort, rest))
    if sort not in may_open or len(run) > SHORT_RUN or "apart" in sorts or "first" in sorts:
        return None
    key = name_key(run)
    kind = organisations().get(key)
    if kind is None and rest:
        if is_place(key):
            kind = "place"
        elif sorts[-1] == "house":
            kind = "organisation"
        elif sort == "first" and len(rest) < LONGEST_PERSON and sorts[-1] != "ground":
            kind = "person"
    return Mention(0, len(run), run, kind, opening=initial and not rest)


@remembered(100_000)
def _sort(word: str) -> Literal["apart", "first", "house", "ground", "everyday", "unlisted"]:
    """Tell what a word of a run may make of it."""
    lower = word.lower()
    if not is_plain(word) or len(word) < 2 or lower == word:
        return "apart"
    if word not in _listed() and lower not in _listed_small():
        return "unlisted"
    if word in _parting() or lower in role_heads():
        return "apart"
    house, ground = word in organisation_heads(), word in place_heads() or word in event_heads()
    everyday = lower in common_words() or lower in opening_words()
    if word in first_names():
        return "apart" if house or ground or everyday else "first"
    return "house" if house else "ground" if ground else "everyday" if everyday else "unlisted"


@cache
def _parting() -> frozenset[str]:
    return never_names() | titles() | frozenset(demonyms()) | demonym_starts() | JOINTS


@cache
def _listed() -> frozenset[str]:
    return _parting() | organisation_heads() | place_heads() | event_heads() | first_names()


@cache
def _listed_small() -> frozenset[str]:
    return role_heads() | common_words() | opening_words()
