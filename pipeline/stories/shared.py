"""Which words the texts of one story share: shingles, stretches, quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.settings import OriginSettings
from pipeline.stories.gram import distinct, gram
from pipeline.stories.reading import quotes, shingles, token_spans, tokens


@dataclass(frozen=True, slots=True)
class Shared:
    """How the texts of one story overlap; texts are named by their place in the story."""

    texts: tuple[str, ...]  # without boilerplate
    length: int  # tokens a shingle
    sequences: tuple[NDArray[np.uint64], ...]  # shingles in text order
    sizes: NDArray[np.float64]  # distinct shingles
    common: NDArray[np.float64]  # distinct shingles that two texts share
    quote_words: int  # tokens a long quote
    quoted: dict[int, frozenset[str]]  # the long quotes of the texts that were asked for them

    def containment(self, one: int, other: int) -> float:
        """Return the share of the smaller text's shingles that the other has too, 0..1."""
        least = min(self.sizes[one], self.sizes[other])
        return float(self.common[one, other] / least) if least else 0.0

    def jaccard(self, one: int, other: int) -> float:
        """Return the shared shingles as a share of all, 0..1."""
        both = self.sizes[one] + self.sizes[other] - self.common[one, other]
        return float(self.common[one, other] / both) if both else 0.0

    def pairs(self, least: float) -> Iterator[tuple[int, int, float]]:
        """Yield the pairs of texts with at least this containment, which must be above 0."""
        smaller = np.minimum(self.sizes[:, None], self.sizes[None, :])
        close = np.triu((self.common >= least * smaller) & (self.common > 0), k=1)
        for one, other in zip(*(axis.tolist() for axis in np.nonzero(close)), strict=True):
            yield one, other, self.containment(one, other)

    def quotes(self, one: int, other: int) -> frozenset[str]:
        """Return the long quotes that both texts carry, word for word."""
        return self._quotes_of(one) & self._quotes_of(other)

    def _quotes_of(self, text: int) -> frozenset[str]:
        if text not in self.quoted:  # few texts overlap so that somebody asks
            self.quoted[text] = quotes(self.texts[text], self.quote_words)
        return self.quoted[text]

    def beside(self, one: int, other: int, quoted: Iterable[str]) -> float:
        """Return the containment without the shingles of some quotes that both texts carry."""
        told = [shingles(words.split(" "), self.length) for words in quoted]
        rest = self.common[one, other] - len(distinct(np.concatenate(told)))
        return float(rest / min(self.sizes[one], self.sizes[other]))

    def stretch(self, one: int, other: int) -> str:
        """Return the longest run of words of one text whose every shingle the other has."""
        shared = np.isin(self.sequences[one], self.sequences[other])
        edges = np.flatnonzero(np.diff(np.concatenate([[False], shared, [False]]).astype(np.int8)))
        if not len(edges):
            return ""
        longest = int(np.argmax(edges[1::2] - edges[::2]))
        spans = token_spans(self.texts[one])
        last = min(int(edges[2 * longest + 1]) + self.length - 2, len(spans) - 1)
        return " ".join(self.texts[one][spans[int(edges[2 * longest])][0] : spans[last][1]].split())


def compare(texts: Sequence[str], settings: OriginSettings) -> Shared:
    """Compare all texts of one story, given without boilerplate, with one another."""
    sequences = [shingles(tokens(text), settings.shingle_words) for text in texts]
    keys = [distinct(sequence) for sequence in sequences]
    return Shared(
        texts=tuple(texts),
        length=settings.shingle_words,
        sequences=tuple(sequences),
        sizes=np.array(list(map(len, keys)), dtype=np.float64),
        common=gram(keys, [np.ones(len(row)) for row in keys]),
        quote_words=settings.quote_words,
        quoted={},
    )
