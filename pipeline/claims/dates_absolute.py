"""Dates by name or number: days, months, years, decades, quarters and their ranges."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from pipeline.claims.dates_calendar import (
    Period,
    day_of,
    month_of,
    months_of,
    nearest,
    nearest_month,
    season_of,
    single,
    span_of,
    unplaced,
    years_of,
)
from pipeline.claims.dates_words import (
    Found,
    Lead,
    Setting,
    date_words,
    lead_before,
    looks_ahead,
    month_choice,
    months,
    weekday_choice,
    weekday_names,
    weekdays,
    word_before,
)
from pipeline.claims.quantities_counted import counted_after, known_noun

_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[5-9][0-9]{2}|20[0-9]{2})(?![0-9]|[.,][0-9])"
_AFTER_DAY = re.compile(
    rf" (?P<first>[0-9]{{1,2}}){_ORDINAL}(?![0-9a-z:%]|[.,][0-9])(?: ?(?:-|to|and|through) ?(?P<last>[0-9]{{1,2}}){_ORDINAL}(?![0-9a-z:%,.][0-9]|[0-9a-z:%]))?(?:(?:,|, in| of)? {_YEAR})?"
)
_AFTER_YEAR = re.compile(rf"(?:,| of|,? in)? {_YEAR}")
_BEFORE_DAY = re.compile(
    rf"(?:(?<=[^0-9a-z.,$])|^)(?:(?:from|between) )?(?:the )?(?P<first>[0-9]{{1,2}}){_ORDINAL}(?: ?(?:-|to|and) ?(?:the )?(?P<last>[0-9]{{1,2}}){_ORDINAL})?(?: day)?(?: of)? $"
)
_MONTH_PREPOSITION = frozenset(
    "in since until till from before after during of for between by through and to late early mid this last next".split()
)
_SHY_MONTHS = frozenset("may march april june august".split())  # also a verb, a person's name, an adjective
_YEAR_PREPOSITION = frozenset(
    "in since by until till from before after during between of circa late early mid the his her its their our my a an this"
    " fiscal and to through for that around season spring summer fall autumn winter throughout back".split()
)
_NUMERIC = re.compile(r"(?<![0-9./-])(?P<a>[0-9]{1,2})(?P<sep>[/.-])(?P<b>[0-9]{1,2})(?P=sep)$")
_ISO = re.compile(r"-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9])")
_YEARS = re.compile(
    r"(?P<joint>-|/| ?- ?| to | and | through )(?P<last>(?:1[5-9]|20)[0-9]{2}|[0-9]{2})(?![0-9a-z]|[.,][0-9])"
)
_QUARTER = re.compile(
    r"(?:(?P<nth>first|second|third|fourth|last|final|1st|2nd|3rd|4th)[ -](?:fiscal )?(?P<unit>quarter|half) (?:of )?(?:fiscal )?(?:year )?|\bq(?P<q>[1-4]) (?:of )?)$"
)
_SEASON = re.compile(r"\b(?P<season>spring|summer|autumn|fall|winter) (?:of )?$")
_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 0, "final": 0}


@cache
def _weekday_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<=[^a-z])|^)(?P<weekday>{weekday_choice()})(?:,| \(|)? (?:the )?$|(?:(?<=[^a-z])|^)(?P<opened>{weekday_choice()}) \($"
    )


def weekday_left(low: str, start: int) -> tuple[str | None, int]:
    """Return the weekday right before a date ("Wednesday, 10 December") and where it starts."""
    base = max(0, start - 16)
    match = _weekday_before().search(low[base:start])
    if not match:
        return None, start
    name = match["weekday"] or match["opened"]
    return weekday_names()[weekdays()[name.rstrip(".")]], base + match.start()


def month_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read the date around the name of a month at ``start:end``."""
    low, plain = setting.low, setting.plain
    if not plain[start].isupper():
        return None
    word = low[start:end]
    stop = end + (low[end : end + 1] == "." and word in date_words("month_short"))
    month = months()[word]
    base = max(0, start - 24)
    day_left = _BEFORE_DAY.search(low[base:start])
    if day_left and _is_day(day_left["first"]) and (day_left["last"] is None or _is_day(day_left["last"])):
        year = _AFTER_YEAR.match(low, stop)
        return _days(setting, month, day_left, year, base + day_left.start(), year.end() if year else stop)
    day_right = _AFTER_DAY.match(low, stop)
    if day_right and _is_day(day_right["first"]):
        return _days(setting, month, day_right, day_right if day_right["year"] else None, start, day_right.end())
    return _whole_month(setting, month, word, start, stop)


def _is_day(written: str) -> bool:
    return 1 <= int(written) <= 31


