"""A comparison level: a name, what it means, and when it fires (after Splink's comparison levels)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pipeline.models import Claim, DateValue, Relation
from pipeline.record import quickly_made

Days = tuple[date, date]  # first and last, inclusive


@quickly_made
@dataclass(frozen=True, slots=True)
class Sides:
    """Two claims of one kind, of two articles, with when these were published."""

    ours: Claim
    theirs: Claim
    our_time: str | None  # YYYY-MM-DD, with THH:MM:SS behind it where that is known
    their_time: str | None
    texts: tuple[str, str] = ("", "")  # of both articles, for the reason; empty where only the level is asked for

    @property
    def words(self) -> tuple[str, str]:
        """Return both claims as their articles have them."""
        ours, theirs = self.ours.span, self.theirs.span
        return self.texts[0][ours.start : ours.end], self.texts[1][theirs.start : theirs.end]

    def turned(self) -> Sides:
        """Return the same pair seen from the other article."""
        return Sides(self.theirs, self.ours, self.their_time, self.our_time, (self.texts[1], self.texts[0]))


def is_earlier(first: str | None, second: str | None) -> bool:
    """Tell whether one of two times is known to be before the other; of one day only where both have hours."""
    if first is None or second is None:
        return False
    shared = min(len(first), len(second))
    return first[:shared] < second[:shared]


def days_apart(first: str, second: str) -> int:
    """Return the days between two times."""
    return abs((date.fromisoformat(first[:10]) - date.fromisoformat(second[:10])).days)


def days_of(value: DateValue) -> Days | None:
    """Return the days that a date names; None where the calendar has none such."""
    if value.earliest is None or value.latest is None:
        return None
    return date.fromisoformat(value.earliest), date.fromisoformat(value.latest)


@dataclass(frozen=True, slots=True)
class Level:
    """One row of a kind's table. ``fires`` is symmetric and returns the reason, or None."""

    name: str  # stable dotted id, e.g. "quantity.overlap"
    relation: Relation
    fires: Callable[[Sides], str | None]


def first_that_fires(table: tuple[Level, ...], sides: Sides) -> tuple[Level, str] | None:
    """Return the first level of a table that fires, with its reason."""
    for level in table:
        reason = level.fires(sides)
        if reason is not None:
            return level, reason
    return None
