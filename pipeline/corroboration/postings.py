"""How much each row shares with every other, a block of rows at a time: two compressed tables and one sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Rows = NDArray[np.int64]
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Postings:
    """Which row has which words: as the words of each row, and as the rows of each word."""

    words: Rows  # numbers of words, one row's after the other's
    begins: Rows  # where each row's words begin in ``words``, and the end
    rows: Rows  # numbers of rows, one word's after the other's
    starts: Rows  # where each word's rows start in ``rows``, and the end
    weights: Numbers  # of each word

    @classmethod
    def of(cls, rows: Iterable[Iterable[K]], weigh: Callable[[K], float]) -> Postings:
        """Index the words of each row; a word counts once a row."""
        known: defaultdict[K, int] = defaultdict(count().__next__)  # numbers in the order of the words met
        words: list[int] = []
        begins = [0]
        for row in rows:
            words += map(known.__getitem__, dict.fromkeys(row))
            begins.append(len(words))
        numbers = np.array(words, dtype=np.int64)
        owners = np.repeat(np.arange(len(begins) - 1), np.diff(begins))
        order = np.argsort(numbers, kind="stable")
        starts = np.searchsorted(numbers[order], np.arange(len(known) + 1))
        weights = np.array([weigh(word) for word in known], dtype=np.float64)
        return cls(numbers, np.array(begins, dtype=np.int64), owners[order], starts, weights)

    def shared(self, first: int, last: int) -> Numbers:
        """Return the weight of the words that each of the rows ``first:last`` shares with every row, as a table."""
        size = len(self.begins) - 1
        words = self.words[self.begins[first] : self.begins[last]]
        owners = np.repeat(np.arange(last - first), np.diff(self.begins[first : last + 1]))
        lengths = self.starts[words + 1] - self.starts[words]
        # One cell for each of a row's words and each row that has the word: the words' rows, end to end.
        jumps = np.repeat(self.starts[words] - (np.cumsum(lengths) - lengths), lengths)
        columns = self.rows[np.arange(len(jumps)) + jumps]
        cells = np.repeat(owners * size, lengths) + columns
        sums = np.bincount(cells, np.repeat(self.weights[words], lengths), minlength=(last - first) * size)
        return sums.astype(np.float64, copy=False).reshape(last - first, size)  # of nothing, the sums are integers

    def totals(self) -> Numbers:
        """Return the weight of all words of each row."""
        owners = np.repeat(np.arange(len(self.begins) - 1), np.diff(self.begins))
        sums = np.bincount(owners, self.weights[self.words], minlength=len(self.begins) - 1)
        return sums.astype(np.float64, copy=False)
