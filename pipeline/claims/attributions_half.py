"""Whether a subject is only the last of several that speak together."""

from __future__ import annotations

import re

from pipeline.claims.attributions_clause import FINITE
from pipeline.claims.speakers import Saying
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_words import DETERMINERS, is_person, verbs

_JOINTS = frozenset(("and", "or", "nor", "&"))
_WELL_AS = re.compile(r"\b(?:as well as|along with|together with) $")
_OTHER_CLAUSE = re.compile(
    r'[;:"]| (?:that|when|while|as|because|but|after|before|although|though|if|where|since) ', re.IGNORECASE
)
_SAYS = frozenset(("says", "said"))
_HAS_VERB = re.compile(rf"{FINITE.pattern}|\b(?:it|he|she|that|there)'s\b")
_SEVERAL_DO = re.compile(r" (?:\([^)]{1,12}\) )?(?:have|are|were) ")  # behind a person's name: the last of several
_TWO_REACH = 80  # code points
_TWO = re.compile(r"(?:[A-Z][\w.']{1,20}|\)) and (?:the|an?) (?:[\w-]+ ){0,4}$")  # "Le Monde and the broadcaster RTBF"


def is_half(scene: Scene, saying: Saying) -> bool:
    """Tell whether a subject is the second of two that speak together: "Doe, the mayor, and other officials said"."""
    subject = saying.subject
    if subject is None or subject.span.start > saying.verb.start:
        return False
    low = saying.sentence.start
    text, name = scene.narrative, subject.name
    if name is not None:
        word, start = scene.governor(name, low)
    else:
        start, _, word = scene.left(subject.span.start, low)
        word = word.lower()
    several = name is not None and scene.is_personal(name) and _SEVERAL_DO.match(text, name.span.end) is not None
    if word.isdigit():  # "Texas and 19 other states"
        start, _, word = scene.left(start, low)
        word = word.lower()
    if several or (word in _JOINTS and text.startswith("other ", subject.span.start)):
        return True
    gap = scene.narrative[subject.span.end : saying.verb.start]
    if " both " in gap and subject.name is not None:  # "Doe, the mayor, and Roe, the judge, both said"
        return True
    role = subject.name is not None and scene.narrative[start + len(word) : subject.name.span.start].strip()
    if word in _JOINTS and role and _is_role(scene, start, low):  # "economist and author Jane Doe"
        return False
    if subject.name is not None and (
        two := _TWO.search(scene.narrative, max(low, subject.span.start - _TWO_REACH), subject.span.start)
    ):
        return not _joins_clauses(scene, low, two.start())
    well_as = word == "as" and _WELL_AS.search(scene.narrative[max(low, start - 16) : start + 3]) is not None
    return start > low and (word in _JOINTS or well_as) and not _joins_clauses(scene, low, start)


def _is_role(scene: Scene, joint: int, low: int) -> bool:
    """Tell whether a role without an article stands before "and", as the first of two that one person has."""
    start, _, role = scene.left(joint, low)
    return role.islower() and is_person(role) and scene.left(start, low)[2].lower() not in DETERMINERS


def _joins_clauses(scene: Scene, low: int, start: int) -> bool:
    """Tell whether "and" joins two clauses, not two subjects: a verb stands before it."""
    clause = _OTHER_CLAUSE.split(scene.narrative[low:start])[-1].split()
    said = max((at for at, word in enumerate(clause) if word in _SAYS), default=-1)
    if said >= 0 and clause[said + 1 :] and "," not in "".join(clause[said:]):  # "she says Doe and Roe told her"
        return _HAS_VERB.search(" ".join(clause[said + 1 :])) is not None
    last = " ".join(clause).rpartition(", ")[2]
    clause = last.split() if last[:1].isupper() else clause  # "Though it rained, Oslo officials and fishermen said"
    return FINITE.search(" ".join(clause)) is not None or any(word in verbs() for word in clause)
