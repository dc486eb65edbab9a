"""Where verbs of saying stand: one scan for the first words of all of them."""

from __future__ import annotations

import re
from functools import cache

from pipeline.claims.scan import any_of, spaced
from pipeline.claims.speakers_words import Verb, verbs

_STOPS = ".;:!?)…"
_MOST = 600  # an article; bounds the work on a hostile text


@cache
def _first_words() -> re.Pattern[str]:
    """Return the pattern of the first words of the verbs, each after a space."""
    return re.compile(rf" {any_of(verbs())}(?![^\W_])")


def verbs_of_saying(text: str) -> list[tuple[int, Verb]]:
    """Return the verbs of a text; what follows an apostrophe or hyphen is none."""
    known = verbs()
    found: list[tuple[int, Verb]] = []
    bare = spaced(text)
    for mark in _STOPS:  # pages run sentences together: "premature.According to"
        bare = bare.replace(mark, " ")
    for match in _first_words().finditer(bare):
        at, end = match.start(), match.end() - 1
        if at and text[at - 1] in "-'":
            continue
        for verb in known[text[at:end]]:
            if text.startswith(verb.rest, end):
                found.append((at, verb))
                break
    return found[:_MOST]
