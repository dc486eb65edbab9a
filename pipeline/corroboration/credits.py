"""Quotes credited to an outlet: does that outlet, or anybody, carry them?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from pipeline.models import Article, Claim
from pipeline.resources import lexicon

UNSOURCED = "quote.unsourced-outlet"
NOT_BORNE_OUT = "quote.not-borne-out"


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


def own_outlets(articles: Mapping[str, Article], origin_of: Mapping[str, str]) -> frozenset[str]:
    """Return the outlets that brought an origin's text first and alone; what they only copied is not their word."""
    first: dict[str, tuple[str, set[str | None]]] = {}
    for id_ in sorted(articles, key=lambda id_: (_moment(articles[id_]), id_)):
        moment, outlets = first.setdefault(origin_of[id_], (_moment(articles[id_]), set()))
        if moment == _moment(articles[id_]):
            source = articles[id_].source
            outlets.add(_house(source) if source else None)
    return frozenset(outlet for _, outlets in first.values() if len(outlets) == 1 for outlet in outlets if outlet)


def _moment(article: Article) -> str:
    return article.published or ""  # an undated text may have been there before every other


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
