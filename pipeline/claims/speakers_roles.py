"""Whom an article gives a role: "President Jane Doe", "Doe, the mayor of Rome"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from pipeline.claims.names import Name
from pipeline.claims.scan import lower
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_words import person_nouns, singular, titles
from pipeline.text import reach_back

_SHORT = {"sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "dr": "doctor"}
_SHORTENED = {whole: short for short, whole in _SHORT.items()}
_BEFORE, _BEHIND = 60, 70  # code points around a name in which a role of it stands
_TITLE_REACH = 45  # code points before a name that hold its title
PAST = re.compile(r"\b(?:former|ex|then|late|vice|deputy|assistant|past|one-time)[ -]")
_CLAUSE_STOP = re.compile(r"[.,;:\"]")
_RELATIVE = re.compile(r"(?:who|whom|whose|which|and|but|as|when|while|where|after|before|because)\b")  # no apposition
_WORD = re.compile(r"[\w-]+")


def bearers_of(scene: Scene, noun: str) -> list[Name]:
    """Return the persons that the article gives a role ("mayor", "former mayor"), in order of mention."""
    known = scene.roles.get(noun)
    if known is None:
        known = scene.roles[noun] = [name for name in _beside(scene, noun) if noun in _nouns_of(scene, name)]
    return known


def _beside(scene: Scene, noun: str) -> list[Name]:
    """Return the names of persons around which a role is written, few of them mostly."""
    low, near = lower(scene.doc.plain), set[int]()
    for spelling in _spellings(noun.removeprefix("former ")):
        at = low.find(spelling)
        while at >= 0:
            first = bisect_left(scene.starts, at - _BEHIND - len(", ")) - 1  # a long name may end close by
            near.update(range(max(first, 0), bisect_left(scene.starts, at + _BEFORE + 1)))
            at = low.find(spelling, at + 1)
    names = map(scene.names.__getitem__, sorted(near))
    return [name for name in names if scene.is_personal(name) or _is_called(scene, name)]


def _spellings(role: str) -> tuple[str, ...]:
    """Return what a role may be written as, apart from a plain "s" behind it: "spokesmen", "secretaries", "Sen."."""
    plural = f"{role[:-3]}men" if role.endswith("man") else f"{role[:-1]}ies" if role.endswith("y") else role
    return tuple(dict.fromkeys((role, plural, _SHORTENED.get(role, role))))


def _is_called(scene: Scene, name: Name) -> bool:
    """Tell whether a name of two words that no list has stands right behind what somebody is: "actor Bori Doe"."""
    if name.kind is not None or " " not in name.words:
        return False
    return scene.left(name.span.start, max(0, name.span.start - 30))[2] in person_nouns()


def _nouns_of(scene: Scene, name: Name) -> set[str]:
    nouns: set[str] = set()
    at, low = name.span.start, reach_back(name.span.start, _BEFORE)
    low = max(low, scene.narrative.rfind("\n", low, at) + 1)  # a title stands on the line of its name
    title = scene.left(at, low)[2].lower().rstrip(".")
    if title in titles() and _held_before(scene, name):
        return {f"former {title}"}
    for _ in range(4):
        at, _, written = scene.left(at, low)
        word = written.lower()
        bare = word.rstrip(".")
        ends = bare != word and word not in titles()  # of the sentence before: "said an aide. Mr. Doe"
        if ends or (bare not in titles() and word not in person_nouns()):
            break
        nouns.add(_SHORT.get(bare, bare))
    if scene.narrative[name.span.end : name.span.end + 2] == ", ":
        start = name.span.end + 2
        stops = [at for at in (scene.narrative.find(mark, start, start + _BEHIND) for mark in ",.\n") if at > 0]
        phrase = scene.narrative[start : min(stops, default=start)]
        if _RELATIVE.match(phrase):
            return nouns
        nouns.update(
            word for word in (singular_of(found) for found in _WORD.findall(phrase.lower())) if word in person_nouns()
        )
    return nouns


def _held_before(scene: Scene, name: Name) -> bool:
    """Tell whether the title before a name is one of the past, or a deputy's: "former President Doe"."""
    lead = scene.narrative[max(0, name.span.start - _TITLE_REACH) : name.span.start].lower()
    return PAST.search(_CLAUSE_STOP.split(lead)[-1]) is not None


def singular_of(word: str) -> str:
    """Return a noun of an apposition in the singular, unless it is one already."""
    return word if word in person_nouns() else singular(word)


def foremost(bearers: Sequence[Name]) -> Name | None:
    """Return the only one who bears a role, or who bears it twice as often as anyone else in the article."""
    counts = Counter(name.key for name in bearers)
    (best, most), *others = counts.most_common(2)
    if others and most < 2 * others[0][1]:
        return None
    return next(name for name in reversed(bearers) if name.key == best)
