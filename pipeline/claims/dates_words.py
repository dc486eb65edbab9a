"""The words of dates and the context that they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from string import ascii_lowercase

from pipeline.claims.dates_calendar import Period
from pipeline.claims.scan import any_of, spaced
from pipeline.record import maker, quickly_made
from pipeline.resources import lexicon, words
from pipeline.text import reach_back

BACK = ("last", "past", "previous")
_MODS = ("last", "this", "next", "past", "coming", "previous")
_EDGES = ("end of", "start of", "beginning of", "middle of")
_WAYS = ("earlier in", "later in")
_NTH_QUARTERS = ("first quarter", "second quarter", "third quarter", "fourth quarter")
_QUARTERS = ("q1", "q2", "q3", "q4")
# Verbs that tell of an answer given or not, and not of what is to come: "would not comment on Monday".
_SPEAKS = (
    r"comment|say|discuss|confirm|elaborate|answer|disclose|speak|respond|identify|specify|provide|talk|reveal|detail"
)
_AHEAD = re.compile(
    rf"\b(?:will|won't|would(?! (?:not |only |neither |never )?(?:{_SPEAKS})\b)|shall|(?:is|are|was|were) (?:set|due|scheduled|expected|slated|planned|poised|going|to be) to"
    r"|(?:could|may|might) (?:be|come|see|bring|take|get|face|vote|decide|announce)"
    r"|(?:is|are) to|scheduled|slated|due|planned|plans? to|set for|upcoming|going to|'ll|starts|begins|no later than|resumes?|reopens?|expires?|takes (?:effect|place))\b"
)
PART_OF_DAY = re.compile(r"(?:'s)?[ -](?:morning|afternoon|evening|night|lunchtime|midday|noon|midnight)(?![a-z])")
_SAID = re.compile(
    r"\b(?:said|told|announced|reported|wrote|tweeted|added|warned|confirmed|testified|says|argued|released)\b"
)
_PART = {
    "early": "early", "beginning of": "start", "start of": "start", "mid": "mid", "middle of": "mid", "late": "late",
    "end of": "end", "later in": "late", "earlier in": "early",
}  # fmt: skip
_LEAD = re.compile(
    r"(?:^|[^a-z])(?P<all>(?P<by>by (?:the )?)?(?:(?:the )?(?P<part>early|beginning of|start of|mid|middle of|late|end of|later in|earlier in)"
    r"(?: the (?:year|month|week) (?:of )?|[ -](?:the )?|-to-late )?)?(?P<mod>last|this|next|coming|past|previous)? ?)$"
)


# How the words end that may belong to the date after them: cheaper to see than the pattern is to try.
_LEAD_ENDS = (
    "by", "the", "early", "of", "mid", "late", "later in", "earlier in", "year", "month", "week",
    "last", "this", "next", "coming", "past", "previous",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """A text with what its dates hang on."""

    plain: str
    low: str
    published: date | None


@quickly_made
@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text before it becomes a claim."""

    start: int
    end: int
    rule: str
    period: Period
    confidence: float
    weekday: str | None = None
    relative: str | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Lead:
    """The words before a date that belong to it: "by the end of", "early", "last"."""

    start: int
    by: bool
    part: str | None
    mod: str | None


make_found, _make_lead = maker(Found), maker(Lead)


@cache
def date_words(kind: str) -> dict[str, str]:
    """Return the words of one kind with their values."""
    return {row["word"]: row["value"] for row in lexicon("date_words") if row["kind"] == kind}


@cache
def context_words(role: str) -> frozenset[str]:
    """Return the words before a month or a year that play one role."""
    return words("date_context", role=role)


@cache
def known_days() -> dict[tuple[int, ...], dict[str, int]]:
    """Return the days known by what happened then, (month, day), with the words that follow them and their years."""
    found: dict[tuple[int, ...], dict[str, int]] = {}
    for row in lexicon("known_days"):
        found.setdefault((int(row["month"]), int(row["day"])), {})[row["word"]] = int(row["year"])
    return found


@cache
def months() -> dict[str, int]:
    """Return the names of the months and their abbreviations with their numbers."""
    return {word: int(value) for word, value in (date_words("month") | date_words("month_short")).items()}


@cache
def date_openers() -> dict[str, str]:
    """Return the words that start a date, a space between them, each with the kind of its reader."""
    kinds = dict.fromkeys(months(), "month")
    for kind in ("weekday", "day", "holiday"):
        kinds |= dict.fromkeys(date_words(kind), kind)
    kinds |= dict.fromkeys(_MODS, "mod") | dict.fromkeys(_EDGES, "edge") | dict.fromkeys(_WAYS, "way")
    kinds |= dict.fromkeys(_QUARTERS, "q")
    kinds |= dict.fromkeys(_NTH_QUARTERS, "quarter")
    kinds |= {"ago": "ago", "within": "within", "weekend": "weekend"}
    return {spaced(word): kind for word, kind in kinds.items()}


