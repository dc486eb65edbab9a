"""Weekdays: the last one by publication, or the next, as the clause looks back or ahead."""

from __future__ import annotations

import re
from functools import cache

from pipeline.claims.dates_calendar import single, weekday_near
from pipeline.claims.dates_tense import tense_of
from pipeline.claims.dates_words import (
    BACK,
    PART_OF_DAY,
    Found,
    Setting,
    lead_before,
    make_found,
    month_choice,
    weekday_names,
    weekdays,
    word_before,
)

_EVENT = re.compile(
    r"(?: (?:morning|afternoon|evening|night))? (?!(?:in|of|when|that|and|or|to|with|like|as|for|which|if|before|after|at|on|because|morning|afternoon|evening|night)\b)[a-z]{4}"
)
_NIGHTS = re.compile(r"[ -](?:morning|afternoon|evening|night)s(?![a-z])")  # "on Saturday nights": no day
_ALL_BUT_ONE = 6  # days from a weekday to the one before it of the next name
_JUST = 2  # days back that a weekday of the past mostly lies


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
    before = word_before(low, start)
    if before in ("any", "each", "every", "most", "one", "some", "recent", "typical", "given") or _NIGHTS.match(
        low, end
    ):
        return None
    if before == "a" and not _EVENT.match(low, end):  # "on a Tuesday" is any; "a Tuesday meeting" was one
        return None
    number = weekdays()[low[start:end]]
    lead = lead_before(low, start)
    part = PART_OF_DAY.match(low, end)
    relative = f"{lead.mod} {low[start:end]}" if lead.mod else None
    direction = _named_way(lead.mod) or _direction(setting, number, start, end, by=lead.by)
    day = weekday_near(setting.published, number, direction) if direction else None
    rule = "date.deadline" if lead.by else "date.weekday"
    return make_found(
        lead.start, part.end() if part else end, rule, single(day), 0.85, weekday_names()[number], relative
    )


def _named_way(mod: str | None) -> str | None:
    return mod if mod in ("last", "next", "this", "coming") else "last" if mod in BACK else None


def _direction(setting: Setting, number: int, start: int, end: int, *, by: bool) -> str | None:
    """Return where a weekday lies: the last one by publication, or the next; None where it is open.

    The day after publication has the name of the day six days before it, which news seldom names without "last".
    """
    tense = tense_of(setting.plain, start, end)
    back = (setting.published.weekday() - number) % 7 if setting.published else 0
    if tense.way == "past":
        return None if back == _ALL_BUT_ONE and not by else "past"
    if back == _ALL_BUT_ONE or by:
        return "coming"
    if tense.way == "ahead" and (back > _JUST or tense.near):
        return "coming"
    return "coming" if tense.way == "may" and back > _JUST + 1 else "past"
