"""Where one thing happened, as two articles tell it: one spot or two of the story's places."""

from __future__ import annotations

from pipeline.corroboration.cast import Cast
from pipeline.corroboration.levels import Sides, agreement
from pipeline.corroboration.values import MANY, Said
from pipeline.models import Claim

_KNOWN = 2.0  # times as alike must be the words around a place that others name too


def in_one_spot(cast: Cast, claim: Claim, other: Claim, topic: float, *, main: bool) -> bool:
    """Tell whether two places are where one thing happened, by all that is said of either.

    ``main``: both are where their articles say that the main event happened, as they do of meetings in two cities as well.
    A place that other origins name too is rather another one of the story.
    """
    if of_two_spots(cast, claim, other, sure=main and topic >= cast.settings.conflict_topic):
        return False
    alike = cast.alike_around(claim, other)
    if main:
        return topic + alike >= cast.settings.main_place
    known = _KNOWN if cast.is_known(claim) else 1.0
    return topic >= cast.settings.alone_topic or alike >= known * cast.settings.one_place


def is_one_of_several(said: Said, claim: Claim) -> bool:
    """Tell whether a claim's article has other places of like happenings: two shootings, two rallies."""
    found = (agreement(Sides(claim, own, None, None)) for own in said.otherwise(claim)[:MANY])
    return any(agreed is not None and agreed.relation == "contradicts" for agreed in found)


def of_two_spots(cast: Cast, claim: Claim, other: Claim, *, sure: bool) -> bool:
    """Tell whether both may be places of the story: the claim's article names the other's, or other origins the claim's.

    Where they are surely told of one thing, it takes both: a speaker's city is named wherever he speaks.
    """
    if claim.place is None or other.place is None:
        return False
    told = cast.is_known(claim), cast.names(claim.article, other.place.name)
    return all(told) if sure else any(told)
