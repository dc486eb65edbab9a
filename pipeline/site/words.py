"""How verdicts look and read: the same words and symbols on every page and in the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """A verdict for the eye."""

    symbol: str
    label: str
    meaning: str


VERDICTS = {
    "contradicted": VerdictWords("✗", "contradicted", "other origins say otherwise, and few or none say so too"),
    "contested": VerdictWords(
        "≠", "contested", "as many origins for it as against it, or what is against it may be of something else"
    ),
    "superseded": VerdictWords("↑", "superseded", "a later report outgrew it, or another figure took its place"),
    "qualified": VerdictWords("≈", "qualified", "others say it more coarsely or more finely"),
    "supported": VerdictWords("✓", "supported", "other independent origins say so too"),
    "uncorroborated": VerdictWords("?", "uncorroborated", "nobody else says it, though others could have"),
    "not_checkable": VerdictWords("–", "not checkable", "no other origin could have carried it"),
}  # gravest first

RELATIONS = {
    "supports": VerdictWords("✓", "says so too", ""),
    "qualifies": VerdictWords("≈", "says it more coarsely or finely", ""),
    "supersedes": VerdictWords("↑", "has an earlier or later figure", ""),
    "contradicts": VerdictWords("✗", "says otherwise", ""),
}

KINDS = {
    "quantity": "figure",
    "date": "date",
    "place": "place",
    "person_role": "person",
    "quote": "quote",
    "attribution": "attribution",
    "statement": "statement",
}

BANDS = {"high": "high", "medium": "medium", "low": "low", "none": "no score"}


def hundredths(number: float) -> Decimal:
    """Return a published number as the exact decimal that its file shows, in hundredths."""
    return Decimal(repr(number)).quantize(Decimal("0.01"))


def points_text(number: float) -> str:
    """Return points with their sign: ``−11.03``; nothing lost is ``0.00``."""
    exact = hundredths(number)
    return f"−{-exact}" if exact < 0 else f"{exact}"


def score_text(number: float | None) -> str:
    """Return a score with its hundredths, a dash where there is none."""
    return "–" if number is None else f"{hundredths(number)}"
