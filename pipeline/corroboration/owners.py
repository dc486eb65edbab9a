"""Whose a figure or date is: two owners may have two values, and one value each."""

from __future__ import annotations

from pipeline.corroboration.topic import overlap
from pipeline.models import AGE, Claim

PERSONAL = (AGE,)  # always somebody's
VICTIMS = "quantity.casualties"
_SHARES = ("quantity.percent", "quantity.points")


def owners_differ(first: Claim, second: Claim) -> bool:
    """Tell whether the text names who or what each figure belongs to, and not the same.

    The toll of a story's event is nobody's own; the name before it is but a place or a witness.
    """
    if VICTIMS in (first.rule, second.rule):
        return False
    return first.subject is not None and second.subject is not None and first.subject != second.subject


def names_apart(first: Claim, second: Claim) -> bool:
    """Tell whether two sentences name people or places, and none in common; a toll is nobody's own."""
    if VICTIMS in (first.rule, second.rule):
        return False
    return bool(first.anchors and second.anchors) and not overlap(first.anchors, second.anchors)


def is_of_another(first: Claim, second: Claim) -> bool:
    """Tell whether two shares are of two things: a percentage says not what it counts, only a name in common tells that it is one."""
    return first.rule in _SHARES and not overlap(first.anchors, second.anchors)


def owners_apart(first: Claim, second: Claim) -> bool:
    """Tell whether each figure or date has an owner that the other's sentence does not name at all."""
    if first.subject is None or second.subject is None or first.subject == second.subject:
        return False
    if first.rule in PERSONAL or second.rule in PERSONAL:
        return True
    return not (_names_any(second.anchors, first.subject) or _names_any(first.anchors, second.subject))


def _names_any(anchors: tuple[str, ...], subject: str) -> bool:
    words = {word for anchor in anchors for word in anchor.split()}
    return not words.isdisjoint(subject.split())


def far_apart(first: Claim, second: Claim, times: float) -> bool:
    """Tell whether one figure is many times the other: rather of another thing than wrong."""
    if first.quantity is None or second.quantity is None:
        return False
    ends = [
        [abs(end) for end in (value.low, value.high) if end is not None] for value in (first.quantity, second.quantity)
    ]
    lesser, greater = sorted(ends, key=lambda held: max(held, default=0.0))
    return min(greater, default=0.0) > times * max(lesser, default=0.0)
