"""Which articles are worth comparing: those that share their heaviest terms, in the same days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.settings import StorySettings
from pipeline.stories.union import Sets
from pipeline.stories.vectors import Row

_COMMON = 2  # heavy terms that two articles must share to be compared
_TIGHTER = 1.2  # factor by which the cosine is raised to cut a tangle
_RAISED = 0.01  # cosine that is asked at least once it is raised: none at all could be raised without end
_BLOCK = 4_096  # rows whose edges are gathered, and edges that are walked, at once
_ROW_BITS = np.uint64(32)  # of an entry, under its term
_ROWS = np.uint64(2**32 - 1)
_LOW = np.uint32(2**16 - 1)

Edges = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]
_NO_EDGES: Edges = np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0)


class Shelf(Protocol):
    """Vectors by number, ordered by day, undated ones last."""

    def __len__(self) -> int:
        """Return how many there are."""
        ...

    def row(self, number: int) -> Row:
        """Return one of them."""
        ...

    def columns(self, numbers: Iterable[int]) -> tuple[NDArray[np.uint32], NDArray[np.float32], NDArray[np.int64]]:
        """Return the columns and the weights of several, one after another, and how many each of them has."""
        ...


@dataclass(frozen=True, slots=True)
class _Postings:
    """Texts by heavy term, then by number, that is, by day."""

    entries: NDArray[np.uint64]  # term and number, ascending
    days: NDArray[np.float64]  # of the dated texts, by number


def components(shelf: Shelf, days: NDArray[np.float64], settings: StorySettings) -> list[list[int]]:
    """Return the rows in groups of at most ``component``; no pair of close articles lies across, unless a group was cut.

    ``days`` are publication days, NaN where unknown, and ascend. Time is near-linear in rows: each is looked for in at
    most ``rare_terms * neighbours * 2`` entries and compared with at most ``compared`` others. Memory is some hundred bytes a row.
    """
    if not len(shelf):
        return []
    return _cut(list(range(len(shelf))), _edges(shelf, days, settings), settings.linked, settings.component)


def _cut(rows: list[int], edges: Edges, least: float, cap: int) -> list[list[int]]:
    """Split rows along edges; a part above the cap is split again along its closer edges."""
    done: list[list[int]] = []
    pending = [(rows, edges, least)]
    while pending:
        members, found, threshold = pending.pop()
        kept = _closest(found, threshold)
        sets = Sets(members)
        for one, other in _pairs(kept[0], kept[1]):
            sets.join(one, other)
        for part in sets.groups():
            if len(part) <= cap:
                done.append(part)
            elif threshold > 1:
                # No cosine is above 1: what still hangs together is cut by day, so that memory stays bounded.
                done += [part[first : first + cap] for first in range(0, len(part), cap)]
            else:
                inside = np.isin(kept[0], part)
                pending.append(
                    (part, (kept[0][inside], kept[1][inside], kept[2][inside]), max(_RAISED, threshold * _TIGHTER))
                )
    return sorted(done)


def _closest(edges: Edges, least: float) -> Edges:
    """Return the edges of at least a cosine: themselves if these are all, for a dump's are not copied lightly."""
    left, right, cosine = edges
    close = cosine >= least
    return edges if close.all() else (left[close], right[close], cosine[close])


def _pairs(left: NDArray[np.int32], right: NDArray[np.int32]) -> Iterator[tuple[int, int]]:
    for start in range(0, len(left), _BLOCK):
        yield from zip(left[start : start + _BLOCK].tolist(), right[start : start + _BLOCK].tolist(), strict=True)


def _edges(shelf: Shelf, days: NDArray[np.float64], settings: StorySettings) -> Edges:
    postings = _index(shelf, days, settings.rare_terms)
    blocks = [
        _joined([_edges_of(shelf, postings, row, settings) for row in range(start, min(start + _BLOCK, len(shelf)))])
        for start in range(0, len(shelf), _BLOCK)
    ]
    del postings  # a quarter of a gigabyte for a million texts, as much as joining may take
    return _joined(blocks)


def _joined(parts: Sequence[Edges]) -> Edges:
    lefts, rights, cosines = zip(*parts, strict=True)
    return np.concatenate(lefts), np.concatenate(rights), np.concatenate(cosines)


