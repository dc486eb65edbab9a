"""A finding as it is written down: what was counted, in numbers and in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.corroboration.reasons import left_out, not_heard, reason_for
from pipeline.corroboration.specificity import specificity
from pipeline.corroboration.verdicts import Outcome
from pipeline.models import Claim, Evidence, Finding
from pipeline.record import maker_in_order
from pipeline.settings import CorroborationSettings

_finding = maker_in_order(
    Finding,
    (
        "article", "claim", "verdict", "rule", "support", "contradict", "silent", "opportunity", "filled",
        "specificity", "without", "reason", "evidence", "evidence_total",
    ),
)  # fmt: skip


def written(
    claim: Claim, rule: str, outcome: Outcome, evidence: tuple[Evidence, ...], settings: CorroborationSettings
) -> Finding:
    """Write down what was found on a claim; ``evidence`` is all there is, strongest first."""
    counted = outcome.counted
    found: Finding = _finding(
        claim.article,
        claim.id,
        outcome.verdict,
        rule,
        outcome.support,
        outcome.contradict,
        outcome.silent,
        counted.opportunity,
        counted.filled,
        round(specificity(claim, settings.specificity), 4),
        outcome.without,
        reason_for(claim, outcome.verdict, rule, counted, evidence),
        evidence[: settings.max_evidence],
        len(evidence),
    )
    return found


def written_alike(claims: Sequence[Claim], outcome: Outcome, settings: CorroborationSettings) -> list[Finding]:
    """Write down claims that are credited to no outlet and on which nobody speaks, so that all have one outcome and one reason."""
    support, contradict, silent, without = outcome.support, outcome.contradict, outcome.silent, outcome.without
    named, counted, form = outcome.verdict, outcome.counted, settings.specificity
    could, fill = counted.opportunity, counted.filled
    reason = reason_for(claims[0], named, claims[0].rule, counted, ()) if claims else ""
    return [
        _finding(
            claim.article, claim.id, named, claim.rule, support, contradict, silent, could, fill,
            round(specificity(claim, form), 4), without, reason, (), 0,
        )
        for claim in claims
    ]  # fmt: skip


def compared_in_part(found: Finding, uncompared: int) -> Finding:
    """Say of a finding how many claims that may be of its matter were not compared; nothing where all were."""
    if not uncompared:
        return found
    return replace(found, uncompared=uncompared, reason=f"{found.reason} {left_out(uncompared)}")


def not_compared(found: Finding, most: int) -> Finding:
    """Say of a finding that its claim was held against nothing; ``most``: how many of a kind a story hears."""
    return replace(found, uncompared=1, reason=not_heard(most))
