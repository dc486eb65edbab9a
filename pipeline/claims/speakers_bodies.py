"""Which body "the company", "the department" or "the network" is: one the article has named."""

from __future__ import annotations

from pipeline.claims.names import Name
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_words import PREPOSITIONS, any_body_nouns, document_nouns, other_nouns

_FAR = 1_600  # code points between a body's name and "the department"
_NEAR = 500  # between a body that acts and "the company"
_NAMES_BACK = 30


def body_named(scene: Scene, noun: str, offset: int) -> Name | None:
    """Return the body that a definite noun before an offset calls again; None where the text leaves it open.

    "the hospital" is the last one whose name says so; "the company", which fits many, the last one named, if it acts close by.
    """
    names = [name for name in scene.names_in(max(0, offset - _FAR), offset)[-_NAMES_BACK:] if _is_body(scene, name)]
    if noun not in any_body_nouns():
        own = [name for name in names if noun in name.words.lower().split() and " " in name.words]
        return own[-1] if own and noun in other_nouns() and noun not in document_nouns() else None
    last = names[-1] if names else None
    acts = last is not None and any(
        name.key == last.key and name.span.start >= offset - _NEAR and _acts(scene, name) for name in names
    )
    return last if acts else None


def _is_body(scene: Scene, name: Name) -> bool:
    if name.kind is not None:
        return name.kind in ("organisation", "outlet")
    return not scene.is_personal(name) and scene.surnamed(name.words) is None


def _acts(scene: Scene, name: Name) -> bool:
    """Tell whether a body opens its sentence: its subject, to all appearance."""
    if name.kind is None or scene.is_possessive(name):
        return False
    begins = scene.doc.sentence_at(name.span.start).start
    word, start = scene.governor(name, begins)
    return not word or (start <= begins and word not in PREPOSITIONS)
