"""What a brief text names, and which words it has: two of them with one cast tell one thing, or one tells it altered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.corroboration.frames import Words, stemmed, words_of
from pipeline.corroboration.topic import weight
from pipeline.models import Article, Span
from pipeline.resources import words
from pipeline.text import stem


@dataclass(frozen=True, slots=True)
class Brief:
    """The words of a brief text."""

    names: frozenset[str]  # stems of the words that have a capital wherever they stand
    stems: frozenset[str]  # of all words

    @classmethod
    def of(cls, article: Article) -> Brief:
        """Read an article; the capitals of its headline are often the style of the house, so no name is taken from there."""
        title, body = _split(article)
        plain = frozenset(word for word in (*title, *body) if word[0].islower())
        named = [word for word in body if word[0].isupper() and word.lower() not in plain]
        return cls(frozenset(content(named)), frozenset(stemmed((*title, *body))))


def one_cast(ours: Brief, theirs: Brief) -> float:
    """Return how much of what either text names both have, by rarity, 0..1; of texts that name nothing, 0."""
    named = ours.names | theirs.names
    both = named & ours.stems & theirs.stems
    return bits(both) / bits(named) if both else 0.0


def content(stretch: Iterable[str]) -> Iterator[str]:
    """Yield the stems of the words that tell something: neither function words nor times, counts and courtesies."""
    return (term for word in stretch if (term := stem(word.lower())) is not None and term not in _slight())


def bits(stems: Iterable[str]) -> float:
    """Return how rare some words are together, in bits, each once."""
    return sum(map(weight, sorted(set(stems))))


def _split(article: Article) -> tuple[Words, Words]:
    end = len(article.title) if article.title else 0
    return words_of(article.text, Span(0, end)), words_of(article.text, Span(end, len(article.text)))


@cache
def _slight() -> frozenset[str]:
    named = (words("date_words", kind=kind) for kind in ("month", "weekday", "season"))
    counted = (words("number_words", kind=kind) for kind in ("unit", "scale"))
    return frozenset(stemmed(tuple(words("slight").union(*named, *counted))))
