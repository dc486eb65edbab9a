"""Which articles of a story share one origin, and why.

Equal texts are one before anything else is asked, and no copy can tie two texts together that nothing else
ties: what a story's other articles have for origins does not depend on how often one of them is copied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import inf

from pipeline.models import Article, OriginLink, Overlap
from pipeline.moments import instant
from pipeline.settings import OriginSettings
from pipeline.stories.publishers import family, name_family
from pipeline.stories.reading import own_text
from pipeline.stories.shared import Shared, compare
from pipeline.stories.union import Sets

_RULES = ("same-url", "equal-text", "declared-copy", "contained-text", "shared-quotes", "wire-credit", "same-publisher")
_DETAIL = 200  # code points of shared words shown


@dataclass(frozen=True, slots=True)
class Origins:
    """What is known of the origins of one story."""

    origin_of: dict[str, str]  # by article id
    links: tuple[OriginLink, ...]
    overlaps: tuple[Overlap, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with the articles that carry it, first published first."""

    carriers: tuple[Article, ...]
    families: frozenset[str | None]  # of those that carried it first
    wires: frozenset[str]
    bylined: frozenset[str]  # families of agencies that wrote it, not only lent a photo

    @property
    def article(self) -> Article:
        """Return the article that stands for the text."""
        return self.carriers[0]


@dataclass(frozen=True, slots=True)
class _Tie:
    """A reason why two articles share an origin; the strongest come first when sorted."""

    rank: int  # in _RULES
    distance: float  # 1 - similarity
    first: str
    second: str
    detail: str | tuple[int, int]  # two texts, for the words that they share: dear to find, and asked of few


def find_origins(articles: Sequence[Article], digests: Mapping[str, str], settings: OriginSettings) -> Origins:
    """Return the origins of the articles of one story, with the reason for each union.

    ``digests`` name the text of each article; equal names, equal texts. Time is quadratic in the distinct texts of the story.
    """
    texts = _texts(articles, digests, settings.families)
    shared = compare([own_text(text.article) for text in texts], settings)
    sets = Sets([article.id for article in articles])
    ties = sorted(_ties(texts, shared, settings), key=lambda tie: (tie.rank, tie.distance, tie.first, tie.second))
    links = tuple(_link(tie, shared) for tie in ties if sets.join(tie.first, tie.second))
    origin_of = {article.id: _origin_id(sets.root(article.id)) for article in articles}
    return Origins(origin_of, links, _overlaps(texts, origin_of, shared, settings.overlap))


def origin_alone(article: str) -> Origins:
    """Return the origin of a story of one article, by its id: nothing is to be found."""
    return Origins({article: _origin_id(article)}, (), ())


def _origin_id(smallest: str) -> str:
    return f"o-{sha256(smallest.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def _texts(articles: Sequence[Article], digests: Mapping[str, str], own: str) -> list[_Text]:
    carriers: dict[str, list[Article]] = defaultdict(list)
    for article in sorted(articles, key=lambda article: (instant(article.published, inf), article.id)):
        carriers[digests[article.id]].append(article)
    return [_text(tuple(carriers[digest]), own) for digest in sorted(carriers)]


def _text(carriers: tuple[Article, ...], own: str) -> _Text:
    moment = instant(carriers[0].published)
    first = [article for article in carriers if instant(article.published) == moment]
    families = frozenset(family(article, own) for article in first)
    wires = frozenset(name for article in carriers for wire in article.wires if (name := name_family(wire, own)))
    authors = {name_family(author, own) for article in carriers for author in article.authors}
    return _Text(carriers, families, wires, frozenset(wire for wire in wires if wire in authors | families))


def _ties(texts: Sequence[_Text], shared: Shared, settings: OriginSettings) -> Iterator[_Tie]:
    yield from _equal_ties(texts)
    yield from _address_ties(texts)
    yield from _declared_ties(texts, shared, settings)
    yield from _text_ties(texts, shared, settings)
    yield from _wire_ties(texts, shared, settings)
    yield from _publisher_ties(texts)


def _equal_ties(texts: Sequence[_Text]) -> Iterator[_Tie]:
    for text in (text for text in texts if len(text.carriers) > 1):
        words = " ".join(text.article.text.split())[:_DETAIL]
        for article in text.carriers[1:]:
            yield _tie("equal-text", text.article, article, words)


def _address_ties(texts: Sequence[_Text]) -> Iterator[_Tie]:
    first: dict[str, Article] = {}
    for text in texts:
        for article in text.carriers:
            if article.canonical_url:
                known = first.setdefault(article.canonical_url, article)
                if known is not article:
                    yield _tie("same-url", known, article, article.canonical_url)


