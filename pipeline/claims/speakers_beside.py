"""The name set beside a description: "his deputy, Jane Doe, said", "Jane Doe, a minister in Rome, said"."""

from __future__ import annotations

from pipeline.claims.names import Name
from pipeline.claims.names_words import organisation_heads
from pipeline.claims.speakers_nouns import Subject
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_words import PREPOSITIONS, first_names, is_person
from pipeline.models import Span

_MOST_WORDS = 4  # of a person's name
_CLOSES = (",", ".", ";", "\n", "")
_CLAUSE = 60  # code points before a name that hold what governs it


def set_beside(scene: Scene, subject: Subject) -> Name | None:
    """Return who a description of one person is, by the full name in apposition to it; None where there is none."""
    if subject.noun is None or not is_person(subject.noun):
        return None
    return _behind(scene, subject.span) or _before(scene, subject.span)


def _behind(scene: Scene, phrase: Span) -> Name | None:
    name = scene.name_at(phrase.end + 2) if scene.narrative.startswith(", ", phrase.end) else None
    closed = name is not None and scene.narrative[name.span.end : name.span.end + 1] in _CLOSES
    return name if name is not None and closed and _may_be_person(scene, name) else None


def _before(scene: Scene, phrase: Span) -> Name | None:
    name = scene.by_end.get(phrase.start - 2)
    if name is None or scene.narrative[phrase.start - 2 : phrase.start] != ", " or not _may_be_person(scene, name):
        return None
    definite = scene.narrative.startswith(("the ", "his ", "her ", "their "), phrase.start)
    governed = scene.governor(name, max(0, name.span.start - _CLAUSE))[0] in PREPOSITIONS
    if definite and (governed or not scene.is_personal(name)):  # "In a talk with Jane Doe, the minister said"
        return None
    return name


def _may_be_person(scene: Scene, name: Name) -> bool:
    """Tell whether a full name is a person's, or can be one: no list has all first names."""
    words = name.words.split()
    if not 2 <= len(words) <= _MOST_WORDS or scene.outlet(name) is not None:
        return False
    if scene.is_personal(name):
        return words[0] in first_names() or name.kind == "person"
    return name.kind is None and words[-1] not in organisation_heads() and all(word[0].isupper() for word in words)
