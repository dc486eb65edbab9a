"""A shard's articles, each with all that the stages before found on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
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
    alone_claims: tuple[str, ...] = ()  # nor these, where one origin alone tells a story, as most of a night are told
    alone_findings: tuple[str, ...] = ()


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
    stories = read_records(spec.path(STORIES, "stories"), Story)
    alone = told_alone(stories)
    claims = by_article(
        table_of(spec.path(STORIES, "claims"), Claim, "article", only, unread.claims), Claim, alone, unread.alone_claims
    )
    for statement in records_of(spec.path(CORROBORATION, STATEMENTS), Claim, "article", only, unread.claims):
        claims[statement.article] = list(in_order([*claims[statement.article], statement]))
    path = spec.path(CORROBORATION, "findings")
    findings = by_article(
        table_of(path, Finding, "article", only, unread.findings), Finding, alone, unread.alone_findings
    )
    for story in stories:
        for id_ in (id_ for id_ in story.articles if id_ in articles):
            yield Case(articles[id_], story, claims[id_], findings[id_])


def told_alone(stories: Iterable[Story]) -> list[str]:
    """Return the articles of stories that one origin alone tells: nothing is there to hold them against."""
    return [id_ for story in stories if len(set(story.origins)) == 1 for id_ in story.articles]


def records_of(
    path: Path, cls: type[T], column: str, only: Collection[str] | None, without: Collection[str] = ()
) -> list[T]:
    """Return the records of one file, or those whose column has one of some values; ``without`` some fields."""
    return from_table(cls, table_of(path, cls, column, only, without))


def table_of(
    path: Path, cls: type[T], column: str, only: Collection[str] | None, without: Collection[str] = ()
) -> pa.Table:
    """Return the same as a table."""
    table = read_table(path, cls, without)
    if only is None:
        return table
    chosen = pc.is_in(table[column], value_set=pa.array(only, pa.string()))
    return table if pc.all(chosen).as_py() else table.filter(chosen)


def by_article(
    table: pa.Table, cls: type[R], alone: Collection[str], without: Collection[str]
) -> defaultdict[str, list[R]]:
    """Return a table's records by article; those of articles ``alone`` are ``without`` some fields."""
    few = pc.is_in(table["article"], value_set=pa.array(alone, pa.string()))
    whole = from_table(cls, table.filter(pc.invert(few)))
    part = from_table(cls, table.drop_columns(list(without)).filter(few))
    found: defaultdict[str, list[R]] = defaultdict(list)
    for record in chain(whole, part):
        found[record.article].append(record)
    return found
