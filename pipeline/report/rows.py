"""Flat rows, one an article, a claim or a rejected record: what jq, pandas and DuckDB read as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.models import Article, Claim, Duplicate, Finding, LedgerRow, Rejected, Score, Story
from pipeline.report.article_report import counts_of, independent_origins
from pipeline.report.paths import Layout, report_path
from pipeline.report.run import Json, Past, Run, hundredths, share
from pipeline.report.telling import most_telling
from pipeline.report.values import claim_value, value_text


def scores_row(  # noqa: PLR0913, PLR0917 - one argument a record that the stages leave on an article
    run: Run,
    article: Article,
    story: Story,
    claims: Sequence[Claim],
    findings: Sequence[Finding],
    score: Score,
    layout: Layout = "article",
    past: Past | None = None,
) -> Json:
    """Return the row of ``scores.jsonl``; ``report`` is relative to the index's folder."""
    worst = _worst(score.ledger)
    spans = {claim.id: claim.span for claim in claims}
    span = spans.get(worst.claim) if worst and worst.claim else None
    past = past or Past()
    before = past.history[-1].value if past.history else None
    return {
        "article": article.id,
        "title": article.title,
        "source": article.source,
        "published": article.published,
        "story": story.id,
        "score": None if score.value is None else hundredths(score.value),
        "low": None if score.low is None else hundredths(score.low),
        "high": None if score.high is None else hundredths(score.high),
        "band": score.band,
        "status": score.status,
        "reason": score.reason,
        "coverage": share(score.coverage),
        "specificity": share(score.specificity),
        "independent_origins": independent_origins(story),
        **counts_of(findings),
        "worst_claim_rule": worst.rule if worst else None,
        "worst_claim_text": article.text[span.start : span.end] if span else None,
        "summary": score.summary,
        "scored_by": past.scored_by or run.date,
        "score_before": None if before is None else hundredths(before),
        "report": f"{run.fingerprint}/{report_path(article.id, layout)}",
    }


def _worst(ledger: Sequence[LedgerRow]) -> LedgerRow | None:
    """Return the first of the rows that cost most; None when nothing about a claim cost anything."""
    costly = [row for row in ledger if row.claim is not None and row.points < 0]
    return min(costly, key=lambda row: row.points, default=None)


def claims_row(article: str, claim: Claim, finding: Finding, told: Mapping[str, Any]) -> Json:
    """Return the row of ``claims.jsonl``; the evidence columns hold the row that the verdict rests on.

    ``article`` is the id, ``told`` the claim as the report has it: what both tell is worked out once.
    """
    telling = most_telling(finding.evidence, finding.verdict)
    span = claim.span
    return {
        "article": article,
        "claim": claim.id,
        "kind": claim.kind,
        "rule": finding.rule,
        "verdict": finding.verdict,
        "points": told["points"],
        "probability": told["probability"],
        "uncertainty": told["uncertainty"],
        "start": span.start,
        "end": span.end,
        "text": told["span"]["text"],
        "value": value_text(claim_value(claim)),
        "speaker": claim.speaker,
        "outlet": claim.outlet,
        "support_origins": finding.support.origins,
        "contradict_origins": finding.contradict.origins,
        "silent_origins": finding.silent.origins,
        "level": telling.level if telling else None,
        "evidence_article": telling.article if telling else None,
        "evidence_text": telling.text if telling else None,
        "reason": finding.reason,
    }


def quarantine_row(rejected: Rejected) -> Json:
    """Return the row of ``quarantine.jsonl``: where the record lies, why it was refused, what to do."""
    place = rejected.location
    return {
        "file": place.file,
        "member": place.member,
        "line": place.line,
        "byte_offset": place.byte_offset,
        "reason": rejected.reason,
        "detail": rejected.detail,
        "hint": rejected.hint,
    }


def duplicate_row(row: Duplicate) -> Json:
    """Return the row of a record that repeats another: which, why, and where it lies."""
    place = row.location
    return {
        "id": row.id, "of": row.of, "reason": row.reason,
        "file": place.file, "member": place.member, "line": place.line,
    }  # fmt: skip
