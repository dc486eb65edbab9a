"""All articles to stories, and articles and claims to the shards of their stories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.collector import collector_off
from pipeline.models import Article, Claim, Story
from pipeline.runs import CLAIMS, INGEST, STORIES, Night
from pipeline.steps.frame import SHARD_ARTICLES, Progress, ShardSpec, Watch, close_stage, shard_name, shard_specs
from pipeline.store import read_records, read_table, write_records, write_table
from pipeline.stories import group_stories


@collector_off()
def group_by_story(night: Night, watch: Watch) -> Progress:
    """Group the articles and leave each story in one shard, with its articles and their claims."""
    sources = shard_specs(night, INGEST, "articles")
    articles = [article for spec in sources for article in read_records(spec.path(INGEST, "articles"), Article)]
    stories = group_stories(articles, night.settings)
    buckets = list(_buckets(sorted(stories, key=lambda story: story.id)))
    specs = [ShardSpec(night.places, night.settings, shard_name(number)) for number in range(len(buckets))]
    claims = pa.concat_tables(read_table(spec.path(CLAIMS, "claims"), Claim) for spec in sources)
    by_id = {article.id: article for article in articles}
    jobs = zip(specs, buckets, _split(claims, buckets), strict=True)
    for spec, bucket, some in watch(jobs, len(specs)):
        _write_bucket(spec, bucket, by_id, some)
    close_stage(night, STORIES, "stories", specs)
    return Progress(articles=len(articles), shards=len(specs), reused=0)


def _buckets(stories: Sequence[Story]) -> Iterator[tuple[Story, ...]]:
    """Pack whole stories into shards of about ``SHARD_ARTICLES``; at least one, even if empty."""
    bucket: list[Story] = []
    size = 0
    for story in stories:
        if bucket and size + len(story.articles) > SHARD_ARTICLES:
            yield tuple(bucket)
            bucket, size = [], 0
        bucket.append(story)
        size += len(story.articles)
    yield tuple(bucket)


def _split(claims: pa.Table, buckets: Sequence[Sequence[Story]]) -> Iterator[pa.Table]:
    """Yield the claims of each bucket's articles, in the order in which they were extracted."""
    ids = [(id_, number) for number, bucket in enumerate(buckets) for story in bucket for id_ in story.articles]
    known = pa.array([id_ for id_, _ in ids], pa.string())
    numbers = np.array([number for _, number in ids], dtype=np.int64)
    homes = numbers[pc.index_in(claims["article"], value_set=known).to_numpy()] if len(claims) else numbers[:0]
    order = np.argsort(homes, kind="stable")
    ends = np.searchsorted(homes[order], np.arange(len(buckets) + 1))
    for start, end in pairwise(ends):
        yield claims.take(pa.array(order[start:end]))


def _write_bucket(spec: ShardSpec, stories: Sequence[Story], articles: Mapping[str, Article], claims: pa.Table) -> None:
    told = [articles[id_] for story in stories for id_ in story.articles]
    write_records(spec.path(STORIES, "articles"), Article, told)
    write_table(spec.path(STORIES, "claims"), claims)
    write_records(spec.path(STORIES, "stories"), Story, stories)
