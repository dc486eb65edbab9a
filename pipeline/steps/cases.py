"""A shard's articles, each with all that the stages before found on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.columns import from_table
from pipeline.corroboration import in_order
from pipeline.models import Article, Claim, Finding, Story
from pipeline.runs import CORROBORATION, STORIES
from pipeline.steps.frame import ShardSpec
from pipeline.store import read_records, read_table

STATEMENTS = "statements"  # kind of records: claims that only the story makes, beside those of the articles

R = TypeVar("R", Claim, Finding)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unread:
    """Fields that a step has no use for: reading them would cost it more than its own work.

    To ask a record for one of them raises AttributeError.
    """

    articles: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


NOTHING = Unread()


@dataclass(frozen=True, slots=True)
class Case:
    """One article with its story, its claims, and a finding for each claim in the same order."""

    article: Article
    story: Story
    claims: list[Claim]
    findings: list[Finding]


def cases(spec: ShardSpec, only: Collection[str] | None = None, unread: Unread = NOTHING) -> Iterator[Case]:
    """Yield the articles of one shard, or some of them, story by story, in the order of their ids."""
    read = records_of(spec.path(STORIES, "articles"), Article, "id", only, unread.articles)
    articles = {article.id: article for article in read}
    claims = _by_article(records_of(spec.path(STORIES, "claims"), Claim, "article", only, unread.claims))
    for statement in records_of(spec.path(CORROBORATION, STATEMENTS), Claim, "article", only, unread.claims):
        claims[statement.article] = list(in_order([*claims[statement.article], statement]))
    path = spec.path(CORROBORATION, "findings")
    findings = _by_article(records_of(path, Finding, "article", only, unread.findings))
    for story in read_records(spec.path(STORIES, "stories"), Story):
        for id_ in (id_ for id_ in story.articles if id_ in articles):
            yield Case(articles[id_], story, claims[id_], findings[id_])


def records_of(
    path: Path, cls: type[T], column: str, only: Collection[str] | None, without: Collection[str] = ()
) -> list[T]:
    """Return the records of one file, or those whose column has one of some values; ``without`` some fields."""
    table = read_table(path, cls, without)
    if only is not None:
        chosen = pc.is_in(table[column], value_set=pa.array(only, pa.string()))
        table = table if pc.all(chosen).as_py() else table.filter(chosen)
    return from_table(cls, table)


def _by_article(records: list[R]) -> defaultdict[str, list[R]]:
    found: defaultdict[str, list[R]] = defaultdict(list)
    for record in records:
        found[record.article].append(record)
    return found
