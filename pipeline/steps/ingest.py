"""Dump files to articles, duplicates and rejected records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pipeline.collector import collector_off
from pipeline.ingest import DumpFile, read_file, settle
from pipeline.models import Article, Duplicate, Rejected
from pipeline.runs import INGEST, Night, file_stamps
from pipeline.steps.frame import (
    SHARD_ARTICLES,
    Progress,
    ShardSpec,
    Watch,
    map_missing,
    shard_name,
    slices,
    stage_shards,
)
from pipeline.store import read_records, receipt, write_manifest, write_records

_SHARD_BYTES = 4_000_000  # of dump files read by one shard: about as many articles as a shard holds later
_DUPLICATES, _REJECTED = "duplicates.parquet", "rejected.parquet"


class DumpChangedError(RuntimeError):
    """A file of the dump was changed while it was read; the fingerprint would be a lie."""


@dataclass(frozen=True, slots=True)
class ReadSpec:
    """Some files of the dump, to be read by one shard."""

    shard: ShardSpec
    files: tuple[DumpFile, ...]

    @property
    def articles(self) -> Path:
        """The articles of these files."""
        return self.shard.path(INGEST, "read-articles")

    @property
    def rejected(self) -> Path:
        """The rejected records of these files; written last."""
        return self.shard.path(INGEST, "read-rejected")


@collector_off()
def ingest_dump(night: Night, watch: Watch) -> Progress:
    """Read the dump, settle who repeats whom, and leave the articles in shards by id."""
    specs = [
        ReadSpec(ShardSpec(night.places, night.settings, shard_name(number)), files)
        for number, files in enumerate(_batches(night))
    ]
    reused = map_missing(read_shard, specs, lambda spec: spec.rejected, night.settings.engine, watch)
    if file_stamps(night.files) != night.stamps:
        raise DumpChangedError("the dump was changed while it was read; run again once it is written")
    settled = settle([article for spec in specs for article in read_records(spec.articles, Article)])
    rejected = [record for spec in specs for record in read_records(spec.rejected, Rejected)]
    names = _write_settled(night, settled.articles, settled.duplicates, [*rejected, *settled.rejected])
    folder = night.places.stage(INGEST)
    names += [path.relative_to(folder).as_posix() for spec in specs for path in (spec.articles, spec.rejected)]
    write_manifest(folder, night.places.stage_fingerprint(INGEST), [receipt(folder, name) for name in names])
    return Progress(articles=len(settled.articles), shards=len(specs), reused=reused)


@collector_off()
def read_shard(spec: ReadSpec) -> None:
    """Read the files of one shard."""
    settings = spec.shard.settings.ingest
    records = list(chain.from_iterable(read_file(file, settings) for file in spec.files))
    write_records(spec.articles, Article, [record for record in records if isinstance(record, Article)])
    write_records(spec.rejected, Rejected, [record for record in records if isinstance(record, Rejected)])


def records_read(night: Night) -> int:
    """Return how many records a finished ingest read, before it was settled what becomes of them."""
    return sum(shard.rows for shard in stage_shards(night, INGEST) if shard.name.startswith("read-"))


def quarantined(night: Night) -> list[Rejected]:
    """Return the rejected records of a finished ingest, in the order of the dump."""
    return read_records(night.places.stage(INGEST) / _REJECTED, Rejected)


def duplicates(night: Night) -> list[Duplicate]:
    """Return the repeated records of a finished ingest."""
    return read_records(night.places.stage(INGEST) / _DUPLICATES, Duplicate)


def _batches(night: Night) -> Iterator[tuple[DumpFile, ...]]:
    batch: list[DumpFile] = []
    size = 0
    for file, (length, _) in zip(night.files, night.stamps, strict=True):
        if batch and (size + length > _SHARD_BYTES or len(batch) == SHARD_ARTICLES):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(file)
        size += length
    yield tuple(batch)


def _write_settled(
    night: Night, articles: Sequence[Article], repeated: Sequence[Duplicate], rejected: Sequence[Rejected]
) -> list[str]:
    folder = night.places.stage(INGEST)
    ordered = sorted(articles, key=lambda article: article.id)
    shards = {f"articles/{shard_name(n)}": some for n, some in enumerate(slices(ordered, SHARD_ARTICLES))}
    for name, some in shards.items():
        write_records(folder / name, Article, some)
    write_records(folder / _DUPLICATES, Duplicate, repeated)
    write_records(folder / _REJECTED, Rejected, sorted(rejected, key=_place))
    return [*shards, _DUPLICATES, _REJECTED]


def _place(record: Rejected) -> tuple[str, str, int, int, str]:
    place = record.location
    return place.file, place.member or "", place.line or 0, place.byte_offset or 0, record.reason
