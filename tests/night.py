"""A night in memory: the stages one after the other, without files or Luigi."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.claims import extract
from pipeline.corroboration import corroborate, with_statements
from pipeline.ingest import OUR_FAULT, plan, read_file, settle
from pipeline.models import Article, Claim, Finding, Rejected, Score, Story
from pipeline.scoring import score_article
from pipeline.settings import Settings, load_settings
from pipeline.stories import group_stories

SETTINGS = load_settings()


@dataclass(frozen=True)
class Night:
    """What the stages made of some articles, by article id."""

    articles: dict[str, Article]
    stories: dict[str, Story]
    claims: dict[str, tuple[Claim, ...]]
    findings: dict[str, tuple[Finding, ...]]
    scores: dict[str, Score]

    def text(self, claim: Claim) -> str:
        """Return the words of a claim's span."""
        return self.articles[claim.article].text[claim.span.start : claim.span.end]

    def pairs(self, article: str) -> list[tuple[Claim, Finding]]:
        """Return an article's claims with what was found on each."""
        return list(zip(self.claims[article], self.findings[article], strict=True))


def read_dump(dump: Path, settings: Settings = SETTINGS) -> list[Article]:
    records = [record for file in plan(str(dump)) for record in read_file(file, settings.ingest)]
    assert not any(isinstance(record, Rejected) and record.reason == OUR_FAULT for record in records)
    return list(settle(record for record in records if isinstance(record, Article)).articles)


def run_night(articles: Iterable[Article], settings: Settings = SETTINGS) -> Night:
    by_id = {article.id: article for article in articles}
    claims = {id_: extract(article, settings.claims) for id_, article in by_id.items()}
    stories: dict[str, Story] = {}
    findings: dict[str, tuple[Finding, ...]] = {}
    for story in group_stories(list(by_id.values()), settings):
        claims |= with_statements(story, by_id, claims, settings)
        found = corroborate(story, by_id, claims, settings)
        for id_ in story.articles:
            stories[id_] = story
            findings[id_] = tuple(row for row in found if row.article == id_)
    scores = {
        id_: score_article(article, stories[id_], claims[id_], findings[id_], settings)
        for id_, article in by_id.items()
    }
    return Night(by_id, stories, claims, findings, scores)
