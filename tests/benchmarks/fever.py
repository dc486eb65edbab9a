"""Claim against evidence sentence (FEVER-symmetric): refuted where any two of their claims contradict, else supported.

Encyclopaedia sentences, not news, and most of their lies lie in verbs, which no claim kind holds: only rows in which
both sides make a claim of one kind are judged, and chance is one half.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.claims import extract
from pipeline.corroboration.levels import Sides, agreement
from pipeline.models import Claim
from pipeline.settings import ClaimSettings, load_settings
from tests.benchmarks.sets import Measured, article_of, rows, share


def measure(evaluation: Path) -> dict[str, Measured]:
    """Return the accuracy on the rows where there is anything to compare, and the share of such rows."""
    settings = load_settings().claims
    right: list[bool] = []
    comparable: list[bool] = []
    for row in rows(evaluation / "fever_symmetric" / "pairs.jsonl"):
        ours, theirs = _claims(row, "claim", settings), _claims(row, "evidence", settings)
        pairs = [Sides(one, other, None, None) for one in ours for other in theirs if one.kind == other.kind]
        comparable.append(bool(pairs))
        if pairs:
            relations = {found.relation for sides in pairs if (found := agreement(sides))}
            right.append(("contradicts" in relations) == (row["label"] == "refuted"))
    return {"fever.accuracy": share(right), "fever.comparable": share(comparable)}


def _claims(row: dict[str, Any], side: str, settings: ClaimSettings) -> tuple[Claim, ...]:
    nothing = dict.fromkeys(("source", "url", "title", "published"))
    article = article_of({**nothing, "id": f"{row['id']}-{side}", "language": "en", "text": row[side]}, "pairs.jsonl")
    return extract(article, settings)
