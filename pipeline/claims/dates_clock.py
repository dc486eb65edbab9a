"""Times of day: "at around 11:30pm local time", on the day that the paragraph has told, or of publication."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.claims.dates_calendar import Period, make_period, moved
from pipeline.claims.dates_words import Found, Setting, make_found
from pipeline.claims.scan import digit_runs
from pipeline.text import Document

_ZONE = r"(?: (?:local time|gmt|utc|bst|cet|eastern(?: time)?|pacific(?: time)?|e[sd]?t|p[sd]t)(?![a-z]))"
_CLOCK = re.compile(
    rf"\b(?:(?:at|by|before|after|until|since|from) (?:around |about |approximately |roughly |just (?:before |after )|exactly )?"
    rf"|(?:around|about|approximately|roughly) )"
    rf"(?P<time>(?:(?:1[0-2]|0?[1-9])(?:[:.][0-5][0-9])? ?(?:[ap]\.m\.?|[ap]m(?![a-z])){_ZONE}?|(?:[01]?[0-9]|2[0-3]):[0-5][0-9]{_ZONE}))"
)
_DIGITS_OF_TIME = re.compile(r"[0-9](?::[0-5][0-9]| ?[ap]\.?m)")  # in every time, at an end of digits
_AFTER_HOUR = (":", " a", " p", "a", "p")
_REGULAR = re.compile(r"\b(?:every|each|daily|nightly|weekdays|weeknights|usually|often|open|opens)\b")
_AROUND = 40  # code points beside the digits of a time that hold its preposition and its zone
_PARAGRAPH = 600  # code points before a time in which its paragraph may have told the day


def clocks(setting: Setting, doc: Document, dates: Sequence[Found]) -> Iterator[Found]:
    """Yield the times of day in sentences without a date; those of a timetable and of no known day are left out."""
    starts = [found.start for found in dates]
    for start, end in _times(setting.low):
        sentence = doc.sentence_at(start)
        before = bisect_left(starts, start)
        told = bisect_left(starts, sentence.start) != bisect_left(starts, sentence.end)
        if told or _REGULAR.search(setting.low, sentence.start, min(sentence.end, start + 200)):
            continue
        period, sure = _day(setting, start, dates[before - 1] if before else None)
        if period is not None:
            yield make_found(start, end, "date.clock", period, sure, relative=setting.low[start:end])


def _times(low: str) -> Iterator[tuple[int, int]]:
    """Yield where times of day with a preposition start and end."""
    done = 0
    for digits in _digits_of_times(low):
        begin = max(done, digits.start() - _AROUND)
        match = _CLOCK.search(low, begin, digits.end() + _AROUND) if digits.start() >= done else None
        if match is not None:
            done = match.end()
            yield match.span("time")


def _digits_of_times(low: str) -> Iterator[re.Match[str]]:
    """Yield the last digits of hours with what makes them a time, none over another."""
    done = 0
    for _, end in digit_runs(low):
        found = _DIGITS_OF_TIME.match(low, end - 1) if low.startswith(_AFTER_HOUR, end) and end > done else None
        if found is not None:
            done = found.end()
            yield found


def _day(setting: Setting, start: int, last: Found | None) -> tuple[Period | None, float]:
    """Return the day that a time at ``start`` belongs to, and how sure that is: of the last date, or of publication."""
    if last is not None and "\n" not in setting.low[max(last.end, start - _PARAGRAPH) : start]:
        near = start - last.end <= _PARAGRAPH and last.period.granularity == "day" and last.period.earliest is not None
        return (make_period(last.period.earliest, last.period.latest, "time"), 0.6) if near else (None, 0.0)
    if setting.published is None or (last is not None and _is_tale_of(setting.published, last, start)):
        return None, 0.0
    return make_period(moved(setting.published, -1), setting.published, "time"), 0.5


def _is_tale_of(published: date, last: Found, start: int) -> bool:
    """Tell whether the paragraph before a time tells of another day than publication's, or of one that is open."""
    near = start - last.end <= _PARAGRAPH and last.period.granularity == "day"
    return near and (last.period.earliest is None or abs((published - last.period.earliest).days) > 1)
