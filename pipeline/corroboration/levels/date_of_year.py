"""Days and months whose year one side does not tell: "October 12" beside 12 October 1875, "in July" beside "July 18"."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from pipeline.models import DateValue
from pipeline.resources import lexicon

DayOfYear = tuple[int, int | None]  # month, day of it where one is told
_NIGHT = 1  # days; one night lies between two honest days of one event
_LEAP = 2000  # a year that has every day


def comparable(ours: DateValue, theirs: DateValue) -> bool:
    """Tell whether one side names a day or month without its year, and the other one with or without."""
    return compared(ours, theirs) is not None


def compared(ours: DateValue, theirs: DateValue) -> Literal["same", "within", "other"] | None:
    """Return how two days or months of the year agree; None where both have their years, or a night apart."""
    one, two = day_of_year(ours), day_of_year(theirs)
    if one is None and two is None:
        return None
    one, two = one or _placed(ours), two or _placed(theirs)
    if one is None or two is None:
        return None
    if one == two:
        return "same"
    if one[0] == two[0] and None in (one[1], two[1]):
        return "within"
    return None if _near(one, two) else "other"


def _near(one: DayOfYear, two: DayOfYear) -> bool:
    if one[1] is None or two[1] is None:
        return False
    apart = abs(date(_LEAP, one[0], one[1]) - date(_LEAP, two[0], two[1])).days
    return min(apart, 366 - apart) <= _NIGHT


def day_of_year(value: DateValue) -> DayOfYear | None:
    """Return the month and day that a date without a year names; None of dates with one and of distances."""
    if value.earliest is not None or value.relative is None:
        return None
    name, _, day = value.relative.partition(" ")
    month = _months().get(name)
    if month is None or not day:
        return (month, None) if month else None
    return (month, int(day)) if day.isdecimal() and _exists(month, int(day)) else None


def _exists(month: int, day: int) -> bool:
    try:
        date(_LEAP, month, day)
    except ValueError:
        return False
    return True


def _placed(value: DateValue) -> DayOfYear | None:
    """Return the month, and the day, of a date of the calendar that is no longer than a month."""
    if value.earliest is None or value.granularity not in ("day", "month", "time"):
        return None
    day = date.fromisoformat(value.earliest)
    return (day.month, None if value.granularity == "month" else day.day)


@cache
def _months() -> dict[str, int]:
    return {row["word"]: int(row["value"]) for row in lexicon("date_words") if row["kind"] == "month"}
