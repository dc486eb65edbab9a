"""Quotes whose words another article carries in its running text, in or out of quote marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress, count, islice

from pipeline.corroboration.alignment import token, tokens
from pipeline.models import Article, Claim, Span
from pipeline.text import fold, lower_in_place

_GRAM = 4  # words; shorter quotes are looked for whole
_ENOUGH = 0.8  # share of a quote's word groups that must stand in the other text
_COMMON = 100  # different quotes that hold a word group, from which it tells none of them apart
_STRETCH = 1.5  # times the quote's length within which they must stand together
_BREAK = re.compile(r"[\"“”„«»\n:]|[.!?](?=\s)")
_PARAGRAPH = 2_000  # code points before words in which the quote mark stands that opens them
_AROUND = 20  # code points on both sides of carried words in which a changed first or last word stands
_Gram = tuple[str, ...]
_Wanted = dict[int, defaultdict[_Gram, list[int]]]


@dataclass(frozen=True, slots=True)
class CarriedWords:
    """For each quote (article id, claim id): where each other article carries its words."""

    spans: Mapping[tuple[str, str], Mapping[str, Span]]
    common: frozenset[tuple[str, str]] = frozenset()  # quotes not looked for in texts: too many others have their words

    def by(self, claim: Claim) -> Mapping[str, Span]:
        """Return the span in each article that carries a quote's words."""
        return self.spans.get((claim.article, claim.id), {})


def carried_words(quotes: Iterable[Claim], articles: Iterable[Article]) -> CarriedWords:
    """Find the words of quotes in the texts of other articles, in one scan of each text."""
    articles = list(articles)
    if len(articles) < 2:
        return CarriedWords({})
    quotes = list(quotes)
    grams = [_grams(quote) for quote in quotes]
    wanted, common = _wanted(grams)
    spans: dict[tuple[str, str], dict[str, Span]] = defaultdict(dict)
    for article in articles:
        for number, span in _found(article, quotes, grams, wanted):
            spans[quotes[number].article, quotes[number].id][article.id] = span
    return CarriedWords(spans, frozenset((quotes[number].article, quotes[number].id) for number in common))


def _found(
    article: Article, quotes: list[Claim], grams: list[list[_Gram]], wanted: _Wanted
) -> Iterator[tuple[int, Span]]:
    """Yield the numbers of the others' quotes whose words stand in an article, each with where they stand."""
    text = lower_in_place(fold(article.text))
    hits = _hits(token(text).findall(text), wanted)
    stretches = {
        number: stretch
        for number, positions in hits.items()
        if quotes[number].article != article.id
        and (stretch := _stretch(positions, len(grams[number]), len(grams[number][0])))
    }
    places = _places(text, {word for stretch in stretches.values() for word in stretch})
    for number, (first, last) in stretches.items():
        yield number, Span(places[first].start(), places[last].end())


def _places(text: str, wanted: Iterable[int]) -> dict[int, re.Match[str]]:
    """Return where some words of a text stand, by their numbers: the offsets of all words are dear, and few are asked for."""
    found, at = token(text).finditer(text), 0
    places: dict[int, re.Match[str]] = {}
    for number in sorted(wanted):
        places[number] = next(islice(found, number - at, None))
        at = number + 1
    return places


def _grams(quote: Claim) -> list[_Gram]:
    assert quote.quote is not None
    words = tokens(quote.quote.words)
    return list(_groups(words, min(_GRAM, len(words))))


def _groups(words: Sequence[str], size: int) -> Iterator[_Gram]:
    """Yield each so many words in a row."""
    return zip(*(words[offset:] for offset in range(size)), strict=False)


def _wanted(grams: list[list[_Gram]]) -> tuple[_Wanted, list[int]]:
    """Return the numbers of the quotes that hold each word group, by the size of the group, and of those that are not looked for.

    A quote is not if too many of its word groups stand in very many other quotes, each time with other words around: every
    text of the story may have them, and then all these quotes would be met at each of them.
    """
    usual = _usual(grams)
    wanted: _Wanted = {}
    common: list[int] = []
    for number, held in enumerate(grams):
        telling = [gram for gram in held if gram not in usual] if usual else held
        if len(telling) < max(1, round(_ENOUGH * len(held))) and held:
            common.append(number)
        elif held:
            holders = wanted.setdefault(len(held[0]), defaultdict(list))
            for gram in dict.fromkeys(telling):
                holders[gram].append(number)
    return wanted, common


def _usual(grams: list[list[_Gram]]) -> frozenset[_Gram]:
    """Return the word groups that tell no quote from others."""
    if len(grams) <= _COMMON:
        return frozenset()
    holders = Counter(chain.from_iterable(map(set, set(map(tuple, grams)))))
    return frozenset(gram for gram, number in holders.items() if number > _COMMON)


def _hits(words: list[str], wanted: _Wanted) -> dict[int, list[int]]:
    """Return, for each quote, the positions of its word groups in a text."""
    hits: dict[int, list[int]] = defaultdict(list)
    for size, some in wanted.items():
        for position in compress(count(), map(some.__contains__, _groups(words, size))):
            for number in some[tuple(words[position : position + size])]:
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


def is_quoted(text: str, span: Span) -> bool:
    """Tell whether words stand inside quote marks: after one that its paragraph has not closed."""
    before = fold(text[max(0, span.start - _PARAGRAPH) : span.start].rpartition("\n")[2])
    return before.count('"') % 2 == 1 or before[-1:] == "'"


def with_edges(text: str, span: Span) -> str:
    """Return carried words with those beside them that may be the quote's too: of one sentence and inside its marks."""
    before = text[max(0, span.start - _AROUND) : span.start]
    after = text[span.end : span.end + _AROUND]
    return _BREAK.split(before)[-1] + text[span.start : span.end] + _BREAK.split(after)[0]
