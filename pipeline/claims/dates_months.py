"""Days and months by name: "10 December 2025", "Dec. 10", "3-5 May", "in October"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.claims.dates_calendar import (
    SLIP,
    Period,
    day_of,
    month_of,
    months_of,
    nearest_month,
    single,
    span_of,
    unplaced,
    yearly,
    years_around,
)
from pipeline.claims.dates_tense import is_of_vote, tense_of
from pipeline.claims.dates_words import (
    BACK,
    Found,
    Lead,
    Setting,
    context_words,
    date_words,
    is_of_other_year,
    known_days,
    lead_before,
    led,
    make_found,
    month_choice,
    months,
    weekday_choice,
    weekday_names,
    weekdays,
    word_before,
)
from pipeline.record import quickly_made
from pipeline.text import reach_back

_SHY_MONTHS = frozenset(("may", "march", "april", "june", "august"))  # also a verb, a name, an adjective
_SOON = 4  # months; one that lies farther ahead is the last of its name
_NEXT = 60  # days; one so soon ahead is seldom that of last year, whatever the verb
_MAY_BE, _FAR = 6, 8  # the same where the verb may look ahead, and where it does
_VOTES_AHEAD = 9  # months that a vote is spoken of before it, whatever the verb
_TIMETABLE = re.compile(r"\b(?:runs?|lasts?|opens?|starts?|ends?|closes?) (?:from |on |until )?$")
_OF_THAT_YEAR = re.compile(r" of (?:that|the same|the following) year\b")
_TOLD_OF = re.compile(r"(?<!said )(?<!says )(?<!ed )that (?:same )?$")  # "in that October": of the year told of
_JOINED = re.compile(r"-[a-z]+-[a-z]")  # "Mar-a-Lago"
_OF_YEAR = re.compile(r" (?:of )?(?P<mod>last|this|next) year(?![a-z'])")
_WORD_AFTER = re.compile(r"(?:'s)? (?:terror(?:ist)? )?([a-z]+)")
_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[5-9][0-9]{2}|20[0-9]{2})(?![0-9]|[.,][0-9])"
_AFTER_DAY = re.compile(
    rf" (?P<first>[0-9]{{1,2}}){_ORDINAL}(?![0-9a-z:%]|[.,][0-9])"
    rf"(?: ?(?:-|to|and|through) ?(?P<last>[0-9]{{1,2}}){_ORDINAL}(?![0-9a-z:%]|[.,][0-9]))?(?:(?: ?,|, in| of)? {_YEAR})?"
)
AFTER_YEAR = re.compile(rf"(?: ?,| of|,? in)? {_YEAR}")  # the year of the day, month or holiday before it
_BEFORE_DAY = re.compile(
    rf"(?:(?<=[^0-9a-z.,$+])|^)(?:(?:from|between) )?(?:the )?(?P<first>[0-9]{{1,2}}){_ORDINAL}"
    rf"(?: ?(?:-|to|and) ?(?:the )?(?P<last>[0-9]{{1,2}}){_ORDINAL})?(?: day)?(?: of)? $"
)


_DAY_ENDS = (*(f"{digit} " for digit in range(10)), "st ", "nd ", "rd ", "th ", " day ", " of ", "\n")  # how it ends


@quickly_made
@dataclass(frozen=True, slots=True)
class _Days:
    """One day of a month, or the first and last of a few, as the text has them."""

    start: int
    end: int
    month: int
    numbers: tuple[int, ...]
    year: int | None


@cache
def _weekday_before() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=[^a-z])|^)(?P<weekday>{weekday_choice()})(?:,? (?:the )?| \()$")


def weekday_left(low: str, start: int, end: int) -> tuple[str | None, int, int]:
    """Return the weekday right before a date ("Wednesday, 10 December") and where both start and end."""
    base = max(0, start - 16)
    match = _weekday_before().search(low[base:start])
    if not match:
        return None, start, end
    closed = end + (low[end : end + 1] == ")" and match.group().endswith("("))
    return weekday_names()[weekdays()[match["weekday"].rstrip(".")]], base + match.start(), closed


def month_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read the date around the name of a month at ``start:end``."""
    if not setting.plain[start].isupper() or _JOINED.match(setting.low, end):
        return None
    word = setting.low[start:end]
    stop = end + (setting.low[end : end + 1] == "." and word in date_words("month_short"))
    days = _days_before(setting.low, start, stop, months()[word]) or _days_after(
        setting.low, start, stop, months()[word]
    )
    if days and all(1 <= number <= 31 for number in days.numbers):
        return _days(setting, days)
    return _whole_month(setting, word, start, stop)


