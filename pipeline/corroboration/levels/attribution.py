"""Levels for attributions: who is named as the source of a matter."""

from __future__ import annotations

from pipeline.corroboration.levels.level import Level, Sides
from pipeline.corroboration.levels.person_role import same_person


def comparable(sides: Sides) -> bool:
    """Tell whether both name one source and neither denies what the other affirms."""
    ours, theirs = sides.ours.attribution, sides.theirs.attribution
    assert ours is not None
    assert theirs is not None
    same = ours.source.casefold() == theirs.source.casefold() or same_person(ours.source, theirs.source)
    return same and sides.ours.negated == sides.theirs.negated


def _same_source(sides: Sides) -> str | None:
    assert sides.ours.attribution is not None
    return f"the same source on the same matter: {sides.ours.attribution.source}"


ATTRIBUTION_LEVELS = (Level("attribution.same-source", "supports", _same_source),)
