"""Dates told from the day of publication: weekdays, "yesterday", "last year", "three weeks ago", "within five years"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from pipeline.claims.dates_absolute import weekday_left
from pipeline.claims.dates_calendar import (
    Granularity,
    Period,
    moved,
    months_of,
    season_of,
    single,
    span_of,
    unplaced,
    week_of,
    weekday_near,
    years_of,
)
from pipeline.claims.dates_words import (
    Found,
    Setting,
    date_words,
    lead_before,
    looks_ahead,
    month_choice,
    weekday_names,
    weekdays,
)
from pipeline.claims.numerals import digits_at, words_at

_PART = re.compile(r"(?:'s)?[ -](?:morning|afternoon|evening|night|lunchtime|midday|noon|midnight)(?![a-z])")
_UNIT = r"(?P<unit>hour|day|night|week|weekend|fortnight|month|quarter|year|decade|century|morning|afternoon|evening|spring|summer|autumn|fall|winter)"
AFTER_MOD = re.compile(
    rf" (?:(?P<count>few|couple of|several|two dozen|[0-9]{{1,3}}|[a-z]+(?:-[a-z]+)?) (?P<units>hour|day|week|weekend|month|year|decade|centurie)s(?![a-z])|{_UNIT}(?![a-z]))"
)
_AGO_LEFT = re.compile(
    r"(?:^|[^a-z0-9])(?P<all>(?P<count>[0-9]{1,4}|an?|several|a few|a couple(?: of)?|many|[a-z]+(?:-[a-z]+)?|(?:two|three) and a half|(?:a|one) year and a) "
    r"(?P<unit>second|minute|hour|day|night|week|weekend|fortnight|month|year|decade|generation)s? )$"
)
_WITHIN = re.compile(
    r" (?:about |the next |the )?(?P<count>[0-9]{1,3}|an?|a few|[a-z]+(?:-[a-z]+)?) (?P<unit>hour|day|week|month|year|decade)s?(?![a-z])(?! (?:of|after|before|from))"
)
_END_OF = re.compile(
    r" (?P<det>the|this|next|last|the current|the fiscal) (?P<unit>day|week|month|quarter|year|decade|century|season)(?![a-z])"
)
_DAYS = {"hour": 1, "day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200, "centurie": 1200, "generation": 300}
_BACK = {"last", "past", "previous"}
_FEW = {
    "few": (3, 5),
    "a few": (3, 5),
    "several": (3, 7),
    "couple of": (2, 2),
    "a couple": (2, 2),
    "a couple of": (2, 2),
}


@cache
def _date_follows() -> re.Pattern[str]:
    return re.compile(
        rf"(?:,| \()? ?(?:the )?(?:{month_choice()} [0-9]|[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? {month_choice()})"
    )


def weekday_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read a weekday: the last one by publication, or the next where the words before it look ahead."""
    low = setting.low
    if low[end : end + 1] == "s" or not setting.plain[start].isupper() or _date_follows().match(low, end):
        return None
    number = weekdays()[low[start:end]]
    lead = lead_before(low, start)
    direction = _direction(setting, lead.mod, start, by=lead.by)
    part = _PART.match(low, end)
    relative = f"{lead.mod} {low[start:end]}" if lead.mod else None
    day = weekday_near(setting.published, number, direction)
    rule = "date.deadline" if lead.by else "date.weekday"
    return Found(lead.start, part.end() if part else end, rule, single(day), 0.85, weekday_names()[number], relative)


def _direction(setting: Setting, mod: str | None, start: int, *, by: bool) -> str:
    if mod in ("last", "next", "this"):
        return mod
    if mod in _BACK:
        return "last"
    return "coming" if by or mod == "coming" or looks_ahead(setting.low, start) else "past"


