"""What stands next to a figure and tells what it counts from what a like figure counts: "128 other", "still held"."""

from __future__ import annotations

import re

from pipeline.models import Claim
from pipeline.resources import words

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\S")
_NEXT = 40  # code points after a figure in which its next word stands
_LAST = 20  # code points before it
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
    return words("apart") & frozenset(beside)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