def _days_before(low: str, start: int, stop: int, month: int) -> _Days | None:
    """Read "10 December 2025", "the 10th of December", "3-5 May"."""
    base = reach_back(start, 24)
    match = _BEFORE_DAY.search(low[base:start]) if low.endswith(_DAY_ENDS, 0, start) else None
    if not match:
        return None
    year = AFTER_YEAR.match(low, stop)
    end = year.end() if year else stop
    return _Days(base + match.start(), end, month, _numbers(match), int(year["year"]) if year else None)


def _days_after(low: str, start: int, stop: int, month: int) -> _Days | None:
    """Read "Dec. 10, 2025", "May 3-5"."""
    match = _AFTER_DAY.match(low, stop)
    if not match:
        return None
    return _Days(start, match.end(), month, _numbers(match), int(match["year"]) if match["year"] else None)


def _numbers(match: re.Match[str]) -> tuple[int, ...]:
    return tuple(int(match[name]) for name in ("first", "last") if match[name])


@cache
def _shared() -> re.Pattern[str]:
    """Return the pattern of a second date that lends its year to the first: "in May and July 2017"."""
    return re.compile(rf"(?: and | to | or | through |-| - |, ){month_choice()}(?: [0-9]{{1,2}},?)? {_YEAR}")


def _year_after(low: str, end: int) -> int | None:
    """Return the year that the next date lends to one that ends at ``end``."""
    match = _shared().match(low, end)
    return int(match["year"]) if match else None


def _days(setting: Setting, found: _Days) -> Found | None:
    """Place one day or a few days of one month; those that no calendar has are no date."""
    weekday, start, end = weekday_left(setting.low, found.start, found.end)
    of_year = _OF_YEAR.match(setting.low, end) if found.year is None else None
    if of_year and len(found.numbers) == 1:
        placed = setting.published and day_of(_year_told(setting.published, of_year), found.month, found.numbers[0])
        written = setting.low[start : of_year.end()]
        return make_found(start, of_year.end(), "date.relative", single(placed or None), 0.9, weekday, written)
    year = found.year or _year_after(setting.low, end) or _known_year(setting, found, end)
    if year is not None:
        days = [day_of(year, found.month, number) for number in found.numbers]
    else:
        days = _without_year(setting, found, weekday, start, end)
    if year is not None and None in days:
        return None
    rule = "date.range" if len(days) > 1 else "date.absolute" if year is not None else "date.partial"
    period = span_of(days[0], days[1]) if len(days) > 1 else single(days[0])
    lead = lead_before(setting.low, start)
    if lead.by and not lead.part:
        rule, start = "date.deadline", lead.start
    untold = _of_year(found.month, found.numbers) if days[0] is None and year is None else None
    return make_found(start, end, rule, period, 0.9 if year is None else 0.95, weekday, untold)


def _without_year(setting: Setting, found: _Days, weekday: str | None, start: int, end: int) -> list[date | None]:
    """Return the days meant where no year is told: those of the weekday named, else as the clause looks ahead or back."""
    published = setting.published
    if published is None or is_of_other_year(setting, start) or _OF_THAT_YEAR.match(setting.low, end):
        return [None] * len(found.numbers)
    if weekday is not None:
        fits = [day_of(year, found.month, found.numbers[0]) for year in years_around(published)]
        fits = [day for day in fits if day and weekday_names()[day.weekday()] == weekday]
        if len(fits) == 1 and fits[0]:
            return [day_of(fits[0].year, found.month, number) for number in found.numbers]
    tense = tense_of(setting.plain, start, end)
    ahead = tense.way == "ahead" or _TIMETABLE.search(setting.low[max(0, start - 16) : start]) is not None
    coming = yearly(published, found.month, found.numbers[-1], ahead=ahead)
    days_off = (coming - published).days if coming else 0
    if days_off > SLIP and (_is_of_event(setting.low, start, end) or is_of_vote(setting.plain, start, end)):
        ahead = True
    soon = SLIP < days_off <= _NEXT
    past = not ahead and tense.way == "past" and (tense.near or not soon)
    if past and soon:
        return [None] * len(found.numbers)  # of another year, or of the weeks to come behind a verb of the past
    return [yearly(published, found.month, number, ahead=ahead, past=past) for number in found.numbers]


def _is_of_event(low: str, start: int, end: int) -> bool:
    """Tell whether a day only says which event is meant, whatever the verb: "cancelled the June 12 summit"."""
    return (
        low.endswith((" a ", " the ", "'s "), 0, start)
        and low[end : end + 1] == " "
        and low[end + 1 : end + 2].isalpha()
    )


