"""What a source is called in the report: its name, what a text calls it; nothing where that means somebody named elsewhere."""

from __future__ import annotations

import re

from pipeline.claims.names import Name
from pipeline.claims.speakers import Saying
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_words import CLAUSE_WORDS, PREPOSITIONS, any_body_nouns, bynames, is_person

_FAR = 1_600  # code points back in which "a senator" introduces "the senator", or a body is named
_INDEFINITE = re.compile(r"\b(?:an?|one|another|some|several|two|three)(?: [\w'-]+){0,3} ?$", re.IGNORECASE)
_INTRODUCED = 40  # code points from "a" to its noun
_NAMELESS = frozenset(("source", "person", "official", "aide", "diplomat", "witness", "insider", "whistleblower"))
_OWN = frozenset(("his", "her", "their", "its", "my", "our"))
_DEFINITE = frozenset(("the", "this", "that"))
_INDEFINITES = frozenset(("a", "an", "one", "another", "some", "any", "each", "every", "no"))
_NO_START = (PREPOSITIONS | CLAUSE_WORDS | {"whom", "whose", "who", "except", "having", "hence", "watched", "dozen"}) - {"about", "over"}  # fmt: skip
_PARTICLES = frozenset(("aside", "off", "out", "down", "back", "away", "up"))
_CLAUSE = re.compile(r" (?:on|last|this) \w+(?:day|week|month|year) \w")  # "members on Monday brushed aside (calls)"
_OF = re.compile(r"[ ,](?:of|for|at|with|in|to|from|who|on|by|close|familiar|briefed)[ ,]")


def told_source(scene: Scene, saying: Saying) -> str | None:
    """Return the label of a saying's speaker, None where it is no whole phrase or means somebody the text names elsewhere."""
    speaker, subject = saying.speaker, saying.subject
    if speaker is None or subject is None or speaker.name is not None or subject.noun is None:
        return speaker.label if speaker is not None else None
    words = speaker.label.split()
    if not words or words[0].lower() in _NO_START or _CLAUSE.search(speaker.label) or _ends_early(saying, words):
        return None
    before = scene.left(subject.span.start, max(0, subject.span.start - 20))[2].lower()
    if before in ("half", "nearly") and words[0] == "dozen":
        return None
    first = scene.words(scene.word_after(subject.span.start, subject.span.end)).lower()
    head = words[-1].lower()
    if first in _INDEFINITES or _OF.search(speaker.label) or head in _NAMELESS:
        return speaker.label
    if is_person(head) and "'s " not in speaker.label and not _is_introduced(scene, head, subject.span.start):
        known = first in _OWN or head in bynames()
        return None if known and any(map(scene.is_personal, scene.names)) else speaker.label
    bare = first in _DEFINITE and speaker.label.lower() == subject.noun
    return None if bare and subject.noun in any_body_nouns() and any(map(_is_body, scene.names)) else speaker.label


def _ends_early(saying: Saying, words: list[str]) -> bool:
    """Tell whether the verb is a noun that the last word of the phrase goes with: "repeated | claims", "brushed aside | calls"."""
    last = words[-1].lower()
    return saying.kind.form == "third" and saying.cue != "says" and (last in _PARTICLES or last.endswith(("ed", "'s")))


def _is_introduced(scene: Scene, noun: str, offset: int) -> bool:
    """Tell whether somebody without a name was introduced by a noun: "A senator said ..., and the senator added"."""
    low = max(0, offset - _FAR)
    at = scene.narrative.rfind(f" {noun}", low, offset)
    while at >= 0:
        if _INDEFINITE.search(scene.narrative, max(low, at - _INTRODUCED), at + 1):
            return True
        at = scene.narrative.rfind(f" {noun}", low, at)
    return False


def _is_body(name: Name) -> bool:
    return name.kind in ("organisation", "outlet")
