"""What happened there: words of events in a sentence, the nearest one to a place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.record import quickly_made
from pipeline.resources import lexicon

_WORD = re.compile(r"[a-z][a-z-]+")
REACH = 110  # code points between an event's word and its place
_WEAK = 75  # code points that a weak word counts as farther away
_CLAUSE = 30  # code points that each comma between the two counts for
# Between an event and a place: the place is of what is told there.
_OTHER_CLAUSE = re.compile(
    r" (?:born|based|living|lives|lived|raised|who|whose|which|because|on condition|said|says|told|tells|for (?:a|an|the) |about (?:the|a) )\b",
    re.IGNORECASE,
)
# Whom one addresses in a speech: not "addressed an issue".
_HEARD = re.compile(
    r"(?: (?:to|a|an|the|his|her|their|its|several|some|\d+|hundreds of|thousands of|dozens of))*(?: [a-z-]+){0,2}?"
    r" (?:crowds?|groups?|rall(?:y|ies)|audiences?|nation|country|public|parliament|congress|conference|convention|summit|meetings?"
    r"|assembly|reporters|supporters|students|lawmakers|delegates|troops|soldiers|journalists|press|media|forum|council|protesters|mourners|people"
    r"|voters|farmers|workers|leaders|members|americans|veterans|officers|employees|investors|donors|ministers|senators|teachers|citizens)"
)
_BEFORE_MONTH = frozenset(("in", "since", "by", "until", "last", "early", "late", "mid", "next", "of"))
_OWN_CLAUSE = re.compile(r",? (?:which|that)\b")
_TELLS = re.compile(
    r" (?:said|says|told|tells|announced|reported|who|which) "
)  # police in London on an attack elsewhere
_AFTER = 60  # code points that a word after the place counts as farther away


@quickly_made
@dataclass(frozen=True, slots=True)
class Event:
    """A word of an event in the text."""

    start: int  # code points
    end: int
    name: str  # class: "speech", "attack"
    strong: bool


@cache
def event_words() -> dict[str, tuple[str, bool]]:
    """Word or two words, lower case, to the event's class and whether the word is a strong sign."""
    return {row["word"]: (row["class"], row["strength"] == "strong") for row in lexicon("events")}


@cache
def nouns() -> dict[str, str]:
    """Noun of an event that may stand right behind a city's name to the event's class."""
    return {
        row["word"]: row["class"] for row in lexicon("events") if row["part"] == "noun" and row["strength"] == "strong"
    }


@cache
def _second_words() -> frozenset[str]:
    return frozenset(word.rpartition(" ")[2] for word in event_words() if " " in word)


def find_events(low: str, start: int, end: int) -> list[Event]:
    """Return the events named in a stretch of folded text in lower case, in order."""
    table, seconds = event_words(), _second_words()
    events: list[Event] = []
    previous, at = "", -1
    for match in _WORD.finditer(low, start, end):
        word = match.group()
        pair = table.get(f"{previous} {word}") if word in seconds else None
        if pair is not None:
            if events and events[-1].end > at:
                events.pop()
            events.append(Event(at, match.end(), *pair))
        elif word == "march" and (low[match.end() : match.end() + 2].strip().isdigit() or previous in _BEFORE_MONTH):
            pass  # a month
        elif word in table and not (word.startswith("address") and not _HEARD.match(low, match.end())):
            events.append(Event(match.start(), match.end(), *table[word]))
        previous, at = word, match.start()
    return events


def nearest(plain: str, events: list[Event], start: int, end: int) -> Event | None:
    """Return the event that a place at ``start`` to ``end`` belongs to, None if none is near."""
    best, best_gap = None, REACH + 1
    for event in events:
        if event.end <= start:
            gap = start - event.end
            if gap < best_gap:
                gap += _CLAUSE * plain.count(",", event.end, start)
                own = _OWN_CLAUSE.match(plain, event.end)  # "the debate, which took place in"
                gap += REACH if _OTHER_CLAUSE.search(plain, own.end() if own else event.end, start) else 0
        elif event.start >= end:
            gap = event.start - end + _AFTER
            gap += REACH if gap < best_gap and _TELLS.search(plain, end, event.start) else 0
        else:
            continue
        gap += 0 if event.strong else _WEAK
        if gap < best_gap:
            best, best_gap = event, gap
    return best
