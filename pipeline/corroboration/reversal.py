"""Statements told the other way round: one side negates, or says the opposite, of what the other says in the same words."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from pipeline.corroboration.alignment import negates
from pipeline.corroboration.frames import Laid, Words
from pipeline.resources import lexicon, words
from pipeline.text import stem

_SHORT = 5  # words; a longer stretch that differs is another thought
_LATER = frozenset({"yet", "longer", "anymore"})  # "not yet": true once, and not any more
_CONDITIONS = frozenset({"if", "unless", "until", "whether", "without"})  # what may be is not said to be otherwise
_BOUND = "than"  # "no less than 50": of the figure, not of what is said


def reversal(laid: Laid) -> tuple[str, str] | None:
    """Return the stretches by which one statement is the other's reverse ("cut", "raised"); None where none is, or in doubt.

    Two negations cancel each other, and so do a negation and an opposite ("did not rise", "fell").
    """
    negated = [pair for pair in laid.differing if _negates_one(*pair)]
    opposite = [pair for pair in laid.differing if _are_opposite(*pair)]
    if len(negated) + bool(opposite) != 1:
        return None
    ours, theirs = (negated or opposite)[0]
    return " ".join(ours), " ".join(theirs)


def _negates_one(ours: Words, theirs: Words) -> bool:
    """Tell whether one of two short stretches denies and the other does not."""
    said = {word.lower() for word in (*ours, *theirs)}
    if len(ours) + len(theirs) > _SHORT or said & (_LATER | _CONDITIONS) or _BOUND in said:
        return False
    return _denies(ours) != _denies(theirs)


def _denies(stretch: Words) -> bool:
    stems = [*map(_stem, stretch)]
    return negates(map(str.lower, stretch)) or not _denials().isdisjoint([*stems, *map(" ".join, pairwise(stems))])


def _are_opposite(ours: Words, theirs: Words) -> bool:
    if max(len(ours), len(theirs)) > _SHORT:
        return False
    opposites = _opposites()
    reverse = {word for mine in ours for word in opposites.get(_stem(mine), ())}
    return not reverse.isdisjoint(map(_stem, theirs))


def _stem(word: str) -> str:
    low = word.lower()
    return stem(low) or low


@cache
def _denials() -> frozenset[str]:
    return frozenset(" ".join(map(_stem, entry.split())) for entry in words("denials"))


@cache
def _opposites() -> dict[str, frozenset[str]]:
    """Return, for each stem, the stems that it excludes; a stem that would exclude itself does not."""
    found: dict[str, set[str]] = {}
    for row in lexicon("opposites"):
        one, other = ({_stem(word) for word in row[side].split("|")} for side in ("one", "other"))
        for ours, theirs in ((one, other), (other, one)):
            for word in ours - theirs:
                found.setdefault(word, set()).update(theirs - ours)
    return {word: frozenset(against) for word, against in found.items()}
