"""What happened there: words of events in a sentence, and the one that was at a place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.claims.places_bound import comes_behind, goes_with
from pipeline.claims.scan import letters
from pipeline.record import quickly_made
from pipeline.resources import lexicon

_WORD = re.compile(r"[a-z][a-z-]+")
REACH = 110  # code points between an event's word and its place
# Whom one addresses in a speech, or that it was held: not "addressed an issue".
_HEARD = re.compile(
    r" (?:given|delivered|broadcast|made) (?:in|at|to|on|from)\b"
    r"|(?: (?:to|a|an|the|his|her|their|its|several|some|\d+|hundreds of|thousands of|dozens of))*(?: [a-z-]+){0,2}?"
    r" (?:crowds?|groups?|rall(?:y|ies)|audiences?|nation|country|public|parliament|congress|conference|convention|summit|meetings?"
    r"|assembly|reporters|supporters|students|lawmakers|delegates|troops|soldiers|journalists|press|media|forum|council|protesters|mourners|people"
    r"|voters|farmers|workers|leaders|members|americans|veterans|officers|employees|investors|donors|ministers|senators|teachers|citizens)"
)
_BEFORE_MONTH = frozenset(("in", "since", "by", "until", "last", "early", "late", "mid", "next", "of"))
_NOT_HELD = frozenset(("free", "of", "hate", "political"))  # before "speech"
_RESULTS = frozenset(("death", "injury"))
_OCCASIONS = frozenset(("concert", "ceremony", "match", "rally"))  # at which other things happen
_CAUSES = frozenset(
    (
        "attack",
        "bombing",
        "shooting",
        "stabbing",
        "explosion",
        "crash",
        "fire",
        "flood",
        "earthquake",
        "storm",
        "landslide",
    )
)
_AFTER = 60  # code points that a word after the place counts as farther away


@quickly_made
@dataclass(frozen=True, slots=True)
class Event:
    """A word of an event in the text."""

    start: int  # code points
    end: int
    name: str  # class: "speech", "attack"
    strong: bool
    noun: bool


@cache
def event_words() -> dict[str, tuple[str, bool, bool]]:
    """Word or two words, lower case, to the event's class, whether it is a strong sign, and whether a noun."""
    return {
        row["word"]: (row["class"], row["strength"] == "strong", row["part"] == "noun") for row in lexicon("events")
    }


@cache
def nouns() -> dict[str, str]:
    """Noun of an event that may stand right behind a city's name to the event's class."""
    return {
        row["word"]: row["class"] for row in lexicon("events") if row["part"] == "noun" and row["strength"] == "strong"
    }


@cache
def _event_letters() -> frozenset[str]:
    """Return the letters that the last words of all events begin with, as the view of letters has them."""
    return frozenset(letters(word).split()[0] for word in _last_words())


def find_events(low: str, start: int, end: int) -> list[Event]:
    """Return the events named in a stretch of folded text in lower case, in order."""
    if _event_letters().isdisjoint(letters(low)[start:end].split()):  # most stretches
        return []
    last_words = _last_words()
    events: list[Event] = []
    before: re.Match[str] | None = None
    for match in _WORD.finditer(low, start, end):
        if match.group() in last_words:
            _add_event(events, low, before, match)
        before = match
    return events


@cache
def _last_words() -> frozenset[str]:
    return frozenset(word.rpartition(" ")[2] for word in event_words())


def _add_event(events: list[Event], low: str, before: re.Match[str] | None, match: re.Match[str]) -> None:
    """Add the event that a word names, by itself or with the word before it, whose own event it replaces then."""
    word, end = match.group(), match.end()
    previous, at = (before.group(), before.start()) if before else ("", -1)
    table = event_words()
    pair = table.get(f"{previous} {word}")
    if pair is not None:
        if events and events[-1].end > at:
            events.pop()
        events.append(Event(at, end, *pair))
    elif word == "march" and (low[end : end + 2].strip().isdigit() or previous in _BEFORE_MONTH):
        pass  # a month
    elif word == "speech" and previous in _NOT_HELD:
        pass
    elif word in table and not (word.startswith("address") and not _HEARD.match(low, end)):
        events.append(Event(match.start(), end, *table[word]))


def is_near(events: list[Event], start: int, end: int) -> bool:
    """Tell whether any event is told about a place at ``start`` to ``end``, whatever happened where."""
    return any(start - REACH <= event.end <= start or end <= event.start <= end + REACH - _AFTER for event in events)


def bound(plain: str, events: list[Event], start: int, end: int, *, struck: bool) -> str | None:
    """Return the class of the event that the words between say was at a place at ``start`` to ``end``, None if open.

    A strong one before a weak one, then the nearest. ``struck``: the place is the object of a verb, whose subject the
    event is ("hurricane winds | battered Florida").
    """
    found = [event for event in events if _is_bound(plain, event, start, end, struck)]
    best = min(found, key=lambda event: (not event.strong, max(start - event.end, event.start - end)), default=None)
    if best is not None and best.name in _OCCASIONS:  # "a shooting at a festival | in Oslo" is a shooting
        best = next((event for event in found if event.name in _CAUSES and event.end <= best.start), best)
    return _cause(events, best).name if best else None


def _cause(events: list[Event], result: Event) -> Event:
    """Return what killed or hurt those that a word of death counts, where the words before it tell: "shooting: 5 killed"."""
    if result.name not in _RESULTS:
        return result
    before = (event for event in events if event.strong and event.name in _CAUSES and event.end <= result.start)
    return next((event for event in before if result.start - event.end <= REACH), result)


def _acts(plain: str, event: Event) -> bool:
    """Tell whether a noun's plural is a verb here, with its object behind it: "the Taliban attacks a consulate"."""
    return plain[event.end - 1] == "s" and _OBJECT.match(plain, event.end) is not None


_OBJECT = re.compile(r" (?:an?|the|[A-Z][a-z]+(?<!day)) ")


def _is_bound(plain: str, event: Event, start: int, end: int, struck: bool) -> bool:
    if start - REACH <= event.end <= start:
        noun = event.noun and not struck and not _acts(plain, event)
        return goes_with(plain[event.end : start], event.name, noun)
    near = end <= event.start <= end + REACH and (event.strong or event.start > end + 1)
    return near and comes_behind(plain[end : event.start], event.noun)
