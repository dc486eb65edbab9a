"""Holidays and weekends: "Christmas Eve", "Good Friday", "Thanksgiving", "over the weekend"."""

from __future__ import annotations

import re
from datetime import date

from pipeline.claims.dates_calendar import SLIP, day_of, moved, nearest, single, span_of, unplaced, years_around
from pipeline.claims.dates_months import AFTER_YEAR
from pipeline.claims.dates_tense import tense_of
from pipeline.claims.dates_words import (
    Found,
    Setting,
    date_words,
    is_of_other_year,
    lead_before,
    led,
    make_found,
    weekdays,
    word_before,
)

_SEASONAL = frozenset(("christmas", "easter", "thanksgiving"))  # also a season, a dinner: a day only after these
_ON = frozenset(("on", "at", "by", "before", "after", "since", "until", "till"))
_JOINTS = str.maketrans("\n-", "  ")  # the scan finds words on both sides of any mark; these two break no phrase
_THE_WEEKEND = re.compile(r"\b(?:over|at|on|during|through|throughout) (?P<all>the )$")

_OTHER_WEEKEND = re.compile(
    r" of | (?:before|after) (?:the |his |her |their |its |that |[A-Z0-9])"
)  # "before the vote"


def holiday_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read a holiday, with its year or the one that is meant."""
    low = setting.low
    word = low[start:end]
    lead = lead_before(low, start)
    if not setting.plain[start].isupper():
        return None
    if word in _SEASONAL and not (lead.mod or lead.by or word_before(low, start) in _ON):
        return None
    value = date_words("holiday").get(word.translate(_JOINTS))
    if value is None:
        return None
    year = AFTER_YEAR.match(low, end)
    if year:
        return make_found(start, year.end(), "date.absolute", single(_holiday(value, int(year["year"]))), 0.9)
    return led(make_found(start, end, "date.partial", single(_meant(setting, value, start, end)), 0.7), lead)


def _meant(setting: Setting, value: str, start: int, end: int) -> date | None:
    """Return the day of a holiday without its year, as its clause looks ahead or back; None where it tells another year."""
    if is_of_other_year(setting, start):
        return None
    tense = tense_of(setting.plain, start, end)
    days = [_holiday(value, number) for number in years_around(setting.published)]
    if tense.way == "past" and tense.near and setting.published:
        days = [day for day in days if day and (day - setting.published).days <= SLIP]
    return nearest(setting.published, days, ahead=tense.way == "ahead")


def _holiday(value: str, year: int) -> date | None:
    """Return the day of "12-25", "11 thursday 4" (the fourth; -1 is the last) or "easter -2" in a year."""
    parts = value.split()
    if parts[0] == "easter":
        return moved(easter(year), int(parts[1]))
    if len(parts) == 1:
        month, day = map(int, value.split("-"))
        return day_of(year, month, day)
    month, weekday, nth = int(parts[0]), weekdays()[parts[1]], int(parts[2])
    first = date(year, month, 1) if nth > 0 else date(year, month + 1, 1)
    ahead = (weekday - first.weekday()) % 7
    return moved(first, ahead + 7 * (nth - 1 if nth > 0 else nth))


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches (Meeus, Astronomical Algorithms, chapter 8)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def weekend_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read "over the weekend": the last one begun by publication, or the next where the words look ahead."""
    low, published = setting.low, setting.published
    lead = _THE_WEEKEND.search(low[max(0, start - 16) : start])
    if not lead or _OTHER_WEEKEND.match(setting.plain, end):
        return None
    begin = start - len(lead["all"])
    period = unplaced("range")
    if published:
        steps = (5 - published.weekday()) % 7
        coming = steps == 0 or tense_of(setting.plain, begin, end).way in ("ahead", "may")
        first = moved(published, steps if coming else steps - 7)
        period = span_of(first, moved(first, 1) if first else None)
    return make_found(begin, end, "date.relative", period, 0.75, relative=low[begin:end])
