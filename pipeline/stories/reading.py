"""What grouping and origins need of an article's text, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from pipeline.models import Article
from pipeline.text import document

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no power of it vanishes modulo 2^64


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's text without boilerplate, folded."""

    plain: str
    title_end: int
    digest: str  # of the words alone: equal for texts that differ in case, spaces and punctuation


def read(article: Article, least_words: int) -> Reading:
    """Return the reading of an article; one with fewer words than ``least_words`` equals no other."""
    cut = document(article)
    words = tokens(cut.plain)
    said = " ".join(words) if len(words) >= least_words else f"\n{article.id}"
    digest = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return Reading(cut.plain, cut.title_end, digest)


def tokens(plain: str) -> list[str]:
    """Return the words and numbers of a folded text, lower case."""
    # Lower-cased after the cut: case can change lengths, and the tokens must match their spans.
    return " ".join(_TOKEN.findall(plain)).lower().split(" ")


def token_spans(plain: str) -> list[tuple[int, int]]:
    """Return where each of ``tokens(plain)`` stands."""
    return [match.span() for match in _TOKEN.finditer(plain)]


def shingles(plain: str, length: int) -> NDArray[np.uint64]:
    """Return the hash of each run of ``length`` tokens, in text order; a shorter text is one shingle."""
    hashes = np.array([_token_hash(token) for token in tokens(plain)], dtype=np.uint64)
    count = len(hashes) - length + 1
    if count < 1:
        return hashes[:0] if not len(hashes) else np.add.reduce(hashes, keepdims=True)
    total = np.zeros(count, dtype=np.uint64)
    for offset in range(length):
        total = total * _FACTOR + hashes[offset : offset + count]
    return total


@lru_cache(maxsize=200_000)
def _token_hash(token: str) -> int:
    return int.from_bytes(blake2b(token.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
