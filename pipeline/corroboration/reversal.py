"""Statements told the other way round: one side negates, or says the opposite, of what the other says in the same words."""

from __future__ import annotations

from functools import cache
from itertools import pairwise, zip_longest

from pipeline.corroboration.frames import Laid, Words
from pipeline.corroboration.negations import is_negation, negates
from pipeline.resources import lexicon, words
from pipeline.text import stem

_SHORT = 5  # words; a longer stretch that differs is another thought
_MOST = 3  # content words of a stretch that holds an opposite, half of its words at the least; with more, other things are told
_LATER = frozenset({"yet", "longer", "anymore"})  # "not yet": true once, and not any more
_CONDITIONS = frozenset({"if", "unless", "until", "whether", "without"})  # what may be is not said to be otherwise
_PARTLY = frozenset({"only", "even", "just", "merely", "simply", "immediately", "necessarily", "but"})  # "not only"
_BOUND = "than"  # "no less than 50": of the figure, not of what is said
_SPARING = _LATER | _CONDITIONS | _PARTLY | {_BOUND}


def reversal(laid: Laid) -> tuple[str, str] | None:
    """Return the stretches by which one statement is the other's reverse ("cut", "raised"); None where none is, or in doubt.

    Two negations cancel each other, and so do a negation and an opposite ("did not rise", "fell"). What one side only
    intends ("a decision to lift") is not told as done.
    """
    opposite = [pair for pair in laid.differing if _are_opposite(*pair)]
    denied = [pair for pair in laid.differing if _denies(pair[0]) != _denies(pair[1]) and pair not in opposite]
    intended = any(_intends(one) != _intends(two) for one, two in laid.differing)
    if len(denied) + bool(opposite) != 1 or intended or any(_is_taken_back(*pair) for pair in opposite):
        return None
    ours, theirs = (opposite or denied)[0]
    if denied and not _negates_alone(ours, theirs):
        return None
    return " ".join(ours), " ".join(theirs)


def _negates_alone(ours: Words, theirs: Words) -> bool:
    """Tell whether two short stretches differ in that one of them denies, and in nothing else."""
    if len(ours) + len(theirs) > _SHORT or not _SPARING.isdisjoint(map(str.lower, (*ours, *theirs))):
        return False
    return content(ours) - _first_of_denials() == content(theirs) - _first_of_denials()


def _denies(stretch: Words) -> bool:
    stems = [*map(_stem, stretch)]
    if not _denials().isdisjoint([*stems, *map(" ".join, pairwise(stems))]):
        return True
    return negates(
        word.lower() for word, after in zip_longest(stretch, stretch[1:], fillvalue="") if not _is_rank(word, after)
    )


def _is_rank(word: str, after: str) -> bool:
    """Tell whether a word is the short one for number: "No. 1"."""
    return word.lower() == "no" and after[:1].isdigit()


def _are_opposite(ours: Words, theirs: Words) -> bool:
    if any(len(side) > 2 * _MOST or len(content(side)) > _MOST for side in (ours, theirs)):
        return False
    beside = _beside_opposites(ours, theirs), _beside_opposites(theirs, ours)
    two_thoughts = all(map(content, beside))  # "hits back at", "after constant criticism"
    return beside[0] != ours and not two_thoughts


def _is_taken_back(ours: Words, theirs: Words) -> bool:
    """Tell whether one side denies its half of two opposites: "did not rise", "holds off reversing"."""
    return _denies(_beside_opposites(ours, theirs)) != _denies(_beside_opposites(theirs, ours))


def _beside_opposites(ours: Words, theirs: Words) -> Words:
    """Return our words but those whose opposite is among theirs."""
    opposites, other = _opposites(), frozenset(map(_stem, theirs))
    return tuple(word for word in ours if other.isdisjoint(opposites.get(_stem(word), ())))


def _intends(stretch: Words) -> bool:
    return not _intentions().isdisjoint(map(_stem, stretch))


def content(stretch: Words) -> frozenset[str]:
    """Return the stems of a stretch's content words, which negations are not."""
    return frozenset(term for word in stretch if (term := stem(low := word.lower())) and not is_negation(low))


def _stem(word: str) -> str:
    low = word.lower()
    return stem(low) or low


@cache
def _denials() -> frozenset[str]:
    return frozenset(" ".join(map(_stem, entry.split())) for entry in words("denials"))


@cache
def _intentions() -> frozenset[str]:
    return frozenset(map(_stem, words("intentions")))


@cache
def _first_of_denials() -> frozenset[str]:
    return frozenset(entry.split()[0] for entry in _denials())


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
