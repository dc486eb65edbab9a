"""Articles as sparse vectors: the terms of the whole text, those of title and lead once more, and names.

Rarity comes from a shipped table of document frequencies, not from the dump: a dump of five articles
then weighs words as a dump of a hundred thousand does, and neither copies nor unrelated articles
change how close two texts are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pipeline.rarity import background
from pipeline.text import MAX_TOKEN, stem

_NO_TERM = -1  # what a stop word is
_SECTIONS = 3  # the whole, the lead, the names

Row = tuple[NDArray[np.int32], NDArray[np.float32]]  # columns and weights, the heaviest first


@dataclass(frozen=True, slots=True)
class Vectors:
    """Rows of unit length, compressed; within a row the heaviest term comes first."""

    starts: NDArray[np.int64]  # one more than rows
    terms: NDArray[np.int32]
    weights: NDArray[np.float32]
    columns: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, index: int) -> slice:
        """Return where a row lies in ``terms`` and ``weights``."""
        return slice(int(self.starts[index]), int(self.starts[index + 1]))


class Vocabulary(dict[str, int]):
    """Numbers for tokens, words of one stem sharing one; what it has not met yet it takes in when looked up."""

    def __init__(self) -> None:
        super().__init__()
        self._terms: dict[str, int] = {}
        self._rarity = np.zeros(1_024)
        self._order = np.zeros(1_024, dtype=np.int64)

    def __missing__(self, word: str) -> int:
        term = word[:MAX_TOKEN] if word[:1].isdigit() else stem(word)
        if term is None:
            return self.setdefault(word, _NO_TERM)
        number = self._terms.get(term)
        return self.setdefault(word, self._enter(term) if number is None else number)

    def _enter(self, term: str) -> int:
        number = self._terms[term] = len(self._terms)
        if number == len(self._rarity):
            self._rarity = np.concatenate([self._rarity, np.zeros(number)])
            self._order = np.concatenate([self._order, np.zeros(number, dtype=np.int64)])
        self._rarity[number] = rarity(term)
        self._order[number] = crc32(term.encode("utf-8", "surrogatepass"))
        return number

    def row(self, words: Sequence[str], lead: int, names: Sequence[str], shares: Sequence[float]) -> Row:
        """Return the vector of a text: all its words, the first ``lead`` ones, and its names.

        ``shares`` say how much of the cosine of two texts comes from each of the three; they add up to one.
        """
        numbers = self._numbers(words)
        sections = (numbers, numbers[:lead], self._numbers(names))
        rows = [self._section(part, place, shares[place]) for place, part in enumerate(sections)]
        columns = np.concatenate([columns for columns, _ in rows])
        weights = np.concatenate([weights for _, weights in rows])
        # Equal weights in an order that does not hang on which words the vocabulary met first.
        order = np.lexsort((self._order[columns // _SECTIONS], -weights))
        return columns[order], weights[order]

    def _numbers(self, words: Sequence[str]) -> NDArray[np.int32]:
        return np.fromiter(map(self.__getitem__, words), np.int32, len(words))

    def _section(self, numbers: NDArray[np.int32], place: int, share: float) -> Row:
        """Return (1 + ln tf) * idf by term, scaled to the square root of a share."""
        terms, counts = np.unique(numbers[numbers != _NO_TERM], return_counts=True)
        weights = (1.0 + np.log(counts)) * self._rarity[terms]
        length = float(np.sqrt(np.sum(np.sort(weights) ** 2))) or 1.0
        return terms * _SECTIONS + place, (weights * (sqrt(share) / length)).astype(np.float32)

    def stack(self, rows: Sequence[Row]) -> Vectors:
        """Return rows as one block."""
        starts = np.cumsum([0, *(len(columns) for columns, _ in rows)], dtype=np.int64)
        terms = np.concatenate([np.zeros(0, np.int32), *(columns for columns, _ in rows)])
        weights = np.concatenate([np.zeros(0, np.float32), *(weights for _, weights in rows)])
        return Vectors(starts, terms, weights, _SECTIONS * len(self._terms))


def rarity(term: str) -> float:
    """Return ln((N + 1) / (df + 1)) of a stem or number by the background table; the highest if absent."""
    counts, articles = background()
    return log((articles + 1) / (counts.get(term, 0) + 1))
