"""Who else has the very words of a quote that a fabrication changes, in their place.

Two origins may bear a quote out and carry only a part of it; a word outside that part is known to nobody as false.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pipeline.corroboration.alignment import token, tokens
from pipeline.models import Article, Story
from pipeline.text import fold, lower_in_place

_GRAM = 3  # words: a word and where it stands

_Grams = frozenset[tuple[str, ...]]


def bearers(story: Story, articles: Mapping[str, Article], article: str, edit: tuple[str, str]) -> int:
    """Return how many other origins have three words in a row that an edit of an article's quote (old, new) takes away."""
    origin_of = dict(zip(story.articles, story.origins, strict=True))
    lost = _grams(tokens(edit[0])) - _grams(tokens(edit[1]))
    others = (id_ for id_ in story.articles if origin_of[id_] != origin_of[article])
    return len({origin_of[id_] for id_ in others if not lost.isdisjoint(_of_text(articles[id_].text))})


@lru_cache(maxsize=256)  # texts; a story is asked about quote by quote
def _of_text(text: str) -> _Grams:
    plain = lower_in_place(fold(text))
    return _grams(tuple(token(plain).findall(plain)))


def _grams(words: tuple[str, ...]) -> _Grams:
    return frozenset(words[start : start + _GRAM] for start in range(len(words) - _GRAM + 1))
