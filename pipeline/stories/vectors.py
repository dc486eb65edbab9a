"""Articles as sparse vectors: the terms of the whole text, those of title and lead once more, and names.

Rarity comes from a shipped table of document frequencies, not from the dump: a dump of five articles
then weighs words as a dump of a hundred thousand does, and neither copies nor unrelated articles
change how close two texts are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import log, sqrt
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pipeline.rarity import background
from pipeline.text import MAX_TOKEN, stem

_NO_TERM = 0  # what a stop word is
_SECTIONS = 3  # the whole, the lead, the names
_NAMES = 2  # the place of the last

_SECTION = 40  # bits of a term, under its section
_HALF = np.uint64(32)  # bits of a column, and of a weight
_LOW = np.uint32(2**32 - 1)
_KEYS = 2**30  # of terms: with the section as a digit below, a column's key has 32 bits
_MOST_WORDS = (
    200_000  # that a vocabulary remembers: some tens of megabytes, and the words of some five thousand articles
)


@dataclass(frozen=True, slots=True)
class Row:
    """A text as a sparse vector of unit length."""

    columns: NDArray[np.uint32]  # keys, ascending: the same term and section has the same key in every run
    weights: NDArray[np.float32]  # by column
    heavy: NDArray[np.uint32]  # the columns of most weight, heaviest first

    def names(self) -> NDArray[np.uint32]:
        """Return the columns of its names, ascending."""
        names: NDArray[np.uint32] = self.columns[self.columns % _SECTIONS == _NAMES]
        return names


class Vocabulary(dict[str, int]):
    """Numbers for tokens, words of one stem sharing one; what it has not met yet it takes in when looked up.

    The numbers are its own, and forgotten when there are too many. What leaves it are keys, which hang on the
    term alone: two terms of a pair of texts share a key once in some thousand pairs, and then weigh as one.
    """

    def __init__(self) -> None:
        super().__init__()
        self._terms: dict[str, int] = {}
        self._rarity = np.zeros(1_024)
        self._keys = np.zeros(1_024, dtype=np.uint32)

    def __missing__(self, word: str) -> int:
        term = word[:MAX_TOKEN] if word[:1].isdigit() else stem(word)
        if term is None:
            return self.setdefault(word, _NO_TERM)
        number = self._terms.get(term)
        return self.setdefault(word, self._enter(term) if number is None else number)

    def _enter(self, term: str) -> int:
        number = self._terms[term] = len(self._terms) + 1  # 0 is that of no term
        if number == len(self._rarity):
            self._rarity = np.concatenate([self._rarity, np.zeros(number)])
            self._keys = np.concatenate([self._keys, np.zeros(number, dtype=np.uint32)])
        self._rarity[number] = rarity(term)
        self._keys[number] = crc32(term.encode("utf-8", "surrogatepass")) % _KEYS
        return number

    def row(self, words: Sequence[str], lead: int, names: Sequence[str], shares: Sequence[float], heavy: int) -> Row:
        """Return the vector of a text: all its words, the first ``lead`` ones, and its names.

        ``shares`` say how much of the cosine of two texts comes from each of the three; they add up to one.
        ``heavy`` columns are named as the heaviest.
        """
        if len(self) > _MOST_WORDS:
            self.clear()
            self._terms.clear()
        terms, counts, places = _counted(self._numbers(words, names), len(words), lead)
        weights = self._weighed(terms, counts, np.searchsorted(places, range(_SECTIONS + 1)).tolist(), shares)
        columns = self._keys[terms] * _SECTIONS + places
        # Equal columns or weights in an order that does not hang on which words the vocabulary met first. Both are put
        # into one number and sorted as such; the bits of floats that are not negative are ordered as they are.
        bits = weights.view(np.uint32)
        ordered = (columns.astype(np.uint64) << _HALF) + bits
        ordered.sort()
        heaviest = ((_LOW - bits).astype(np.uint64) << _HALF) + columns
        heaviest.sort()
        return Row(
            columns=(ordered >> _HALF).astype(np.uint32),
            weights=(ordered & _LOW).astype(np.uint32).view(np.float32),
            heavy=(heaviest[:heavy] & _LOW).astype(np.uint32),
        )

    def _numbers(self, words: Sequence[str], names: Sequence[str]) -> NDArray[np.int64]:
        return np.fromiter(map(self.__getitem__, chain(words, names)), np.int64, len(words) + len(names))

    def _weighed(
        self, terms: NDArray[np.int64], counts: NDArray[np.int64], bounds: Sequence[int], shares: Sequence[float]
    ) -> NDArray[np.float32]:
        """Return (1 + ln tf) * idf by term, those of each section scaled to the square root of its share."""
        weights = (1.0 + np.log(counts)) * self._rarity[terms]
        for share, (start, end) in zip(shares, pairwise(bounds), strict=True):
            section = weights[start:end]
            length = float(np.sqrt(np.sum(np.sort(section) ** 2))) or 1.0
            section *= sqrt(share) / length
        return weights.astype(np.float32)


def _counted(
    numbers: NDArray[np.int64], words: int, lead: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint32]]:
    """Return the terms of each section, ascending, how often each is told there, and the section that it is of.

    ``numbers`` are those of all words, and then of the names.
    """
    lead = min(lead, words)
    told = np.concatenate((numbers[:words], numbers[:lead], numbers[words:]))
    told[words : words + lead] += 1 << _SECTION
    told[words + lead :] += _NAMES << _SECTION
    told.sort()
    last = np.ones(len(told), np.bool_)
    np.not_equal(told[1:], told[:-1], out=last[:-1])
    ends = np.flatnonzero(last)
    counts = ends + 1
    counts[1:] -= ends[:-1] + 1
    terms = told[ends]
    places = (terms >> _SECTION).astype(np.uint32)
    terms &= (1 << _SECTION) - 1
    kept = np.flatnonzero(terms != _NO_TERM)
    return terms[kept], counts[kept], places[kept]


def rarity(term: str) -> float:
    """Return ln((N + 1) / (df + 1)) of a stem or number by the background table; the highest if absent."""
    counts, articles = background()
    return log((articles + 1) / (counts.get(term, 0) + 1))
