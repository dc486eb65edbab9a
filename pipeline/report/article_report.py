"""One article's report: every specific, its verdict, its cost, and the other side's words."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.models import Article, Claim, ClaimScore, Evidence, Finding, LedgerRow, OriginLink, Score, Story, Tally
from pipeline.report.costs import cost_words
from pipeline.report.limits import limits_of
from pipeline.report.run import (
    VERDICTS,
    Json,
    Past,
    Reading,
    Run,
    hundredths,
    run_json,
    share,
    share_or_none,
)
from pipeline.report.values import claim_value, span_json, value_json
from pipeline.version import SCHEMA_VERSION


def build_report(  # noqa: PLR0913, PLR0917 - one argument a record that the stages leave on an article
    run: Run,
    article: Article,
    story: Story,
    claims: Sequence[Claim],
    findings: Sequence[Finding],
    score: Score,
    limits: Sequence[str] = (),
    past: Past | None = None,
) -> Json:
    """Return the report of one article, in the shape of ``schemas/report.json``.

    Claims are listed in the order given; each needs its finding and its claim score (KeyError
    otherwise: a claim must not vanish). ``limits`` are sentences of the caller's own, added to
    those that follow from the article's situation.
    """
    found = {finding.claim: finding for finding in findings}
    scores = {row.claim: row for row in score.claims}
    ordered = [found[claim.id] for claim in claims]
    past = past or Past()
    return {
        "schema_version": SCHEMA_VERSION,
        "run": run_json(run),
        "article": _article(article),
        "story": _story(story, article.id, past),
        "score": _score(score, run, past),
        "counts": counts_of(ordered),
        "claims": [claim_json(article, claim, found[claim.id], scores[claim.id]) for claim in claims],
        "limits": [*limits_of(article, story, claims, ordered, score), *limits],
    }


def counts_of(findings: Sequence[Finding]) -> dict[str, int]:
    """Return how many findings reached each verdict, every verdict named."""
    verdicts = [finding.verdict for finding in findings]
    return {verdict: verdicts.count(verdict) for verdict in VERDICTS}


def independent_origins(story: Story) -> int:
    """Return how many independent origins tell a story."""
    return len(set(story.origins))


def _article(article: Article) -> Json:
    place = article.location
    return {
        "id": article.id,
        "source": article.source,
        "url": article.url,
        "title": article.title,
        "published": article.published,
        "language": article.language,
        "text": article.text,
        "word_count": article.word_count,
        "sha256": article.sha256,
        "origin": {"file": place.file, "member": place.member, "line": place.line},
        "boilerplate": [{"start": mark.start, "end": mark.end, "rule": mark.rule} for mark in article.boilerplate],
        "modified": article.modified,
        "genres": list(article.genres),
    }


def _story(story: Story, own: str, past: Past) -> Json:
    return {
        "id": story.id,
        "articles": list(story.articles),
        "independent_origins": independent_origins(story),
        "origin_of": dict(zip(story.articles, story.origins, strict=True)),
        "same_origin": [_tie(link, own) for link in story.links if own in {link.first, link.second}],
        "other_nights": {id_: past.nights[id_] for id_ in story.articles if id_ in past.nights},
    }


def _tie(link: OriginLink, own: str) -> Json:
    other = link.second if link.first == own else link.first
    return {"article": other, "rule": link.rule, "shared": link.detail, "similarity": share(link.similarity)}


def _score(score: Score, run: Run, past: Past) -> Json:
    value, low, high = score.value, score.low, score.high
    return {
        "value": None if value is None else hundredths(value),
        "status": score.status,
        "reason": score.reason,
        "interval": None if low is None or high is None else [hundredths(low), hundredths(high)],
        "band": score.band,
        "coverage": share(score.coverage),
        "specificity": share(score.specificity),
        "ledger": [_ledger_row(row) for row in score.ledger],
        "summary": score.summary,
        "scored_by": past.scored_by or run.date,
        "history": [_reading(reading) for reading in past.history],
    }


def _reading(reading: Reading) -> Json:
    return {
        "night": reading.night,
        "fingerprint": reading.fingerprint,
        "value": None if reading.value is None else hundredths(reading.value),
        "status": reading.status,
    }


def _ledger_row(row: LedgerRow) -> Json:
    return {"claim": row.claim, "rule": row.rule, "points": hundredths(row.points)}


def claim_json(article: Article, claim: Claim, finding: Finding, score: ClaimScore) -> Json:
    """Return one claim of a report."""
    start, end = claim.span.start, claim.span.end
    evidence = finding.evidence
    return {
        "id": claim.id,
        "kind": claim.kind,
        "rule": finding.rule,
        "span": {"start": start, "end": end, "text": article.text[start:end]},
        "sentence": span_json(claim.sentence),
        "value": value_json(claim_value(claim)),
        "speaker": claim.speaker,
        "outlet": claim.outlet,
        "hedged": claim.hedged,
        "negated": claim.negated,
        "verdict": finding.verdict,
        "points": hundredths(score.points),
        "probability": share_or_none(score.probability),
        "uncertainty": share_or_none(score.uncertainty),
        "support": _tally(finding.support),
        "contradict": _tally(finding.contradict),
        "silent": {"origins": finding.silent.origins},
        "speaking": {"origins": finding.filled},
        "reason": finding.reason,
        "cost": cost_words(finding, score),
        "evidence": [_evidence(row) for row in evidence] if evidence else [],
        "evidence_total": finding.evidence_total,
    }


def _tally(tally: Tally) -> Json:
    return {"origins": tally.origins, "articles": tally.articles, "effective": share(tally.effective)}


def _evidence(row: Evidence) -> Json:
    return {
        "article": row.article,
        "source": row.source,
        "origin": row.origin,
        "relation": row.relation,
        "level": row.level,
        "same_topic": share(row.same_topic),
        "span": {"start": row.span.start, "end": row.span.end, "text": row.text},
        "reason": row.reason,
    }
