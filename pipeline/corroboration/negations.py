"""Negations among the words of a sentence, and whether one of two stretches denies what the other says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from pipeline.resources import lexicon

Words = tuple[str, ...]

_ENDING = "n't"
_LOST = {"wo": "will", "ca": "can", "sha": "shall"}  # verbs that lose letters before "n't"
_SHORT = {
    "'s": "is",
    "'re": "are",
    "'m": "am",
    "'ll": "will",
    "'ve": "have",
}  # "it's not", where others write "it isn't"
_IN_TWO = frozenset({("rather", "than"), ("instead", "of")})
_CARRIERS = frozenset({"do", "does", "did"})  # that a negation brings along: "I do not know", "I know"


def is_negation(word: str) -> bool:
    """Tell whether a word in lower case is a negation."""
    return word.removesuffix("'s") in _affirmed() or word.endswith(_ENDING)


def negates(stretch: Iterable[str]) -> bool:
    """Tell whether any of some words in lower case is a negation."""
    return any(map(is_negation, stretch))


def rules_out(stretch: Words) -> bool:
    """Tell whether words of a quote in lower case rule something out: a negation, or two words that do ("rather than")."""
    return negates(stretch) or not _IN_TWO.isdisjoint(pairwise(stretch))


def denies(ours: Words, theirs: Words) -> bool:
    """Tell whether one of two stretches in lower case denies what the other says, and they differ in nothing else.

    Another word in the place of a negation, or a phrase that one side leaves out ("without permission"), turns nothing round.
    """
    if rules_out(ours) == rules_out(theirs):
        return False
    denying, plain = (ours, theirs) if rules_out(ours) else (theirs, ours)
    denying, plain = tuple(_in_full(denying)), tuple(_in_full(plain))
    instead = [_affirmed()[word] for word in denying if word in _affirmed()]
    if any("" not in some and some.isdisjoint(plain) for some in instead):
        return False
    affirmed = frozenset().union(*instead)
    return _rest(denying, frozenset(_affirmed())) == _rest(plain, affirmed)


def _in_full(stretch: Words) -> Iterator[str]:
    """Yield words with their contractions written out: "won't" as "will not", "it's" as "it is"."""
    for word in stretch:
        ending = next((end for end in (_ENDING, *_SHORT) if word.endswith(end)), "")
        stem = word.removesuffix(ending)
        yield _LOST.get(stem, stem) if ending == _ENDING else stem
        if ending:
            yield _SHORT.get(ending, "not")


def _rest(stretch: Words, without: frozenset[str]) -> Words:
    return tuple(word for word in stretch if word not in without and word not in _CARRIERS)


@cache
def _affirmed() -> dict[str, frozenset[str]]:
    return {row["word"]: frozenset(row["affirmed"].split("|")) for row in lexicon("negations")}
