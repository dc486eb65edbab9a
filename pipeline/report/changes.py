"""What a later night changed about an article, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.models import AGAINST, Article, Claim, Finding, Score
from pipeline.report.run import Json, hundredths
from pipeline.report.telling import most_telling

_ALONE = ("uncorroborated", "not_checkable")
_BORNE_OUT = ("supported", "qualified")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an article stood as one night saw it."""

    score: Score
    findings: Mapping[str, Finding]  # by claim
    company: Collection[str]  # the articles of its story


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """An article that a later night scored anew."""

    article: Article
    night: str  # of its own dump
    by: str  # the later night
    claims: Sequence[Claim]
    before: Standing
    after: Standing


def change_of(renewal: Renewal) -> Json | None:
    """Return what a later night changed about an article; None if no verdict and no score changed."""
    before, after = renewal.before, renewal.after
    pairs = [(claim, before.findings[claim.id], after.findings[claim.id]) for claim in renewal.claims]
    turned = [_turned(renewal, *pair) for pair in pairs if pair[1].verdict != pair[2].verdict]
    old, new = _value(before.score), _value(after.score)
    if not turned and (old, before.score.status) == (new, after.score.status):
        return None
    return {
        "article": renewal.article.id,
        "night": renewal.night,
        "change": _change(turned),
        "before": old,
        "after": new,
        "by": renewal.by,
        "why": turned,
    }


def _turned(renewal: Renewal, claim: Claim, before: Finding, after: Finding) -> Json:
    new = [row for row in after.evidence if row.article not in renewal.before.company]
    shown = most_telling(new or after.evidence, after.verdict)
    return {
        "claim": claim.id,
        "kind": claim.kind,
        "text": renewal.article.text[claim.span.start : claim.span.end],
        "before": before.verdict,
        "after": after.verdict,
        "evidence_article": shown.article if shown else None,
        "evidence_text": shown.text if shown else None,
    }


def _change(turned: Sequence[Json]) -> str:
    """Name the change by its weightiest verdict: that an exclusive is borne out is what a desk waits for."""
    if any(row["before"] in _ALONE and row["after"] in _BORNE_OUT for row in turned):
        return "confirmed"
    return "contradicted" if any(row["after"] in AGAINST for row in turned) else "rescored"


def _value(score: Score) -> float | None:
    return None if score.value is None else hundredths(score.value)
