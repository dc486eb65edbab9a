"""What stands in a ledger: sums that add up to the hundredth, weights under a cap, and the rules that cost by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.models import LedgerRow
from pipeline.record import maker

# Rules by which a quote's credit to an outlet counts against it, each with the key of [score] that says how much.
UNSOURCED = "quote.unsourced-outlet"
NOT_BORNE_OUT = "quote.not-borne-out"
AGAINST_CREDIT = {UNSOURCED: "unsourced_outlet", NOT_BORNE_OUT: "not_borne_out"}
_row = maker(LedgerRow)


def ledger_of(names: Sequence[tuple[str | None, str]], costs: Sequence[float]) -> tuple[tuple[LedgerRow, ...], float]:
    """Return one row a (claim, rule) and the value, with ``100 + sum(points) == value`` in hundredths.

    ``costs`` are points, not negative. Each is rounded down; the hundredths that are missing to the
    rounded sum go to the largest remainders, the earlier row first.
    """
    exact = [max(0.0, cost) * 100 for cost in costs]
    total = min(10_000, round(sum(exact)))
    shares = [int(cost) for cost in exact]
    order = sorted(range(len(exact)), key=lambda row: (shares[row] - exact[row], row))
    for row in order[: max(0, total - sum(shares))]:
        shares[row] += 1
    rows = tuple(
        [
            _row(claim=claim, rule=rule, points=-share / 100 if share else 0.0)
            for (claim, rule), share in zip(names, shares, strict=True)
        ]
    )
    return rows, (10_000 - sum(shares)) / 100


def water_filled(weights: Sequence[float], cap: float) -> list[float]:
    """Return weights of which none is more than ``cap`` (0..1) of their new sum, where that is possible.

    The largest are lowered to one level L with ``L = cap · (k·L + rest)``, k of them being at it.
    """
    order = sorted(range(len(weights)), key=lambda row: (-weights[row], row))
    for k, row in enumerate(order):
        rest = sum(weights[row] for row in order[k:])
        if cap * k >= 1 or rest <= 0:
            break
        level = cap * rest / (1 - cap * k)
        if weights[row] <= level:
            return [min(weight, level) if k else weight for weight in weights]
    return list(weights)
