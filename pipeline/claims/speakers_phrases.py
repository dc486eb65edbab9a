"""Which names and noun phrases are a subject, and which a place, an object or a hearer."""

from __future__ import annotations

import re

from pipeline.claims.names import Name
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_words import AUXILIARIES, DETERMINERS, PREPOSITIONS, bynames, titles

_RESPONSE = 12  # code points
_IN_RESPONSE = re.compile(r"\b(?:response|reaction|contrast|due|thanks|leading|led) $")
_FROM = re.compile(r" (?:of|from) (?:the )?")


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


def is_office(scene: Scene, of: int, name: Name, low: int) -> bool:
    """Tell whether what stands before a person is an office with a body's name: "Secretary of State | Jane Doe"."""
    body = scene.narrative[of + len("of ") : name.span.start].removeprefix("the ").split()
    head = scene.left(of, low)[2]
    capital = bool(body) and all(word[0].isupper() and word[-1].isalpha() for word in body)
    return (
        capital and body[0].lower() not in bynames() and head[:1].isupper() and head.lower() in titles()
        and " " in name.full and (scene.is_personal(name) or name.kind is None)
    )  # fmt: skip


def is_deed(scene: Scene, start: int, word: str, low: int) -> bool:
    """Tell whether a form in "-ed" left of a noun phrase is the verb of another clause: "Doe sharply rebuked | critics"."""
    if not word.islower():
        return False
    _, stop, before = scene.left(start, low)
    return stop in scene.by_end or before.endswith("ly") or before in AUXILIARIES


def does(scene: Scene, name: Name, low: int) -> bool:
    """Tell whether a name right before a participle is its subject: "a video of Doe saying", ", with Doe yelling"."""
    word, start = scene.governor(name, low)
    if word == "to" and _IN_RESPONSE.search(scene.narrative, max(low, start - _RESPONSE), start):
        return True
    return word not in PREPOSITIONS or word == "of" or (word == "with" and scene.narrative[start - 2 : start] == ", ")


def is_hearer(scene: Scene, start: int, low: int) -> bool:
    """Tell whether a noun before a participle is whom the words went to: "an email to supporters saying"."""
    begin, _, before = scene.left(start, low)
    return "to" in (before, scene.left(begin, low)[2])


def is_inserted_after(scene: Scene, name: Name) -> bool:
    """Tell whether an insertion follows a name: "Doe, the mayor", "Doe of Ohio, the mayor"."""
    end = name.span.end
    home = _FROM.match(scene.narrative, end) if scene.is_personal(name) else None
    following = scene.name_at(home.end()) if home else None
    end = following.span.end if following is not None else end
    return scene.narrative.startswith((",", " (", " -"), end)


def alike(scene: Scene, one: Name, other: Name) -> bool:
    """Tell whether two names can speak together: two people, one of them perhaps with a first name no list has, or outlets."""
    people = [scene.is_personal(name) for name in (one, other)]
    full = all(" " in name.words and name.kind in ("person", None) for name in (one, other))
    return all(people) or (any(people) and full) or bool(scene.outlet(one) and scene.outlet(other))


def is_plain_noun(word: str) -> bool:
    """Tell whether a word can be part of a noun phrase without names: "former", "coal-miner", "52-year-old"."""
    return bool(word) and word.islower() and word.replace("-", "").isalnum()
