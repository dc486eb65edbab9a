"""Stories with their articles and claims to findings, a shard at a time."""

from __future__ import annotations

from collections import defaultdict

from pipeline.collector import collector_off
from pipeline.company import company_size
from pipeline.corroboration import corroborate, with_statements
from pipeline.models import Article, Claim, Finding, Story
from pipeline.runs import CORROBORATION, STORIES, Night
from pipeline.steps.cases import STATEMENTS
from pipeline.steps.culprit import at_fault
from pipeline.steps.frame import Progress, ShardSpec, Watch, close_stage, map_missing, shard_specs
from pipeline.store import read_records, write_records


def corroborate_stories(night: Night, watch: Watch) -> Progress:
    """Hold every claim against the other articles of its story."""
    specs = shard_specs(night, STORIES, "stories")
    engine = night.settings.engine
    reused = map_missing(findings_shard, specs, lambda spec: spec.path(CORROBORATION, "findings"), engine, watch)
    close_stage(night, CORROBORATION, specs, "findings")
    return Progress(articles=company_size(night.places), shards=len(specs), reused=reused)


@collector_off()
def findings_shard(spec: ShardSpec) -> None:
    """Find what the stories of one shard say on each other's claims."""
    articles = {article.id: article for article in read_records(spec.path(STORIES, "articles"), Article)}
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in read_records(spec.path(STORIES, "claims"), Claim):
        claims[claim.article].append(claim)
    made = {id_: tuple(claims[id_]) for id_ in articles}
    found: list[Finding] = []
    statements: list[Claim] = []
    for story in read_records(spec.path(STORIES, "stories"), Story):
        with at_fault("Corroboration within a story", [articles[id_] for id_ in story.articles]):
            told = with_statements(story, articles, made, spec.settings)
            statements += [claim for some in told.values() for claim in some if claim.statement is not None]
            found += corroborate(story, articles, told, spec.settings)
    write_records(spec.path(CORROBORATION, STATEMENTS), Claim, statements)
    write_records(spec.path(CORROBORATION, "findings"), Finding, found)
