"""Findings to scores, a shard at a time."""

from __future__ import annotations

from pipeline.collector import collector_off
from pipeline.company import company_size
from pipeline.models import Score
from pipeline.runs import SCORE, STORIES, Night
from pipeline.scoring import score_article
from pipeline.steps.cases import Unread, cases
from pipeline.steps.frame import Progress, ShardSpec, Watch, close_stage, map_missing, shard_specs
from pipeline.store import write_records

_UNREAD = Unread(
    articles=(
        "source", "url", "title", "published", "word_count", "sha256", "location", "boilerplate", "authors", "wires",
        "repairs", "canonical_url", "copy_of", "modified", "genres",
    ),
    claims=(
        "sentence", "speaker", "outlet", "negated", "terms", "anchors", "subject", "near",
        "quantity", "date", "place", "person_role", "quote", "attribution", "statement",
    ),
    findings=("reason", "evidence", "evidence_total"),
    alone_claims=("kind", "rule", "span", "position", "hedged", "confidence"),
    alone_findings=(
        "claim", "support", "contradict", "silent", "opportunity", "filled", "specificity", "without", "uncompared",
    ),
)  # fmt: skip


def score_articles(night: Night, watch: Watch) -> Progress:
    """Score every article from the findings on its claims."""
    specs = shard_specs(night, STORIES, "stories")
    reused = map_missing(scores_shard, specs, lambda spec: spec.path(SCORE, "scores"), night.settings.engine, watch)
    close_stage(night, SCORE, specs, "scores")
    return Progress(articles=company_size(night.places), shards=len(specs), reused=reused)


@collector_off()
def scores_shard(spec: ShardSpec) -> None:
    """Score the articles of one shard."""
    scores = [
        score_article(case.article, case.story, case.claims, case.findings, spec.settings)
        for case in cases(spec, unread=_UNREAD)
    ]
    write_records(spec.path(SCORE, "scores"), Score, scores)
