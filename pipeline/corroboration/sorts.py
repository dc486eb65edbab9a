"""Of what sort a date is, by the words beside it: a day of the event, an end or a beginning, or the name of a year's event."""

from __future__ import annotations

import re

from pipeline.models import Claim
from pipeline.resources import words

_DEADLINE = "date.deadline"
_BEFORE = 30  # code points before a date in which the word stands that makes it an end
_WORD = re.compile(r"[^\W\d_]+")
_FILLERS = frozenset({"on", "early", "late", "the", "in", "last", "this"})
_NAMING = re.compile(r"\bthe $")  # "the 2016 election"


def of_two_sorts(claim: Claim, text: str, other: Claim, their_text: str) -> bool:
    """Tell whether the words beside two dates make them two things: an end and a day, or the years of two elections."""
    if claim.date is None or other.date is None:
        return False
    if _names_event(claim, text) or _names_event(other, their_text):
        return True
    return _is_end(claim, text) != _is_end(other, their_text)


def _is_end(claim: Claim, text: str) -> bool:
    """Tell whether a date is one by which, until which or since when something is."""
    if claim.rule == _DEADLINE:
        return True
    before = text[max(claim.sentence.start, claim.span.start - _BEFORE) : claim.span.start].lower()
    lead = next((word for word in reversed(_WORD.findall(before)) if word not in _FILLERS), "")
    return lead in words("date_bounds")


def _names_event(claim: Claim, text: str) -> bool:
    """Tell whether a year is the name of what it was the year of: "the 2016 election"."""
    if claim.date is None or claim.date.granularity != "year":
        return False
    named = text[claim.span.end : claim.span.end + 2]
    return (
        named[:1] == " "
        and named[1:].isalpha()
        and _NAMING.search(text[max(0, claim.span.start - 4) : claim.span.start]) is not None
    )
