"""Stretches of the calendar told from a day: "last month", "this weekend", "the past five years", "two weeks ago"."""

from __future__ import annotations

from datetime import date

from pipeline.claims.dates_calendar import (
    Granularity,
    Period,
    make_period,
    months_of,
    moved,
    season_of,
    single,
    span_of,
    unplaced,
    week_of,
    years_of,
)
from pipeline.claims.dates_words import date_words

_PARTS_OF_DAY = ("day", "night", "morning", "afternoon", "evening")
_CLOCK = ("hour", "minute", "second")
_DAYS = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200, "centurie": 1200, "generation": 300}
_LAST_IN_YEAR = 9  # month in which the last season begins that ends in the year it begins in
_NAMED: dict[str, Granularity] = {
    "week": "week", "month": "month", "quarter": "quarter", "year": "year", "decade": "decade",
}  # fmt: skip


def granularity_of(unit: str) -> Granularity:
    """Return how fine a unit of time is."""
    if unit in _PARTS_OF_DAY:
        return "day"
    if unit in _CLOCK:
        return "time"
    return "season" if unit in date_words("season") else _NAMED.get(unit, "range")


def named_period(published: date | None, step: int, unit: str, *, ahead: bool) -> Period:
    """Return the unit of time ``step`` units from the one that holds publication: "last year" is -1."""
    if published is None:
        return unplaced(granularity_of(unit))
    if unit in _PARTS_OF_DAY:
        return single(moved(published, step))
    if unit == "week":
        return week_of(published, step)
    if unit == "weekend":
        return _weekend(published, step, ahead=ahead)
    if unit in date_words("season"):
        return _season(published, unit, step, ahead=ahead)
    return _calendar_unit(published, unit, step)


def _calendar_unit(published: date, unit: str, step: int) -> Period:
    size = _MONTHS.get(unit)
    if size is None:
        return unplaced(granularity_of(unit))
    if size < 12:
        first = (published.month - 1) // size * size + 1
        return months_of(published.year, first + step * size, size, granularity_of(unit))
    years = size // 12
    return years_of((published.year // years + step) * years, years)


def _weekend(published: date, step: int, *, ahead: bool) -> Period:
    """Return Saturday and Sunday: "this weekend" lies ahead, or just behind on Monday and Tuesday."""
    weeks = step or (-1 if published.weekday() < 2 and not ahead else 0)
    first = moved(published, 5 - published.weekday() + 7 * weeks)
    return span_of(first, moved(first, 1) if first else None)


def _season(published: date, unit: str, step: int, *, ahead: bool) -> Period:
    """Return "last summer" (over by publication), "next summer" (not begun), "this summer" (of the year), "this winter" (nearest)."""
    month = int(date_words("season")[unit])
    if step == 0 and month <= _LAST_IN_YEAR:
        return season_of(published.year + (1 if ahead and published.month > month + 2 else 0), month)
    options = [season_of(year, month) for year in range(published.year - 2, published.year + 3)]
    placed = [(option.earliest, option.latest, option) for option in options if option.earliest and option.latest]
    if step < 0:
        chosen = [option for _, last, option in placed if last < published][-1:]
    elif step > 0:
        chosen = [option for first, _, option in placed if first > published][:1]
    else:
        chosen = sorted((option for *_, option in placed), key=lambda option: _distance(option, published))[:1]
    return chosen[0] if chosen else unplaced("season")


def _distance(period: Period, day: date) -> int:
    if period.earliest is None or period.latest is None:
        return 0
    return max((period.earliest - day).days, (day - period.latest).days, 0)


def stretch(published: date | None, count: int, unit: str) -> Period:
    """Return the days from publication on (``count`` above 0) or back over some units of time."""
    if published is None:
        return unplaced("range")
    far = away(published, count, unit)
    return span_of(far, published) if count < 0 else span_of(published, far)


def away(published: date, count: int, unit: str) -> date | None:
    """Return the day that many units away; months are calendar months, a part of a day counts as one."""
    if unit in _CLOCK:
        hours = abs(count) if unit == "hour" else 1
        return moved(published, (1 if count > 0 else -1) * max(1, hours // 24))
    if unit in _DAYS:
        return moved(published, count * _DAYS[unit])
    month = months_of(published.year, published.month + count * _MONTHS.get(unit, 100_000), 1, "month")
    if month.earliest is None or month.latest is None:
        return None
    return month.earliest.replace(day=min(published.day, month.latest.day))


def ago(published: date | None, count: tuple[int, int] | None, unit: str) -> Period:
    """Return when it was, between two counts of units back: to the day for days, else as coarse as the unit."""
    granularity = granularity_of(unit)
    if published is None or count is None:
        return unplaced(granularity)
    near, far = away(published, -count[0], unit), away(published, -count[1], unit)
    if near is None or far is None:
        return unplaced(granularity)
    if unit in _CLOCK:
        return make_period(far, published, "time")
    if granularity == "day":
        return make_period(far, near, "day" if near == far else "range")
    if unit in _DAYS:
        return span_of(moved(far, -3), moved(near, 3), "week")
    return _months_ago(near, far, unit)


def _months_ago(near: date, far: date, unit: str) -> Period:
    if unit in ("month", "quarter"):
        last = months_of(near.year, near.month, 1, "month").latest
        return span_of(far.replace(day=1), last, granularity_of(unit))
    wide = 5 if unit in ("decade", "generation") else 0  # years that a round number of decades leaves open
    first, last_year = years_of(far.year - wide).earliest, years_of(near.year + wide).latest
    return span_of(first, last_year, granularity_of(unit))
