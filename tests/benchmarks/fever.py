"""Claim against evidence sentence (FEVER-symmetric): refuted where the evidence's strongest word on any claim is no.

Of several claims of the evidence the strongest speaks, as of an article in a story: "from September 1994 to August 1995"
bears out a September 1994. Encyclopaedia sentences, not news, and most of their lies lie in verbs, which no claim kind
holds: only rows in which both sides make a claim of one kind are judged, and chance is one half.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.claims import extract
from pipeline.corroboration.levels import Sides, agreement
from pipeline.corroboration.stands import STRENGTH
from pipeline.models import Claim, Relation
from pipeline.settings import ClaimSettings, load_settings
from tests.benchmarks.sets import Measured, article_of, rows, share


def measure(evaluation: Path) -> dict[str, Measured]:
    """Return the accuracy on the rows where there is anything to compare, and the share of such rows."""
    settings = load_settings().claims
    right: list[bool] = []
    comparable: list[bool] = []
    for row in rows(evaluation / "fever_symmetric" / "pairs.jsonl"):
        ours, theirs = _claims(row, "claim", settings), _claims(row, "evidence", settings)
        comparable.append(not {claim.kind for claim in ours}.isdisjoint(claim.kind for claim in theirs))
        if comparable[-1]:
            refuted = any(_strongest(claim, theirs) == "contradicts" for claim in ours)
            right.append(refuted == (row["label"] == "refuted"))
    return {"fever.accuracy": share(right), "fever.comparable": share(comparable)}


def _strongest(claim: Claim, others: tuple[Claim, ...]) -> Relation | None:
    """Return the relation of the strongest of the others to a claim, as one article is heard on it."""
    found = [agreement(Sides(claim, other, None, None)) for other in others]
    return min((agreed.relation for agreed in found if agreed), key=STRENGTH.__getitem__, default=None)


def _claims(row: dict[str, Any], side: str, settings: ClaimSettings) -> tuple[Claim, ...]:
    nothing = dict.fromkeys(("source", "url", "title", "published"))
    article = article_of({**nothing, "id": f"{row['id']}-{side}", "language": "en", "text": row[side]}, "pairs.jsonl")
    return extract(article, settings)
