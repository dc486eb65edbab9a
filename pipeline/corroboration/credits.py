"""Quotes credited to an outlet: does that outlet, or anybody, carry them, and is anybody their source?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.ledger import NOT_BORNE_OUT, UNSOURCED
from pipeline.models import Article, Claim, Span
from pipeline.moments import instant
from pipeline.resources import lexicon

OTHER_CREDIT = "quote.other-credit"
CIRCULAR = "quote.circular-credit"


def credit_rule(claim: Claim, carriers: Iterable[str], heard: frozenset[str], own: Article) -> str | None:
    """Return the rule that speaks against an outlet's quote which no other article carries.

    ``heard``: the outlets with an article of their own in the story (``own_outlets``). None for a quote that
    is credited to no outlet, to the article's own, or that others carry.
    """
    if claim.quote is None or claim.outlet is None or any(True for _ in carriers):
        return None
    credited = _house(claim.outlet)
    if own.source is not None and _house(own.source) == credited:
        return None
    return NOT_BORNE_OUT if credited in heard else UNSOURCED


@dataclass(frozen=True, slots=True)
class Credits:
    """Who credits whom in a story."""

    articles: Mapping[str, Article]
    origin_of: Mapping[str, str]
    outlets: frozenset[str]  # that have an article of their own in the story
    quotes: Mapping[str, tuple[Claim, ...]]  # by article: those that are credited to an outlet

    @classmethod
    def of(
        cls, articles: Mapping[str, Article], claims: Mapping[str, tuple[Claim, ...]], origin_of: Mapping[str, str]
    ) -> Credits:
        """Gather the credits of a story's articles."""
        quotes = {id_: tuple(claim for claim in made if claim.quote and claim.outlet) for id_, made in claims.items()}
        return cls(articles, origin_of, own_outlets(articles, origin_of), quotes)

    def rule(self, claim: Claim, carriers: Mapping[str, Span]) -> str | None:
        """Return the rule that speaks against a quote's credit; ``carriers``: where the articles that bear it out have it."""
        if claim.outlet is None:
            return None
        if self._runs_in_circles(claim, carriers):
            return CIRCULAR
        return credit_rule(claim, carriers, self.outlets, self.articles[claim.article])

    def otherwise(self, claim: Claim, carriers: Mapping[str, Span], least: int) -> dict[str, str]:
        """Return the outlets that carriers of a quote credit in place of the claim's, by article.

        ``least``: origins that must agree on such an outlet; of others one may have it from anywhere.
        """
        if claim.outlet is None:
            return {}
        credited = {id_: outlet for id_, span in carriers.items() if (outlet := self._credit(id_, span)) is not None}
        voices: dict[str, set[str]] = defaultdict(set)
        for id_, outlet in credited.items():
            voices[_house(outlet)].add(self.origin_of[id_])
        return {
            id_: outlet
            for id_, outlet in credited.items()
            if len(voices[_house(outlet)]) >= least and not _may_be_one(claim.outlet, outlet)
        }

    def _runs_in_circles(self, claim: Claim, carriers: Mapping[str, Span]) -> bool:
        """Tell whether everybody who has a quote credits another of those who have it: nobody is its source then.

        An origin speaks by what it brought first. Somebody who credits nobody may be the source.
        """
        own = self.articles[claim.article].source
        if own is None or not carriers:
            return False
        first: dict[str, str] = {}
        for id_ in sorted(carriers, key=lambda id_: (_moment(self.articles[id_]), id_)):
            first.setdefault(self.origin_of[id_], id_)
        sources = [self.articles[id_].source for id_ in first.values()]
        houses = {_house(own), *(_house(source) for source in sources if source and _house(source) in self.outlets)}
        credited = [
            (own, claim.outlet),
            *((self.articles[id_].source, self._credit(id_, carriers[id_])) for id_ in first.values()),
        ]
        return all(
            source is not None and outlet is not None and _house(outlet) in houses - {_house(source)}
            for source, outlet in credited
        )

    def _credit(self, article: str, span: Span) -> str | None:
        """Return the outlet that an article credits for the words at a span."""
        return next(
            (
                quote.outlet
                for quote in self.quotes[article]
                if quote.span.start < span.end and span.start < quote.span.end
            ),
            None,
        )


def _may_be_one(first: str, second: str) -> bool:
    """Tell whether two names can be one outlet's: "The Times" may be that of any town."""
    ours, theirs = (set(_house(name).split()) - {"the"} for name in (first, second))
    return ours <= theirs or theirs <= ours


def own_outlets(articles: Mapping[str, Article], origin_of: Mapping[str, str]) -> frozenset[str]:
    """Return the outlets that brought an origin's text first and alone; what they only copied is not their word."""
    first: dict[str, tuple[float, set[str | None]]] = {}
    for id_ in sorted(articles, key=lambda id_: (_moment(articles[id_]), id_)):
        moment, outlets = first.setdefault(origin_of[id_], (_moment(articles[id_]), set()))
        if moment == _moment(articles[id_]):
            source = articles[id_].source
            outlets.add(_house(source) if source else None)
    return frozenset(outlet for _, outlets in first.values() if len(outlets) == 1 for outlet in outlets if outlet)


def _moment(article: Article) -> float:
    return instant(article.published)  # an undated text may have been there before every other


def _house(name: str) -> str:
    """Return one name for an outlet's name, alias or domain; unknown outlets keep their own."""
    folded = name.casefold().removeprefix("www.").removeprefix("the ")
    folded = folded.split(" - ")[0].strip()
    return _houses().get(folded, folded)


@cache
def _houses() -> dict[str, str]:
    houses: dict[str, str] = {}
    for row in lexicon("outlets"):
        for name in (row["name"], row["domain"], *row["aliases"].split("|")):
            if name:
                houses[name.casefold().removeprefix("the ")] = row["name"].casefold()
    return houses