def _days(
    setting: Setting, month: int, match: re.Match[str], year_match: re.Match[str] | None, start: int, end: int
) -> Found | None:
    """Build one day or a few days of one month."""
    weekday, start = weekday_left(setting.low, start)
    year = int(year_match["year"]) if year_match else None
    days = [_named_day(setting.published, year, month, int(match[name])) for name in ("first", "last") if match[name]]
    if year is not None and None in days:
        return None
    if len(days) == 1:
        rule, period = ("date.absolute" if year else "date.partial"), single(days[0])
    else:
        rule, period = "date.range", span_of(days[0], days[1])
    lead = lead_before(setting.low, start)
    if lead.by and not lead.part:
        rule, start = "date.deadline", lead.start
    return Found(start, end, rule, period, 0.95 if year else 0.9, weekday)


def _named_day(published: date | None, year: int | None, month: int, day: int) -> date | None:
    return day_of(year, month, day) if year is not None else nearest(published, month, day)


def _whole_month(setting: Setting, month: int, word: str, start: int, stop: int) -> Found | None:
    low = setting.low
    lead = lead_before(low, start)
    year = _AFTER_YEAR.match(low, stop)
    if year:
        period = month_of(int(year["year"]), month).part(lead.part)
        return _led(Found(start, year.end(), "date.absolute", period, 0.95), lead)
    if low[stop : stop + 1].isdigit() or not _stands_alone(setting, word, start, stop, lead):
        return None
    period = _month_by_mod(setting, month, lead.mod, start).part(lead.part)
    return _led(Found(start, stop, "date.partial", period, 0.8), lead)


def _stands_alone(setting: Setting, word: str, start: int, stop: int, lead: Lead) -> bool:
    """Return whether a month without day or year is one: "in May", not "May said"."""
    before = word_before(setting.low, start)
    following = setting.plain[stop : stop + 2]
    named = following[:1] == " " and following[1:].isupper()
    if lead.mod or lead.part:
        return True
    if word in date_words("month_short"):
        return before in _MONTH_PREPOSITION and not named
    if word in _SHY_MONTHS:
        strong = before in ("in", "since", "until", "during", "through") or (
            before in ("of", "by", "for", "from") and word not in ("may", "march")
        )
        return strong and not named and setting.low[stop : stop + 2] != "'s"
    return before in _MONTH_PREPOSITION or not named


def _month_by_mod(setting: Setting, month: int, mod: str | None, start: int) -> Period:
    published = setting.published
    if published is None:
        return unplaced("month")
    if mod in ("last", "past", "previous"):
        return months_of(published.year, published.month - ((published.month - month) % 12 or 12), 1, "month")
    if mod in ("next", "coming"):
        return months_of(published.year, published.month + ((month - published.month) % 12 or 12), 1, "month")
    return nearest_month(published, month, ahead=looks_ahead(setting.low, start))


def _led(found: Found, lead: Lead) -> Found:
    """Take the words before a date into it: "by the end of", "early", "last"."""
    start = min(found.start, lead.start)
    rule = "date.deadline" if lead.by else "date.relative" if lead.mod else found.rule
    return Found(start, found.end, rule, found.period, found.confidence, found.weekday, found.relative)


def year_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read the date around four digits, or "'90s", at ``start:end``."""
    low = setting.low
    if low[start] == "'" or low.startswith("s", end):
        return _decade(setting, start, end)
    iso = _ISO.match(low, end)
    if iso:
        return _whole_day(day_of(int(low[start:end]), int(iso["month"]), int(iso["day"])), setting, start, iso.end())
    before = low[max(0, start - 1) : start]
    numeric = _NUMERIC.search(low[max(0, start - 8) : start]) if before and before in "/.-" else None
    if numeric:
        return _numeric(setting, numeric, start, end)
    if before and (before.isalnum() or before in "$€£.,#/_@&=+*-") and not (before == "-" and _mid(low, start)):
        return None
    if low[end : end + 1].isalnum() or re.match(r"[.,][0-9]|[%_@]", low[end : end + 2]):
        return None
    return _year(setting, start, end)


def _mid(low: str, start: int) -> bool:
    return (
        low[max(0, start - 5) : start - 1].lstrip(" (\"'") in ("mid", "pre", "post", "late", "early", "and")
        or low[max(0, start - 3) : start] == " - "
    )


def _whole_day(day: date | None, setting: Setting, start: int, end: int) -> Found | None:
    if day is None:
        return None
    weekday, start = weekday_left(setting.low, start)
    return Found(start, end, "date.absolute", single(day), 0.95, weekday)


def _numeric(setting: Setting, match: re.Match[str], start: int, end: int) -> Found | None:
    """Read "25/12/2025"; which of two numbers up to 12 is the month can't be told."""
    a, b, year = int(match["a"]), int(match["b"]), int(setting.low[start:end])
    begin = start - len(match.group())
    if a != b and a <= 12 and b <= 12:
        return None
    day, month = (a, b) if b <= 12 else (b, a)
    return _whole_day(day_of(year, month, day), setting, begin, end)


