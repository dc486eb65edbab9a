"""Articles as sparse vectors: the stems of the whole text, and those of title and lead once more.

Rarity comes from a shipped table of document frequencies, not from the dump: a dump of five articles
then weighs words as a dump of a hundred thousand does, and neither copies nor unrelated articles
change how close two texts are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from pipeline.resources import lexicon
from pipeline.text import stem

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_TOTAL = "*"  # the row of the table that counts all documents
_LEAD = "^"  # keeps the terms of the lead apart from the same terms of the whole text


@dataclass(frozen=True, slots=True)
class Vectors:
    """Rows of unit length, compressed; within a row the heaviest term comes first."""

    starts: NDArray[np.int64]  # one more than rows
    terms: NDArray[np.int32]
    weights: NDArray[np.float32]
    vocabulary: int  # how many terms there are

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, index: int) -> slice:
        """Return where a row lies in ``terms`` and ``weights``."""
        return slice(int(self.starts[index]), int(self.starts[index + 1]))


def vectorise(texts: Iterable[tuple[str, int]], lead_words: int) -> Vectors:
    """Return one row a text, given as (folded text, length of its title in code points)."""
    numbers: dict[str, int] = {}
    starts, terms, weights = [0], [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=np.float32)]
    for plain, title_end in texts:
        row = sorted(_weights(plain, title_end, lead_words).items(), key=lambda item: (-item[1], item[0]))
        terms.append(np.array([numbers.setdefault(term, len(numbers)) for term, _ in row], dtype=np.int32))
        weights.append(np.array([weight for _, weight in row], dtype=np.float32))
        starts.append(starts[-1] + len(row))
    return Vectors(np.array(starts, dtype=np.int64), np.concatenate(terms), np.concatenate(weights), len(numbers))


def _weights(plain: str, title_end: int, lead_words: int) -> dict[str, float]:
    words = _WORD.findall(plain.lower())
    lead = len(_WORD.findall(plain, 0, title_end)) + lead_words
    whole = _section(Counter(words), "")
    return whole | _section(Counter(words[:lead]), _LEAD)


def _section(counts: Counter[str], mark: str) -> dict[str, float]:
    """Return (1 + ln tf) * idf, scaled so that two sections together have length one."""
    stems: dict[str, int] = {}
    for word, count in counts.items():
        term = stem(word)
        if term:
            stems[term] = stems.get(term, 0) + count
    row = {mark + term: (1.0 + log(count)) * rarity(term) for term, count in stems.items()}
    length = sqrt(2.0 * sum(weight * weight for weight in sorted(row.values()))) or 1.0
    return {term: weight / length for term, weight in row.items()}


def rarity(term: str) -> float:
    """Return ln((N + 1) / (df + 1)) of a stem in the background table; the highest value if absent."""
    table = _document_frequencies()
    return log((table[_TOTAL] + 1) / (table.get(term, 0) + 1))


@cache
def _document_frequencies() -> dict[str, int]:
    return {row["stem"]: int(row["df"]) for row in lexicon("background_df")}
