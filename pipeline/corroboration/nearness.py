"""The probability of ``same_topic`` for some claims against all of their kind at once, within rounding.

A story of hundreds of articles has millions of pairs of dates or sums. Posting lists add up what each
shares with the others; only the pairs that come near the threshold are then asked exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.corroboration.coincidence import agreement_weight
from pipeline.corroboration.postings import Numbers, Postings
from pipeline.corroboration.topic import is_prominent, slot_name, weight
from pipeline.corroboration.values import ValueKey, value_key
from pipeline.models import Claim
from pipeline.settings import CorroborationSettings, TopicForm


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of each claim in one respect, with their weights."""

    postings: Postings
    totals: Numbers

    @classmethod
    def of(cls, words: Sequence[tuple[str, ...]]) -> _Words:
        postings = Postings.of(words, weight)
        return cls(postings, postings.totals())

    def overlaps(self, first: int, last: int) -> Numbers:
        """Return ``topic.overlap`` of the rows ``first:last`` with each row, as a table."""
        shared = self.postings.shared(first, last)
        lengths = np.sqrt(np.multiply.outer(self.totals[first:last], self.totals))
        return np.divide(shared, lengths, out=np.zeros_like(shared), where=lengths > 0)


@dataclass(frozen=True, slots=True)
class Nearness:
    """All claims of one kind in a story, ready to be held against some of them."""

    terms: _Words
    anchors: _Words
    near: _Words
    slots: NDArray[np.int64]  # a number for each slot; 0 where the grammar names none
    prominent: NDArray[np.bool_]
    main: NDArray[np.bool_]
    figures: NDArray[np.int64]  # a number for each figure; 0 where there is none
    agreed: Numbers  # log odds that an equal figure adds
    form: TopicForm

    @classmethod
    def of(cls, claims: Sequence[Claim], main: frozenset[tuple[str, str]], settings: CorroborationSettings) -> Nearness:
        """Lay out the claims of one kind; ``main`` names those that tell the story's main event."""
        numbers: dict[str, int] = {"": 0}
        names = [slot_name(claim) or "" for claim in claims]
        agreed = [agreement_weight(claim, settings) for claim in claims]
        values: dict[ValueKey | None, int] = {None: 0}
        figures = [value_key(claim) if claim.quantity else None for claim in claims]
        return cls(
            terms=_Words.of([claim.terms for claim in claims]),
            anchors=_Words.of([claim.anchors for claim in claims]),
            near=_Words.of([claim.near for claim in claims]),
            slots=np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64),
            prominent=np.array([is_prominent(claim) for claim in claims], dtype=np.bool_),
            main=np.array([(claim.article, claim.id) in main for claim in claims], dtype=np.bool_),
            figures=np.array([values.setdefault(figure, len(values)) for figure in figures], dtype=np.int64),
            agreed=np.array(agreed, dtype=np.float64),
            form=getattr(settings.topic, claims[0].kind),
        )

    def probabilities(self, first: int, last: int) -> Numbers:
        """Return the probability of one topic of the claims ``first:last`` with each claim, as a table.

        With what equal figures add: the most that any use of the pair asks for.
        """
        form = self.form
        near = self.near.overlaps(first, last)
        score = form.bias + form.terms * self.terms.overlaps(first, last)
        score += form.anchors * self.anchors.overlaps(first, last)
        score += form.slot * self._same_slot(first, last, near) + form.near * near
        score += form.main * np.logical_and.outer(self.main[first:last], self.main)
        score += form.prominence * np.logical_and.outer(self.prominent[first:last], self.prominent)
        score += self._agreement(first, last)
        return np.asarray(1.0 / (1.0 + np.exp(-score)), dtype=np.float64)

    def _same_slot(self, first: int, last: int, near: Numbers) -> Numbers:
        same = np.equal.outer(self.slots[first:last], self.slots)
        unnamed = np.logical_and.outer(self.slots[first:last] == 0, self.slots == 0)
        return np.where(unnamed, near, same)

    def _agreement(self, first: int, last: int) -> Numbers:
        equal = np.equal.outer(self.figures[first:last], self.figures) & (self.figures > 0)
        return np.where(equal, np.minimum.outer(self.agreed[first:last], self.agreed), 0.0)
