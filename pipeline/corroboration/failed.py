"""A story that this program could not compare: its claims, told as such."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.models import NOT_COMPARED, Claim, Finding, Story, Tally

_NOBODY = Tally(origins=0, articles=0, effective=0.0)


def not_compared(story: Story, claims: Mapping[str, tuple[Claim, ...]], where: str) -> tuple[Finding, ...]:
    """Return a finding for every claim of a story's articles that says why there is none, in the order of ``corroborate``.

    ``where``: what the program raised, and where in it.
    """
    return tuple(_finding(claim, where) for id_ in story.articles for claim in claims.get(id_, ()))


def _finding(claim: Claim, where: str) -> Finding:
    return Finding(
        article=claim.article,
        claim=claim.id,
        verdict="not_checkable",
        rule=NOT_COMPARED,
        support=_NOBODY,
        contradict=_NOBODY,
        silent=_NOBODY,
        opportunity=0,
        filled=0,
        specificity=0.0,
        without=(),
        reason=f"Not compared: twosource itself failed on this story ({where}). Please report this.",
        evidence=(),
        evidence_total=0,
    )
