"""Dates told from the day of publication: "yesterday", "last year", "three weeks ago", "within five years"."""

from __future__ import annotations

import re
from datetime import date

from pipeline.claims.dates_calendar import Period, make_period, moved, single, unplaced
from pipeline.claims.dates_offsets import ago, away, granularity_of, named_period, stretch
from pipeline.claims.dates_tense import tense_of
from pipeline.claims.dates_words import (
    BACK,
    PART_OF_DAY,
    Found,
    Setting,
    context_words,
    date_words,
    lead_before,
    looks_ahead,
    make_found,
    word_before,
)
from pipeline.claims.numerals import digits_at, words_at

_UNIT = r"(?P<unit>hour|day|night|week|weekend|fortnight|month|quarter|year|decade|century|morning|afternoon|evening|spring|summer|autumn|fall|winter|season|offseason)"
_AFTER_MOD = re.compile(
    rf" (?:(?P<count>few|couple of|several|two dozen|[0-9]{{1,3}}|[a-z]+(?:-[a-z]+)?) (?P<units>hour|day|week|weekend|month|year|decade|centurie)s(?![a-z])|{_UNIT}(?![a-z]))"
)
_AGO_LEFT = re.compile(
    r"(?:^|[^a-z0-9,.])(?P<all>(?P<count>[0-9]{1,4}|an?|several|a few|a couple(?: of)?|many|[a-z]+(?:-[a-z]+)?|(?:two|three) and a half|(?:a|one) year and a) "
    r"(?P<unit>second|minute|hour|day|night|week|weekend|fortnight|month|year|decade|generation)s? )$"
)
_WITHIN = re.compile(
    r" (?:about |the next |the )?(?P<count>[0-9]{1,3}|an?|a few|[a-z]+(?:-[a-z]+)?) (?P<unit>hour|day|week|month|year|decade)s?(?![a-z])(?! (?:of|after|before|from))"
)
_END_OF = re.compile(
    r" (?P<det>the|this|next|last|the current|the fiscal) (?P<unit>day|week|month|quarter|year|decade|century|season)(?![a-z])"
)
_IN_THE = re.compile(r" the (?P<unit>day|week|month|year)(?![a-z])(?! (?:of|that|when|after|before))")
_SUNDAY = 6
_BY_THE = re.compile(r"(?:by |at )?the $|by $")
_DAY_BEFORE = re.compile(r"(?:the )?day (?P<way>before|after) $")
_WHERE_IN = re.compile(r"(?:^|[^a-z])(?P<word>earlier|later) $")
_OVER = frozenset(("in", "over", "for", "within", "during", "through", "throughout", "of", "by"))
_FEW = {
    "few": (3, 5),
    "a few": (3, 5),
    "several": (3, 7),
    "couple of": (2, 2),
    "a couple": (2, 2),
    "a couple of": (2, 2),
}


def day_word_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read "today", "yesterday", "tomorrow", "tonight"."""
    low = setting.low
    word = low[start:end]
    offset = int(date_words("day")[word])
    doubled = _DAY_BEFORE.search(low[max(0, start - 16) : start])
    begin = start
    if doubled and word in ("yesterday", "tomorrow"):
        offset += -1 if doubled["way"] == "before" else 1
        begin = start - len(doubled.group())
    part = PART_OF_DAY.match(low, end)
    stop = part.end() if part and word != "tonight" else end
    day = moved(setting.published, offset) if setting.published else None
    sure = 0.6 if word == "today" else 0.85
    return make_found(begin, stop, "date.relative", single(day), sure, relative=low[begin:stop])


def mod_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read "last year", "this week", "the next five years", "over the past decade"."""
    low = setting.low
    match = _AFTER_MOD.match(low, end)
    if not match:
        return None
    mod = low[start:end]
    if mod == "last" and match["count"] and not _is_adjective(low, start):
        return None
    if mod in ("last", "next") and not match["count"] and _is_of_a_row(low, start, match.end()):
        return None
    if (match["unit"] == "day" and mod != "next") or _is_title(setting.plain, start, match):
        return None
    if match["count"]:
        return _counted_span(setting, mod, match, start)
    period = _period(setting, mod, match["unit"], start)
    begin, period = _with_lead(setting, start, period, mod)
    rule = "date.deadline" if low.startswith("by ", begin) else "date.relative"
    return make_found(begin, match.end(), rule, period, 0.8, relative=low[begin : match.end()])


