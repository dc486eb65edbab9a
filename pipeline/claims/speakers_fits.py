"""Which speakers a pronoun can mean: "he" a man, "they" several people or a body, "it" a body or a text."""

from __future__ import annotations

import re

from pipeline.claims.names import Name
from pipeline.claims.speakers_scene import looks_personal
from pipeline.claims.speakers_words import Gender, described_genders, document_nouns, is_person

_OF = re.compile(r" (?:of|for|at|with|in|to|from|on|by|who|whose|that|close|familiar) ")
_ANYBODY = frozenset(
    ("everyone", "everybody", "anyone", "anybody", "nobody", "somebody", "someone", "person", "people")
)
_MANY = frozenset(("many", "some", "others", "several", "few", "most", "people", "police", "men", "women", "children"))


def head_of(label: str) -> str:
    """Return the head of a description, lower case: "spokesman" of "second spokesman for the city"."""
    return _OF.split(label, maxsplit=1)[0].rsplit(" ", 1)[-1].lower().rstrip(",")


def is_one(label: str) -> bool:
    """Tell whether a description is of one person, and not of just anybody."""
    head = head_of(label)
    return not label.startswith("whose ") and head not in _ANYBODY and is_person(head)


def is_single(label: str, gender: Gender) -> bool:
    """Tell whether a description is of one person whom "he" (gender m) or "she" can mean."""
    return is_one(label) and described_genders().get(head_of(label), gender) == gender


def is_body(label: str, name: Name | None) -> bool:
    """Tell whether a speaker is no single person: a lone surname is one."""
    if name is None:
        return not is_person(head_of(label))
    if name.kind is not None:
        return name.kind != "person"
    return name.full.isupper() or (" " in name.full and not looks_personal(name))


def may_be(pronoun: str, label: str, name: Name | None) -> bool:
    """Tell whether "they" or "it" can mean a speaker that is no single person."""
    if name is not None or not is_body(label, name):
        return is_body(label, name)
    head = head_of(label)
    several = " and " in label or head in _MANY or (head.endswith("s") and not head.endswith("ss"))
    return not several if pronoun == "it" else several or head not in document_nouns()
