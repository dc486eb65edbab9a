"""Drafts of all extractors to claims: context added, repetitions folded, one order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter

from pipeline.claims.attributions import attributions_beside
from pipeline.claims.dates import find_dates
from pipeline.claims.dates_words import date_words
from pipeline.claims.draft import Draft
from pipeline.claims.names import Name, find_names
from pipeline.claims.names_spacy import find_names_spacy
from pipeline.claims.people import find_person_roles
from pipeline.claims.places import find_places
from pipeline.claims.quantities import find_quantities
from pipeline.claims.quotes import quotes_in, stage
from pipeline.claims.scan import BATCH, letters, lower
from pipeline.models import EVENT_PLACES, Article, Claim, Span
from pipeline.record import maker_in_order
from pipeline.settings import ClaimSettings
from pipeline.text import Document, document, fold, stems_of, terms

# "did not say in Berlin", "never met": a negation shortly before the words, in the same clause.
_NEGATED = re.compile(r"\b(?:not|never|no|neither|nor|without|[a-z]{2,8}n't)\b[^.;:!?]{0,40}$")
# Another clause, perhaps another subject: ";" and the like, "while", "whereas", "although", "but" (looked for by their first sign).
_CLAUSE = re.compile(r"[;:!?.(abw](?:(?<![abw])\s|(?<!\w.)(?:(?<=w)h(?:ile|ereas)|(?<=a)lthough|(?<=b)ut)\b)")
_SUBJECT_REACH = 80  # code points between a name and the figure that is its
_PLAIN_WORD = re.compile(r"[a-z](?<![\w'].)[a-z'-]+")  # no names: whose it is, is asked apart
_WHOLE_START, _WHOLE_END = re.compile(r"^\w+"), re.compile(r"(?<!\w)\w+$")  # words that the window may have cut
_NEAR_BEFORE, _NEAR_AFTER = 50, 30  # code points around a span in which its verb and noun stand
_NOT_WORDS = re.compile(r"\W+")
_ASCII_SIGNS = {code: " " if _NOT_WORDS.match(chr(code)) else chr(code) for code in range(128)}
_BATCH_TEXT = 200_000  # code points, in sum, from which a batch takes no further article
_NEGATION_REACH = 60  # code points before a claim in which a negation still belongs to it


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
    names = [
        find_names_spacy(doc, settings.spacy_model) if settings.names == "spacy" else find_names(doc) for doc in docs
    ]
    staged = list(map(stage, docs, names))
    quotes = list(map(quotes_in, staged))
    found = [
        list(map(find_quantities, docs)),
        [
            [*_told(find_dates(doc, article.published), said)]
            for doc, article, said in zip(docs, articles, quotes, strict=True)
        ],
        list(map(find_places, docs, names)),
        list(map(find_person_roles, docs, names)),
        quotes,
        list(map(attributions_beside, quotes, staged)),
    ]
    kept = [
        _first_of_each(_without_clashes(chain.from_iterable(drafts), settings))[: settings.max_claims]
        for drafts in zip(*found, strict=True)
    ]
    return [_in_context(*read) for read in zip(docs, names, quotes, kept, strict=True)]


def _in_context(doc: Document, names: tuple[Name, ...], quotes: list[Draft], drafts: list[Draft]) -> tuple[Claim, ...]:
    context = _Context.of(doc, names, quotes)
    return tuple([context.claim(f"c{number:03d}", draft) for number, draft in enumerate(drafts, 1)])


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


def _without_clashes(drafts: Iterable[Draft], settings: ClaimSettings) -> list[Draft]:
    """Drop short quotes, uncertain finds and the digits of dates, which no quantity may claim."""
    certain = [draft for draft in drafts if draft.confidence >= settings.min_confidence]
    dates = sorted((draft.span.start, draft.span.end) for draft in certain if draft.kind == "date")
    starts = [start for start, _ in dates]
    kept = []
    for draft in certain:
        if draft.quote is not None and _is_short(draft.quote.words, settings.min_quote_words):
            continue
        before = bisect_right(starts, draft.span.start) - 1
        if draft.kind == "quantity" and before >= 0 and draft.span.end <= dates[before][1]:
            continue
        kept.append(draft)
    return sorted(kept, key=_order)


def _is_short(written: str, words: int) -> bool:
    return len(written.split(None, words)) < words


def _first_of_each(drafts: list[Draft]) -> list[Draft]:
    """Keep the first mention of each specific: the headline's, then the lede's.

    Of a place, the first mention that says what happened there goes before a mere mention; of a quote, the first that
    names who says it.
    """
    chosen: dict[object, Draft] = {}
    for draft in drafts:
        key = _specific(draft)
        if key not in chosen or (_tells_more(draft) and not _tells_more(chosen[key])):
            chosen[key] = draft
    return sorted(chosen.values(), key=_order)


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


def _may_negate(before: str) -> bool:
    return "no" in before or "ne" in before or "n't" in before or "without" in before


def _words_alone(written: str) -> str:
    plain = fold(written)
    bare = plain.translate(_ASCII_SIGNS) if plain.isascii() else _NOT_WORDS.sub(" ", plain)
    return " ".join(bare.casefold().split())


# The fields of a claim: those that its draft has, and those that what stands around it gives, in the order of ``claim``.
_DRAFTED = (
    "kind", "rule", "span", "confidence", "hedged",
    "quantity", "date", "place", "person_role", "quote", "attribution",
)  # fmt: skip
_ADDED = (
    "id", "article", "sentence", "position", "speaker", "outlet", "negated", "terms", "anchors", "subject", "near",
)  # fmt: skip
_drafted = attrgetter(*_DRAFTED)
_claim = maker_in_order(Claim, (*_DRAFTED, *_ADDED))


@dataclass(frozen=True, slots=True)
class _Context:
    """What stands around a span: its sentence, names, and the quote that holds it."""

    doc: Document
    low: str  # the text in lower case
    letters: str  # the same without signs and digits
    names: tuple[Name, ...]
    starts: list[int]  # of the names
    ends: list[int]
    keys: list[str]
    quotes: list[Draft]
    quoted: list[int]  # ends of the quotes, sorted as the quotes are: none lies inside another

    @classmethod
    def of(cls, doc: Document, names: tuple[Name, ...], quotes: list[Draft]) -> _Context:
        low = lower(doc.plain)
        return cls(
            doc=doc,
            low=low,
            letters=letters(low),
            names=names,
            starts=[name.span.start for name in names],
            ends=[name.span.end for name in names],
            keys=[name.key for name in names],
            quotes=quotes,
            quoted=[quote.span.end for quote in quotes],
        )

    def claim(self, number: str, draft: Draft) -> Claim:
        sentence = self.doc.sentence_at(draft.span.start)
        said = self._said_in(draft)
        return _claim(
            *_drafted(draft),
            number,
            self.doc.article,
            sentence,
            self.doc.position(draft.span.start),
            said.speaker,
            said.outlet,
            draft.negated or self._is_negated(draft, sentence),
            self._terms(draft, sentence),
            self._anchors(draft, sentence),
            self._subject(draft, sentence),
            self._near(draft, sentence),
        )

    def _said_in(self, draft: Draft) -> Draft:
        """Return the quote that holds the draft: its speaker says what stands in it."""
        if draft.kind in ("quote", "attribution"):
            return draft
        first = bisect_left(self.quoted, draft.span.end)
        holds = first < len(self.quotes) and self.quotes[first].span.start <= draft.span.start
        return self.quotes[first] if holds else draft

    def _is_negated(self, draft: Draft, sentence: Span) -> bool:
        if draft.kind in ("quote", "attribution"):
            return False
        start = max(sentence.start, draft.span.start - _NEGATION_REACH)
        before = self.low[start : draft.span.start]
        return _may_negate(before) and _NEGATED.search(before) is not None

    def _terms(self, draft: Draft, sentence: Span) -> tuple[str, ...]:
        plain = self.doc.plain
        if draft.kind == "quote":
            return terms(plain[draft.span.start : draft.span.end])
        start, end = sentence.start, max(sentence.end, draft.span.end)
        low = self.low[start:end]
        if not low.isascii() or "'" in low:
            return terms(f"{plain[start : draft.span.start]} {plain[draft.span.end : end]}")
        return stems_of(f"{self.letters[start : draft.span.start]} {self.letters[draft.span.end : end]}".split())

    def _subject(self, draft: Draft, sentence: Span) -> str | None:
        """Return the name next before a figure or date in its clause: whose figure it is."""
        if draft.kind not in ("quantity", "date"):
            return None
        before = bisect_left(self.starts, draft.span.start) - 1
        if before < 0 or self.starts[before] < sentence.start:
            return None
        name = self.names[before]
        between = self.doc.plain[name.span.end : draft.span.start]
        return name.key if len(between) <= _SUBJECT_REACH and not _CLAUSE.search(between) else None

    def _near(self, draft: Draft, sentence: Span) -> tuple[str, ...]:
        if draft.kind not in ("quantity", "date"):
            return ()
        plain = self.doc.plain
        before = plain[max(sentence.start, draft.span.start - _NEAR_BEFORE) : draft.span.start]
        after = plain[draft.span.end : min(sentence.end, draft.span.end + _NEAR_AFTER)]
        whole, rest = _WHOLE_START.sub("", before, 1), _WHOLE_END.sub("", after, 1)
        clause = f"{_CLAUSE.split(whole)[-1]} {_CLAUSE.split(rest, 1)[0]}"
        return terms(" ".join(_PLAIN_WORD.findall(clause)))

    def _anchors(self, draft: Draft, sentence: Span) -> tuple[str, ...]:
        """Return the names around a claim; those inside it are what it says, but for a quote."""
        reach = draft.span if draft.kind == "quote" else sentence
        first = bisect_left(self.starts, min(sentence.start, reach.start))
        last = bisect_left(self.starts, max(sentence.end, reach.end), first)
        if first == last:
            return ()
        if draft.kind == "quote":
            return tuple(sorted(set(self.keys[first:last])))
        before = bisect_right(self.ends, draft.span.start, first, last)
        after = bisect_left(self.starts, draft.span.end, first, last)
        return tuple(sorted({*self.keys[first:before], *self.keys[after:last]}))
