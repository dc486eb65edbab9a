"""The ledger as steps down from 100: every view of a score is made from these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.site.words import hundredths

SHOWN_STEPS = 10  # dearest ones; the others are one step, so that the steps still end at the score


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the fall, in exact hundredths."""

    claim: str | None  # id; None for a rule of its own and for the sum of the others
    rule: str | None  # None for the sum of the others
    others: int  # how many ledger rows the sum of the others holds, else 0
    points: Decimal
    after: Decimal  # what is left of 100

    @property
    def before(self) -> Decimal:
        """What was left before."""
        return self.after - self.points


def waterfall(score: dict[str, Any], shown: int = SHOWN_STEPS) -> list[Step]:
    """Return the steps of a report's score, dearest first; none where there is no score.

    The last step ends at ``score.value``, to the hundredth.
    """
    if score["value"] is None:
        return []
    costly = sorted((row for row in score["ledger"] if row["points"]), key=lambda row: row["points"])
    head, rest = (costly, []) if len(costly) <= shown + 1 else (costly[:shown], costly[shown:])
    left, steps = Decimal(100), []
    for row in head:
        points = hundredths(row["points"])
        left += points
        steps.append(Step(row["claim"], row["rule"], 0, points, left))
    return [*steps, *_others(rest, left)]


def _others(rows: Sequence[dict[str, Any]], left: Decimal) -> list[Step]:
    points = sum((hundredths(row["points"]) for row in rows), Decimal(0))
    return [Step(None, None, len(rows), points, left + points)] if rows else []
