"""How much a claim says: bits of surprise of its value, on a scale of 0 to 1.

``spec = clip(-log2 p(value | kind) / 20, 0, 1)``. The probabilities come from plain models that
depend on no dump: digits are near uniform (3.3 bits each), names and words have the rarity that
the shipped background counts give them. So adding articles changes nobody's specificity.
"""

from __future__ import annotations

import math
from functools import lru_cache

from pipeline.models import Claim, DateValue, PersonRoleValue, PlaceValue
from pipeline.rarity import rarity
from pipeline.settings import DateBits, SpecificitySettings
from pipeline.text import fold, terms

_ONE_DIGIT = math.log2(10)


def specificity(claim: Claim, settings: SpecificitySettings) -> float:
    """Return how specific a claim's value is, 0..1."""
    share = bits(claim, settings) / settings.full_bits
    return share if 0.0 <= share <= 1.0 else float(share > 1.0)


def bits(claim: Claim, settings: SpecificitySettings) -> float:
    """Return the surprise of a claim's value in bits, 0 and more."""
    if claim.quantity is not None:
        return _interval_bits(claim.quantity.low, claim.quantity.high)
    if claim.date is not None:
        return _date_bits(claim.date, settings.date)
    if claim.place is not None:
        return _place_bits(claim.place)
    if claim.person_role is not None:
        return _person_bits(claim.person_role, settings)
    if claim.quote is not None:
        return settings.quote_word_bits * len(claim.terms)
    return settings.attribution_bits if claim.attribution else settings.statement_word_bits * len(claim.terms)


@lru_cache(maxsize=50_000)  # two, three, a hundred
def _interval_bits(low: float | None, high: float | None) -> float:
    """Return the bits of the digits that the interval pins down, and of its order of magnitude."""
    ends = [abs(end) for end in (low, high) if end is not None]
    size = max(ends, default=0.0)
    if low is None or high is None or size == 0.0:
        return _ONE_DIGIT if ends else 0.0
    step = 1.0 if size >= 1.0 else size / 100.0
    pinned = math.log2(max(1.0, size / max(high - low, step)))
    return pinned + math.log2(2.0 + math.log10(1.0 + size))


def _date_bits(value: DateValue, settings: DateBits) -> float:
    if value.earliest is None:
        return settings.weekday if value.weekday else settings.open
    return float(getattr(settings, value.granularity))


def _place_bits(value: PlaceValue) -> float:
    return _name_bits(value.venue or value.name)


def _person_bits(value: PersonRoleValue, settings: SpecificitySettings) -> float:
    return _name_bits(value.person) + (settings.role_bits if value.role else 0.0)


@lru_cache(maxsize=50_000)  # a story names the same people and places again and again
def _name_bits(name: str) -> float:
    return sum(rarity(term) for term in terms(fold(name))[:2])
