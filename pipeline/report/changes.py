"""What a later night changed about an article, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.models import AGAINST, Article, Claim, Finding, Score, VerdictName
from pipeline.report.run import Json, hundredths
from pipeline.report.telling import most_telling

_ALONE = ("uncorroborated", "not_checkable")
_BORNE_OUT = ("supported", "qualified")
_UNTOLD: VerdictName = "uncorroborated"  # the verdict on a statement that no other article tells: it is no claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an article stood as one night saw it."""

    score: Score
    told: Mapping[str, tuple[Claim, Finding]]  # by what names a claim in every night
    company: Collection[str]  # the articles of its story

    @classmethod
    def of(
        cls, score: Score, claims: Iterable[Claim], findings: Iterable[Finding], company: Collection[str]
    ) -> Standing:
        """Build from the claims of an article and the findings on them."""
        by_id = {claim.id: claim for claim in claims}
        told = {_name_of(claim := by_id[finding.claim]): (claim, finding) for finding in findings}
        return cls(score=score, told=told, company=company)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """An article that a later night scored anew."""

    article: Article
    night: str  # of its own dump
    by: str  # the later night
    before: Standing
    after: Standing


def change_of(renewal: Renewal) -> Json | None:
    """Return what a later night changed about an article; None if no verdict and no score changed."""
    before, after = renewal.before, renewal.after
    names = [*after.told, *(name for name in before.told if name not in after.told)]
    turned = [row for name in names if (row := _turned(renewal, before.told.get(name), after.told.get(name)))]
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


def _name_of(claim: Claim) -> str:
    """A statement is a claim only while another article tells it otherwise, and numbered with those of its night."""
    return claim.id if claim.statement is None else f"statement {claim.span.start}-{claim.span.end}"


def _turned(renewal: Renewal, before: tuple[Claim, Finding] | None, after: tuple[Claim, Finding] | None) -> Json | None:
    """Return a claim whose verdict changed; a statement that one of the nights has not stood alone there."""
    standing = after or before
    assert standing is not None
    claim = standing[0]
    old = before[1].verdict if before else _UNTOLD
    new = after[1].verdict if after else _UNTOLD
    if old == new:
        return None
    evidence = after[1].evidence if after else ()
    shown = most_telling([row for row in evidence if row.article not in renewal.before.company] or evidence, new)
    return {
        "claim": claim.id,
        "kind": claim.kind,
        "text": renewal.article.text[claim.span.start : claim.span.end],
        "before": old,
        "after": new,
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
