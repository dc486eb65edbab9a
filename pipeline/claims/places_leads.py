"""What stands before a place's name: its preposition, and the venue that the preposition joins to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.claims.names_words import event_heads, place_heads
from pipeline.record import quickly_made
from pipeline.resources import lexicon, words
from pipeline.text import reach_back

LeadPart = Literal["here", "strike", "visit", "from"]
_DIRECTIONS = frozenset(
    ["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "outskirts", "streets"]
)
_REACH = 90  # code points before a name that may hold its preposition and venue
_LAST_WORDS = 60  # code points; words that are longer lead nowhere
_VENUE_WORDS = 6
_JOINING = frozenset({"and", "or", "who", "that", "which", "was", "is", "were", "are", "with", "for", "when", "as"})
_ARTICLES = frozenset({"the", "a", "an", "his", "her", "its", "their", "this", "that"})
_BEFORE_VENUE = frozenset({"at", "outside", "inside", "near", "in", "on", "into", "to", "by", "around", "within"})


@quickly_made
@dataclass(frozen=True, slots=True)
class Lead:
    """How a name is put somewhere: "in", "hit", "port of"."""

    part: LeadPart
    word: str  # lower case
    start: int  # code points, of the preposition or verb
    before: tuple[str, ...]  # the words before it, the last one last


def may_lead(plain: str, start: int) -> bool:
    """Tell whether the words before a name may be a lead, as few are: a cheap sign, before its sentence is asked for."""
    if not plain.endswith(" ", 0, start):
        return False
    words, parts = plain[reach_back(start, _LAST_WORDS) : start - 1].rsplit(None, 3), lead_parts()
    at = len(words) - 1
    while at > 0 and parts.get(words[at]) == "qualifier":
        at -= 1
    if at > 0 and words[at] == "of":
        return parts.get(words[at - 1]) in ("area", "qualifier")
    return at <= 0 or words[at].lower() in parts


def find_lead(plain: str, low: int, start: int) -> Lead | None:
    """Return what makes the name at ``start`` a place, None if nothing before it does."""
    low = reach_back(start, _REACH, low)
    said = plain[low:start].split(" ")
    if len(said) < 2 or said.pop():
        return None
    parts = lead_parts()
    index = len(said) - 1
    while index > 0 and parts.get(said[index]) == "qualifier":
        index -= 1
    area = said[index] == "of" and index > 0 and parts.get(said[index - 1]) in ("area", "qualifier")
    if area:
        index = _behind_area(said, index - 1)
    word = said[index].lower()
    part = _lead_part(parts.get(word), said, index)
    if part is None and area and said[index] in _DIRECTIONS:  # "30 miles north of Baghdad"
        part = "here"
    if part is None:
        return None
    return Lead(part, word, start - len(" ".join(said[index:])) - 1, tuple(said[:index]))


def _behind_area(said: list[str], index: int) -> int:
    """Return the index of the preposition before "the Afghan city of", else of the area's own word."""
    for back in range(index - 1, max(-1, index - 5), -1):
        if lead_parts().get(said[back]) in ("here", "strike"):
            return back
        if not said[back][:1].isalpha() or not said[back][-1:].isalpha():
            break
    return index


def _lead_part(part: str | None, said: list[str], index: int) -> LeadPart | None:
    """Read "to" and "from" by the words before them: "flew to", "warned from", "30 miles from"."""
    if part is None:
        return None
    if part == "here":
        return "here"
    if part == "strike":
        return "strike"
    lately = {lead_parts().get(word.lower()) for word in said[max(0, index - 3) : index]}
    if part == "visit" or (part == "to" and "travel" in lately):
        return "visit"
    if part == "from" and lead_parts().get(said[index - 1].lower() if index else "") == "report":
        return "from"
    return "here" if part == "from" and "distance" in lately else None


def venue_before(lead: Lead) -> str | None:
    """Return the venue that stands before the preposition: "at the German consulate | in ..."."""
    said = lead.before
    for size in range(1, min(_VENUE_WORDS, len(said) - 1) + 1):
        word = said[-size - 1].lower()
        if word in _BEFORE_VENUE or word in _ARTICLES:
            return " ".join(said[-size:]) if _is_venue(said[-size:]) else None
        if said[-size][-1:] in ",.;:)\"'" or '"' in said[-size]:
            return None
    return None


def _is_venue(said: tuple[str, ...]) -> bool:
    last = said[-1]
    if " ".join(said) in venues():
        return True
    if not _JOINING.isdisjoint(said):
        return False
    if last.lower() in venue_nouns():
        return True
    if not last[0].isupper():
        return False
    return last in place_heads() or last in event_heads()


@cache
def lead_parts() -> dict[str, str]:
    """Words before a place, as in a sentence, to what they do."""
    return {row["word"]: row["part"] for row in lexicon("place_leads")}


@cache
def venue_nouns() -> frozenset[str]:
    """Nouns of buildings and grounds, lower case."""
    return words("venue_nouns")


@cache
def venues() -> dict[str, str]:
    """Venue known by name to its city ("" where that is open)."""
    return {row["name"]: row["city"] for row in lexicon("venues")}


def is_qualifier(word: str) -> bool:
    """Tell whether a word only says which part of a place is meant: "Central" Texas."""
    return lead_parts().get(word) == "qualifier"
