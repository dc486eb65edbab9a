"""Two dates that are the ends of one stretch: "from September 1994 to August 1995", "between March 3 and May 2014"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.claims.dates_calendar import Period, day_of, span_of
from pipeline.claims.dates_words import Found, Setting, make_found, word_before

_ENDS = frozenset(("date.absolute", "date.partial", "date.weekday"))
_TO = {"from": (" to ", " through ", " until ", " till "), "between": (" and ",)}  # by the word before the first
_WIDEST = 10  # code points of what may stand between them
_THROUGH = (" through ", " thru ")  # whatever stands before


def with_spans(setting: Setting, dates: Iterable[Found]) -> list[Found]:
    """Return the dates with each pair that names the ends of a stretch made one; in the order of the text."""
    found: list[Found] = []
    for end in dates:
        whole = _span(setting, found[-1], end) if found else None
        if whole is not None:
            found[-1] = whole
        else:
            found.append(end)
    return found


def _span(setting: Setting, first: Found, last: Found) -> Found | None:
    """Return the stretch from one date to another, None where the words or the calendar make none."""
    if first.rule not in _ENDS or last.rule not in _ENDS:
        return None
    if last.start - first.end > _WIDEST:
        return None
    between = setting.low[first.end : last.start].removeprefix(",")
    if between not in _THROUGH and between not in _TO.get(word_before(setting.low, first.start), ()):
        return None
    begin = _placed(first, last)
    period = span_of(begin.earliest, last.period.latest)
    if period.earliest is None:
        return None
    return make_found(first.start, last.end, "date.range", period, min(first.confidence, last.confidence))


def _placed(first: Found, last: Found) -> Period:
    """Return when the first date was: one without a year is the last before the end, which has one."""
    begin, end = first.period, last.period.earliest
    if first.rule != "date.partial" or last.rule != "date.absolute" or begin.earliest is None or end is None:
        return begin
    years = (end.year, end.year - 1)
    days = [day_of(year, begin.earliest.month, begin.earliest.day) for year in years]
    return replace(begin, earliest=next((day for day in days if day and day <= end), begin.earliest))