def _is_of_a_row(low: str, start: int, end: int) -> bool:
    """Tell "the last month before the pandemic", "the last week of the race", which publication says nothing of."""
    return low.endswith("the ", 0, start) and _OF_ROW.match(low, end) is not None


_OF_ROW = re.compile(r" (?:before|of|in which|that|when|for which|in (?:office|power|the))\b")


def _is_adjective(low: str, start: int) -> bool:
    """Tell "the last three days" from "talks last three days"."""
    before = word_before(low, start)
    return not before or before in context_words("last")


def _is_title(plain: str, start: int, match: re.Match[str]) -> bool:
    """Return whether quote marks and capitals make a title (ABC's "This Week")."""
    beside = plain[max(0, start - 1) : start] + plain[match.end() : match.end() + 2]
    return plain[start].isupper() and plain[match.end() - len(match.group()) + 1].isupper() and '"' in beside


def _period(setting: Setting, mod: str, unit: str, start: int) -> Period:
    """Return the calendar's "last year", or the twelve months of "the last year"; "the next day" of a tale is open."""
    step = -1 if mod in BACK else 0 if mod == "this" else 1
    if mod == "previous" and setting.low.startswith("the ", max(0, start - 4)):
        return unplaced(granularity_of(unit))  # before another time that the text tells
    if mod == "past" and setting.low.startswith("this ", max(0, start - 5)):  # "this past year"
        return stretch(setting.published, -1, unit)
    if unit == "week" and setting.published is not None and setting.published.weekday() == _SUNDAY:
        step = _sunday_step(setting, mod, step, start)
    if setting.low[max(0, start - 4) : start] != "the ":
        return named_period(setting.published, step, unit, ahead=looks_ahead(setting.low, start))
    over = word_before(setting.low, start - 4) in _OVER and not _is_tale(setting.low, start)
    placed = step < 0 or over or looks_ahead(setting.low, start)
    if placed and unit in ("week", "month", "year", "decade", "century"):
        return stretch(setting.published, step, unit)
    return unplaced(granularity_of(unit))


def _sunday_step(setting: Setting, mod: str, step: int, start: int) -> int:
    """Return which week a Sunday's text means: "last week" is the one that ends, "this week" only where it is told as past."""
    if mod == "this" and tense_of(setting.plain, start, start + len("this week")).way != "past":
        return 1
    return 0 if mod == "last" else step


def _is_tale(low: str, start: int) -> bool:
    """Tell whether the words before "the next year" tell of the past, so that publication doesn't place it."""
    floor = max(0, start - 90)
    clause = low[max(floor, low.rfind(". ", floor, start), low.rfind("\n", floor, start)) : start]
    return _WAS.search(clause) is not None


_WAS = re.compile(r"\b(?:was|were|had)\b(?! (?:expected|set|due|likely|supposed|going|scheduled))")


def _with_lead(setting: Setting, start: int, period: Period, mod: str) -> tuple[int, Period]:
    """Take in "earlier", "later", "early", "the end of" before "this month"."""
    low = setting.low
    word = _WHERE_IN.search(low[max(0, start - 9) : start])
    if word:
        begin = start - len(word["word"]) - 1
        return begin, _half(period, setting.published, word["word"]) if mod == "this" else period
    lead = lead_before(low, start)
    return lead.start, period.part(lead.part)


def _half(period: Period, published: date | None, word: str) -> Period:
    """Return what publication leaves of "earlier this year" or "later this year"."""
    if published is None or period.earliest is None or not period.earliest <= published <= (period.latest or published):
        return period
    if word == "earlier":
        return make_period(period.earliest, published, period.granularity)
    return make_period(published, period.latest, period.granularity)


def _count(written: str) -> tuple[int, int] | None:
    if written in _FEW:
        return _FEW[written]
    if written in ("a", "an"):
        return 1, 1
    numeral = digits_at(written, 0) if written[0].isdigit() else words_at(written, 0)
    if numeral is None or numeral.end != len(written) or not 0 < numeral.value <= 2000:
        return None
    return int(numeral.value), int(numeral.value)


