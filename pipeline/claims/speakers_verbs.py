"""Where verbs of saying stand."""

from __future__ import annotations

from pipeline.claims.openers import openers
from pipeline.claims.scan import lower
from pipeline.claims.speakers_words import Verb, verbs

_BEFORE = frozenset(' \n(["/,.;:!?)…')  # pages run sentences together: "premature.According to"
_MOST = 600  # an article; bounds the work on a hostile text


def verbs_of_saying(plain: str, narrative: str) -> list[tuple[int, Verb]]:
    """Return the verbs of a text that stand in its narrative too; what follows an apostrophe or hyphen is none."""
    known = verbs()
    found: list[tuple[int, Verb]] = []
    for at, word in openers(lower(plain))["report"]:
        end = at + len(word)
        forms = known.get(narrative[at:end])
        if forms is None or (at and narrative[at - 1] not in _BEFORE) or narrative[end : end + 1].isalnum():
            continue
        for verb in forms:
            if narrative.startswith(verb.rest, end):
                found.append((at, verb))
                break
    return found[:_MOST]