def _edges_of(shelf: Shelf, postings: _Postings, number: int, settings: StorySettings) -> Edges:
    row = shelf.row(number)
    others = _candidates(postings, number, row, settings)
    if not len(others):
        return _NO_EDGES
    cosine = _cosines(row, *shelf.columns(others.tolist()))
    close = cosine >= settings.linked
    return np.full(int(close.sum()), number, np.int32), others[close].astype(np.int32), cosine[close]


def _index(shelf: Shelf, days: NDArray[np.float64], terms: int) -> _Postings:
    entries = np.empty(
        len(shelf) * terms, np.uint64
    )  # filled in place: of a million texts it is a quarter of a gigabyte
    end = 0
    for number in range(len(shelf)):
        heavy = shelf.row(number).heavy
        entries[end : end + len(heavy)] = (heavy.astype(np.uint64) << _ROW_BITS) + np.uint64(number)
        end += len(heavy)
    entries = entries[:end]
    entries.sort()
    return _Postings(entries, days[~np.isnan(days)])


def _candidates(postings: _Postings, number: int, row: Row, settings: StorySettings) -> NDArray[np.int64]:
    """Return the texts in the ranges that share most with a row: its weights of the heavy terms that both have."""
    lows, sizes = _ranges(postings, number, row.heavy.astype(np.uint64), settings)
    total = int(sizes.sum())
    if total < _COMMON:
        return np.zeros(0, np.int64)
    places = (lows - sizes.cumsum() + sizes).repeat(sizes) + np.arange(total)
    terms = (np.arange(len(lows), dtype=np.uint64) % np.uint64(len(row.heavy))).repeat(sizes)
    found = (postings.entries[places] << _ROW_BITS) + terms
    found.sort()  # by text, then from its heaviest term on
    numbers = found >> _ROW_BITS
    last = np.ones(total, np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=last[:-1])
    ends = last.nonzero()[0] + 1
    starts = np.zeros_like(ends)
    starts[1:] = ends[:-1]
    several = ends - starts >= _COMMON
    if not several.any():
        return np.zeros(0, np.int64)
    weights = row.weights[row.columns.searchsorted(row.heavy)]
    shared = np.add.reduceat(weights[(found & _ROWS).astype(np.int64)], starts)
    others, shared = numbers[starts[several]].astype(np.int64), shared[several]
    return np.sort(others[np.argsort(-shared, kind="stable")[: settings.compared]])


def _ranges(
    postings: _Postings, number: int, terms: NDArray[np.uint64], settings: StorySettings
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the entries after a text begin in each term's list, and how many of them count.

    First the next dated ones in the window, of all terms, then the undated ones.
    """
    undated = latest = len(postings.days)
    if number < undated:
        latest = int(postings.days.searchsorted(postings.days[number] + settings.window_days, side="right"))
    ats = (min(number + 1, undated), latest, max(number + 1, undated), 1 << int(_ROW_BITS))  # the last: the next term
    places = postings.entries.searchsorted((terms << _ROW_BITS) + np.array(ats, np.uint64)[:, None])
    lows, highs = places[::2].ravel(), places[1::2].ravel()
    return lows, np.minimum(highs - lows, settings.neighbours)


def _cosines(
    row: Row, columns: NDArray[np.uint32], weights: NDArray[np.float32], sizes: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the cosine of a row with each of several."""
    if not len(columns) or not len(row.columns):
        return np.zeros(len(sizes))
    # Most columns are not the row's: a table of their low bits tells so at once, and the few others are looked up.
    possible = np.zeros(_LOW + 1, np.bool_)
    possible[row.columns & _LOW] = True
    near = np.flatnonzero(possible[columns & _LOW])
    places = np.minimum(np.searchsorted(row.columns, columns[near]), len(row.columns) - 1)
    same = row.columns[places] == columns[near]
    products = row.weights[places[same]].astype(np.float64) * weights[near[same]]
    owners = np.repeat(np.arange(len(sizes)), sizes)[near[same]]
    return np.round(np.bincount(owners, products, len(sizes)), 6)
