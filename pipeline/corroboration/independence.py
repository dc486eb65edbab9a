"""How many independent origins a set of origins is worth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from pipeline.models import Overlap

_DIGITS = 2  # of a similarity: another form of a value ("3%" for "3 percent") moves the next one


@dataclass(frozen=True, slots=True)
class Independence:
    """The effective number of independent origins, N(X) = 1ᵀ Z⁻¹ 1.

    Z holds the Jaccard similarity of one representative text an origin. This is the magnitude of
    a similarity matrix (Leinster and Cobbold 2012, "Measuring diversity: the importance of species
    similarity"): n unrelated origins count n, a copy adds nothing, and one more unrelated origin
    never lowers it.
    """

    overlaps: dict[tuple[str, str], float]
    beside: dict[str, frozenset[str]]  # origin to the origins that it shares text with
    _known: dict[frozenset[str], float] = field(default_factory=dict)  # of groups that share text
    _sums: dict[frozenset[str], float] = field(default_factory=dict)  # many claims of a story have the same origins

    @classmethod
    def of(cls, overlaps: Iterable[Overlap]) -> Independence:
        """Build from the overlapping pairs of a story; pairs that are not named share nothing."""
        pairs: dict[tuple[str, str], float] = {}
        beside: dict[str, frozenset[str]] = {}
        for pair in overlaps:
            pairs[pair.first, pair.second] = pairs[pair.second, pair.first] = round(pair.jaccard, _DIGITS)
            beside[pair.first] = beside.get(pair.first, frozenset()) | {pair.second}
            beside[pair.second] = beside.get(pair.second, frozenset()) | {pair.first}
        return cls(pairs, beside)

    def effective(self, origins: frozenset[str]) -> float:
        """Return N(X): 0 for no origin, at least 1 and at most ``len(origins)`` otherwise.

        Z falls into blocks, one for each group of origins that share text, and N is their sum.
        """
        if not self.overlaps:
            return float(len(origins))
        if origins not in self._sums:
            self._sums[origins] = round(sum(self._of_group(group) for group in self._groups(origins)), 9)
        return self._sums[origins]

    def _groups(self, origins: frozenset[str]) -> Iterator[frozenset[str]]:
        left = set(origins)
        for origin in sorted(origins):
            if origin not in left:
                continue
            group, edge = {origin}, {origin}
            while edge:
                edge = {other for one in edge for other in self.beside.get(one, ()) if other in left} - group
                group |= edge
            left -= group
            yield frozenset(group)

    def _of_group(self, group: frozenset[str]) -> float:
        if len(group) == 1:
            return 1.0
        if group not in self._known:
            self._known[group] = self._magnitude(sorted(group))
        return self._known[group]

    def _magnitude(self, origins: list[str]) -> float:
        similarity = np.eye(len(origins))
        for row, first in enumerate(origins):
            for column in range(row):
                shared = self.overlaps.get((first, origins[column]), 0.0)
                similarity[row, column] = similarity[column, row] = shared
        ones = np.ones(len(origins))
        # A text contained in another makes Z nearly singular; the least-squares solution is its limit.
        weights = np.linalg.lstsq(similarity, ones, rcond=1e-9)[0]
        return min(float(len(origins)), max(1.0, float(weights.sum())))
