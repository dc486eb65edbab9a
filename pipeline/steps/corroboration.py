"""Stories with their articles and claims to findings, a shard at a time."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.collector import collector_off
from pipeline.company import company_size
from pipeline.corroboration import corroborate, not_compared, with_statements
from pipeline.faults import where_raised
from pipeline.models import Article, Claim, Finding, Story
from pipeline.runs import CORROBORATION, STORIES, Night
from pipeline.settings import Settings
from pipeline.steps.cases import STATEMENTS, by_article, told_alone
from pipeline.steps.culprit import name_articles
from pipeline.steps.frame import Progress, ShardSpec, Watch, close_stage, map_missing, shard_specs
from pipeline.store import read_records, read_table, write_records

# Fields of claims that nobody asks for where one origin alone tells a story.
_UNREAD_ALONE = (
    "span", "sentence", "position", "speaker", "hedged", "negated", "confidence", "anchors", "subject", "near",
)  # fmt: skip


def corroborate_stories(night: Night, watch: Watch) -> Progress:
    """Hold every claim against the other articles of its story."""
    specs = shard_specs(night, STORIES, "stories")
    engine = night.settings.engine
    reused = map_missing(findings_shard, specs, lambda spec: spec.path(CORROBORATION, "findings"), engine, watch)
    close_stage(night, CORROBORATION, specs, "findings")
    return Progress(articles=company_size(night.places), shards=len(specs), reused=reused)


@collector_off()
def findings_shard(spec: ShardSpec) -> None:
    """Find what the articles of each story of one shard say on each other's claims.

    A story on which this program fails is not compared, and says so. Raises what the last one raised where there are
    several with something to compare and all of them fail.
    """
    articles = {article.id: article for article in read_records(spec.path(STORIES, "articles"), Article)}
    stories, failed = read_records(spec.path(STORIES, "stories"), Story), 0
    table = read_table(spec.path(STORIES, "claims"), Claim)
    claims = by_article(table, Claim, told_alone(stories), _UNREAD_ALONE)
    made = {id_: tuple(claims[id_]) for id_ in articles}
    found: list[Finding] = []
    statements: list[Claim] = []
    several = sum(map(_has_several_origins, stories))
    for story in stories:
        try:
            told, findings = _compared(story, articles, made, spec.settings)
        except Exception as error:
            failed += _has_several_origins(story)
            if failed == several > 1:  # then it is no single story's fault
                name_articles(error, "Corroboration", [articles[id_] for id_ in story.articles])
                raise
            told, findings = made, not_compared(story, made, where_raised(error))
        statements += [claim for id_ in story.articles for claim in told[id_] if claim.statement is not None]
        found += findings
    write_records(spec.path(CORROBORATION, STATEMENTS), Claim, statements)
    write_records(spec.path(CORROBORATION, "findings"), Finding, found)


def _has_several_origins(story: Story) -> bool:
    return len(set(story.origins)) > 1


def _compared(
    story: Story, articles: Mapping[str, Article], claims: Mapping[str, tuple[Claim, ...]], settings: Settings
) -> tuple[Mapping[str, tuple[Claim, ...]], tuple[Finding, ...]]:
    told = with_statements(story, articles, claims, settings)
    return told, corroborate(story, articles, told, settings)
