"""Articles and claims from the shards they were read in to the shards of their stories.

A shuffle through files: blocks of shards are cut by where their rows belong, then the cuttings that belong
together are joined. Each process holds one block or one part of it, whatever the size of the dump.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.collector import collector_off
from pipeline.columns import to_table
from pipeline.models import Article, Claim
from pipeline.runs import CLAIMS, INGEST, STORIES, Night
from pipeline.settings import EngineSettings
from pipeline.steps.frame import ShardSpec, Watch, map_missing, shard_name, slices
from pipeline.storage import publish_bytes, remove_folder
from pipeline.store import read_records, read_table, write_records, write_table
from pipeline.stories import PlannedStory

PLANNED = "planned"  # where the stories of a shard lie before their articles do
_SHARDS = 32  # a block, and a part: some eight thousand articles in memory at once, with their claims
_CUTTINGS, _HOMES = "cuttings", "homes"
_KINDS = (("articles", Article, "id"), ("claims", Claim, "article"))  # each with its column of the article's id


@dataclass(frozen=True, slots=True)
class Home:
    """The shard that an article belongs to."""

    article: str  # id
    shard: int


@dataclass(frozen=True, slots=True)
class Block:
    """Some shards as they were read, to be cut."""

    number: int
    sources: tuple[ShardSpec, ...]

    @property
    def folder(self) -> Path:
        """Where the step keeps its files."""
        return self.sources[0].places.stage(STORIES)

    @property
    def homes(self) -> Path:
        """The articles of the block and the shard that each belongs to."""
        return self.folder / _HOMES / shard_name(self.number)

    @property
    def done(self) -> Path:
        """Written when all cuttings are."""
        return self.folder / _CUTTINGS / f"{self.number:05d}.done"

    def cutting(self, part: int, kind: str) -> Path:
        """Return where the rows lie that belong to a part, if there are any."""
        return self.folder / _CUTTINGS / f"{part:05d}" / f"{self.number:05d}-{kind}.parquet"


@dataclass(frozen=True, slots=True)
class Part:
    """Some shards of stories, to be joined from the cuttings of all blocks."""

    number: int
    targets: tuple[ShardSpec, ...]
    blocks: tuple[Block, ...]


def hand_out(
    sources: Sequence[ShardSpec],
    homes: Mapping[str, int],
    targets: Sequence[ShardSpec],
    engine: EngineSettings,
    watch: Watch,
) -> None:
    """Leave the articles and claims of the sources in shards by the number that ``homes`` gives each article.

    The number is that of a target. The stories of each shard must lie there already, as planned.
    """
    blocks = tuple(Block(number, tuple(some)) for number, some in enumerate(slices(sources, _SHARDS)))
    for block in blocks:
        if not block.homes.is_file():
            ids = [key for spec in block.sources for key in _ids(spec)]
            write_records(block.homes, Home, [Home(key, homes[key]) for key in ids])
    parts = [Part(number, tuple(some), blocks) for number, some in enumerate(slices(targets, _SHARDS))]
    map_missing(cut_block, blocks, lambda block: block.done, engine, watch)
    map_missing(join_part, parts, lambda part: part.targets[-1].path(STORIES, "claims"), engine, watch)


def forget(night: Night, *kinds: str) -> None:
    """Remove what only served to get here."""
    for kind in (*kinds, _HOMES, _CUTTINGS):
        folder = night.places.stage(STORIES) / kind
        if folder.is_dir():
            remove_folder(folder)


@collector_off()
def cut_block(block: Block) -> None:
    """Cut a block's articles and claims by the part that they belong to."""
    homes = {home.article: home.shard for home in read_records(block.homes, Home)}
    stages = {"articles": INGEST, "claims": CLAIMS}
    for kind, cls, key in _KINDS:
        table = pa.concat_tables(read_table(spec.path(stages[kind], kind), cls) for spec in block.sources)
        parts = _shards_of(table[key], homes) // _SHARDS
        for part, rows in _grouped(parts):
            write_table(block.cutting(part, kind), table.take(pa.array(rows)), durable=False)
    os.sync()
    publish_bytes(block.done, b"")


@collector_off()
def join_part(part: Part) -> None:
    """Join the cuttings of all blocks to shards of stories, each article's claims in the order they were found in."""
    stories = enumerate(read_records(target.path(STORIES, PLANNED), PlannedStory) for target in part.targets)
    homes = {key: number for number, planned in stories for story in planned for key in story.articles}
    for kind, cls, key in _KINDS:
        cuttings = [block.cutting(part.number, kind) for block in part.blocks]
        table = pa.concat_tables([read_table(path, cls) for path in cuttings if path.is_file()] or [to_table(cls, [])])
        rows = dict(_grouped(_shards_of(table[key], homes)))
        for number, target in enumerate(part.targets):
            some = rows.get(number, np.zeros(0, np.int64))
            write_table(target.path(STORIES, kind), table.take(pa.array(some)))


def _ids(spec: ShardSpec) -> list[str]:
    ids: list[str] = read_table(spec.path(INGEST, "articles"), Article)["id"].to_pylist()
    return ids


def _shards_of(ids: pa.ChunkedArray, homes: Mapping[str, int]) -> NDArray[np.int64]:
    """Return the number that ``homes`` gives each article."""
    distinct = ids.combine_chunks().dictionary_encode()
    numbers = np.array([homes[key] for key in distinct.dictionary.to_pylist()], np.int64)
    shards: NDArray[np.int64] = numbers[distinct.indices.to_numpy()]
    return shards


def _grouped(numbers: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Yield each number with the rows that have it, in their order."""
    order = np.argsort(numbers, kind="stable")
    found, starts = np.unique(numbers[order], return_index=True)
    for number, (start, end) in zip(found.tolist(), pairwise([*starts.tolist(), len(order)]), strict=True):
        yield number, order[start:end]