def _year_told(published: date, match: re.Match[str]) -> int:
    return published.year + {"last": -1, "this": 0, "next": 1}[match["mod"]]


def _known_year(setting: Setting, found: _Days, end: int) -> int | None:
    """Return the year of a day that is known by what happened then: "the Sept. 11 attacks"."""
    word = _WORD_AFTER.match(setting.low, end)
    year = known_days().get((found.month, *found.numbers), {}).get(word.group(1)) if word else None
    return year if year is not None and (setting.published is None or year <= setting.published.year) else None


def _of_year(month: int, days: tuple[int, ...] = ()) -> str:
    """Return a day or month whose year nobody tells, in one form for all its spellings: "october 12"."""
    name = next(word for word, number in date_words("month").items() if int(number) == month)
    return " to ".join(f"{name} {day}" for day in days) or name


def _whole_month(setting: Setting, word: str, start: int, stop: int) -> Found | None:
    low, month = setting.low, months()[word]
    lead = lead_before(low, start)
    year = AFTER_YEAR.match(low, stop)
    if year:
        period = month_of(int(year["year"]), month).part(lead.part)
        return led(make_found(start, year.end(), "date.absolute", period, 0.95), lead)
    if low[stop : stop + 1].isdigit() or not _stands_alone(setting, word, start, stop, lead):
        return None
    of_year = _OF_YEAR.match(low, stop) if lead.mod is None else None
    if of_year:
        placed = month_of(_year_told(setting.published, of_year), month) if setting.published else unplaced("month")
        end = of_year.end()
        return led(make_found(start, end, "date.relative", placed.part(lead.part), 0.9, relative=low[start:end]), lead)
    lent = _year_after(low, stop)
    period = month_of(lent, month) if lent else _month_by_mod(setting, month, lead.mod, start, stop)
    untold = _of_year(month) if period.earliest is None and not (lent or lead.mod) else None
    return led(make_found(start, stop, "date.partial", period.part(lead.part), 0.8, relative=untold), lead)


def _stands_alone(setting: Setting, word: str, start: int, stop: int, lead: Lead) -> bool:
    """Return whether a month without day or year is one: "in May", not "May said"."""
    before = word_before(setting.low, start)
    following = setting.plain[stop : stop + 2]
    named = following[:1] == " " and following[1:].isupper()
    if lead.mod or lead.part:
        return True
    if word in date_words("month_short"):
        return before in context_words("month") and not named
    if word in _SHY_MONTHS:
        strong = before in context_words("shy_month")
        strong = strong or (before in context_words("shy_name") and word not in ("may", "march"))
        return strong and not named and setting.low[stop : stop + 2] != "'s"
    title = before and setting.plain[start - 2].isalpha() and setting.plain[start - 1 - len(before)].isupper()
    return before in context_words("month") or not (named or title)


def _month_by_mod(setting: Setting, month: int, mod: str | None, start: int, stop: int) -> Period:
    published = setting.published
    if (
        published is None
        or _TOLD_OF.search(setting.low[max(0, start - 24) : start])
        or _OF_THAT_YEAR.match(setting.low, stop)
        or is_of_other_year(setting, start)
    ):
        return unplaced("month")
    if mod in BACK:
        return months_of(published.year, published.month - ((published.month - month) % 12 or 12), 1, "month")
    if mod == "this":
        over = month < published.month and tense_of(setting.plain, start, stop).way in ("ahead", "may")
        return month_of(published.year + over, month)
    if mod in ("next", "coming"):
        return months_of(published.year, published.month + ((month - published.month) % 12 or 12), 1, "month")
    return nearest_month(
        published, month, ahead=_lies_ahead(setting.plain, (month - published.month) % 12, start, stop)
    )


def _lies_ahead(plain: str, steps: int, start: int, stop: int) -> bool | None:
    """Return whether a month ``steps`` ahead of publication's is meant, and not the last of its name; None if unsure."""
    tense = tense_of(plain, start, stop)
    if steps and is_of_vote(plain, start, stop):
        sure = steps <= _VOTES_AHEAD or tense.way in ("ahead", "may")
        return (True if sure else None) if tense.way != "past" else False if tense.near else None
    if tense.way == "past":
        return None if 0 < steps <= _SOON and not tense.near else False
    if tense.way == "ahead":
        return 0 < steps <= _FAR or tense.near
    return 0 < steps <= (_MAY_BE if tense.way == "may" else _SOON)
