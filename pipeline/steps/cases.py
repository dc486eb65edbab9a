"""A shard's articles, each with all that the stages before found on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from pipeline.models import Article, Claim, Finding, Story
from pipeline.runs import CORROBORATION, STORIES
from pipeline.steps.frame import ShardSpec
from pipeline.store import read_records

R = TypeVar("R", Claim, Finding)


@dataclass(frozen=True, slots=True)
class Case:
    """One article with its story, its claims, and a finding for each claim in the same order."""

    article: Article
    story: Story
    claims: list[Claim]
    findings: list[Finding]


def cases(spec: ShardSpec) -> Iterator[Case]:
    """Yield the articles of one shard, story by story, in the order of their ids."""
    articles = {article.id: article for article in read_records(spec.path(STORIES, "articles"), Article)}
    claims = _by_article(read_records(spec.path(STORIES, "claims"), Claim))
    findings = _by_article(read_records(spec.path(CORROBORATION, "findings"), Finding))
    for story in read_records(spec.path(STORIES, "stories"), Story):
        for id_ in story.articles:
            yield Case(articles[id_], story, claims[id_], findings[id_])


def _by_article(records: list[R]) -> defaultdict[str, list[R]]:
    found: defaultdict[str, list[R]] = defaultdict(list)
    for record in records:
        found[record.article].append(record)
    return found
