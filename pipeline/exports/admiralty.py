"""Information credibility, 1 to 6, of each claim: the second half of the Admiralty (NATO) code, as MISP spells it.

The words of each grade are those of MISP's taxonomy `admiralty-scale`. The first half, how reliable a source
is, is never given: twosource measures no source.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

Credibility = Literal[1, 2, 3, 4, 5, 6]

GRADES: dict[Credibility, str] = {
    1: "Confirmed by other sources",
    2: "Probably true",
    3: "Possibly true",
    4: "Doubtful",
    5: "Improbable",
    6: "Truth cannot be judged",
}
_CONFIRMING_ORIGINS = 2  # other independent origins: the two-source rule


def credibility(claim: dict[str, Any]) -> Credibility:
    """Return the grade of a report's claim; docs/exports.md says why each is what it is."""
    match claim["verdict"]:
        case "supported":
            return 1 if claim["support"]["origins"] >= _CONFIRMING_ORIGINS else 2
        case "qualified" | "superseded":
            return 3
        case "contested":
            return 4
        case "contradicted":
            return 5
        case _:
            return 4 if claim["rule"] == "quote.not-borne-out" else 6


def graded(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a row a claim: what it is, its grade, and the grade as a machine tag."""
    article = report["article"]
    for claim in report["claims"]:
        grade = credibility(claim)
        yield {
            "article": article["id"],
            "url": article["url"],
            "claim": claim["id"],
            "text": claim["span"]["text"],
            "verdict": claim["verdict"],
            "credibility": grade,
            "meaning": GRADES[grade],
            "tag": f'admiralty-scale:information-credibility="{grade}"',
            "reason": claim["reason"],
        }
