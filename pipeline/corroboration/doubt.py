"""Whose word alone is not enough against another: an article that others have found wrong on where its event was.

What truth discovery does with the weights of sources, held to one story and one question: if one article says the one
thing and one the other, and nobody else tells, the one that two independent origins contradict on its event's place is
no reason to doubt the other. It loses no support by it, and counts beside any second contradictor.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.models import EVENT_PLACES, Claim, Finding


def doubted_articles(claims: Iterable[Claim], findings: Iterable[Finding], least: float) -> frozenset[str]:
    """Return the ids of articles that put their event where others don't; ``least``: effective origins that say so."""
    return frozenset(
        claim.article
        for claim, found in zip(claims, findings, strict=True)
        if claim.rule in EVENT_PLACES and found.verdict == "contradicted" and found.contradict.effective >= least
    )