def day_word_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read "today", "yesterday", "tomorrow", "tonight"."""
    low = setting.low
    word = low[start:end]
    offset = int(date_words("day")[word])
    doubled = re.search(r"(?:the )?day (?P<way>before|after) $", low[max(0, start - 16) : start])
    begin = start
    if doubled and word in ("yesterday", "tomorrow"):
        offset += -1 if doubled["way"] == "before" else 1
        begin = start - len(doubled.group())
    part = _PART.match(low, end)
    stop = part.end() if part and word != "tonight" else end
    day = moved(setting.published, offset) if setting.published else None
    sure = 0.6 if word == "today" else 0.85
    return Found(begin, stop, "date.relative", single(day), sure, weekday_left(low, begin)[0], low[begin:stop])


def mod_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read "last year", "this week", "the next five years", "over the past decade"."""
    low = setting.low
    match = AFTER_MOD.match(low, end)
    if not match:
        return None
    mod = low[start:end]
    if match["count"]:
        return _counted_span(setting, mod, match, start)
    unit = match["unit"]
    if low[max(0, start - 4) : start] == "the ":
        period = (
            _stretch(setting.published, mod in _BACK, 1, 1, unit)
            if unit in _MONTHS or unit == "week"
            else unplaced("day")
        )
    else:
        period = _named_period(setting.published, mod, unit, looks_ahead(low, start))
    begin, period = _with_lead(setting, start, period, mod)
    by = low.startswith("by ", begin)
    return Found(
        begin, match.end(), "date.deadline" if by else "date.relative", period, 0.8, relative=low[begin : match.end()]
    )


def _with_lead(setting: Setting, start: int, period: Period, mod: str) -> tuple[int, Period]:
    """Take in "earlier", "later", "early", "the end of" before "this month"."""
    low = setting.low
    word = re.search(r"(?:^|[^a-z])(earlier|later) $", low[max(0, start - 9) : start])
    if word:
        return start - len(word.group(1)) - 1, _half(
            period, setting.published, word.group(1)
        ) if mod == "this" else period
    lead = lead_before(low, start)
    return lead.start, period.part(lead.part)


def _half(period: Period, published: date | None, word: str) -> Period:
    """Return what publication leaves of "earlier this year" or "later this year"."""
    if published is None or period.earliest is None or not period.earliest <= published <= (period.latest or published):
        return period
    if word == "earlier":
        return Period(period.earliest, published, period.granularity)
    return Period(published, period.latest, period.granularity)


