"""Parquet, a few rows at a time: the columns that an article needs, whatever else the table holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

import pyarrow as pa

from pipeline.ingest.reasons import Fault
from pipeline.ingest.records import Record
from pipeline.ingest.tables import ROW, as_record, needed, no_body
from pipeline.ingest.unpacking import Budget
from pipeline.settings import IngestSettings, load_formats

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_ROWS = 32  # read at once
_BUFFER = 1 << 20  # bytes of a column read at once
_GRACE = 4 << 20  # bytes a table may unpack to before its ratio is looked at
_THRIFT = 100_000_000  # bytes and entries of the footer
_BROKEN = (pa.ArrowException, OSError, ValueError, KeyError, OverflowError, MemoryError)


def read_parquet(file: BinaryIO, settings: IngestSettings) -> Iterator[Record]:
    """Yield the rows of a Parquet file, numbered; memory holds a few rows and a page of each column."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - every process would take seven milliseconds for a format few dumps have

    size = file.seek(0, os.SEEK_END)
    budget = Budget(max(_GRACE, size * settings.max_archive_ratio))
    number = 0
    try:
        for row in _rows(pq.ParquetFile(file, buffer_size=_BUFFER, **_LIMITS), budget, settings):
            number += 1
            yield as_record(row, number)
    except Fault as fault:
        yield Record(None, number + 1, None, fault)
    except _BROKEN as error:
        yield Record(None, number + 1, None, Fault("table.corrupt", f"Parquet can't be read on: {error}"))


_LIMITS = {"pre_buffer": False, "thrift_string_size_limit": _THRIFT, "thrift_container_size_limit": _THRIFT}


def _rows(table: pq.ParquetFile, budget: Budget, settings: IngestSettings) -> Iterator[dict[str, Any]]:
    names = table.schema_arrow.names
    wanted = needed(names, load_formats(settings.formats))
    if not wanted:
        raise no_body(names)
    for batch in table.iter_batches(batch_size=_ROWS, columns=wanted, use_threads=False):
        budget.spend(batch.nbytes + ROW * batch.num_rows)
        columns = [_cells(column) for column in batch.columns]
        yield from (dict(zip(batch.schema.names, row, strict=True)) for row in zip(*columns, strict=True))


def _cells(column: pa.Array) -> list[Any]:
    """Return a column's values, strings as bytes: one that is no UTF-8 then fails by itself, a day of the year 38505 is none."""
    bare = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}
    plain = column.cast(bare.get(column.type, column.type))
    try:
        return list(plain.to_pylist())
    except (ValueError, OverflowError):
        return [_cell(cell) for cell in plain]


def _cell(cell: pa.Scalar) -> Any:
    with suppress(ValueError, OverflowError):
        return cell.as_py()
    return None
