"""Which of many rows of evidence a single line shows: the one that the verdict rests on."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.models import Evidence, Relation, VerdictName

_RESTS_ON: dict[VerdictName, Relation] = {
    "contradicted": "contradicts",
    "contested": "contradicts",
    "superseded": "supersedes",
    "qualified": "qualifies",
    "supported": "supports",
}


def most_telling(evidence: Sequence[Evidence], verdict: VerdictName) -> Evidence | None:
    """Return the strongest row of the relation that a verdict rests on, failing that the strongest; None of none."""
    if not evidence:
        return None
    wanted = _RESTS_ON.get(verdict)
    return next((row for row in evidence if row.relation == wanted), evidence[0])
