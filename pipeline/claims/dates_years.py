"""Years, decades, quarters and numeric days: "in 2014", "the 1990s", "Q3 2024", "2025-12-10"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from pipeline.claims.dates_calendar import (
    BARE_FIRST,
    BARE_LAST,
    Period,
    day_of,
    months_of,
    season_of,
    single,
    span_of,
    unplaced,
    years_of,
)
from pipeline.claims.dates_months import weekday_left
from pipeline.claims.dates_words import (
    Found,
    Setting,
    context_words,
    date_words,
    lead_before,
    led,
    looks_ahead,
    make_found,
    word_before,
)
from pipeline.claims.quantities_counted import counted_after, known_noun, words_after
from pipeline.claims.quantities_names import ROUND, designators
from pipeline.claims.scan import any_of
from pipeline.text import reach_back

FIRST, LAST = 1500, 2099  # years that are read
_PREFIXES = ("mid", "pre", "post", "late", "and", "arly")
_NEAR = 31  # days from publication within which one reading of "03/08/2025" is the likely one
_GOES_ON = re.compile(r"[a-z0-9%_@]|[.,][0-9]")
_DECADE = re.compile(r"(?:(?P<long>(?:1[5-9]|20)[0-9]0)|'(?P<short>[2-9]0))(?: ?')?s(?![a-z0-9])")
_OLD_DECADE = re.compile(r"(?:\bthe|early|mid|late)[ -]$")  # "the 1990's"; "in 2010's final week" is a year
_NUMERIC = re.compile(r"(?:(?<![0-9./-])|(?<=[^0-9a-z./]-))(?P<a>[0-9]{1,2})(?P<sep>[/.-])(?P<b>[0-9]{1,2})(?P=sep)$")
_ISO = re.compile(r"-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9])")
_YEARS = re.compile(
    r"(?P<joint>-|/| ?- ?| to | and | through )(?P<last>(?:1[5-9]|20)[0-9]{2}|[0-9]{2})(?![0-9a-z]|[.,][0-9])"
)
_QUARTER = re.compile(
    r"(?:(?P<nth>first|second|third|fourth|last|final|1st|2nd|3rd|4th)[ -](?:fiscal )?(?P<unit>quarter|half) (?:of )?"
    r"(?:fiscal )?(?:year )?|\bq(?P<q>[1-4]) (?:of )?)$"
)
_QUARTER_ENDS = (
    " quarter ",
    " half ",
    "-quarter ",
    "-half ",
    " of ",
    " fiscal ",
    " year ",
    "1 ",
    "2 ",
    "3 ",
    "4 ",
    "\n",
)
_SEASON_ENDS = ("spring ", "summer ", "autumn ", "fall ", "winter ", " of ", "\n")  # as both end, and a line may
_QUARTER_YEAR = re.compile(r" (?:of )?(?P<year>20[0-9]{2}|19[0-9]{2})(?![0-9])")
_YEAR_FOLLOWS = re.compile(r",? (?:of )?(?:fiscal )?(?:year )?[12][0-9]{3}|-| (?:mile|final)|(?:'s)? [a-z]+ down")
_SEASON = re.compile(r"\b(?P<season>spring|summer|autumn|fall|winter) (?:of )?$")
_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}


def year_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read the date around four digits, or "'90s", at ``start:end``."""
    low = setting.low
    if low[start] == "'" or low.startswith("s", end) or _is_old_decade(low, start, end):
        return _decade(setting, start)
    before = low[max(0, start - 1) : start]
    if not FIRST <= int(low[start:end]) <= LAST or before.isdigit():
        return None
    iso = _ISO.match(low, end)
    if iso:
        return _whole_day(setting, day_of(int(low[start:end]), int(iso["month"]), int(iso["day"])), start, iso.end())
    numeric = _NUMERIC.search(low[max(0, start - 8) : start]) if before and before in "/.-" else None
    if numeric:
        return _numeric(setting, numeric, start, end)
    return None if _is_code(low, start, end) else _year(setting, start, end)


def _is_old_decade(low: str, start: int, end: int) -> bool:
    ends = low[end - 1] == "0" and low.startswith(("'s", " 's"), end)
    return ends and _OLD_DECADE.search(low[max(0, start - 8) : start]) is not None


def _is_code(low: str, start: int, end: int) -> bool:
    """Return whether signs beside four digits make them a code, a sum or a part of a number."""
    before = low[max(0, start - 1) : start]
    if before == "-":
        return (
            low[max(0, start - 3) : start] != " - "
            and low[max(0, start - 5) : start - 1].lstrip(" (\"'") not in _PREFIXES
        )
    return before.isalnum() or (before and before in "$€£.,#/_@&=+*") or _GOES_ON.match(low, end) is not None


def _whole_day(setting: Setting, day: date | None, start: int, end: int) -> Found | None:
    if day is None:
        return None
    weekday, start, end = weekday_left(setting.low, start, end)
    return make_found(start, end, "date.absolute", single(day), 0.95, weekday)


def _numeric(setting: Setting, match: re.Match[str], start: int, end: int) -> Found | None:
    """Read "25/12/2025"; which of two numbers up to 12 is the month, only a publication close by tells.

    None for what the calendar has not, or goes on: the number of a version ("12.0.2000.8").
    """
    a, b, year = int(match["a"]), int(match["b"]), int(setting.low[start:end])
    if not (a and b) or _GOES_ON.match(setting.low, end):
        return None
    begin = start - len(match.group())
    if a != b and a <= 12 and b <= 12:
        return _either(setting, (day_of(year, a, b), day_of(year, b, a)), begin, end)
    day, month = (a, b) if b <= 12 else (b, a)
    return _whole_day(setting, day_of(year, month, day), begin, end)


