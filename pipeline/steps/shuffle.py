"""Articles and claims from the shards they were read in to the shards of their stories.

A shuffle through files: blocks of shards are cut by where their rows belong, then the cuttings that belong
together are joined. Each process holds one block or one part of it, whatever the size of the dump. Where all that is
handed out is one part, nothing is cut: its rows are read from where they lie.
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
from pipeline.steps.frame import ShardSpec, Watch, map_missing, shard_name, slices
from pipeline.storage import publish_bytes, remove_folder
from pipeline.store import read_column, read_records, read_table, write_records, write_table
from pipeline.stories import PlannedStory

PLANNED = "planned"  # where the stories of a shard lie before their articles do
_SHARDS = 32  # a block, and a part: some eight thousand articles in memory at once, with their claims
_NOWHERE = -1  # instead of a shard's number
_CUTTINGS, _HOMES = "cuttings", "homes"
_STAGES = {"articles": INGEST, "claims": CLAIMS}
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
    sources: tuple[ShardSpec, ...]  # of one night
    folder: Path  # where the step keeps its files

    @property
    def homes(self) -> Path:
        """Articles of the block and the shard that each belongs to; one without a shard goes nowhere."""
        return self.folder / _HOMES / shard_name(self.number)

    @property
    def done(self) -> Path:
        """Written when all cuttings are."""
        return self.folder / _CUTTINGS / f"{self.number:05d}.done"

    def cutting(self, part: int, kind: str) -> Path:
        """Return where the rows lie that belong to a part, if there are any."""
        return self.folder / _CUTTINGS / f"{part:05d}" / f"{self.number:05d}-{kind}.arrow"


@dataclass(frozen=True, slots=True)
class Part:
    """Some shards of stories, to be joined from the cuttings of all blocks."""

    number: int
    targets: tuple[ShardSpec, ...]
    blocks: tuple[Block, ...]
    whole: bool  # it is the only part: the blocks are not cut


def hand_out(
    sources: Sequence[Sequence[ShardSpec]],
    homes: Mapping[str, Mapping[str, int]],
    targets: Sequence[ShardSpec],
    watch: Watch,
) -> None:
    """Leave articles and claims of the sources, night by night, in shards by the number that each article has.

    ``homes`` gives the number of a target by night and article; other articles are left out. The stories of each
    target must lie there already, as planned.
    """
    engine, folder = targets[0].settings.engine, targets[0].places.stage(STORIES)
    read = [part for night in sources for part in slices(night, _SHARDS)]
    blocks = tuple(Block(number, tuple(part), folder) for number, part in enumerate(read))
    for block in blocks:
        known = homes.get(block.sources[0].places.date, {})
        shards = (read_column(spec.path(INGEST, "articles"), Article, "id") for spec in block.sources)
        ids = [key for some in shards for key in some if key in known]
        write_records(block.homes, Home, [Home(key, known[key]) for key in ids], durable=False)  # by every run anew
    some = slices(targets, _SHARDS)
    parts = [Part(number, tuple(part), blocks, len(some) == 1) for number, part in enumerate(some)]
    if len(parts) > 1:
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
    homes = _homes(block)
    for kind, cls, key in _KINDS:
        table = pa.concat_tables(_told(spec, kind, cls, key, homes) for spec in block.sources)
        for part, rows in _grouped(_shards_of(table[key], homes) // _SHARDS):
            write_table(block.cutting(part, kind), table.take(pa.array(rows)), durable=False)
    os.sync()
    publish_bytes(block.done, b"")


def _homes(block: Block) -> dict[str, int]:
    return {home.article: home.shard for home in read_records(block.homes, Home)}


def _told(spec: ShardSpec, kind: str, cls: type[Article | Claim], key: str, homes: Mapping[str, int]) -> pa.Table:
    """Return the rows of one shard of a block that belong anywhere."""
    table = read_table(spec.path(_STAGES[kind], kind), cls)
    told = _shards_of(table[key], homes) != _NOWHERE
    return table if told.all() else table.filter(pa.array(told))


@collector_off()
def join_part(part: Part) -> None:
    """Join the cuttings of all blocks to shards of stories, each article's claims in the order they were found in."""
    stories = enumerate(read_records(target.path(STORIES, PLANNED), PlannedStory) for target in part.targets)
    homes = {key: number for number, planned in stories for story in planned for key in story.articles}
    for kind, cls, key in _KINDS:
        table = pa.concat_tables([to_table(cls, []), *_cuttings(part, kind, cls, key)]).combine_chunks()
        rows = dict(_grouped(_shards_of(table[key], homes)))
        for number, target in enumerate(part.targets):
            some = rows.get(number, np.zeros(0, np.int64))
            write_table(target.path(STORIES, kind), table.take(pa.array(some)))


def _cuttings(part: Part, kind: str, cls: type[Article | Claim], key: str) -> Iterator[pa.Table]:
    """Yield what each block has of a part, in the order of the blocks."""
    for block in part.blocks:
        if part.whole:
            homes = _homes(block)
            yield from (_told(spec, kind, cls, key, homes) for spec in block.sources)
        elif (path := block.cutting(part.number, kind)).is_file():
            yield read_table(path, cls)


def _shards_of(ids: pa.ChunkedArray, homes: Mapping[str, int]) -> NDArray[np.int64]:
    """Return the number that ``homes`` gives each article, or ``_NOWHERE``."""
    distinct = ids.combine_chunks().dictionary_encode()
    numbers = np.array([homes.get(key, _NOWHERE) for key in distinct.dictionary.to_pylist()], np.int64)
    shards: NDArray[np.int64] = numbers[distinct.indices.to_numpy()]
    return shards


def _grouped(numbers: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Yield each number with the rows that have it, in their order."""
    order = np.argsort(numbers, kind="stable")
    found, starts = np.unique(numbers[order], return_index=True)
    for number, (start, end) in zip(found.tolist(), pairwise([*starts.tolist(), len(order)]), strict=True):
        yield number, order[start:end]
