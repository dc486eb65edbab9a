"""Figures that are new every day: a stock index, a price."""

from __future__ import annotations

import re

from pipeline.models import Claim
from pipeline.resources import words

_WORD = re.compile(r"[^\W\d_]+")


def is_of_its_day(claim: Claim, text: str) -> bool:
    """Tell whether a figure stands in a sentence on what is counted anew every day."""
    if claim.quantity is None:
        return False
    told = _WORD.findall(text[claim.sentence.start : claim.sentence.end].lower())
    return not words("daily").isdisjoint(told)
