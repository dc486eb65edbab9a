"""Stretches of the calendar: pure arithmetic on days, weeks, months, quarters, seasons, years and decades."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

from pipeline.record import maker, quickly_made

Granularity = Literal["day", "week", "month", "quarter", "season", "year", "decade", "range", "time"]
_SOON = 122  # days; a day without a year is not farther ahead than that unless the words say so
SLIP = 2  # days that publication may lie before what it tells of, by zones of time and updates
_FIRST_YEAR, _LAST_YEAR = 1000, 2999  # years that news writes in four digits
BARE_FIRST, BARE_LAST = 1900, 2059  # four bare digits in between are a year without a word that says so
# Twelfths of a stretch: months of a year.
_PARTS = {"start": (0, 3), "early": (0, 4), "mid": (4, 8), "late": (8, 12), "end": (9, 12)}


@quickly_made
@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, inclusive; both ends ``None`` when it can't be placed on the calendar."""

    earliest: date | None
    latest: date | None
    granularity: Granularity

    def part(self, name: str | None) -> Period:
        """Return a part of the stretch: "early", "mid", "late" (thirds), "start", "end" (quarters).

        A year is cut by months, a decade by years, all else by days.
        """
        if name is None or self.earliest is None or self.latest is None or self.earliest == self.latest:
            return self
        low, high = _PARTS[name]
        if self.granularity == "year":
            cut = months_of(self.earliest.year, 1 + low, (high - low), "year")
        elif self.granularity == "decade":
            first_year, last_year = round(low / 1.2), round(high / 1.2)
            cut = years_of(self.earliest.year + first_year, last_year - first_year)
        else:
            days = (self.latest - self.earliest).days + 1
            first = self.earliest + timedelta(days * low // 12)
            last = self.earliest + timedelta(days * high // 12 - 1)
            cut = make_period(first, max(first, last), self.granularity)  # of two days, a third is one
        return make_period(cut.earliest, cut.latest, self.granularity) if cut.earliest else self


make_period = maker(Period)


def unplaced(granularity: Granularity) -> Period:
    """Return a period that the calendar doesn't hold."""
    return make_period(None, None, granularity)


def day_of(year: int, month: int, day: int) -> date | None:
    """Return a day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def single(day: date | None) -> Period:
    """Return the period of one day."""
    return make_period(day, day, "day")


def span_of(first: date | None, last: date | None, granularity: Granularity = "range") -> Period:
    """Return the period between two days, unplaced if either is missing or they are out of order."""
    if first is None or last is None or last < first:
        return unplaced(granularity)
    return make_period(first, last, granularity)


def months_of(year: int, month: int, count: int, granularity: Granularity) -> Period:
    """Return ``count`` whole months from a month on; ``month`` may lie outside 1 to 12."""
    first = year * 12 + month - 1
    after = first + count
    if not _FIRST_YEAR <= first // 12 <= _LAST_YEAR or not _FIRST_YEAR <= after // 12 <= _LAST_YEAR:
        return unplaced(granularity)
    begin = date(first // 12, first % 12 + 1, 1)
    return make_period(begin, date(after // 12, after % 12 + 1, 1) - timedelta(1), granularity)


def month_of(year: int, month: int) -> Period:
    """Return a calendar month."""
    return months_of(year, month, 1, "month")


def years_of(year: int, count: int = 1) -> Period:
    """Return whole years."""
    granularity: Granularity = "year" if count == 1 else "decade" if count == 10 else "range"
    return months_of(year, 1, 12 * count, granularity)


def season_of(year: int, month: int) -> Period:
    """Return a season of three months; winter begins in December of ``year``."""
    return months_of(year, month, 3, "season")


def week_of(day: date, weeks: int = 0) -> Period:
    """Return the week, Monday to Sunday, that holds a day, moved by some weeks."""
    first = moved(day, 7 * weeks - day.weekday())
    return span_of(first, moved(first, 6) if first else None, "week")


def moved(day: date, days: int) -> date | None:
    """Return a day some days away, None outside the years of news."""
    if abs(days) > 400_000:
        return None
    result = day.toordinal() + days
    found = date.fromordinal(result) if result > 0 and result < date.max.toordinal() else None
    return found if found and _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def nearest(published: date | None, days: Iterable[date | None], *, ahead: bool) -> date | None:
    """Return the one of some days that is meant, the past one where two are as near.

    News tells of the past: a day to come is at most 122 days off unless the words look ``ahead``.
    """
    if published is None:
        return None
    known = [day for day in days if day]
    soon = [day for day in known if ahead or (day - published).days <= _SOON]
    return min(soon or known, key=lambda day: abs((day - published).days), default=None)


def yearly(published: date | None, month: int, day: int, *, ahead: bool, past: bool = False) -> date | None:
    """Return the day of that name in the year that is meant; ``past``: what happened then is told."""
    days = [day_of(year, month, day) for year in years_around(published)]
    if published and not any(days):  # no 29 February: the last one is meant, eight years back at most (1896 to 1904)
        days = [day_of(published.year - back, month, day) for back in range(2, 9)]
    over = [found for found in days if past and found and published and (found - published).days <= SLIP]
    return nearest(published, over or days, ahead=ahead)


def years_around(published: date | None) -> tuple[int, ...]:
    """Return the year of publication, the one before and the one after, of those that the calendar has."""
    if published is None:
        return ()
    years = (published.year, published.year - 1, published.year + 1)
    return tuple(year for year in years if MINYEAR <= year <= MAXYEAR)


def nearest_month(published: date | None, month: int, *, ahead: bool | None) -> Period:
    """Return the month of that name that is meant: publication's own or the last one, the next one where the words look
    ``ahead``; unplaced where they leave it open (None).
    """
    if published is None or ahead is None:
        return unplaced("month")
    steps = (month - published.month) % 12
    return months_of(published.year, published.month + (steps if steps == 0 or ahead else steps - 12), 1, "month")


def weekday_near(published: date | None, weekday: int, direction: str) -> date | None:
    """Return the weekday that is meant: ``last`` before publication, ``next`` after it, ``past`` and ``coming``
    with publication's own day, ``this`` in publication's week.
    """
    if published is None:
        return None
    back = (published.weekday() - weekday) % 7
    steps = {
        "past": -back,
        "last": -(back or 7),
        "coming": (7 - back) % 7,
        "next": 7 - back,
        "this": weekday - published.weekday(),
    }
    return moved(published, steps[direction])