def _counted_span(setting: Setting, mod: str, match: re.Match[str], start: int) -> Found | None:
    """Read "the last three weeks", "the next few years"."""
    count = _count(match["count"])
    if count is None or mod == "this":
        return None
    period = stretch(setting.published, -count[1] if mod in BACK else count[1], match["units"])
    tale = mod == "next" and _is_tale(setting.low, start) and not looks_ahead(setting.low, start)
    period = unplaced("range") if mod == "previous" or tale else period
    return make_found(start, match.end(), "date.duration", period, 0.75, relative=setting.low[start : match.end()])


def ago_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read "three weeks ago" from its last word."""
    low = setting.low
    base = max(0, start - 40)
    match = _AGO_LEFT.search(low[base:start])
    if not match:
        return None
    count = _count(match["count"])
    known = count or match["count"] in context_words("vague") or " " in match["count"]
    begin = base + (match.start("all") if known else match.start("unit"))  # "the tests | years ago"
    if not known and _LARGE.search(low, max(0, base + match.start("unit") - 24), base + match.start("unit")):
        return None  # "8,000 years ago", "two million years ago"
    period = ago(setting.published, count, match["unit"])
    same = _SAME.match(low, end) if match["unit"] in ("year", "decade") and count and count[0] == count[1] else None
    if same:
        end, period = same.end(), _years_before(setting.published, count[0], same) if count else period
    return make_found(begin, end, "date.duration-ago", period, 0.8 if count else 0.6, relative=low[begin:end])


_LARGE = re.compile(r"(?:[0-9][0-9.,]*|hundred|thousands?|millions?|billions?) $")
_SAME = re.compile(r" (?:this (?P<unit>week|month|spring|summer|autumn|fall|winter)|(?P<day>today|tonight))(?![a-z])")


def _years_before(published: date | None, years: int, same: re.Match[str]) -> Period:
    """Return the day, week or month of publication in an earlier year: "three years ago this month"."""
    unit = same["unit"] or "day"
    at = away(published, -years, "year") if published else None
    return named_period(at, 0, unit, ahead=False)


def within_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read "within five years", from publication on where the clause looks ahead: a tale or a rule counts from elsewhere."""
    match = _WITHIN.match(setting.low, end)
    count = _count(match["count"]) if match else None
    if match is None or count is None:
        return None
    way = tense_of(setting.plain, start, match.end()).way
    rule_of_time = match["unit"] in ("hour", "day") and way != "ahead"  # "must report within 24 hours"
    placed = way in ("ahead", "may") and not rule_of_time
    period = stretch(setting.published, count[1], match["unit"]) if placed else unplaced("range")
    return make_found(start, match.end(), "date.deadline", period, 0.75, relative=setting.low[start : match.end()])


def in_the_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read "earlier in the week", "later in the year"; of a day that a tale tells, the day is open."""
    low = setting.low
    match = _IN_THE.match(low, end)
    if not match:
        return None
    way, unit = "earlier" if low.startswith("earlier", start) else "later", match["unit"]
    placed = unit != "day" and (way == "earlier" or looks_ahead(low, start, match.end()))
    whole = named_period(setting.published, 0, unit, ahead=way == "later") if placed else unplaced(granularity_of(unit))
    period = _half(whole, setting.published, way)
    return make_found(start, match.end(), "date.relative", period, 0.6, relative=low[start : match.end()])


def end_of_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read "the end of the year", "the start of next month"."""
    low = setting.low
    match = _END_OF.match(low, end)
    if not match or (match["unit"] == "day" and low.endswith("at the ", 0, start)):  # an idiom, mostly
        return None
    step = {"last": -1, "next": 1}.get(match["det"], 0)
    name = "end" if low.startswith("end", start) else "mid" if low.startswith("mid", start) else "start"
    period = named_period(setting.published, step, match["unit"], ahead=True).part(name)
    lead = _BY_THE.search(low[max(0, start - 7) : start])
    begin = start - (len(lead.group()) if lead else 0)
    rule = "date.deadline" if lead and lead.group().startswith("by") else "date.relative"
    return make_found(begin, match.end(), rule, period, 0.75, relative=low[begin : match.end()])
