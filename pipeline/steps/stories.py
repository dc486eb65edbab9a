"""The window's articles to stories, and articles and claims to the shards of their stories.

Only what is small of each article comes together in one process; texts and claims go from shard to shard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pyarrow as pa

from pipeline.collector import collector_off
from pipeline.columns import from_table
from pipeline.company import MEMBERS, Member
from pipeline.models import Article, Story
from pipeline.runs import INGEST, SHELF, STORIES, Night
from pipeline.steps.claims import refused_at
from pipeline.steps.frame import (
    SHARD_ARTICLES,
    Progress,
    ShardSpec,
    Watch,
    close_stage,
    map_missing,
    shard_name,
    shard_specs,
)
from pipeline.steps.shuffle import PLANNED, forget, hand_out
from pipeline.store import read_column, read_records, read_table, write_records
from pipeline.stories import PlannedStory, Shelved, plan_stories, shelve, trace_origins

# Of an article, what grouping has no use for.
_NOT_SHELVED = (
    "source", "url", "word_count", "sha256", "authors", "wires", "repairs", "canonical_url", "copy_of", "modified", "genres",
)  # fmt: skip


@collector_off()
def group_by_story(night: Night, watch: Watch) -> Progress:
    """Group the articles of the window and leave each story that the night adds to in one shard, with articles and claims."""
    sources, engine = [shard_specs(one, INGEST, "articles") for one in _newest_first(night)], night.settings.engine
    map_missing(shelve_shard, list(chain.from_iterable(sources)), _shelf, engine, watch)
    nights = _nights(sources)
    stories = plan_stories(_shelved(sources, nights), night.settings)
    added_to = [story for story in stories if any(nights[key] == night.places.date for key in story.articles)]
    buckets = list(_buckets(added_to))
    specs = [ShardSpec(night.places, night.settings, shard_name(number)) for number in range(len(buckets))]
    reused = sum(spec.path(STORIES, "stories").is_file() for spec in specs)
    if reused < len(specs):
        for spec, bucket in zip(specs, buckets, strict=True):
            write_records(spec.path(STORIES, PLANNED), PlannedStory, bucket, durable=False)  # by every run anew
        homes = _homes(buckets, nights)
        hand_out(sources, homes, specs, watch)
        map_missing(trace_shard, specs, lambda spec: spec.path(STORIES, "stories"), engine, watch)
    members = list(_members(specs, buckets, nights))
    write_records(night.places.stage(STORIES) / MEMBERS, Member, members)
    close_stage(night, STORIES, specs, "stories")
    forget(night, PLANNED)
    return Progress(articles=len(members), shards=len(specs), reused=reused)


def _newest_first(night: Night) -> Iterator[Night]:
    yield night
    for earlier in reversed(night.earlier):
        yield replace(night, places=earlier.places)


def _shelf(spec: ShardSpec) -> Path:
    return spec.path(SHELF, "articles")


@collector_off()
def shelve_shard(spec: ShardSpec) -> None:
    """Leave one shard's articles in small; later nights of the window find them there. Those refused are left out."""
    read = from_table(Article, read_table(spec.path(INGEST, "articles"), Article, _NOT_SHELVED))
    if refused := {row.location for row in refused_at(spec)}:
        read = [article for article in read if article.location not in refused]
    write_records(_shelf(spec), Shelved, shelve(read, spec.settings))


def _nights(sources: Sequence[Sequence[ShardSpec]]) -> dict[str, str]:
    """Return the night that each article is from: of an id that several nights have, the newest text counts."""
    nights: dict[str, str] = {}
    for spec in chain.from_iterable(sources):
        for key in read_column(_shelf(spec), Shelved, "id"):
            nights.setdefault(key, spec.places.date)
    return nights


def _shelved(sources: Sequence[Sequence[ShardSpec]], nights: Mapping[str, str]) -> Iterator[Shelved]:
    for spec in chain.from_iterable(sources):
        read = read_records(_shelf(spec), Shelved)
        yield from (shelved for shelved in read if nights[shelved.id] == spec.places.date)


def _homes(buckets: Sequence[Sequence[PlannedStory]], nights: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Return by night, and then by article, the number of the shard that an article belongs to."""
    homes: dict[str, dict[str, int]] = {}
    for number, bucket in enumerate(buckets):
        for key in (key for story in bucket for key in story.articles):
            homes.setdefault(nights[key], {})[key] = number
    return homes


def _members(
    specs: Sequence[ShardSpec], buckets: Sequence[Sequence[PlannedStory]], nights: Mapping[str, str]
) -> Iterator[Member]:
    for spec, bucket in zip(specs, buckets, strict=True):
        for story in bucket:
            yield from (
                Member(article=key, night=nights[key], story=story.id, shard=spec.name) for key in story.articles
            )


@collector_off()
def trace_shard(spec: ShardSpec) -> None:
    """Find the origins of one shard's stories."""
    planned = read_records(spec.path(STORIES, PLANNED), PlannedStory)
    several = {key for story in planned if len(story.articles) > 1 for key in story.articles}
    table = read_table(spec.path(STORIES, "articles"), Article)
    rows = [row for row, key in enumerate(table["id"].to_pylist()) if key in several]
    articles = {article.id: article for article in from_table(Article, table.take(pa.array(rows, pa.int64())))}
    stories = [trace_origins(story, articles, spec.settings) for story in planned]
    write_records(spec.path(STORIES, "stories"), Story, stories)


def _buckets(stories: Sequence[PlannedStory]) -> Iterator[tuple[PlannedStory, ...]]:
    """Pack whole stories into shards of about ``SHARD_ARTICLES``; at least one, even if empty."""
    bucket: list[PlannedStory] = []
    size = 0
    for story in stories:
        if bucket and size + len(story.articles) > SHARD_ARTICLES:
            yield tuple(bucket)
            bucket, size = [], 0
        bucket.append(story)
        size += len(story.articles)
    yield tuple(bucket)
