"""Same thing? The probability that two claims of one kind speak of one matter.

Asked before "same value?" and never mixed with it: what the claims say (their values, the words
of their spans) takes no part. A logistic form over a few overlaps, one for each
kind of claim; its coefficients are settings, fitted by ``tests.benchmarks.fit_topic``.
"""

from __future__ import annotations

import math
from functools import lru_cache

from pipeline.models import Claim
from pipeline.rarity import rarity
from pipeline.settings import TopicForm, TopicSettings

_MOST_BITS = 9.0  # one article in 512
FEATURES = ("terms", "anchors", "slot", "near", "prominence", "main")  # names of the coefficients


def same_topic(first: Claim, second: Claim, settings: TopicSettings, *, main: bool = False) -> float:
    """Return the probability, 0..1, symmetric, that both claims speak of one matter.

    ``main``: both are what their articles tell of the story's main event.
    """
    if first.kind != second.kind:
        return 0.0
    form: TopicForm = getattr(settings, first.kind)
    terms, anchors, slot, near, prominence, told = features(first, second, main=main)
    score = form.bias + form.terms * terms + form.anchors * anchors + form.slot * slot
    return logistic(score + form.near * near + form.prominence * prominence + form.main * told)


def logistic(score: float) -> float:
    """Return the probability, 0..1, of some log odds."""
    return 1.0 / (1.0 + math.exp(-score))


def features(first: Claim, second: Claim, *, main: bool) -> tuple[float, ...]:
    """Return what the form weighs, each 0..1 and symmetric, in the order of ``FEATURES``."""
    near = overlap(first.near, second.near)
    return (
        overlap(first.terms, second.terms),
        overlap(first.anchors, second.anchors),
        _same_slot(first, second, near),
        near,
        float(is_prominent(first) and is_prominent(second)),
        float(main),
    )


def overlap(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """Return the cosine of two sets of words, each weighted by its rarity in bits, 0..1."""
    if not first or not second or not (shared := _words(first) & _words(second)):
        return 0.0
    return sum(map(weight, sorted(shared))) / math.sqrt(total_weight(first) * total_weight(second))


@lru_cache(maxsize=100_000)
def _words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


@lru_cache(maxsize=100_000)
def total_weight(words: tuple[str, ...]) -> float:
    """Return the sum of the weights of words, each once."""
    return sum(map(weight, sorted(set(words))))


@lru_cache(maxsize=200_000)
def weight(word: str) -> float:
    """Return a word's rarity; a word that no count knows must not decide alone."""
    return min(rarity(word), _MOST_BITS)


def is_prominent(claim: Claim) -> bool:
    """Tell whether a claim stands in the headline or the lede."""
    return claim.position != "body"


def slot_name(claim: Claim) -> str | None:
    """Return what the grammar says that a claim fills: the thing counted, what happened there, the source named."""
    if claim.quantity:
        return claim.quantity.counted
    if claim.place:
        return claim.place.event
    return claim.attribution.source.casefold() if claim.attribution else None


def _same_slot(first: Claim, second: Claim, near: float) -> float:
    """Return how far both fill one slot, 0..1; where the grammar names it on neither side, by the plain words next to both."""
    ours, theirs = slot_name(first), slot_name(second)
    return float(ours == theirs) if ours or theirs else near
