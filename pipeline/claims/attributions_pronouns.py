"""Which of the sayings of a "he", "she" or "they" surely belong to the one who was found for them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.claims.attributions_half import is_half
from pipeline.claims.speakers import Saying
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_who import Speaker
from pipeline.claims.speakers_words import PREPOSITIONS, Gender, is_person, pronouns, speaks

_REACH = 700  # code points back in which the one a pronoun means has spoken or acted
_BODY_REACH = 400  # likewise for "they" and "it"
_NAMES_BACK = 30
_SEVERAL = frozenset(("police", "people", "and"))
_OF = re.compile(r" (?:of|for|at|with|in|to|from) ")


def unsure_pronouns(scene: Scene, sayings: Iterable[Saying]) -> frozenset[int]:
    """Return where the verbs begin whose subject is a pronoun that may mean somebody else.

    A pronoun is sure where who it means has just spoken, opens the sentence before, or is the only one in sight.
    """
    unsure: set[int] = set()
    last: Saying | None = None
    for saying in sayings:
        if saying.speaker is None:
            continue
        pronoun = saying.subject.pronoun if saying.subject else None
        if pronoun is not None and not _is_sure(scene, saying, pronouns()[pronoun], last):
            unsure.add(saying.verb.start)
        elif saying.outlet is None:
            last = saying
    return frozenset(unsure)


def _is_sure(scene: Scene, saying: Saying, gender: Gender, last: Saying | None) -> bool:
    assert saying.subject is not None
    assert saying.speaker is not None
    at, speaker = saying.subject.span.start, saying.speaker
    reach = _BODY_REACH if gender == "n" else _REACH
    goes_on = (
        last is not None
        and last.speaker is not None
        and last.speaker.label == speaker.label
        and last.verb.start >= at - reach
    )
    if gender == "n":
        return goes_on and _agrees(saying, speaker) and not (last is not None and is_half(scene, last))
    if speaker.name is None or scene.gender(speaker.name) is None:
        return goes_on
    others, mentioned = _others(scene, speaker.name.key, gender, max(0, at - _REACH), at)
    own = scene.doc.sentence_at(at).start
    if any(start >= own for start in others):
        return False
    if goes_on:
        return True
    return bool(mentioned) and (not others or _opens_last(scene, mentioned, own))


def _agrees(saying: Saying, speaker: Speaker) -> bool:
    """Tell whether "they" stands for several who speak, "it" for one body."""
    *others, head = _OF.split(speaker.label.lower(), maxsplit=1)[0].split()
    several = any(word.endswith(("s", "men")) or word in _SEVERAL for word in (*others, head))
    if saying.subject is not None and saying.subject.pronoun == "it":
        return speaker.name is not None or (not several and speaks(head))
    body = speaker.name.kind != "place" if speaker.name is not None else speaks(head) and not is_person(head)
    return several or body


def _others(scene: Scene, key: str, gender: Gender, low: int, high: int) -> tuple[list[int], list[int]]:
    """Return where other people are named whom the pronoun fits, and where the one it is taken for."""
    people = [name for name in scene.names_in(low, high)[-_NAMES_BACK:] if scene.is_personal(name) or name.key == key]
    mentioned = [name.span.start for name in people if name.key == key]
    fitting = [name for name in people if name.key != key and scene.gender(name) in (None, gender)]
    return [name.span.start for name in fitting], mentioned


def _opens_last(scene: Scene, mentioned: list[int], own: int) -> bool:
    """Tell whether one of some mentions opens the last sentence before ``own``, or the same one."""
    name = scene.name_at(mentioned[-1])
    sentence = scene.doc.sentence_at(mentioned[-1])
    if name is None or scene.is_possessive(name) or scene.narrative[sentence.end : own].strip():
        return False
    word, start = scene.governor(name, sentence.start)
    return word not in PREPOSITIONS and (not word or start <= sentence.start or word[-1] in ',"')
