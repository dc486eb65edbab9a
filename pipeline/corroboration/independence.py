"""How many independent origins a set of origins is worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from pipeline.models import Overlap


@dataclass(frozen=True, slots=True)
class Independence:
    """The effective number of independent origins, N(X) = 1ᵀ Z⁻¹ 1.

    Z holds the Jaccard similarity of one representative text an origin. This is the magnitude of
    a similarity matrix (Leinster and Cobbold 2012, "Measuring diversity: the importance of species
    similarity"): n unrelated origins count n, a copy adds nothing, and one more unrelated origin
    never lowers it.
    """

    overlaps: dict[tuple[str, str], float]
    _known: dict[frozenset[str], float] = field(default_factory=dict)

    @classmethod
    def of(cls, overlaps: Iterable[Overlap]) -> Independence:
        """Build from the overlapping pairs of a story; pairs that are not named share nothing."""
        pairs: dict[tuple[str, str], float] = {}
        for pair in overlaps:
            pairs[pair.first, pair.second] = pairs[pair.second, pair.first] = pair.jaccard
        return cls(pairs)

    def effective(self, origins: frozenset[str]) -> float:
        """Return N(X): 0 for no origin, at least 1 and at most ``len(origins)`` otherwise."""
        if len(origins) < 2 or not self.overlaps:
            return float(len(origins))
        if origins not in self._known:
            self._known[origins] = self._magnitude(sorted(origins))
        return self._known[origins]

    def _magnitude(self, origins: list[str]) -> float:
        similarity = np.eye(len(origins))
        for row, first in enumerate(origins):
            for column in range(row):
                shared = self.overlaps.get((first, origins[column]), 0.0)
                similarity[row, column] = similarity[column, row] = shared
        ones = np.ones(len(origins))
        # A text contained in another makes Z nearly singular; the least-squares solution is its limit.
        weights = np.linalg.lstsq(similarity, ones, rcond=1e-9)[0]
        return round(min(float(len(origins)), max(1.0, float(weights.sum()))), 9)
