"""Drafts of all extractors to claims: context added, repetitions folded, one order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from pipeline.claims.attributions import attributions_beside
from pipeline.claims.context import Context
from pipeline.claims.dates import find_dates
from pipeline.claims.dates_words import date_words
from pipeline.claims.draft import Draft
from pipeline.claims.names import Name, mentions_in, tied
from pipeline.claims.names_spacy import find_names_spacy
from pipeline.claims.people import find_person_roles
from pipeline.claims.places import find_places
from pipeline.claims.quantities import find_quantities
from pipeline.claims.quotes import marks_in, quotes_in, scene_of, staged
from pipeline.claims.scan import BATCH
from pipeline.models import EVENT_PLACES, Article, Claim
from pipeline.settings import ClaimSettings
from pipeline.text import Document, document, fold

_NOT_WORDS = re.compile(r"\W+")
_ASCII_SIGNS = {code: " " if _NOT_WORDS.match(chr(code)) else chr(code) for code in range(128)}
_BATCH_TEXT = 800_000  # code points, in sum, from which a batch takes no further article


def extract(article: Article, settings: ClaimSettings) -> tuple[Claim, ...]:
    """Return the article's claims in the order of their spans, each specific once.

    An article in a language that no extractor reads has no claims.
    """
    return next(extract_all([article], settings))


def extract_all(articles: Iterable[Article], settings: ClaimSettings) -> Iterator[tuple[Claim, ...]]:
    """Yield what ``extract`` returns of each article, in order.

    A batch of articles goes through one extractor after the other: each finds its words and patterns in the
    processor's caches then, which another extractor would have filled with its own.
    """
    for batch in _batches(articles):
        made = iter(_in_step([article for article in batch if article.language in settings.languages], settings))
        for article in batch:
            yield next(made) if article.language in settings.languages else ()


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.text)
        if len(batch) == BATCH or size >= _BATCH_TEXT:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _in_step(articles: list[Article], settings: ClaimSettings) -> list[tuple[Claim, ...]]:
    docs = list(map(document, articles))
    names = _names_of(docs, settings)
    marks = list(map(marks_in, docs))
    scenes = list(map(scene_of, docs, names, marks))
    stages = list(map(staged, scenes, marks))
    quotes = list(map(quotes_in, stages))
    found = [
        list(map(find_quantities, docs)),
        [
            [*_told(find_dates(doc, article.published), said)]
            for doc, article, said in zip(docs, articles, quotes, strict=True)
        ],
        list(map(find_places, docs, names)),
        list(map(find_person_roles, docs, names)),
        quotes,
        list(map(attributions_beside, quotes, stages)),
    ]
    kept = [
        _first_of_each(_worth_telling(chain.from_iterable(drafts), settings))[: settings.max_claims]
        for drafts in zip(*found, strict=True)
    ]
    return [_in_context(*read) for read in zip(docs, names, quotes, kept, strict=True)]


def _names_of(docs: list[Document], settings: ClaimSettings) -> list[tuple[Name, ...]]:
    if settings.names == "spacy":
        return [find_names_spacy(doc, settings.spacy_model) for doc in docs]
    return list(map(tied, docs, list(map(mentions_in, docs))))


def _in_context(doc: Document, names: tuple[Name, ...], quotes: list[Draft], drafts: list[Draft]) -> tuple[Claim, ...]:
    context = Context.of(doc, names, quotes)
    return tuple(map(context.claim, _numbers(len(drafts)), drafts))


@lru_cache(maxsize=BATCH)
def _numbers(claims: int) -> tuple[str, ...]:
    """Return what the claims of an article are called."""
    return tuple([f"c{number:03d}" for number in range(1, claims + 1)])


def _told(dates: Iterable[Draft], quotes: list[Draft]) -> Iterator[Draft]:
    """Leave open the "yesterday" and "tonight" of quotes: they are told from the day of speaking, which nobody tells.

    "Today" is mostly the day of publication all the same.
    """
    starts = [quote.span.start for quote in quotes]
    for draft in dates:
        at = bisect_right(starts, draft.span.start) - 1
        relative = draft.date.relative if draft.date else None
        spoken = relative != "today" and relative in date_words("day")
        if spoken and draft.date is not None and at >= 0 and draft.span.end <= quotes[at].span.end:
            yield replace(draft, date=replace(draft.date, earliest=None, latest=None))
        else:
            yield draft


_order = attrgetter("span.start", "span.end", "kind", "rule")


def _worth_telling(drafts: Iterable[Draft], settings: ClaimSettings) -> list[Draft]:
    """Drop short quotes and uncertain finds."""
    least, words = settings.min_confidence, settings.min_quote_words
    told = [
        draft
        for draft in drafts
        if draft.confidence >= least and (draft.quote is None or len(draft.quote.words.split(None, words)) >= words)
    ]
    return sorted(told, key=_order)


def _first_of_each(drafts: list[Draft]) -> list[Draft]:
    """Keep the first mention of each specific, of drafts in order: the headline's, then the lede's.

    Of a place, the first mention that says what happened there goes before a mere mention; of a quote, the first that
    names who says it.
    """
    chosen: dict[object, Draft] = {}
    in_order = True
    for draft in drafts:
        key = _specific(draft)
        first = chosen.setdefault(key, draft)
        if first is not draft and _tells_more(draft) and not _tells_more(first):
            chosen[key] = draft
            in_order = False
    return list(chosen.values()) if in_order else sorted(chosen.values(), key=_order)


def _tells_more(draft: Draft) -> bool:
    return draft.rule in EVENT_PLACES or (draft.quote is not None and draft.speaker is not None)


def _specific(draft: Draft) -> object:
    if draft.quote is not None:
        return ("quote", _words_alone(draft.quote.words), draft.outlet)
    if draft.attribution is not None:
        return ("attribution", draft.attribution.source.casefold(), draft.attribution.content)
    if draft.place is not None:
        return ("place", draft.place.name, draft.place.venue)
    if draft.person_role is not None:
        return ("person_role", draft.person_role)
    return (draft.kind, draft.quantity, draft.date) if draft.date is not None else (draft.quantity, draft.span)


def _words_alone(written: str) -> str:
    plain = fold(written)
    bare = plain.translate(_ASCII_SIGNS) if plain.isascii() else _NOT_WORDS.sub(" ", plain)
    return " ".join(bare.casefold().split())
