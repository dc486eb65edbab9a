"""Levels for dates: ranges of days, and weekdays where no day is known."""

from __future__ import annotations

from datetime import timedelta

from pipeline.corroboration.levels import date_of_year
from pipeline.corroboration.levels.level import Level, Sides, days_of
from pipeline.corroboration.levels.readings import date_readings, days_told
from pipeline.corroboration.levels.wording import both_told
from pipeline.models import Claim, DateValue

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FILLERS = frozenset({"the", "next", "coming", "past", "about", "around"})
_CALENDAR = {"day": 1, "month": 2, "year": 3, "decade": 4}  # stretches that hold one another whole
_FROM_TO = 5
_ABSOLUTE = "date.absolute"
_SLIP = 1  # days; a night or a time zone lies between two honest dates of one event: they tell nothing of each other


def comparable(sides: Sides) -> bool:
    """Tell whether each names a day of the calendar or of the week, or both tell it by one distance."""
    if all(days_of(value) or value.weekday for value in _values(sides)):
        return True
    return _same_distance(sides) is not None or date_of_year.comparable(*_values(sides))


def _values(sides: Sides) -> tuple[DateValue, DateValue]:
    assert sides.ours.date is not None
    assert sides.theirs.date is not None
    return sides.ours.date, sides.theirs.date


def _exact(sides: Sides) -> str | None:
    one, other = _values(sides)
    ours, theirs = days_of(one), days_of(other)
    clocks_differ = one.granularity == other.granularity == "time" and one.relative != other.relative
    if ours is None or ours != theirs or clocks_differ:
        return None
    return f"the same date: {_shown(sides)}"


def _same_distance(sides: Sides) -> str | None:
    """Compare dates that no publication day resolves ("within the next five years")."""
    ours, theirs = (_distance(value) for value in _values(sides))
    return f"the same distance in time: {_shown(sides)}" if ours and ours == theirs else None


def _distance(value: DateValue) -> frozenset[str] | None:
    if days_of(value) is not None or value.relative is None or date_of_year.day_of_year(value):
        return None
    return frozenset(value.relative.split()) - _FILLERS


def _within(sides: Sides) -> str | None:
    ours, theirs = map(days_of, _values(sides))
    if ours is None or theirs is None or max(ours[0], theirs[0]) > min(ours[1], theirs[1]):
        return None
    return f"one date lies within the other: {_shown(sides)}"


def _weekday_agrees(sides: Sides) -> str | None:
    values = _values(sides)
    if values[0].weekday is not None and values[0].weekday == values[1].weekday and not _both_written(sides):
        return f"the same weekday: {_shown(sides)}"  # a wrong publication day may put it a week off
    ours, theirs = map(_weekday, values)
    if ours is None or ours != theirs or all(map(days_of, values)) or any(map(_is_odd, values)):
        return None
    return f"the same weekday: {_shown(sides)}"


def _both_written(sides: Sides) -> bool:
    """Tell whether both texts name another day of the calendar with its year: no publication day puts these off."""
    values = _values(sides)
    return sides.ours.rule == sides.theirs.rule == _ABSOLUTE and days_of(values[0]) != days_of(values[1])


def _is_odd(value: DateValue) -> bool:
    """Tell whether a day is named with a weekday that it was not: "Friday, 10 December 2025"."""
    return value.weekday is not None and _weekday(value) not in (None, value.weekday)


def _weekday(value: DateValue) -> str | None:
    """Return the weekday that a text names, or that its single day fell on."""
    days = days_of(value)
    if days is not None and days[0] == days[1]:
        return _DAYS[days[0].weekday()]
    return value.weekday if days is None else None


def _weekday_mismatch(sides: Sides) -> str | None:
    values = _values(sides)
    ours, theirs = map(_weekday, values)
    if all(map(days_of, values)):
        return _misdated(sides)
    ours, theirs = (
        value.weekday if _is_odd(value) else named for value, named in zip(values, (ours, theirs), strict=True)
    )
    if ours is None or theirs is None or ours == theirs:
        return None
    day = next((value for value in values if days_of(value)), None)
    if day is None:
        return f"different weekdays: {_shown(sides)}"
    assert day.earliest is not None
    return f"{days_told(day.earliest, day.earliest)} is a {str(_weekday(day)).capitalize()}: {both_told(sides)}"


def _misdated(sides: Sides) -> str | None:
    """One date of both, which one text alone puts on a weekday that it can't be: "Friday, 10 December 2025"."""
    values = _values(sides)
    odd = [value for value in values if _is_odd(value)]
    if len(odd) != 1 or days_of(values[0]) != days_of(values[1]):
        return None
    day = odd[0].earliest or ""
    return f"{days_told(day, day)} is a {str(_weekday(odd[0])).capitalize()}: {both_told(sides)}"


def _conflict(sides: Sides) -> str | None:
    values = _values(sides)
    ours, theirs = map(days_of, values)
    if ours is None or theirs is None or values[0].granularity != values[1].granularity:
        return None
    if values[0].granularity not in _CALENDAR:
        return None
    gap = max(ours[0], theirs[0]) - min(ours[1], theirs[1])
    return f"different dates: {_shown(sides)}" if gap > timedelta(days=_SLIP) else None


def _outside(sides: Sides) -> str | None:
    """A day or month that does not lie in the month or year that the other names, or between the two that it names."""
    ours, theirs = map(days_of, _values(sides))
    ranks = {_rank(claim) for claim in (sides.ours, sides.theirs)}
    if ours is None or theirs is None or None in ranks or len(ranks) == 1:
        return None
    gap = max(ours[0], theirs[0]) - min(ours[1], theirs[1])
    return f"dates outside each other: {_shown(sides)}" if gap > timedelta(days=_SLIP) else None


def _rank(claim: Claim) -> int | None:
    assert claim.date is not None
    # "From September 1994 to August 1995" has ends of its own; "the last five years" has none that a date must lie between.
    return _FROM_TO if claim.rule == "date.range" else _CALENDAR.get(claim.date.granularity)


def _same_day_of_year(sides: Sides) -> str | None:
    if any(map(_is_odd, _values(sides))):
        return None
    return _told(sides, "same", "the same day or month of the year")


def _within_year(sides: Sides) -> str | None:
    return _told(sides, "within", "a day in the month that the other names")


def _other_day_of_year(sides: Sides) -> str | None:
    return _told(sides, "other", "different days or months of the year")


def _told(sides: Sides, how: str, words: str) -> str | None:
    return f"{words}: {_shown(sides)}" if date_of_year.compared(*_values(sides)) == how else None


def _shown(sides: Sides) -> str:
    return both_told(sides, date_readings)


DATE_LEVELS = (
    Level("date.weekday-mismatch", "contradicts", _weekday_mismatch),
    Level("date.exact", "supports", _exact),
    Level("date.weekday", "supports", _weekday_agrees),
    Level("date.same-distance", "supports", _same_distance),
    Level("date.same-day-of-year", "supports", _same_day_of_year),
    Level("date.within", "qualifies", _within),
    Level("date.within-year", "qualifies", _within_year),
    Level("date.conflict", "contradicts", _conflict),
    Level("date.outside", "contradicts", _outside),
    Level("date.other-day-of-year", "contradicts", _other_day_of_year),
)
