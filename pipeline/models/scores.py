"""An article's score and its ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ScoreStatus = Literal["scored", "insufficient_evidence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimScore:
    """How far independent origins bear one claim out, and what that costs the article."""

    claim: str
    probability: float | None  # 0..1; None: not checkable
    uncertainty: float | None  # 0..1
    points: float  # hundredths, never positive


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """Points that one claim or rule costs."""

    claim: str | None
    rule: str
    points: float  # hundredths, never positive


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """An article's consistency score; ``100 + sum(points) == value`` in hundredths."""

    article: str
    value: float | None  # 0..100
    status: ScoreStatus
    reason: str | None  # code when not scored
    low: float | None  # 90 % interval
    high: float | None
    band: str  # "high", "medium", "low", "none"
    coverage: float  # 0..1, weight of the claims on which the others speak
    specificity: float  # mean specificity of the checkable claims, 0..1
    claims: tuple[ClaimScore, ...]
    ledger: tuple[LedgerRow, ...]
    summary: str
