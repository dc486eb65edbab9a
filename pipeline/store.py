"""Parquet shards, and the manifests that close a stage."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.columns import from_table, schema, to_table
from pipeline.storage import publish_bytes

R = TypeVar("R")

# Arrow's own allocator gives a shard's pages back after each file and has the kernel clear them for the next: reading
# took twice as long.
pa.set_memory_pool(pa.system_memory_pool())

MANIFEST = "_manifest.json"


class StoreError(ValueError):
    """A stored file that this version can't read; the message names the file and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """The receipt of one published file."""

    name: str  # path relative to the manifest's folder, "/" between parts
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a finished stage left. Written after every shard: where it is, they all are."""

    fingerprint: str
    shards: tuple[Shard, ...]


def write_records(path: Path, cls: type[R], records: Sequence[R]) -> None:
    """Publish records as one Parquet file (zstd); the same records give the same bytes."""
    write_table(path, to_table(cls, records))


def write_table(path: Path, table: pa.Table, *, durable: bool = True) -> None:
    """Publish an Arrow table as one Parquet file (zstd); ``durable`` is that of ``publish_bytes``."""
    sink = pa.BufferOutputStream()
    # No reader looks for parts of a shard, and to look for repeated values costs more than zstd leaves of them.
    pq.write_table(table, sink, compression="zstd", use_dictionary=False, write_statistics=False)
    publish_bytes(path, sink.getvalue().to_pybytes(), durable=durable)


def read_records(path: Path, cls: type[R]) -> list[R]:
    """Return the records of one Parquet file; raise StoreError when it holds something else."""
    return from_table(cls, read_table(path, cls))


def read_table(path: Path, cls: type[Any], without: Collection[str] = ()) -> pa.Table:
    """Return one Parquet file as an Arrow table, all columns or all but some; raise StoreError when it holds something else."""
    wanted = schema(cls)
    columns = [name for name in wanted.names if name not in without]
    try:
        with pq.ParquetFile(pa.BufferReader(path.read_bytes())) as file:
            if file.schema_arrow.equals(wanted):
                # Shards are the parallel units: more threads only wait for each other.
                return file.read(columns=columns if without else None, use_threads=False)
    except pa.ArrowInvalid as error:
        raise StoreError(f"{path}: damaged ({error}); delete its folder and run again") from error
    raise StoreError(f"{path}: holds no {cls.__name__} of this version; delete its folder and run again")


def read_column(path: Path, cls: type[Any], name: str) -> list[Any]:
    """Return one column of a Parquet file; raise StoreError when it holds something else."""
    others = [other for other in schema(cls).names if other != name]
    values: list[Any] = read_table(path, cls, others)[name].to_pylist()
    return values


def count_rows(path: Path) -> int:
    """Return how many records a Parquet file holds."""
    rows: int = pq.read_metadata(pa.BufferReader(path.read_bytes())).num_rows
    return rows


def receipt(folder: Path, name: str) -> Shard:
    """Return the receipt of a published Parquet file, by its path relative to a stage's folder."""
    data = (folder / name).read_bytes()
    rows = pq.read_metadata(pa.BufferReader(data)).num_rows
    return Shard(name=name, rows=rows, sha256=hashlib.sha256(data).hexdigest())


def write_manifest(folder: Path, fingerprint: str, shards: Iterable[Shard]) -> None:
    """Close a stage; the shards must be published."""
    manifest = Manifest(fingerprint=fingerprint, shards=tuple(shards))
    publish_bytes(folder / MANIFEST, json.dumps(asdict(manifest), indent=1).encode())


def read_manifest(folder: Path, fingerprint: str) -> Manifest | None:
    """Return the manifest of a finished stage, or None when it, or a shard that it names, is missing."""
    with suppress(FileNotFoundError):
        table = json.loads((folder / MANIFEST).read_bytes())
        shards = tuple(Shard(**row) for row in table["shards"])
        if table["fingerprint"] == fingerprint and all((folder / shard.name).is_file() for shard in shards):
            return Manifest(fingerprint=fingerprint, shards=shards)
    return None
