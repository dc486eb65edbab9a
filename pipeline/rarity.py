"""How rare a word is in news, in bits, from counts that are shipped and depend on no dump."""

from __future__ import annotations

import math
from functools import cache, lru_cache

from pipeline.resources import table
from pipeline.text import stem


@lru_cache(maxsize=200_000)
def rarity(term: str) -> float:
    """Return ``-log2`` of the share of news articles that hold a stem, or a name of several words.

    A name counts as its rarest word. A word without a count is as rare as one article in all.
    """
    counts, articles = background()
    rarest = min((counts.get(word) or counts.get(stem(word) or "", 0) for word in term.split()), default=0)
    return math.log2((articles + 1) / (rarest + 1))


@cache
def background() -> tuple[dict[str, int], int]:
    """Return how many articles hold each stem, and how many were counted (the row "*")."""
    counts = {term: int(articles) for term, articles in table("background_df")[1:]}
    return counts, counts.pop("*")
