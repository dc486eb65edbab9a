"""Whose a lone name is: the person of the article whose surname, or first name, it is."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.claims.names import Name
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_words import Gender, first_names, title_genders, titles
from pipeline.remembered import remembered
from pipeline.text import reach_back

_LEDE = 800  # code points behind the headline in which a surname may stand before the full name
_HONORIFIC = 16  # code points before a surname that hold "Mrs."
_JOINT = re.compile(r"[\s-]+")
_ACRONYM = 5  # letters; a longer word in capitals is shouted


@remembered(50_000)
def is_title(words: str) -> bool:
    """Tell whether a name is nothing but titles ("Prime Minister"), which somebody named elsewhere bears."""
    return all(word in titles() for word in _JOINT.split(words.lower()))


def bearer(scene: Scene, name: Name) -> Name:
    """Return the person whose surname or first name a lone name is, even where it also names a town."""
    if " " in name.words:
        return name
    if " " in name.full:
        first = name.full.startswith(f"{name.words} ")
        return (
            name if first or _is_introduced(scene, name) else replace(name, full=name.words, key=name.words.casefold())
        )
    found = scene.surnamed(name.words) or _first_named(scene, name)
    title = scene.left(name.span.start, reach_back(name.span.start, _HONORIFIC))[2].lower()
    if title in title_genders() and (found is None or name.words in scene.shared):
        return _titled(scene, name, title_genders()[title]) or name
    return name if found is None or name.words in scene.shared else found


def _titled(scene: Scene, name: Name, gender: Gender) -> Name | None:
    """Return the only one who bears the surname of a "Mrs. Doe", with a first name of her sex or one no list has."""
    asked = (name.words, gender)
    if asked not in scene.bearers:
        bearers: dict[str, Name] = {}
        for other in scene.names:
            first, _, rest = other.words.partition(" ")
            fits = rest == name.words and other.full.endswith(f" {rest}") and first_names().get(first) in (None, gender)
            if fits and (scene.is_personal(other) or (other.kind is None and first.isalpha() and not is_title(first))):
                bearers.setdefault(other.words, other)
        known = [other for other in bearers.values() if other.words.split(" ", 1)[0] in first_names()]
        found = known or list(bearers.values())
        only = replace(found[0], full=found[0].words, key=found[0].words.casefold()) if len(found) == 1 else None
        scene.bearers[asked] = only
    return scene.bearers[asked]


def _first_named(scene: Scene, name: Name) -> Name | None:
    """Return the only person of the article whose first name a lone name is."""
    asked = (name.words, "")
    if asked not in scene.bearers:
        lead = f"{name.words} "
        known = name.words in first_names()
        found = {
            other.key: other
            for other in scene.names
            if known and other.full.startswith(lead) and scene.is_personal(other)
        }
        scene.bearers[asked] = next(iter(found.values())) if len(found) == 1 else None
    return scene.bearers[asked]


def _is_introduced(scene: Scene, name: Name) -> bool:
    """Tell whether a surname follows the full name, as news has it: one that comes much earlier is of somebody else.

    "Trump said ... The president's daughter, Jane Trump": headlines and ledes apart, who goes by the surname alone is
    known to all.
    """
    if not scene.firsts:
        scene.firsts[""] = 0
        for other in scene.names:
            if " " in other.words:
                scene.firsts.setdefault(other.key, other.span.start)
    return scene.firsts.get(name.key, 0) <= max(name.span.start, scene.doc.title_end + _LEDE)


def is_shouted(name: Name) -> bool:
    """Tell whether a name stands in capitals, as in the headline of another story set between two paragraphs."""
    return len(name.words) > _ACRONYM and name.words.isupper()


def is_mistitled(scene: Scene, mention: Name, name: Name) -> bool:
    """Tell whether a title of the other sex stands before a surname: "Mr. Doe" is not Jane Doe."""
    if " " in mention.words or " " not in name.full:
        return False
    at = mention.span.start
    title = scene.left(at, reach_back(at, _HONORIFIC))[2].lower()
    told, known = title_genders().get(title), first_names().get(name.full.split(" ", 1)[0])
    return told is not None and known is not None and told != known
