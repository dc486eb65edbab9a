"""Which articles are worth comparing: those that share their heaviest terms, in the same days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.settings import StorySettings
from pipeline.stories.union import Sets
from pipeline.stories.vectors import Vectors

_COMMON = 2  # heavy terms that two articles must share to be compared
_TIGHTER = 1.2  # factor by which the cosine is raised to cut a tangle

Edges = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class _Postings:
    """Articles by heavy term, then by day; undated ones stand at each term's end."""

    rows: NDArray[np.int64]
    days: NDArray[np.float64]  # +inf where unknown
    ends: NDArray[np.int64]  # by entry: where its term's list ends
    undated: NDArray[np.int64]  # by entry: where its term's undated articles begin
    places: NDArray[np.int64]  # entries, by row
    starts: NDArray[np.int64]  # of each row in ``places``


def components(vectors: Vectors, days: NDArray[np.float64], settings: StorySettings) -> list[list[int]]:
    """Return the rows in groups of at most ``component``; no pair of close articles lies across, unless a group was cut.

    ``days`` are publication days, NaN where unknown, and ascend. Time is near-linear in rows: each is compared with at
    most ``rare_terms * neighbours * 2`` others.
    """
    if not len(vectors):
        return []
    return _cut(list(range(len(vectors))), _edges(vectors, days, settings), settings.linked, settings.component)


def _cut(rows: list[int], edges: Edges, least: float, cap: int) -> list[list[int]]:
    """Split rows along edges; a part above the cap is split again along its closer edges."""
    done: list[list[int]] = []
    pending = [(rows, edges, least)]
    while pending:
        members, (left, right, cosine), threshold = pending.pop()
        close = cosine >= threshold
        kept = (left[close], right[close], cosine[close])
        sets = Sets(members)
        for one, other in zip(kept[0].tolist(), kept[1].tolist(), strict=True):
            sets.join(one, other)
        for part in sets.groups():
            if len(part) <= cap or threshold > 1:
                # No cosine is above 1: what still hangs together is cut by day, so that memory stays bounded.
                done += [part[first : first + cap] for first in range(0, len(part), cap)]
            else:
                inside = np.isin(kept[0], part)
                pending.append((part, (kept[0][inside], kept[1][inside], kept[2][inside]), threshold * _TIGHTER))
    return sorted(done)


def _edges(vectors: Vectors, days: NDArray[np.float64], settings: StorySettings) -> Edges:
    postings = _index(vectors, days, settings.rare_terms)
    dense = np.zeros(vectors.columns)
    found: list[Edges] = []
    for row in range(len(vectors)):
        others = _candidates(postings, row, settings)
        if len(others):
            own = vectors.row(row)
            dense[vectors.terms[own]] = vectors.weights[own]
            cosine = _cosines(vectors, dense, others)
            dense[vectors.terms[own]] = 0.0
            close = cosine >= settings.linked
            found.append((np.full(int(close.sum()), row), others[close], cosine[close]))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    lefts, rights, cosines = zip(*found, strict=True)
    return np.concatenate(lefts), np.concatenate(rights), np.concatenate(cosines)


def _index(vectors: Vectors, days: NDArray[np.float64], heavy: int) -> _Postings:
    sizes = np.minimum(np.diff(vectors.starts), heavy)
    rows = np.repeat(np.arange(len(vectors)), sizes)
    offsets = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    terms = vectors.terms[vectors.starts[rows] + offsets]
    known = np.where(np.isnan(days), np.inf, days)[rows]
    order = np.lexsort((rows, known, terms))
    terms, rows, known = terms[order], rows[order], known[order]
    ends = np.searchsorted(terms, terms, side="right")
    dated = np.bincount(terms, weights=np.isfinite(known), minlength=vectors.columns).astype(np.int64)
    undated = np.searchsorted(terms, terms, side="left") + dated[terms]
    places = np.argsort(rows, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return _Postings(rows, known, ends, undated, places, starts)


def _candidates(postings: _Postings, row: int, settings: StorySettings) -> NDArray[np.int64]:
    parts = [
        postings.rows[low:high]
        for place in postings.places[postings.starts[row] : postings.starts[row + 1]].tolist()
        for low, high in _ranges(postings, place, settings)
    ]
    if not parts:
        return np.zeros(0, np.int64)
    others, shared = np.unique(np.concatenate(parts), return_counts=True)
    return others[shared >= _COMMON]


def _ranges(postings: _Postings, place: int, settings: StorySettings) -> Iterator[tuple[int, int]]:
    """Return the entries after one in its term's list: the next dated ones in the window, the undated ones."""
    end, undated = int(postings.ends[place]), int(postings.undated[place])
    if place < undated:
        last = min(undated, place + 1 + settings.neighbours)
        limit = postings.days[place] + settings.window_days
        yield place + 1, place + 1 + int(np.searchsorted(postings.days[place + 1 : last], limit, side="right"))
    first = max(place + 1, undated)
    yield first, min(end, first + settings.neighbours)


def _cosines(vectors: Vectors, dense: NDArray[np.float64], others: NDArray[np.int64]) -> NDArray[np.float64]:
    slices = [vectors.row(other) for other in others.tolist()]
    terms = np.concatenate([vectors.terms[part] for part in slices])
    weights = np.concatenate([vectors.weights[part] for part in slices])
    sizes = np.array([part.stop - part.start for part in slices])
    sums: NDArray[np.float64] = np.add.reduceat(dense[terms] * weights, np.cumsum(sizes) - sizes)
    return np.round(sums, 6)
