"""Quotes credited to an outlet: does that outlet, or anybody, carry them?"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pipeline.models import Article, Claim
from pipeline.resources import lexicon

UNSOURCED = "quote.unsourced-outlet"
NOT_BORNE_OUT = "quote.not-borne-out"


def credit_rule(claim: Claim, carriers: Iterable[str], story: Iterable[Article], own: Article) -> str | None:
    """Return the rule that speaks against an outlet's quote which no other article carries.

    None for a quote that is credited to no outlet, to the article's own, or that others carry.
    """
    if claim.quote is None or claim.outlet is None or any(True for _ in carriers):
        return None
    credited = _house(claim.outlet)
    if own.source is not None and _house(own.source) == credited:
        return None
    others = (article.source for article in story if article.id != own.id and article.source)
    return NOT_BORNE_OUT if credited in {_house(source) for source in others} else UNSOURCED


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
