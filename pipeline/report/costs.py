"""What a claim is worth, how much of that it keeps, and for what: the words beside its points."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ledger import AGAINST_CREDIT
from pipeline.models import ClaimScore, Finding


def cost_words(finding: Finding, score: ClaimScore) -> str | None:
    """Return why a claim costs what it costs as one sentence; None where it costs nothing.

    A claim loses the share ``1 - probability`` of what it is worth: from this and its points follows its worth.
    """
    if score.probability is None or not score.points or score.probability >= 1:
        return None
    worth = -score.points / (1 - score.probability)
    sides = "; ".join(_sides(finding))
    return f"Worth {worth:.1f} of the 100 points, of which it keeps {100 * score.probability:.0f} %: {sides}."


def _sides(finding: Finding) -> Iterator[str]:
    if finding.rule in AGAINST_CREDIT:
        yield "the credit is not borne out, which counts against it"
    elif not finding.filled:
        yield "nobody else speaks of it, so it weighs little"
    elif finding.verdict == "uncorroborated":
        yield f"{_origins(finding.filled)} {'speaks' if finding.filled == 1 else 'speak'} of the matter, none says so"
    else:
        yield ", ".join(_stands(finding))
    if finding.verdict == "supported":
        yield "more origins for it would keep more"


def _stands(finding: Finding) -> Iterator[str]:
    saying = {row.origin for row in finding.evidence if row.relation == "supports"}
    nearly = {row.origin for row in finding.evidence if row.relation in {"qualifies", "supersedes"}} - saying
    for origins, stand in ((finding.support.origins, "for it"), (len(nearly), "nearly so")):
        if origins:
            yield f"{_origins(origins)} {stand}"
    if finding.contradict.origins:
        yield f"{finding.contradict.origins} against it"
    if finding.silent.origins:
        yield f"{finding.silent.origins} silent"


def _origins(number: int) -> str:
    return f"{number} origin{'' if number == 1 else 's'}"
