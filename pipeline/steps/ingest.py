"""Dump files to articles, duplicates and rejected records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from sys import intern

import pyarrow as pa

from pipeline.collector import collector_off
from pipeline.ingest import DumpFile, Slip, read_file, settle, slip
from pipeline.models import Article, Duplicate, Rejected
from pipeline.runs import INGEST, Night, file_stamps
from pipeline.steps.frame import (
    SHARD_ARTICLES,
    Progress,
    ShardSpec,
    Watch,
    map_missing,
    shard_name,
    stage_shards,
)
from pipeline.storage import publish_again, publish_bytes, remove_folder
from pipeline.store import read_column, read_records, read_table, receipt, write_manifest, write_records, write_table

_SHARD_BYTES = 4_000_000  # of dump files read by one shard: about as many articles as a shard holds later
_PARTS = 1_000_000  # more than a shard is ever read in: numbers of articles, shard by shard, do not meet
_DUPLICATES, _REJECTED = "duplicates.arrow", "rejected.arrow"


class DumpChangedError(RuntimeError):
    """A file of the dump was changed while it was read; the fingerprint would be a lie."""


@dataclass(frozen=True, slots=True)
class ReadSpec:
    """Some files of the dump, to be read by one shard."""

    shard: ShardSpec
    files: tuple[DumpFile, ...]

    def part(self, number: int) -> Path:
        """Return where the articles lie that were read as the shard's first, second … ``SHARD_ARTICLES``."""
        return self.shard.path(INGEST, "read").with_suffix("") / shard_name(number)

    @property
    def done(self) -> Path:
        """Written last; it goes when the parts go."""
        return self.shard.path(INGEST, "read").with_suffix(".done")

    @property
    def slips(self) -> Path:
        """What settling asks of the articles of these files."""
        return self.shard.path(INGEST, "slips")

    @property
    def rejected(self) -> Path:
        """The rejected records of these files."""
        return self.shard.path(INGEST, "unread")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An article that a part keeps."""

    row: int
    id: str  # its own from now on


@dataclass(frozen=True, slots=True)
class KeepSpec:
    """A part as it was read, of which some articles are kept as a shard."""

    shard: ShardSpec
    part: Path

    @property
    def kept(self) -> Path:
        """Which, and under what ids."""
        return self.shard.path(INGEST, "kept")


@collector_off()
def ingest_dump(night: Night, watch: Watch) -> Progress:
    """Read the dump, settle who repeats whom, and leave the articles that are kept in shards.

    Only slips of the articles come together in one process.
    """
    specs = [
        ReadSpec(ShardSpec(night.places, night.settings, shard_name(number)), files)
        for number, files in enumerate(_batches(night))
    ]
    reused = map_missing(read_shard, specs, lambda spec: spec.done, night.settings.engine, watch)
    if file_stamps(night.files) != night.stamps:
        raise DumpChangedError("the dump was changed while it was read; run again once it is written")
    settled = settle(_slips(specs))
    parts = _keep(night, specs, settled.articles, watch)
    unread = [record for spec in specs for record in read_records(spec.rejected, Rejected)]
    folder = night.places.stage(INGEST)
    write_records(folder / _DUPLICATES, Duplicate, settled.duplicates)
    write_records(folder / _REJECTED, Rejected, sorted([*unread, *settled.rejected], key=dump_order))
    left = [path for spec in specs for path in (spec.slips, spec.rejected)]
    left += [spec.shard.path(INGEST, "articles") for spec in parts]
    names = [*(path.relative_to(folder).as_posix() for path in left), _DUPLICATES, _REJECTED]
    write_manifest(folder, night.places.stage_fingerprint(INGEST), [receipt(folder, name) for name in names])
    for kind in ("read", "kept"):
        remove_folder(folder / kind)
    return Progress(articles=len(settled.articles), shards=len(specs), reused=reused)


@collector_off()
def read_shard(spec: ReadSpec) -> None:
    """Read the files of one shard, and leave the articles in parts as they come."""
    settings = spec.shard.settings.ingest
    slips: list[Slip] = []
    rejected: list[Rejected] = []
    part: list[Article] = []
    first = _PARTS * int(Path(spec.shard.name).stem) * SHARD_ARTICLES
    for record in chain.from_iterable(read_file(file, settings) for file in spec.files):
        if isinstance(record, Rejected):
            rejected.append(record)
            continue
        slips.append(slip(first + len(slips), record))
        part.append(record)
        if len(part) == SHARD_ARTICLES:
            write_records(spec.part((len(slips) - 1) // SHARD_ARTICLES), Article, part)
            part = []
    write_records(spec.part(len(slips) // SHARD_ARTICLES), Article, part)
    write_records(spec.slips, Slip, slips)
    write_records(spec.rejected, Rejected, rejected)
    publish_bytes(spec.done, b"")


@collector_off()
def keep_part(spec: KeepSpec) -> None:
    """Leave those articles of a part that are kept, under their own ids."""
    kept = read_records(spec.kept, Kept)
    if [one.id for one in kept] == read_column(spec.part, Article, "id"):  # all of them, as they are: most parts
        publish_again(spec.part, spec.shard.path(INGEST, "articles"))
        return
    table = read_table(spec.part, Article).take(pa.array([one.row for one in kept], pa.int64()))
    place = table.schema.get_field_index("id")
    table = table.set_column(place, table.schema.field(place), pa.array([one.id for one in kept], pa.string()))
    write_table(spec.shard.path(INGEST, "articles"), table)


def _slips(specs: Sequence[ReadSpec]) -> Iterator[Slip]:
    """Yield the slips of all shards; names that many share are held once."""
    for spec in specs:
        for one in read_records(spec.slips, Slip):
            place = replace(one.location, file=intern(one.location.file))
            yield replace(one, source=one.source and intern(one.source), location=place)


def _keep(night: Night, specs: Sequence[ReadSpec], slips: Sequence[Slip], watch: Watch) -> list[KeepSpec]:
    """Leave the articles of some slips in shards, at least one even if empty, and return what was kept of which part."""
    parts: defaultdict[int, list[Kept]] = defaultdict(list)
    for one in slips:
        parts[one.number // SHARD_ARTICLES].append(Kept(row=one.number % SHARD_ARTICLES, id=one.id))
    found = []
    for number, part in enumerate(sorted(parts) or [0]):
        read, place = divmod(part, _PARTS)
        spec = KeepSpec(ShardSpec(night.places, night.settings, shard_name(number)), specs[read].part(place))
        # Not to disk: written anew by each run that has shards to make.
        write_records(spec.kept, Kept, sorted(parts[part], key=lambda one: one.row), durable=False)
        found.append(spec)
    map_missing(keep_part, found, lambda spec: spec.shard.path(INGEST, "articles"), night.settings.engine, watch)
    return found


def records_read(night: Night) -> int:
    """Return how many records a finished ingest read, before it was settled what becomes of them."""
    return sum(shard.rows for shard in stage_shards(night, INGEST) if shard.name.startswith(("slips/", "unread/")))


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


def dump_order(record: Rejected) -> tuple[str, str, int, int, str]:
    """Return a key that sorts rejected records as the dump has them."""
    place = record.location
    return place.file, place.member or "", place.line or 0, place.byte_offset or 0, record.reason