def _declared_ties(texts: Sequence[_Text], shared: Shared, settings: OriginSettings) -> Iterator[_Tie]:
    """Tie what the dump calls copies: to the original it names, or to whatever they share words with."""
    carriers = [article for text in texts for article in text.carriers]
    declared = {article.copy_of for article in carriers if article.copy_of != article.id}
    first: dict[str, Article] = {}
    for article in carriers:
        for key in (article.copy_of, article.canonical_url, article.id):
            if key is not None and key in declared:
                known = first.setdefault(key, article)
                if known is not article:
                    yield _tie("declared-copy", known, article, key[:_DETAIL])
    copies = [any(article.copy_of == article.id for article in text.carriers) for text in texts]
    for one, other, containment in shared.pairs(settings.wire_containment) if any(copies) else ():
        if copies[one] or copies[other]:
            yield _tie("declared-copy", texts[one].article, texts[other].article, (one, other), containment)


def _text_ties(texts: Sequence[_Text], shared: Shared, settings: OriginSettings) -> Iterator[_Tie]:
    for one, other, containment in shared.pairs(min(settings.containment, settings.quote_containment)):
        articles = (texts[one].article, texts[other].article)
        if containment >= settings.containment:
            yield _tie("contained-text", *articles, (one, other), containment)
            continue
        quotes = shared.quotes(one, other)
        # What outlets say around the quotes must be alike too: a statement is quoted by everyone who got it.
        if len(quotes) >= settings.shared_quotes and shared.beside(one, other, quotes) >= settings.quote_containment:
            longest = max(quotes, key=lambda words: (len(words), words))
            yield _tie("shared-quotes", *articles, longest[:_DETAIL], containment)


def _wire_ties(texts: Sequence[_Text], shared: Shared, settings: OriginSettings) -> Iterator[_Tie]:
    """Tie texts that credit one agency, if they share words too or it wrote both: a photo credit is no origin."""
    credited: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        for wire in text.wires:
            credited[wire].append(index)
    for wire in sorted(credited):
        for place, one in enumerate(credited[wire]):
            for other in credited[wire][place + 1 :]:
                containment = shared.containment(one, other)
                wrote_both = wire in texts[one].bylined and wire in texts[other].bylined
                if wrote_both or containment >= settings.wire_containment:
                    yield _tie("wire-credit", texts[one].article, texts[other].article, wire, containment)


def _publisher_ties(texts: Sequence[_Text]) -> Iterator[_Tie]:
    """Tie texts of one publisher.

    A text that several publishers brought at once belongs to none of them for certain: it is tied to texts
    that are a publisher's own, never to another such text, or an aggregator would make all it copies one.
    """
    own: dict[str, Article] = {}
    for text in texts:
        for name in text.families:
            if name and len(text.families) == 1:
                first = own.setdefault(name, text.article)
                if first is not text.article:
                    yield _tie("same-publisher", first, text.article, name)
    for text in texts:
        for name in sorted(name for name in text.families if name and len(text.families) > 1):
            if name in own:
                yield _tie("same-publisher", own[name], text.article, name)


def _tie(rule: str, one: Article, other: Article, detail: str | tuple[int, int], similarity: float = 1.0) -> _Tie:
    first, second = sorted((one.id, other.id))
    return _Tie(_RULES.index(rule), round(1.0 - similarity, 6), first, second, detail)


def _link(tie: _Tie, shared: Shared) -> OriginLink:
    return OriginLink(
        first=tie.first,
        second=tie.second,
        rule=f"origin.{_RULES[tie.rank]}",
        detail=tie.detail if isinstance(tie.detail, str) else shared.stretch(*tie.detail)[:_DETAIL],
        similarity=round(1.0 - tie.distance, 6),
    )


def _overlaps(
    texts: Sequence[_Text], origin_of: Mapping[str, str], shared: Shared, least: float
) -> tuple[Overlap, ...]:
    """Return the origins whose representatives, each the first published of its origin, share words."""
    stands_for: dict[str, int] = {}
    order = sorted(range(len(texts)), key=lambda row: (instant(texts[row].article.published), texts[row].article.id))
    for row in order:
        stands_for.setdefault(origin_of[texts[row].article.id], row)
    found = []
    names = sorted(stands_for)
    for place, first in enumerate(names):
        for second in names[place + 1 :]:
            jaccard = shared.jaccard(stands_for[first], stands_for[second])
            if jaccard > least:
                found.append(Overlap(first=first, second=second, jaccard=round(jaccard, 6)))
    return tuple(found)
