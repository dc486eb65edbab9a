"""Quotes whose words another article carries in its running text, in or out of quote marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.corroboration.alignment import tokens
from pipeline.models import Article, Claim, Span
from pipeline.text import fold

_TOKEN = re.compile(r"[^\W_]+(?:[.,][0-9]+)*(?:'[^\W_]+)*")
_GRAM = 4  # words; shorter quotes are looked for whole
_ENOUGH = 0.8  # share of a quote's word groups that must stand in the other text
_STRETCH = 1.5  # times the quote's length within which they must stand together


@dataclass(frozen=True, slots=True)
class CarriedWords:
    """For each quote (article id, claim id): where each other article carries its words."""

    spans: Mapping[tuple[str, str], Mapping[str, Span]]

    def by(self, claim: Claim) -> Mapping[str, Span]:
        """Return the span in each article that carries a quote's words."""
        return self.spans.get((claim.article, claim.id), {})


def carried_words(quotes: Iterable[Claim], articles: Iterable[Article]) -> CarriedWords:
    """Find the words of quotes in the texts of other articles, in one scan of each text."""
    quotes = list(quotes)
    wanted = _wanted(quotes)
    spans: dict[tuple[str, str], dict[str, Span]] = defaultdict(dict)
    for article in articles:
        words = list(_TOKEN.finditer(fold(article.text).lower()))
        hits = _hits([match.group() for match in words], wanted)
        for number, positions in hits.items():
            quote = quotes[number]
            found = _stretch(positions, len(_grams(quote)), _size(quote)) if quote.article != article.id else None
            if found:
                spans[quote.article, quote.id][article.id] = Span(words[found[0]].start(), words[found[1]].end())
    return CarriedWords(spans)


def _size(quote: Claim) -> int:
    return min(_GRAM, len(_words(quote)))


def _words(quote: Claim) -> tuple[str, ...]:
    assert quote.quote is not None
    return tokens(quote.quote.words)


def _grams(quote: Claim) -> list[tuple[str, ...]]:
    words, size = _words(quote), _size(quote)
    return [words[start : start + size] for start in range(len(words) - size + 1)] if size else []


def _wanted(quotes: list[Claim]) -> dict[tuple[str, ...], list[int]]:
    wanted: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, quote in enumerate(quotes):
        for gram in sorted(set(_grams(quote))):
            wanted[gram].append(number)
    return dict(wanted)


def _hits(words: list[str], wanted: dict[tuple[str, ...], list[int]]) -> dict[int, list[int]]:
    """Return, for each quote, the positions of its word groups in a text."""
    sizes = sorted({len(gram) for gram in wanted})
    hits: dict[int, list[int]] = defaultdict(list)
    for size in sizes:
        for position in range(len(words) - size + 1):
            for number in wanted.get(tuple(words[position : position + size]), ()):
                hits[number].append(position)
    return hits


def _stretch(positions: list[int], grams: int, size: int) -> tuple[int, int] | None:
    """Return first and last word of the densest stretch that holds enough of a quote's word groups."""
    needed, reach = max(1, round(_ENOUGH * grams)), int(_STRETCH * (grams + size))
    ordered = sorted(set(positions))
    best: tuple[int, int, int] | None = None
    for index, start in enumerate(ordered):
        end = bisect_left(ordered, start + reach)
        if end - index >= needed and (best is None or end - index > best[0]):
            best = (end - index, start, ordered[end - 1] + size - 1)
    return (best[1], best[2]) if best else None
