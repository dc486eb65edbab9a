"""Average linkage that also asks how close the members of each group are to one another.

One threshold can't tell two similar events from one event told loosely: articles on two earthquakes may lie
closer than articles on one trailer. So two groups are joined only when the mean cosine between them also
reaches a share of the mean cosine within them, and a higher share where each has a cast of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from pipeline.settings import StorySettings
from pipeline.stories.casts import Told, contrast

_NEVER = -1.0
_SCALE = 1e6  # cosines are rounded to millionths: sums of them are then the same in any order


@dataclass(slots=True)
class _Groups:
    """Growing groups of rows; a group lives at the index of its first row."""

    between: NDArray[np.float64]  # sum of cosines of the pairs between two groups
    within: NDArray[np.float64]  # sum of cosines of the pairs inside a group
    size: NDArray[np.float64]
    first: NDArray[np.float64]  # day of the first dated member, +inf without any
    last: NDArray[np.float64]  # day of the last dated member, -inf without any
    alive: NDArray[np.bool_]
    label: NDArray[np.int64]
    told: Told  # by group and name

    def means(self, group: int, window: float) -> NDArray[np.float64]:
        """Return the mean cosine to every other group, ``_NEVER`` where a join is out of the question."""
        span = np.maximum(self.last, self.last[group]) - np.minimum(self.first, self.first[group])
        mean: NDArray[np.float64] = self.between[group] / (self.size * self.size[group])
        mean[~self.alive | (span > window)] = _NEVER
        mean[group] = _NEVER
        return mean

    def cohesion(self, group: int, prior: float, steadiness: float) -> float:
        """Return the mean cosine inside a group, smoothed towards ``prior`` for small groups."""
        pairs = float(self.size[group] * (self.size[group] - 1) / 2)
        weight = pairs + steadiness
        return (float(self.within[group]) + steadiness * prior) / weight if weight else prior

    def contrast(self, one: int, other: int, settings: StorySettings) -> float:
        """Return how far two groups have casts of their own, 0..1."""
        sizes = int(self.size[one]), int(self.size[other])
        return contrast(self.told[one], self.told[other], sizes, settings)

    def join(self, kept: int, gone: int) -> None:
        """Put the members of one group into another."""
        self.within[kept] += self.within[gone] + self.between[kept, gone]
        self.between[kept] += self.between[gone]
        self.between[:, kept] = self.between[kept]
        self.size[kept] += self.size[gone]
        self.first[kept] = min(self.first[kept], self.first[gone])
        self.last[kept] = max(self.last[kept], self.last[gone])
        self.told[kept] += self.told[gone]
        self.alive[gone] = False
        self.label[self.label == gone] = kept


def link(
    cosine: NDArray[np.float64], days: NDArray[np.float64], told: Told, settings: StorySettings
) -> NDArray[np.int64]:
    """Return for each row the index of the first row of its group.

    ``cosine`` is symmetric, n x n; ``days`` are publication days, NaN where unknown; ``told`` says which names each
    row tells, n x names. Time is about n² steps.
    """
    groups = _start(np.rint(cosine * _SCALE), days, told)
    means = np.vstack([groups.means(group, settings.window_days) for group in range(len(days))])
    best = means.argmax(axis=1)
    while True:
        one = int(means[np.arange(len(best)), best].argmax())
        other = int(best[one])
        mean = float(means[one, other])
        if mean < settings.similarity * _SCALE or mean <= 0:
            return groups.label
        kept, gone = min(one, other), max(one, other)
        if _hold_together(groups, kept, gone, mean, settings):
            groups.join(kept, gone)
            _renew(means, kept, gone, groups.means(kept, settings.window_days), best)
        else:
            means[kept, gone] = means[gone, kept] = _NEVER
            best[[kept, gone]] = means[[kept, gone]].argmax(axis=1)


def _start(cosine: NDArray[np.float64], days: NDArray[np.float64], told: Told) -> _Groups:
    np.fill_diagonal(cosine, 0.0)
    count = len(days)
    return _Groups(
        between=cosine,
        within=np.zeros(count),
        size=np.ones(count),
        first=np.where(np.isnan(days), np.inf, days),
        last=np.where(np.isnan(days), -np.inf, days),
        alive=np.ones(count, dtype=np.bool_),
        label=np.arange(count),
        told=told.copy(),
    )


def _hold_together(groups: _Groups, kept: int, gone: int, mean: float, settings: StorySettings) -> bool:
    inside = [groups.cohesion(group, mean, settings.steadiness) for group in (kept, gone)]
    within = sqrt(inside[0] * inside[1])
    if mean < settings.cohesion * within:
        return False
    share = settings.cohesion + settings.cast_weight * groups.contrast(kept, gone, settings)
    return mean >= share * within


def _renew(
    means: NDArray[np.float64], kept: int, gone: int, fresh: NDArray[np.float64], best: NDArray[np.int64]
) -> None:
    means[kept] = means[:, kept] = fresh
    means[gone] = means[:, gone] = _NEVER
    # A row's best stays the best unless it was one of the two, or the joined group is now better.
    stale = (best == kept) | (best == gone)
    stale[[kept, gone]] = True
    best[stale] = means[stale].argmax(axis=1)
    current = means[np.arange(len(best)), best]
    better = (fresh > current) | ((fresh == current) & (kept < best))
    best[better] = kept
