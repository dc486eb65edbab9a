"""The ledger as a table: what each claim of each article cost, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

COLUMNS = (
    "article", "title", "source", "published", "score", "claim", "kind", "rule", "verdict", "points",
    "support_origins", "contradict_origins", "silent_origins", "text", "reason",
)  # fmt: skip

# What a spreadsheet takes for a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def ledger_rows(report: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    """Yield a row of COLUMNS for each row of the ledger; 100 and an article's points make its score.

    Text that a spreadsheet would run is written behind an apostrophe.
    """
    article, score = report["article"], report["score"]
    claims = {claim["id"]: claim for claim in report["claims"]}
    for row in score["ledger"]:
        claim = claims.get(row["claim"])
        yield tuple(
            _inert(cell)
            for cell in (
                *(article[name] for name in ("id", "title", "source", "published")),
                score["value"],
                row["claim"],
                claim and claim["kind"],
                row["rule"],
                claim and claim["verdict"],
                row["points"],
                *(claim[side]["origins"] if claim else None for side in ("support", "contradict", "silent")),
                claim and claim["span"]["text"],
                claim and claim["reason"],
            )
        )


def _inert(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
