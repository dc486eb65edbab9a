"""Shards as Arrow files, and the manifests that close a stage."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
from pyarrow import ipc

from pipeline.columns import from_table, schema, to_table
from pipeline.nights import is_night
from pipeline.storage import publish_bytes

R = TypeVar("R")

# Arrow's own allocator gives a shard's pages back after each file and has the kernel clear them for the next: reading
# took twice as long.
pa.set_memory_pool(pa.system_memory_pool())

# As Arrow has them in memory, packed: Parquet takes half the place of LZ4, and four times as long to write and to read.
_PACKED = ipc.IpcWriteOptions(compression="lz4", use_threads=False)

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


def write_records(path: Path, cls: type[R], records: Sequence[R], *, durable: bool = True) -> None:
    """Publish records as one Arrow file; the same records give the same bytes."""
    write_table(path, to_table(cls, records), durable=durable)


def write_table(path: Path, table: pa.Table, *, durable: bool = True) -> None:
    """Publish an Arrow table as one file of one batch; ``durable`` is that of ``publish_bytes``."""
    sink = pa.BufferOutputStream()
    with ipc.new_file(sink, table.schema, options=_PACKED) as file:
        file.write_table(table.combine_chunks())
    publish_bytes(path, sink.getvalue().to_pybytes(), durable=durable)


def read_records(path: Path, cls: type[R]) -> list[R]:
    """Return the records of one file; raise StoreError when it holds something else."""
    return from_table(cls, read_table(path, cls))


def read_table(path: Path, cls: type[Any], without: Collection[str] = ()) -> pa.Table:
    """Return one file as an Arrow table, all columns or all but some; raise StoreError when it holds something else."""
    wanted = schema(cls)
    columns = [name for name in wanted.names if name not in without]
    try:
        data = pa.BufferReader(path.read_bytes())
        if ipc.open_file(data).schema.equals(wanted):
            return _read(data, wanted, columns)
    except FileNotFoundError as error:
        raise StoreError(f"{path}: missing; {remedy(path)}") from error
    except (pa.ArrowException, OSError) as error:
        raise StoreError(f"{path}: damaged ({error}); {remedy(path)}") from error
    raise StoreError(f"{path}: holds no {cls.__name__} of this version; {remedy(path)}")


def remedy(path: Path) -> str:
    """Return what to delete where a file is damaged: all of its night's intermediates, for later ones are made from it."""
    night = next((folder for folder in path.parents if is_night(folder.name)), path.parent)
    return f"delete {night} and run again"


def _read(data: pa.BufferReader, wanted: pa.Schema, columns: Sequence[str]) -> pa.Table:
    """Return some columns of a file; the others stay packed."""
    # Shards are the parallel units: more threads only wait for each other.
    places = [wanted.get_field_index(name) for name in columns or wanted.names]
    table = ipc.open_file(data, options=ipc.IpcReadOptions(included_fields=places, use_threads=False)).read_all()
    table.validate(full=True)  # an offset beyond its column would end the process, not the reading
    return table.select(columns)


def read_column(path: Path, cls: type[Any], name: str) -> list[Any]:
    """Return one column of a file; raise StoreError when it holds something else."""
    others = [other for other in schema(cls).names if other != name]
    values: list[Any] = read_table(path, cls, others)[name].to_pylist()
    return values


def count_rows(path: Path) -> int:
    """Return how many records a file holds."""
    return _rows(path.read_bytes())


def _rows(data: bytes) -> int:
    first = ipc.IpcReadOptions(included_fields=[0], use_threads=False)
    rows: int = ipc.open_file(pa.BufferReader(data), options=first).read_all().num_rows
    return rows


def receipt(folder: Path, name: str) -> Shard:
    """Return the receipt of a published file of records, by its path relative to a stage's folder."""
    data = (folder / name).read_bytes()
    return Shard(name=name, rows=_rows(data), sha256=hashlib.sha256(data).hexdigest())


def write_manifest(folder: Path, fingerprint: str, shards: Iterable[Shard]) -> None:
    """Close a stage; the shards must be published."""
    manifest = Manifest(fingerprint=fingerprint, shards=tuple(shards))
    publish_bytes(folder / MANIFEST, json.dumps(asdict(manifest), indent=1).encode())


def read_manifest(folder: Path, fingerprint: str) -> Manifest | None:
    """Return the manifest of a finished stage, or None when it is damaged, or it or a shard that it names is missing."""
    with suppress(FileNotFoundError, ValueError, TypeError, KeyError):
        table = json.loads((folder / MANIFEST).read_bytes())
        shards = tuple(Shard(**row) for row in table["shards"])
        if table["fingerprint"] == fingerprint and all((folder / shard.name).is_file() for shard in shards):
            return Manifest(fingerprint=fingerprint, shards=shards)
    return None
