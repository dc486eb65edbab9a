"""The outlet words are credited to, kept apart from who speaks them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.claims.names import Name
from pipeline.claims.outlets import outlet_words
from pipeline.claims.speakers_nouns import Subject
from pipeline.claims.speakers_scene import Scene
from pipeline.models import Span, make_span

_FRAME = re.compile(
    r"\b(?:told|tells|telling|speaking (?:to|with|on)|spoke (?:to|with|on)|interview(?:ed)? (?:with|on|for|by|to)"
    r"|(?:reported|quoted|cited|noted|detailed|relayed|published|carried|obtained|seen|broadcast|aired) (?:by|in|on)"
    r"|per|according to|citing|wrote (?:in|for)|writing (?:in|for)|writes (?:in|for)|op-ed (?:in|for)|column (?:in|for)"
    r"|(?:remarks|comments|statement|message|email|e-mail) to|(?:said|says|appeared|appearing|appearance) on"
    r"|quoting|to reporters (?:for|from))\s(?:the |a |an )?$",
    re.IGNORECASE,
)
_ON_AIR = re.compile(r"\bon (?:the )?$", re.IGNORECASE)


def carrier(scene: Scene, subject: Subject) -> str | None:
    """Return the outlet that a subject is, writes for, or belongs to ("the Guardian's Jane Doe")."""
    if subject.name is None:
        joint = subject.noun is None and subject.pronoun is None  # "the Times and the Observer"
        if not joint and subject.noun not in outlet_words("part"):
            return None
        owner = next(iter(scene.names_in(subject.span.start, subject.span.end, 1)), None)
        return scene.outlet(owner) if owner else None
    if subject.name.key in scene.reporters:
        return scene.reporters[subject.name.key]
    return None if subject.name.kind in ("person", "place") else scene.outlet(subject.name)


def credited(scene: Scene, reach: Span, *, on_air: bool) -> str | None:
    """Return the first outlet within reach that the words are credited to: "per CNN", "told Reuters".

    ``on_air``: somebody speaks in this reach, so that "on CNN" credits too.
    """
    for name in scene.names_in(reach.start, reach.end, 12):
        if name.kind == "place":
            continue
        before = scene.narrative[max(reach.start, name.span.start - 40) : name.span.start]
        if not before[-1:].isspace():  # as every frame ends
            continue
        outlet = _outlet(scene, name)  # seldom one, and quickly told
        if outlet is not None and (_FRAME.search(before) or (on_air and _ON_AIR.search(before))):
            return outlet
    return None


@dataclass(frozen=True, slots=True)
class Credit:
    """A source named without a verb of its own: "as reported by X", "per X", "citing X"."""

    cue: Span
    source: Name
    outlet: str | None


_BY = re.compile(r"(?:\bas )?(?:\bfirst )?\b(?:reported|quoted|noted|cited|detailed|relayed) by$", re.IGNORECASE)
_PER = re.compile(r"(?:\bas )?\bper$", re.IGNORECASE)
_CITING = re.compile(r"\bciting$", re.IGNORECASE)
# What to look for, how the text before it ends, and what must stand there: searching a fixed string is many times faster.
_CREDITS = ((" by ", ("d", "D"), _BY), ("per ", None, _PER), ("iting ", ("c", "C"), _CITING))
_NOT_BEFORE_SOURCE = re.compile(r"\s(?:the |a |an )?(?:[a-z]{3,14} ){0,3}$", re.IGNORECASE)


def credits_in(scene: Scene) -> Iterator[Credit]:
    """Yield the credits of a text, in order."""
    for cue in sorted(_cues(scene.narrative), key=lambda span: span.start):
        source = next(iter(scene.names_in(cue.end, cue.end + 40, 1)), None)
        if source is None or _NOT_BEFORE_SOURCE.fullmatch(scene.narrative[cue.end : source.span.start]) is None:
            continue
        outlet = _outlet(scene, source)
        if outlet is not None and scene.is_possessive(source):
            source = scene.name_at(source.span.end + 3) or scene.name_at(source.span.end + 2) or source
        if scene.words(cue).lower() != "per" or outlet is not None:
            yield Credit(cue, source, outlet)


def _cues(text: str) -> Iterator[Span]:
    for fixed, ends, pattern in _CREDITS:
        at = text.find(fixed)
        while at >= 0:
            end = at + len(fixed) - 1
            told = text.endswith(ends, 0, at) if ends else not text[at - 1 : at].isalpha()
            cue = pattern.search(text, max(0, end - 30), end) if told else None
            if cue is not None:
                yield make_span(cue.start(), end)
            at = text.find(fixed, end)


def _outlet(scene: Scene, name: Name) -> str | None:
    return scene.outlet(name) or scene.reporters.get(name.key)
