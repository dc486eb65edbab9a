"""Dates: days, months, years and stretches of time, placed on the calendar where publication allows it.

Rules: ``date.absolute`` (with its year), ``.partial`` (day or month without year: the next or
the last one, as its clause looks ahead or back; its year stays open where that is unsure),
``.weekday``, ``.relative`` ("last year"), ``.duration-ago`` ("three weeks ago"), ``.duration`` ("the next decade"),
``.range`` ("2014-2018"), ``.deadline`` ("by 2029", "within five years") and ``.clock`` (a time of day whose day is told
before it or implied by publication). "By" names the same days as the date after it; "early", "mid" and "late" name thirds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from operator import attrgetter

from pipeline.claims.dates_clock import clocks
from pipeline.claims.dates_holidays import holiday_at, weekend_at
from pipeline.claims.dates_months import month_at
from pipeline.claims.dates_relative import ago_at, day_word_at, end_of_at, in_the_at, mod_at, within_at
from pipeline.claims.dates_spans import with_spans
from pipeline.claims.dates_weekdays import weekday_at
from pipeline.claims.dates_words import Found, Setting, date_openers, is_name
from pipeline.claims.dates_years import quarter_at, quarter_named, year_at
from pipeline.claims.draft import Draft, make_draft
from pipeline.claims.openers import openers
from pipeline.claims.scan import begins_word, digit_runs, lower, phrases, spaced
from pipeline.models import DateValue, make_span
from pipeline.record import maker
from pipeline.text import Document

_CENTURY_DIGITS = frozenset("056789")  # of a year, the second in four digits and the first of two

Reader = Callable[[Setting, int, int], Found | None]
_READERS: dict[str, Reader] = {
    "month": month_at, "weekday": weekday_at, "day": day_word_at, "mod": mod_at, "ago": ago_at,
    "within": within_at, "edge": end_of_at, "way": in_the_at, "holiday": holiday_at, "q": quarter_named, "quarter": quarter_at, "year": year_at, "weekend": weekend_at,
}  # fmt: skip


_date_value = maker(DateValue)


def find_dates(doc: Document, published: str | None) -> list[Draft]:
    """Return the dates of a text in the order of their spans.

    ``published``: ISO 8601, a day or a time with or without a zone, of which the day is used; None, or what
    is no date, leaves dates without a year unresolved.
    """
    setting = Setting(doc.plain, lower(doc.plain), _day(published))
    dates = with_spans(setting, _dates(setting))
    return sorted(map(_draft, [*dates, *clocks(setting, doc, dates)]), key=attrgetter("span.start"))


def _dates(setting: Setting) -> Iterator[Found]:
    done = 0
    for start, end, kind in _triggers(setting.low):
        if start < done:
            continue
        found = _READERS[kind](setting, start, end)
        if found is None or found.start < done or (kind in _NAMED and is_name(setting.low, start, end)):
            continue
        done = found.end
        yield found


_NAMED = frozenset(("month", "weekday", "day", "year", "mod"))


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"(?:{phrases(date_openers())})(?![a-z0-9])")


def _triggers(low: str) -> list[tuple[int, int, str]]:
    """Return the words and years that may start a date, in the order of the text."""
    kinds, opening = date_openers(), _opening()
    found = [(start, end, "year") for start, end in _years(low)]
    done = 0
    for start, _ in openers(low)["date"]:
        match = opening.match(low, start) if start >= done and begins_word(low, start) else None
        if match is not None:
            done = match.end()
            written = match.group()
            found.append((start, done, kinds.get(written) or kinds[spaced(written)]))
    return sorted(found)


def _years(low: str) -> Iterator[tuple[int, int]]:
    """Yield where digits stand that may be a year: "1998", "2030", "'90s"."""
    for start, end in digit_runs(low):
        size = end - start
        if size >= 4:
            if low[end - 4] in "12" and low[end - 3] in _CENTURY_DIGITS:
                yield end - 4, end
        elif size >= 2 and start and low[start - 1] == "'" and low[start] in _CENTURY_DIGITS:
            if size == 3:
                yield start - 1, end
            elif low[end - 1] == "0" and low.startswith("s", end):
                yield start - 1, end + 1


def _draft(found: Found) -> Draft:
    period = found.period
    earliest = period.earliest.isoformat() if period.earliest else None
    one_day = period.latest is period.earliest
    value = _date_value(
        earliest=earliest,
        latest=earliest if one_day else period.latest.isoformat() if period.latest else None,
        granularity=period.granularity,
        weekday=found.weekday,
        relative=found.relative,
    )
    return make_draft(
        kind="date", rule=found.rule, span=make_span(found.start, found.end), confidence=found.confidence, date=value
    )
