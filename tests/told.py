"""Claims that the articles of one made-up story tell, by article."""

from __future__ import annotations

from dataclasses import replace

from pipeline.models import Claim
from pipeline.settings import load_settings
from tests.made import made_claim

SETTINGS = load_settings()
TEXT = "The harbour board met in the old hall and spoke at length about the storm and the boats. " * 12
TERMS = ("board", "boat", "dredg", "harbour", "storm")
ANCHORS = ("harbour board", "ilse brandt")

Told = dict[str, list[Claim]]


def figure(low: int) -> Claim:
    """Return the claim of a number of boats."""
    return made_claim("quantity", {"low": low, "high": low, "counted": "boats"}, terms=TERMS, anchors=ANCHORS)


def settled(told: Told) -> dict[str, tuple[Claim, ...]]:
    """Return the claims as those of their articles, numbered."""
    return {
        id_: tuple(replace(claim, article=id_, id=f"c{number:03d}") for number, claim in enumerate(claims, 1))
        for id_, claims in told.items()
    }
