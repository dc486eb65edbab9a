"""All levels of all kinds, and the question that picks one."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.corroboration.levels import attribution, date, person_role, place, quantity, quote
from pipeline.corroboration.levels.level import Level, Sides, first_that_fires
from pipeline.models import ClaimKind, Relation
from pipeline.record import quickly_made

LEVELS: dict[ClaimKind, tuple[Level, ...]] = {
    "quantity": quantity.QUANTITY_LEVELS,
    "date": date.DATE_LEVELS,
    "place": place.PLACE_LEVELS,
    "person_role": person_role.PERSON_ROLE_LEVELS,
    "quote": quote.QUOTE_LEVELS,
    "attribution": attribution.ATTRIBUTION_LEVELS,
}
_COMPARABLE = {
    "quantity": quantity.comparable,
    "date": date.comparable,
    "place": place.comparable,
    "person_role": person_role.comparable,
    "quote": quote.comparable,
    "attribution": attribution.comparable,
}


@quickly_made
@dataclass(frozen=True, slots=True)
class Agreement:
    """The level that fired for a pair of claims, and why."""

    level: str
    relation: Relation
    reason: str


def agreement(sides: Sides) -> Agreement | None:
    """Return how the values of two claims of one kind agree; None where they can't be compared.

    Symmetric but for the order in which the reason names both sides. Whether both speak of the
    same thing is not asked here.
    """
    kind = sides.ours.kind
    if kind != sides.theirs.kind or not _COMPARABLE[kind](sides):
        return None
    fired = first_that_fires(LEVELS[kind], sides)
    return Agreement(fired[0].name, fired[0].relation, fired[1]) if fired else None