def _either(setting: Setting, days: tuple[date | None, date | None], start: int, end: int) -> Found | None:
    """Read "03/08/2025": of the two days the only one near publication, else all from one to the other."""
    first, last = sorted(day for day in days if day is not None)
    near = [day for day in (first, last) if setting.published and abs((day - setting.published).days) <= _NEAR]
    if len(near) == 1:
        return _whole_day(setting, near[0], start, end)
    return make_found(start, end, "date.absolute", span_of(first, last), 0.6)


def _decade(setting: Setting, start: int) -> Found | None:
    """Read "the 1990s", "the '90s", "the early 1980s"; "the 1900s" are a century."""
    low = setting.low
    match = _DECADE.match(low, start)
    if not match or (start and low[start - 1].isalnum()):
        return None
    first = int(match["long"] or "19" + match["short"])
    lead = lead_before(low, start)
    period = years_of(first, 100 if first % 100 == 0 and first < 2000 else 10).part(lead.part)
    return led(make_found(start, match.end(), "date.absolute", period, 0.9), lead)


def _year(setting: Setting, start: int, end: int) -> Found | None:
    low = setting.low
    year = int(low[start:end])
    several = _years(setting, year, start, end)
    if several:
        return several
    base = reach_back(start, 36)
    quarter = _QUARTER.search(low[base:start]) if low.endswith(_QUARTER_ENDS, 0, start) else None
    if quarter:
        return make_found(base + quarter.start(), end, "date.absolute", _quarter(quarter, year), 0.95)
    season = _SEASON.search(low[base:start]) if low.endswith(_SEASON_ENDS, 0, start) else None
    if season:
        period = season_of(year, int(date_words("season")[season["season"]]))
        return make_found(base + season.start("season"), end, "date.absolute", period, 0.9)
    lead = lead_before(low, start)
    if lead.by and not lead.part and low.endswith("the ", 0, start):
        lead = replace(lead, by=False, start=start)  # "set by the 1999 trial"
    if not (lead.by or lead.part) and not _is_year(setting, start, end):
        return None
    return led(make_found(start, end, "date.absolute", years_of(year).part(lead.part), 0.9), lead)


def _quarter(match: re.Match[str], year: int) -> Period:
    nth = int(match["q"]) if match["q"] else _NTH.get(match["nth"], 4)
    if match["unit"] == "half":
        return months_of(year, 1 if nth == 1 else 7, 6, "range")
    return months_of(year, 3 * (nth - 1) + 1, 3, "quarter")


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
    if (joint == "and" and before != "between") or (joint in ("to", "through") and before not in ("from", "between")):
        return None
    final = year // 100 * 100 + int(last) if short else int(last)
    if final <= year:
        return None
    return make_found(start, match.end(), "date.range", span_of(date(year, 1, 1), date(final, 12, 31)), 0.9)


def _is_year(setting: Setting, start: int, end: int) -> bool:
    """Return whether four digits between 1500 and 2099 are a year where they stand."""
    low = setting.low
    before = word_before(low, start)
    opened = low[max(0, start - 1) : start] == "("
    head = counted_after(words_after(low, end), partitive=False)
    counts = (
        head is not None and known_noun(head.name) and low[end : end + 1] == " " and int(low[start:end]) % ROUND == 0
    )
    if before in context_words("year_always"):
        return True
    if before in context_words("year") or before.endswith("'s"):
        return not counts
    year = int(low[start:end])
    if not BARE_FIRST <= year <= BARE_LAST or counts:
        return False
    if opened or start == 0 or low[start - 1] == "\n":
        return low[end : end + 1] in ("", ")", ".", ",", ";", ":", " ", "-", "\n")
    ends = low[end : end + 1] in ("", ".", ":", ")", "\n", "?", "!")
    return ends and bool(before) and setting.plain[start - 1 - len(before)].islower() and before not in designators()


def quarter_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read "in the third quarter" where money is spoken of: the last one ended by publication, or the next one."""
    low = setting.low
    if _YEAR_FOLLOWS.match(low, end) or word_before(low, start) != "the":
        return None
    low_end = min((at for mark in (". ", "\n") if (at := low.find(mark, end, end + 120)) >= 0), default=end + 120)
    begin = max(
        low.rfind(". ", max(0, start - 160), start), low.rfind("\n", max(0, start - 160), start), start - 160, 0
    )
    if _trade().search(low, begin, low_end) is None:
        return None
    nth = next(number for word, number in _NTH.items() if low.startswith(word, start))  # "first-quarter" too
    return make_found(start, end, "date.partial", _near_quarter(setting, nth, start, end), 0.6)


@cache
def _trade() -> re.Pattern[str]:
    """Return the pattern of what is told of a company's or a country's quarter, and not of a match's."""
    return re.compile(rf"(?<![a-z]){any_of(context_words('trade'))}(?![a-z])|[0-9]%")


def _near_quarter(setting: Setting, nth: int, start: int, end: int) -> Period:
    """Return the quarter of the calendar that is meant; a company's own year may begin in another month."""
    if setting.published is None:
        return unplaced("quarter")
    year, month = setting.published.year, 3 * nth - 2
    begun = month <= setting.published.month
    ahead = looks_ahead(setting.low, start, end)
    over = month + 2 < setting.published.month
    return months_of(year + (1 if ahead and over else -1 if not ahead and not begun else 0), month, 3, "quarter")


def quarter_named(setting: Setting, start: int, end: int) -> Found | None:
    """Read "Q3 2024" from its first letter; the year handler finds the spelled ones."""
    match = _QUARTER_YEAR.match(setting.low, end)
    if not match:
        return None
    period = months_of(int(match["year"]), 3 * int(setting.low[start + 1]) - 2, 3, "quarter")
    return make_found(start, match.end(), "date.absolute", period, 0.95)
