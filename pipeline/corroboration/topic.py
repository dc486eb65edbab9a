"""Same thing? The probability that two claims of one kind speak of one matter.

Asked before "same value?" and never mixed with it: what the claims say (their values, the words
of their spans) takes no part. A logistic form over a few overlaps; its coefficients are settings.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from pipeline.models import Claim
from pipeline.rarity import rarity
from pipeline.settings import TopicSettings

_MOST_BITS = 9.0  # one article in 512


def same_topic(first: Claim, second: Claim, settings: TopicSettings, *, main: bool = False) -> float:
    """Return the probability, 0..1, symmetric, that both claims speak of one matter.

    ``main``: both are what their articles tell of the story's main event.
    """
    if first.kind != second.kind:
        return 0.0
    score = settings.bias
    score += settings.terms * overlap(first.terms, second.terms)
    score += settings.anchors * overlap(first.anchors, second.anchors)
    score += settings.slot * _same_slot(first, second)
    score += settings.main * main
    score += settings.prominence * (first.position != "body" and second.position != "body")
    return 1.0 / (1.0 + math.exp(-score))


def overlap(first: Iterable[str], second: Iterable[str]) -> float:
    """Return the cosine of two sets of words, each weighted by its rarity in bits, 0..1."""
    one, two = set(first), set(second)
    shared = sum(_weight(word) for word in sorted(one & two))
    if not shared:
        return 0.0
    return shared / math.sqrt(sum(map(_weight, sorted(one))) * sum(map(_weight, sorted(two))))


def _weight(word: str) -> float:
    """Return a word's rarity; a word that no count knows must not decide alone."""
    return min(rarity(word), _MOST_BITS)


def _same_slot(first: Claim, second: Claim) -> float:
    """Return how far the grammar says that both fill one slot, 0..1: what is counted, what happened when."""
    if first.quantity and second.quantity and first.quantity.counted:
        return float(first.quantity.counted == second.quantity.counted)
    if first.place and second.place:
        return float(first.place.event is not None and first.place.event == second.place.event)
    if first.attribution and second.attribution:
        return float(first.attribution.source.casefold() == second.attribution.source.casefold())
    return overlap(first.near, second.near)
