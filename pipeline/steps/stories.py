"""All articles to stories, and articles and claims to the shards of their stories.

Only what is small of each article comes together in one process; texts and claims go from shard to shard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.collector import collector_off
from pipeline.models import Article, Story
from pipeline.runs import INGEST, STORIES, Night
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
from pipeline.store import read_records, write_records
from pipeline.stories import PlannedStory, Shelved, plan_stories, shelve, trace_origins

_SHELVED = "shelved"


@collector_off()
def group_by_story(night: Night, watch: Watch) -> Progress:
    """Group the articles and leave each story in one shard, with its articles and their claims."""
    sources, engine = shard_specs(night, INGEST, "articles"), night.settings.engine
    map_missing(shelve_shard, sources, lambda spec: spec.path(STORIES, _SHELVED), engine, watch)
    buckets = list(_buckets(plan_stories(_shelved(sources), night.settings)))
    specs = [ShardSpec(night.places, night.settings, shard_name(number)) for number in range(len(buckets))]
    reused = sum(spec.path(STORIES, "stories").is_file() for spec in specs)
    if reused < len(specs):
        homes = {key: number for number, bucket in enumerate(buckets) for story in bucket for key in story.articles}
        for spec, bucket in zip(specs, buckets, strict=True):
            write_records(spec.path(STORIES, PLANNED), PlannedStory, bucket)
        hand_out(sources, homes, specs, engine, watch)
        map_missing(trace_shard, specs, lambda spec: spec.path(STORIES, "stories"), engine, watch)
    close_stage(night, STORIES, "stories", specs)
    forget(night, _SHELVED, PLANNED)
    return Progress(
        articles=sum(len(s.articles) for bucket in buckets for s in bucket), shards=len(specs), reused=reused
    )


@collector_off()
def shelve_shard(spec: ShardSpec) -> None:
    """Leave one shard's articles in small."""
    shelved = shelve(read_records(spec.path(INGEST, "articles"), Article), spec.settings)
    write_records(spec.path(STORIES, _SHELVED), Shelved, shelved)


@collector_off()
def trace_shard(spec: ShardSpec) -> None:
    """Find the origins of one shard's stories."""
    articles = {article.id: article for article in read_records(spec.path(STORIES, "articles"), Article)}
    planned = read_records(spec.path(STORIES, PLANNED), PlannedStory)
    stories = [trace_origins(story, articles, spec.settings) for story in planned]
    write_records(spec.path(STORIES, "stories"), Story, stories)


def _shelved(sources: Sequence[ShardSpec]) -> Iterator[Shelved]:
    for spec in sources:
        yield from read_records(spec.path(STORIES, _SHELVED), Shelved)


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
