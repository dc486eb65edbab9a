"""Which pairs of claims are worth comparing: an inverted index over the claims of one story.

A shared key proposes a pair, and what stands around both rules it out where it can't be one matter;
whether two claims speak of the same thing, and agree, is asked afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.corroboration.alignment import tokens
from pipeline.corroboration.nearness import Nearness
from pipeline.models import Claim, ClaimKind
from pipeline.rarity import rarity
from pipeline.settings import CorroborationSettings
from pipeline.text import stem

_GRAM = 3  # words; two quotes with three words in a row in common may be one quote
_RARE = 7.0  # bits; words that one article in 128 has
_MOST_KEYS = 40  # keys a claim; bounds the work on a quote of a whole speech
_ROUNDING = 1e-6  # of a probability, far more than sums in another order differ by


@dataclass(frozen=True, slots=True)
class _Kind:
    """The claims of one kind, in the order of article and claim."""

    claims: Sequence[Claim]
    rows: dict[tuple[str, ...], NDArray[np.int64]]  # of the claims under each key
    place: dict[tuple[str, str], int]  # of each (article, claim)
    nearness: Nearness | None  # None for quotes: shared words alone can make them one matter


@dataclass(frozen=True, slots=True)
class Candidates:
    """The claims of a story by what they could be found by."""

    kinds: dict[ClaimKind, _Kind]
    least: float  # probability of one topic below which a pair is nothing

    @classmethod
    def of(
        cls, claims: Iterable[Claim], main: frozenset[tuple[str, str]], settings: CorroborationSettings
    ) -> Candidates:
        """Index claims in the order given; ``main`` names those that tell the story's main event."""
        by_kind: dict[ClaimKind, list[Claim]] = defaultdict(list)
        for claim in claims:
            by_kind[claim.kind].append(claim)
        kinds = {
            kind: _Kind(
                claims=some,
                rows=_rows(some),
                place={(claim.article, claim.id): row for row, claim in enumerate(some)},
                nearness=None if kind == "quote" else Nearness.of(some, main, settings.topic),
            )
            for kind, some in by_kind.items()
        }
        return cls(kinds, settings.same_topic - _ROUNDING)

    def of_claim(self, claim: Claim) -> list[Claim]:
        """Return the claims of other articles that share a key and may be of one topic, in the order of the index."""
        kind = self.kinds[claim.kind]
        found = np.zeros(len(kind.claims), dtype=np.bool_)
        for key in _keys(claim):
            found[kind.rows[key]] = True
        if kind.nearness is not None:
            row = kind.place[claim.article, claim.id]
            found &= kind.nearness.probabilities(claim, row) >= self.least
        others = (kind.claims[row] for row in np.flatnonzero(found).tolist())
        return [other for other in others if other.article != claim.article]


def _rows(claims: Sequence[Claim]) -> dict[tuple[str, ...], NDArray[np.int64]]:
    rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, claim in enumerate(claims):
        for key in _keys(claim):
            rows[key].append(row)
    return {key: np.array(found) for key, found in rows.items()}


def _keys(claim: Claim) -> list[tuple[str, ...]]:
    return sorted(set(_all_keys(claim)))[:_MOST_KEYS]


def _all_keys(claim: Claim) -> Iterator[tuple[str, ...]]:
    if claim.quantity is not None:
        yield from _quantity_keys(claim)
    elif claim.place is not None:
        yield ("place", claim.place.name.casefold())
        yield from (("place", name.casefold()) for name in claim.place.within)
        if claim.place.event:
            yield ("happening", claim.place.event)
    elif claim.person_role is not None:
        yield ("person", claim.person_role.person.casefold().split()[-1])
        if claim.person_role.role and claim.person_role.organisation:
            yield ("office", claim.person_role.organisation.casefold())
    elif claim.quote is not None:
        yield from _quote_keys(claim)
    elif claim.attribution is not None:
        yield ("source", claim.attribution.source.casefold().split()[-1])
    else:
        yield ("date",)


def _quantity_keys(claim: Claim) -> Iterator[tuple[str, ...]]:
    assert claim.quantity is not None
    unit = claim.quantity.unit
    if unit != "1":
        yield ("unit", unit)
    for word in (claim.quantity.counted or "").split():
        term = stem(word)
        if term:
            yield ("counted", unit, term)


def _quote_keys(claim: Claim) -> Iterator[tuple[str, ...]]:
    assert claim.quote is not None
    words = tokens(claim.quote.words)
    for start in range(len(words) - _GRAM + 1):
        gram = words[start : start + _GRAM]
        if any(len(word) > 4 for word in gram):
            yield ("words", *gram)
    for term in claim.terms:
        if rarity(term) >= _RARE:
            yield ("term", term)