def _named_period(published: date | None, mod: str, unit: str, ahead: bool) -> Period:
    if published is None:
        return unplaced(_granularity(unit))
    step = -1 if mod in _BACK else 0 if mod == "this" else 1
    if unit in ("day", "night", "morning", "afternoon", "evening"):
        return single(moved(published, step))
    if unit == "week":
        return week_of(published, step)
    if unit == "weekend":
        return _weekend(published, step, ahead)
    if unit in date_words("season"):
        return _season(published, unit, step)
    if unit in ("month", "quarter"):
        size = _MONTHS[unit]
        first = (published.month - 1) // size * size + 1
        return months_of(published.year, first + step * size, size, _granularity(unit))
    if unit in ("year", "decade", "century"):
        size = _MONTHS[unit] // 12
        return years_of((published.year // size + step) * size, size)
    return unplaced(_granularity(unit))


def _granularity(unit: str) -> Granularity:
    if unit in ("day", "night", "morning", "afternoon", "evening", "hour"):
        return "day"
    if unit in date_words("season"):
        return "season"
    known: dict[str, Granularity] = {
        "week": "week",
        "month": "month",
        "quarter": "quarter",
        "year": "year",
        "decade": "decade",
    }
    return known.get(unit, "range")


def _weekend(published: date, step: int, ahead: bool) -> Period:
    """Return Saturday and Sunday: "this weekend" lies ahead, or just behind on Monday and Tuesday."""
    saturday = moved(published, 5 - published.weekday())
    if saturday is None:
        return unplaced("range")
    late = published.weekday() >= 5
    weeks = step if step else (-1 if published.weekday() < 2 and not ahead else 0)
    if step < 0 and late:
        weeks = -1
    first = moved(saturday, 7 * weeks)
    return span_of(first, moved(first, 1) if first else None)


def _season(published: date, unit: str, step: int) -> Period:
    """Return "last summer", "this summer" or "next summer"."""
    month = int(date_words("season")[unit])
    options = [season_of(year, month) for year in range(published.year - 2, published.year + 3)]
    placed = [(option, option.earliest, option.latest) for option in options]
    if step < 0:
        return (
            [option for option, _, last in placed if last and last < published][-1]
            if published.year > 1002
            else unplaced("season")
        )
    if step > 0:
        return (
            [option for option, first, _ in placed if first and first > published][0]
            if published.year < 2996
            else unplaced("season")
        )
    near = [(abs((first - published).days + 45), option) for option, first, _ in placed if first]
    return min(near, key=lambda pair: pair[0])[1] if near else unplaced("season")


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
    period = _stretch(setting.published, mod in _BACK, *count, match["units"])
    return Found(start, match.end(), "date.duration", period, 0.75, relative=setting.low[start : match.end()])


def _stretch(published: date | None, back: bool, fewest: int, most: int, unit: str) -> Period:
    """Return the days from publication back or on over some units of time."""
    if published is None:
        return unplaced("range")
    far = _away(published, -most if back else most, unit)
    return span_of(far, published) if back else span_of(published, far)


def _away(published: date, count: int, unit: str) -> date | None:
    """Return the day that many units away; months are calendar months."""
    if unit in ("hour", "minute", "second"):
        return moved(published, (count if count > 0 else count) // 24 if abs(count) > 24 else (1 if count > 0 else -1))
    if unit in _DAYS:
        return moved(published, count * _DAYS[unit])
    if unit not in _MONTHS:
        return None
    month = months_of(published.year, published.month + count * _MONTHS[unit], 1, "month")
    if month.earliest is None or month.latest is None:
        return None
    return month.earliest.replace(day=min(published.day, month.latest.day))


def ago_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read "three weeks ago" from its last word."""
    low = setting.low
    base = max(0, start - 40)
    match = _AGO_LEFT.search(low[base:start])
    if not match:
        return None
    count = _count(match["count"])
    relative = low[base + match.start("all") : end]
    period = _ago(setting.published, count, match["unit"])
    return Found(base + match.start("all"), end, "date.duration-ago", period, 0.8 if count else 0.6, relative=relative)


def _ago(published: date | None, count: tuple[int, int] | None, unit: str) -> Period:
    """Return when it was: to the day for days, else as coarse as the unit."""
    granularity: Granularity = _granularity(unit) if unit not in ("hour", "minute", "second") else "time"
    if published is None or count is None:
        return unplaced(granularity)
    near, far = _away(published, -count[0], unit), _away(published, -count[1], unit)
    if near is None or far is None:
        return unplaced(granularity)
    if granularity == "time":
        return Period(far, published, "time")
    if unit in ("day", "night"):
        return Period(far, near, "day" if near == far else "range")
    if unit in ("week", "weekend", "fortnight"):
        return span_of(moved(far, -3), moved(near, 3), "week")
    if unit == "month":
        return span_of(
            months_of(far.year, far.month, 1, "month").earliest,
            months_of(near.year, near.month, 1, "month").latest,
            "month",
        )
    wide = 5 if unit in ("decade", "generation") else 0
    return span_of(date(far.year - wide, 1, 1), date(near.year + wide, 12, 31), granularity)


def within_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read "within five years"."""
    match = _WITHIN.match(setting.low, end)
    count = _count(match["count"]) if match else None
    if match is None or count is None:
        return None
    period = _stretch(setting.published, False, *count, match["unit"])
    return Found(start, match.end(), "date.deadline", period, 0.75, relative=setting.low[start : match.end()])


def end_of_at(setting: Setting, start: int, end: int) -> Found | None:
    """Read "the end of the year", "the start of next month"."""
    low = setting.low
    match = _END_OF.match(low, end)
    if not match or match["unit"] in ("season",):
        return None
    mod = match["det"] if match["det"] in ("last", "next") else "this"
    name = "end" if low.startswith("end", start) else "mid" if low.startswith("mid", start) else "start"
    period = _named_period(setting.published, mod, match["unit"], ahead=True).part(name)
    lead = re.search(r"(?:by |at )?the $|by $", low[max(0, start - 7) : start])
    begin = start - (len(lead.group()) if lead else 0)
    rule = "date.deadline" if lead and lead.group().startswith("by") else "date.relative"
    return Found(begin, match.end(), rule, period, 0.75, relative=low[begin : match.end()])
