"""Which pairs of claims are worth comparing: an inverted index over the claims of one story.

Similarity only proposes pairs here; whether two claims speak of the same thing, and agree, is
asked afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline.corroboration.alignment import tokens
from pipeline.models import Claim
from pipeline.rarity import rarity
from pipeline.text import stem

_GRAM = 3  # words; two quotes with three words in a row in common may be one quote
_RARE = 7.0  # bits; words that one article in 128 has
_MOST_KEYS = 40  # keys a claim; bounds the work on a quote of a whole speech


def index_claims(claims: Iterable[Claim]) -> dict[tuple[str, ...], list[Claim]]:
    """Return the claims under each key that they could be found by; nothing where one article has them all."""
    claims = list(claims)
    if len({claim.article for claim in claims}) < 2:
        return {}
    index: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        for key in _keys(claim):
            index[key].append(claim)
    return dict(index)


def candidates(claim: Claim, index: dict[tuple[str, ...], list[Claim]]) -> list[Claim]:
    """Return the claims of other articles that share a key, in the order of article and claim."""
    if not index:
        return []
    found = {
        (other.article, other.id): other
        for key in _keys(claim)
        for other in index.get(key, ())
        if other.article != claim.article
    }
    return [found[key] for key in sorted(found)]


def _keys(claim: Claim) -> list[tuple[str, ...]]:
    return sorted(set(_all_keys(claim)))[:_MOST_KEYS]


def _all_keys(claim: Claim) -> Iterator[tuple[str, ...]]:
    if claim.quantity is not None:
        yield from _quantity_keys(claim)
    elif claim.place is not None:
        yield ("place", claim.place.name.casefold())
        yield from (("place", name.casefold()) for name in claim.place.within)
        if claim.place.event:
            yield ("happening", claim.place.event)
    elif claim.person_role is not None:
        yield ("person", claim.person_role.person.casefold().split()[-1])
        if claim.person_role.role and claim.person_role.organisation:
            yield ("office", claim.person_role.organisation.casefold())
    elif claim.quote is not None:
        yield from _quote_keys(claim)
    elif claim.attribution is not None:
        yield ("source", claim.attribution.source.casefold().split()[-1])
    else:
        yield ("date",)


def _quantity_keys(claim: Claim) -> Iterator[tuple[str, ...]]:
    assert claim.quantity is not None
    unit = claim.quantity.unit
    if unit != "1":
        yield ("unit", unit)
    for word in (claim.quantity.counted or "").split():
        term = stem(word)
        if term:
            yield ("counted", unit, term)


def _quote_keys(claim: Claim) -> Iterator[tuple[str, ...]]:
    assert claim.quote is not None
    words = tokens(claim.quote.words)
    for start in range(len(words) - _GRAM + 1):
        gram = words[start : start + _GRAM]
        if any(len(word) > 4 for word in gram):
            yield ("words", *gram)
    for term in claim.terms:
        if rarity(term) >= _RARE:
            yield ("term", term)
