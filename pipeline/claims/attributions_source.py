"""What a source is called in the report: its name, what a text calls it; nothing where that means somebody named elsewhere."""

from __future__ import annotations

import re
from calendar import month_name

from pipeline.claims.names import Name
from pipeline.claims.speakers import Saying
from pipeline.claims.speakers_nouns import Subject
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_words import (
    CLAUSE_WORDS,
    PREPOSITIONS,
    any_body_nouns,
    bynames,
    first_names,
    is_person,
)

_FAR = 1_600  # code points back in which "a senator" introduces "the senator", or a body is named
_INDEFINITE = re.compile(r"\b(?:an?|one|another|some|several|two|three)(?: [\w'-]+){0,3} ?$", re.IGNORECASE)
_ROLES = frozenset(("author", "writer", "reporter"))
# The second of two sources, or the rest of a name: "according to Doe and Roe", "the Office of Budget and Plans".
_AND_WHO = re.compile(
    r"( (?:and|of) (?:(?:the |other )?(?:[A-Z][\w&-]*)(?: [A-Z][\w&-]*){0,3}(?=[,.;:'\n)]|$| [a-z])|(?:[a-z-]+ ){0,2}[a-z]+s(?=[,.])))"
)
_NUMBER = re.compile(r"\b\d+(?:st|nd|rd|th) $")
_MONTHS = frozenset(month_name)  # "who as recently as February argued"
_NUMBER_REACH = 6  # code points
_MOST_NAMES = 300  # of an article that are asked; bounds the work on a hostile one
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
    if speaker is None or subject is None or speaker.label in _MONTHS:
        return None
    if speaker.name is not None:
        vague = subject.noun in _NAMELESS or subject.noun in _ROLES  # "the author": which of those who are named?
        label = None if vague else _in_full(scene, speaker.name, subject.name)
    elif subject.noun is None:
        label = speaker.label
    else:
        label = _described(scene, saying, subject, speaker.label)
    also = _AND_WHO.match(scene.narrative, saying.end) if saying.kind.frame == "source" else None
    return f"{label}{also[1]}" if label is not None and also is not None else label


def _described(scene: Scene, saying: Saying, subject: Subject, label: str) -> str | None:
    """Return what a text calls somebody who has no name, None where others would know the name from it."""
    words = label.split()
    if not words or words[0].lower() in _NO_START or _CLAUSE.search(label) or _ends_early(saying, words):
        return None
    before = scene.left(subject.span.start, max(0, subject.span.start - 20))[2].lower()
    if before in ("half", "nearly") and words[0] == "dozen":
        return None
    first = scene.right(subject.span.start, subject.span.end)[2].lower()
    head = words[-1].lower()
    if first in _INDEFINITES or _OF.search(label) or head in _NAMELESS:
        return label
    if is_person(head) and "'s " not in label and not _is_introduced(scene, head, subject.span.start):
        known = first in _OWN or head in bynames()
        return None if known and _names_people(scene) else label
    bare = first in _DEFINITE and label.lower() == subject.noun
    return (
        None if bare and subject.noun in any_body_nouns() and any(map(_is_body, scene.names[:_MOST_NAMES])) else label
    )


def _names_people(scene: Scene) -> bool:
    return any(map(scene.is_personal, scene.names[:_MOST_NAMES]))


def _in_full(scene: Scene, name: Name, written: Name | None) -> str:
    """Return a name with the number before it ("9th Circuit"), a lone first name as the full one that begins with it."""
    start = written.span.start if written is not None else 0
    number = _NUMBER.search(scene.narrative, max(0, start - _NUMBER_REACH), start)
    if number is not None:
        return f"{number.group()}{name.full}"
    if " " in name.full or name.full not in first_names():
        return name.full
    whole = {
        other.full
        for other in scene.names[:_MOST_NAMES]
        if other.full.startswith(f"{name.full} ") and scene.is_personal(other)
    }
    return whole.pop() if len(whole) == 1 else name.full


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
