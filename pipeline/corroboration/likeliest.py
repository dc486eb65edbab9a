"""Which of very many others each claim is held against: the likeliest ones of every origin, one after the other.

A table of figures in two articles of a story has millions of pairs that may be of one matter. Each claim brings as many as may be compared
and no more, so that pairs grow with the claims and not with their square. A pair is compared if either claim brings it:
it is seen from both sides, or from neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.corroboration.postings import Numbers, Rows
from pipeline.models import Claim

_DIGITS = 6  # of what ranks the others; sums in another order differ by far less


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whom each claim is held against, by the number of its row."""

    others: list[list[int]]  # rows, in their order
    brought: list[list[int]]  # of these, those that the claim itself brings: never more than may be compared
    left: dict[int, int]  # rows with more than may be compared: how many of these are not
    unheard: dict[int, frozenset[int]]  # of these rows: the origins of which none is


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where each row stands."""

    origins: Rows  # a number for each origin
    places: Rows  # for each stretch of each text; of equal texts, one
    starts: Rows  # code points from the start of its text

    @classmethod
    def of(cls, claims: Sequence[Claim], origin_of: Mapping[str, str], text_of: Mapping[str, str]) -> Whereabouts:
        """Number where each claim stands; ``text_of`` names the text of each article: equal names, equal texts."""
        numbers: dict[str, int] = {}
        places = [(text_of[claim.article], claim.span.start, claim.span.end) for claim in claims]
        known = {place: number for number, place in enumerate(sorted(set(places)))}
        return cls(
            origins=np.array([numbers.setdefault(origin_of[row.article], len(numbers)) for row in claims], np.int64),
            places=np.array([known[place] for place in places], np.int64),
            starts=np.array([claim.span.start for claim in claims], np.int64),
        )


def likeliest(row: int, others: Rows, chances: Numbers, where: Whereabouts, most: int) -> Rows:
    """Return the rows that one row brings: of each origin its best, then of each its second best, up to ``most``.

    The best is the likeliest to be of one matter (``chances``); of equally likely ones, as the rows of two tables are, the
    one that stands the least far from the same place of its text. What equal texts have in one place counts as one, so
    that a copy puts nobody aside.
    """
    told, apart = -np.round(chances, _DIGITS), np.abs(where.starts[others] - where.starts[row])
    origins, places = where.origins[others], where.places[others]
    order = np.lexsort((places, apart, told, origins))
    another = _changes(origins[order])
    fresh = another | _changes(places[order])
    counted = np.cumsum(fresh)
    ranks = np.empty_like(others)
    ranks[order] = counted - np.maximum.accumulate(np.where(another, counted, 0))
    first = np.empty_like(fresh)
    first[order] = fresh
    order = np.lexsort((places, apart, told, ranks))
    return np.sort(others[order][np.cumsum(first[order]) <= most])


def from_both(pairs: Iterable[tuple[Rows, Numbers]], where: Whereabouts, most: int) -> Chosen:
    """Return whom each row is held against: what it brings, and what brings it.

    ``pairs`` has for each row in turn all others that may be of its matter, with how likely they are.
    """
    brought: list[Rows] = []
    left: dict[int, Rows] = {}
    for row, (others, chances) in enumerate(pairs):
        if len(others) > most:
            left[row] = others
        brought.append(likeliest(row, others, chances, where, most) if len(others) > most else others)
    own = [rows.tolist() for rows in brought]
    if not left:
        return Chosen(own, own, {}, {})
    heard = _brought_by_either(brought)
    missing = {row: np.setdiff1d(every, heard[row], assume_unique=True) for row, every in left.items()}
    missing = {row: some for row, some in missing.items() if len(some)}
    origins = where.origins
    unheard = {row: np.setdiff1d(origins[some], origins[heard[row]]).tolist() for row, some in missing.items()}
    return Chosen(
        others=[rows.tolist() for rows in heard],
        brought=own,
        left={row: len(some) for row, some in missing.items()},
        unheard={row: frozenset(some) for row, some in unheard.items()},
    )


def _brought_by_either(brought: Sequence[Rows]) -> list[Rows]:
    owners = np.repeat(np.arange(len(brought)), [len(rows) for rows in brought])
    pairs = np.stack([owners, np.concatenate(brought)])
    both = np.unique(np.concatenate([pairs, pairs[::-1]], axis=1), axis=1)
    ends = np.searchsorted(both[0], np.arange(len(brought) + 1))
    return [both[1, first:last] for first, last in pairwise(ends.tolist())]


def _changes(column: Rows) -> NDArray[np.bool_]:
    """Tell where a column has another value than in the row before; in its first row, too."""
    return np.concatenate([np.ones(min(1, len(column)), dtype=np.bool_), column[1:] != column[:-1]])
