"""What stands next to a figure and tells what it counts from what a like figure counts: "128 other", "still held"."""

from __future__ import annotations

import re

from pipeline.models import Claim
from pipeline.resources import words

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\S")
_NEXT = 40  # code points after a figure in which its next word stands
_LAST = 20  # code points before it
_THING = 60  # code points before a figure in which the thing it measures is named
_ONE_MORE = re.compile(
    r"\b(?:an?|the) ([a-z]+)(?: [a-z-]+){1,3} (?:of|with|was|is|measuring|worth|some|about) $|\b(another)(?: [a-z-]+){1,4} $"
)
_LINKS = frozenset({"who", "that", "which", "are", "were", "is", "was", "have", "has"})


def told_apart(claim: Claim, text: str, other: Claim, their_text: str) -> bool:
    """Tell whether a word beside one figure sets it apart from the other ("two more" from "two")."""
    return _setting_apart(claim, text) != _setting_apart(other, their_text)


def _setting_apart(claim: Claim, text: str) -> frozenset[str]:
    span = claim.span
    before = _words(text[max(claim.sentence.start, span.start - _LAST) : span.start])[-1:]
    inside = _words(text[span.start : span.end])
    after = [word for word in _words(text[span.end : span.end + _NEXT]) if word not in _LINKS][:1]
    compared = "than" in inside[:3]  # "more than 60": a bound, no addition
    beside = [*before, *(inside[2:] if compared else inside), *after]
    return words("apart") & frozenset(beside) | _which_one(
        text[max(claim.sentence.start, span.start - _THING) : span.start]
    )


def _which_one(before: str) -> frozenset[str]:
    """Return the word that makes what a figure measures one more of its kind: "a second crack of 25 cm"."""
    found = _ONE_MORE.search(before.lower())
    return frozenset(found.groups()) & words("one_more") if found else frozenset()


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
