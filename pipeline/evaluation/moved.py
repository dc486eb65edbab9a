"""What an edit moved that should have moved nothing: claims before and after, matched by what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.models import Claim, Finding

Pairs = Iterable[tuple[Claim, Finding]]


def moved(before: Pairs, after: Pairs) -> list[bool]:
    """Tell of each claim whether it is gone or its verdict has changed; claims are matched by what they say."""
    left = Counter(_verdicts(after))
    told = []
    for row in _verdicts(before):
        told.append(left[row] == 0)
        left[row] -= 1
    return told


def _verdicts(pairs: Pairs) -> list[tuple[object, ...]]:
    return [(claim.kind, _said(claim), finding.verdict) for claim, finding in pairs]


def _said(claim: Claim) -> object:
    """Return what a claim says, without where and in which typography it says so."""
    if claim.quote is not None:
        return "".join(letter for letter in claim.quote.words if letter.isalnum()).replace("percent", "")
    if claim.attribution is not None:
        return (claim.attribution.source, claim.attribution.cue)
    return claim.quantity or claim.date or claim.place or claim.person_role
