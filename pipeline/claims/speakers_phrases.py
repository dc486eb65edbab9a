"""Which names and noun phrases are a subject, and which a place, an object or a hearer."""

from __future__ import annotations

from pipeline.claims.names import Name
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_words import AUXILIARIES, DETERMINERS, FINITE_VERBS, PREPOSITIONS


def is_container(scene: Scene, name: Name) -> bool:
    """Tell whether a name only says where the place before it lies: "in Laredo, Texas"."""
    if name.kind != "place" or scene.narrative[name.span.start - 2 : name.span.start] != ", ":
        return False
    inner = scene.by_end.get(name.span.start - 2)
    return inner is not None and not scene.is_personal(inner)


def is_object(scene: Scene, start: int, low: int) -> bool:
    """Tell whether a noun phrase is the object of an infinitive: "the call to defund | the police"."""
    begin, _, verb = scene.left(start, low)
    return verb.islower() and verb.isalpha() and scene.left(begin, low)[2] == "to" and verb not in DETERMINERS


def is_finite(scene: Scene, start: int, word: str, low: int) -> bool:
    """Tell whether a word left of a noun phrase is the verb of another clause: "Doe sharply rebuked | critics"."""
    if word in FINITE_VERBS:
        return True
    if not (word.islower() and word.endswith("ed")):
        return False
    _, stop, before = scene.left(start, low)
    return stop in scene.by_end or before.endswith("ly") or before in AUXILIARIES


def does(scene: Scene, name: Name, low: int) -> bool:
    """Tell whether a name right before a participle is its subject: "a video of Doe saying", ", with Doe yelling"."""
    word, start = scene.governor(name, low)
    return word not in PREPOSITIONS or word == "of" or (word == "with" and scene.narrative[start - 2 : start] == ", ")


def is_hearer(scene: Scene, start: int, low: int) -> bool:
    """Tell whether a noun before a participle is whom the words went to: "an email to supporters saying"."""
    begin, _, before = scene.left(start, low)
    return "to" in (before, scene.left(begin, low)[2])
