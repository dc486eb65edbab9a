"""The probability of ``same_topic`` for one claim against all of its kind at once, within rounding.

A story of hundreds of articles has millions of pairs of dates or sums. Posting lists add up what each
shares with one claim; only the pairs that come near the threshold are then asked exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.corroboration.topic import is_prominent, slot_name, total_weight, weight
from pipeline.models import Claim
from pipeline.settings import TopicSettings

Numbers = NDArray[np.float64]
Words = Callable[[Claim], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Postings:
    """Who has which word, and the total weight of each one's words."""

    rows: dict[str, NDArray[np.int64]]
    totals: Numbers

    @classmethod
    def of(cls, claims: Sequence[Claim], words: Words) -> _Postings:
        rows: dict[str, list[int]] = defaultdict(list)
        for row, claim in enumerate(claims):
            for word in dict.fromkeys(words(claim)):
                rows[word].append(row)
        totals = np.array([total_weight(words(claim)) for claim in claims], dtype=np.float64)
        return cls({word: np.array(found) for word, found in rows.items()}, totals)

    def overlaps(self, words: tuple[str, ...]) -> Numbers:
        """Return ``topic.overlap`` of some words with each row's."""
        shared = np.zeros(len(self.totals))
        for word in sorted(set(words)):
            if word in self.rows:
                shared[self.rows[word]] += weight(word)
        lengths = np.sqrt(self.totals * total_weight(words))
        return np.divide(shared, lengths, out=np.zeros(len(shared)), where=lengths > 0)


@dataclass(frozen=True, slots=True)
class Nearness:
    """All claims of one kind in a story, ready to be held against one of them."""

    terms: _Postings
    anchors: _Postings
    near: _Postings
    slots: NDArray[np.str_]  # "" where the grammar names none
    prominent: NDArray[np.bool_]
    main: NDArray[np.bool_]
    settings: TopicSettings

    @classmethod
    def of(cls, claims: Sequence[Claim], main: frozenset[tuple[str, str]], settings: TopicSettings) -> Nearness:
        """Lay out the claims of one kind; ``main`` names those that tell the story's main event."""
        return cls(
            terms=_Postings.of(claims, lambda claim: claim.terms),
            anchors=_Postings.of(claims, lambda claim: claim.anchors),
            near=_Postings.of(claims, lambda claim: claim.near),
            slots=np.array([slot_name(claim) or "" for claim in claims], dtype=np.str_),
            prominent=np.array([is_prominent(claim) for claim in claims], dtype=np.bool_),
            main=np.array([(claim.article, claim.id) in main for claim in claims], dtype=np.bool_),
            settings=settings,
        )

    def probabilities(self, claim: Claim, row: int) -> Numbers:
        """Return the probability of one topic with each claim; ``row`` is where this one stands itself."""
        settings = self.settings
        score = settings.bias + settings.terms * self.terms.overlaps(claim.terms)
        score += settings.anchors * self.anchors.overlaps(claim.anchors)
        score += settings.slot * self._same_slot(claim, row)
        score += settings.main * (self.main & self.main[row])
        score += settings.prominence * (self.prominent & self.prominent[row])
        return np.asarray(1.0 / (1.0 + np.exp(-score)), dtype=np.float64)

    def _same_slot(self, claim: Claim, row: int) -> Numbers:
        if self.slots[row]:
            return np.where(self.slots == self.slots[row], 1.0, 0.0)
        return np.where(self.slots == "", self.near.overlaps(claim.near), 0.0)