@cache
def weekdays() -> dict[str, int]:
    """Return the names of the weekdays and their abbreviations, Monday 0."""
    return {word: int(value) for word, value in (date_words("weekday") | date_words("weekday_short")).items()}


@cache
def weekday_names() -> tuple[str, ...]:
    """Return the full names from Monday on."""
    return tuple(date_words("weekday"))


@cache
def month_choice() -> str:
    """Return a pattern for a month, with the stop of an abbreviation."""
    return rf"(?:{any_of(date_words('month'))}|{any_of(date_words('month_short'))}\.?)(?![a-z])"


@cache
def weekday_choice() -> str:
    """Return a pattern for a weekday, with the stop of an abbreviation."""
    return rf"(?:{any_of(date_words('weekday'))}|{any_of(date_words('weekday_short'))}\.?)(?![a-z])"


@cache
def _names(word: str) -> tuple[str, ...]:
    return tuple(sorted(name for name in words("not_dates", "phrase") if word in name))


def is_name(low: str, start: int, end: int) -> bool:
    """Return whether a day's name belongs to a longer name ("Black Friday")."""
    names = _names(low[start:end])
    if not names:
        return False
    around = low[reach_back(start, 12) : end + 20]
    for name in names:  # noqa: SIM110 - a generator inside any() takes twice as long
        if name in around:
            return True
    return False


def lead_before(low: str, start: int) -> Lead:
    """Return the words before a date at ``start`` that belong to it."""
    base = reach_back(start, 36)
    before = low[base:start]
    match = _LEAD.search(before) if before.rstrip(" -").endswith(_LEAD_ENDS) else None
    if not match or not (match["by"] or match["part"] or match["mod"]):
        return _make_lead(start, by=False, part=None, mod=None)
    part = _PART[match["part"]] if match["part"] else None
    return Lead(base + match.start("all"), by=match["by"] is not None, part=part, mod=match["mod"])


def led(found: Found, lead: Lead) -> Found:
    """Take the words before a date into it."""
    if not lead.by and not lead.mod and lead.start >= found.start:
        return found
    rule = "date.deadline" if lead.by else "date.relative" if lead.mod else found.rule
    return replace(found, start=min(found.start, lead.start), rule=rule)


def looks_ahead(low: str, start: int, end: int | None = None) -> bool:
    """Return whether the words before a date speak of what is to come, or those after "on Monday," up to the verb."""
    floor = max(0, start - 90)
    before = low[max(floor, low.rfind(". ", floor, start), low.rfind("\n", floor, start)) : start]
    cues = [cue.end() for cue in _AHEAD.finditer(before)]
    if cues and _SAID.search(before, cues[-1]) is None:
        return True
    if end is None or low[end : end + 1] != ",":
        return False
    after = low[end : end + 60].partition(". ")[0]
    coming = _AHEAD.search(after)
    return coming is not None and _SAID.search(after, 0, coming.start()) is None


_YEAR_TOLD = re.compile(
    r"(?:(?P<at>\b(?:in|since|from|by|of)\]?|[0-9],)|(?<=[a-z])) (?P<year>(?:19|20)[0-9]{2})(?![0-9%s]|[.,][0-9])"
)


def is_of_other_year(setting: Setting, start: int) -> bool:
    """Return whether the sentence tells another year before a day or month: "what they were in 2013; we met in April" is open.

    Of a year that only names something ("the 2020 race") one that was over is enough.
    """
    if setting.published is None:
        return False
    low, floor = setting.low, reach_back(start, 90)
    if low.find("20", floor, start) < 0 and low.find("19", floor, start) < 0:
        return False
    begin = max(floor, low.rfind(". ", floor, start), low.rfind("\n", floor, start))
    last = next(reversed(list(_YEAR_TOLD.finditer(low, begin, start))), None)
    if last is None:
        return False
    year = int(last["year"])
    return year != setting.published.year if last["at"] else year < setting.published.year


def word_before(low: str, start: int) -> str:
    """Return the word right before an offset, "" at the start of a line or after a sign other than an opening one."""
    before = low[reach_back(start, 24) : start].removesuffix("\n")
    if before[-1:] in _OPENING:
        before = before[:-1]
    return before[len(before[:-1].rstrip(_OF_WORDS)) : -1] if before[-1:] in (" ", "-") else ""


_OPENING = frozenset("([\"'")
_OF_WORDS = f"{ascii_lowercase}'"