def _decade(setting: Setting, start: int, end: int) -> Found | None:
    """Read "the 1990s", "the '90s", "the early 1980s"."""
    low = setting.low
    short = low[start] == "'"
    first = 1900 + int(low[start + 1 : start + 3]) if short else int(low[start:end])
    stop = end + (not short)
    if first % 10 or (short and first < 1920) or low[stop : stop + 1].isalnum() or (start and low[start - 1].isalnum()):
        return None
    lead = lead_before(low, start)
    count = 100 if first % 100 == 0 and first < 2000 else 10
    period = years_of(first, count).part(lead.part)
    return _led(Found(start, stop, "date.absolute", period, 0.9), lead)


def _year(setting: Setting, start: int, end: int) -> Found | None:
    low = setting.low
    year = int(low[start:end])
    several = _years(setting, year, start, end)
    if several:
        return several
    base = max(0, start - 36)
    quarter = _QUARTER.search(low[base:start])
    if quarter:
        return Found(base + quarter.start(), end, "date.absolute", _quarter(quarter, year), 0.95)
    season = _SEASON.search(low[base:start])
    if season:
        period = season_of(year, int(date_words("season")[season["season"]]))
        return Found(base + season.start("season"), end, "date.absolute", period, 0.9)
    lead = lead_before(low, start)
    if not (lead.by or lead.part) and not _is_year(setting, start, end):
        return None
    return _led(Found(start, end, "date.absolute", years_of(year).part(lead.part), 0.9), lead)


def _quarter(match: re.Match[str], year: int) -> Period:
    nth = int(match["q"]) if match["q"] else _NTH[match["nth"]]
    if match["unit"] == "half":
        return months_of(year, 1 if nth == 1 else 7, 6, "range")
    return months_of(year, 3 * ((nth or 4) - 1) + 1, 3, "quarter")


def _years(setting: Setting, year: int, start: int, end: int) -> Found | None:
    """Read "2014-2018", "from 2014 to 2018", "2013-14"."""
    match = _YEARS.match(setting.low, end)
    if not match:
        return None
    joint, last = match["joint"].strip(), match["last"]
    short = len(last) == 2
    if short and (joint not in ("-", "/") or int(last) <= year % 100):
        return None
    before = word_before(setting.low, start)
    if (joint == "and" and before != "between") or (joint in ("to", "through") and before != "from"):
        return None
    final = year // 100 * 100 + int(last) if short else int(last)
    if final <= year:
        return None
    return Found(start, match.end(), "date.range", span_of(date(year, 1, 1), date(final, 12, 31)), 0.9)


def _is_year(setting: Setting, start: int, end: int) -> bool:
    """Return whether four digits between 1500 and 2099 are a year where they stand."""
    low = setting.low
    before = word_before(low, start)
    opened = low[max(0, start - 1) : start] == "("
    head = counted_after(low, end, partitive=False)
    counts = head is not None and known_noun(head.name) and low[end : end + 1] == " "
    if before in ("in", "since", "until", "during", "circa", "fiscal"):
        return True
    if before in _YEAR_PREPOSITION:
        return not counts
    year = int(low[start:end])
    if not 1900 <= year <= 2059 or counts:
        return False
    return opened and low[end : end + 1] in ").,;: -" or (start == 0 or low[start - 1] == "\n")


def quarter_named(setting: Setting, start: int, end: int) -> Found | None:
    """Read "Q3 2024" from its first letter; the year handler finds the spelled ones."""
    match = re.compile(r" (?:of )?(?P<year>20[0-9]{2}|19[0-9]{2})(?![0-9])").match(setting.low, end)
    if not match:
        return None
    period = months_of(int(match["year"]), 3 * int(setting.low[start + 1]) - 2, 3, "quarter")
    return Found(start, match.end(), "date.absolute", period, 0.95)


def holiday_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read "Christmas Eve", with its year or the one nearest to publication."""
    low = setting.low
    word = low[start:end]
    if not setting.plain[start].isupper():
        return None
    month, day = map(int, date_words("holiday")[word].split("-"))
    lead = lead_before(low, start)
    if word == "christmas" and not (lead.mod or lead.by):
        return None
    year = _AFTER_YEAR.match(low, end)
    if year:
        return Found(start, year.end(), "date.absolute", single(day_of(int(year["year"]), month, day)), 0.9)
    found = nearest(setting.published, month, day)
    return _led(Found(start, end, "date.partial", single(found), 0.7), lead)
