"""SQLite, read only: every table with a column that is known to hold the body, row by row."""

from __future__ import annotations

import io
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any, BinaryIO

from pipeline.ingest.lines import decode
from pipeline.ingest.reasons import Fault
from pipeline.ingest.records import Record
from pipeline.ingest.tables import ROW, as_record, needed, no_body
from pipeline.ingest.unpacking import Budget
from pipeline.settings import IngestSettings, load_formats

_GRACE = 4 << 20  # bytes of rows that a file may hold before its ratio is looked at
_JOURNAL = slice(18, 20)  # where the header says that a log lies beside the file; ours never does
_SAFELY = ("query_only = 1", "trusted_schema = 0", "ignore_check_constraints = 1", "mmap_size = 0")
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY name"
_BROKEN = (sqlite3.Error, OverflowError, MemoryError, ValueError)


def read_sqlite(file: BinaryIO, settings: IngestSettings) -> Iterator[Record]:
    """Yield the rows of a database's articles, numbered through all tables, in constant memory.

    Views, triggers and generated columns are never run, and nothing is written beside the file.
    """
    budget = Budget(max(_GRACE, file.seek(0, os.SEEK_END) * settings.max_archive_ratio))
    number = 0
    try:
        with closing(_open(file)) as database:
            _check(database)
            for row in _rows(database, settings):
                number += 1
                budget.spend(ROW + sum(len(value) for value in row.values() if isinstance(value, bytes)))
                yield as_record(row, number)
    except Fault as fault:
        yield Record(None, number + 1, None, fault)
    except _BROKEN as error:
        yield Record(None, number + 1, None, Fault("table.corrupt", f"SQLite can't be read on: {error}"))


def _open(file: BinaryIO) -> sqlite3.Connection:
    if isinstance(file, io.BytesIO):
        database = sqlite3.connect(":memory:")
        data = bytearray(file.getvalue())
        data[_JOURNAL] = b"\x01\x01"
        database.deserialize(bytes(data))
    else:  # by its descriptor: it is the file that was looked at, whatever lies under its name by now
        database = sqlite3.connect(f"file:/dev/fd/{file.fileno()}?mode=ro&immutable=1", uri=True)
    database.text_factory = bytes
    for pragma in _SAFELY:
        database.execute(f"PRAGMA {pragma}")
    return database


def _check(database: sqlite3.Connection) -> None:
    """Refuse a file whose pages are used more than once: it could be walked without end."""
    for (found,) in database.execute("PRAGMA quick_check(1000)"):
        if b"reference to page" in found:
            raise Fault("table.corrupt", f"SQLite pages lead into one another: {found.decode('utf-8', 'replace')}")


def _rows(database: sqlite3.Connection, settings: IngestSettings) -> Iterator[dict[str, Any]]:
    formats = load_formats(settings.formats)
    seen: list[str] = []
    read = 0
    for (name,) in database.execute(_TABLES).fetchall():
        table = _quoted(decode(name))
        columns = [decode(row[1]) for row in database.execute(f"PRAGMA table_xinfo({table})") if row[6] == 0]
        seen += columns
        if wanted := needed(columns, formats):
            read += 1
            query = f"SELECT {', '.join(map(_quoted, wanted))} FROM {table}"  # noqa: S608 - names of the file, quoted
            yield from (dict(zip(wanted, row, strict=True)) for row in database.execute(query))
    if not read:
        raise no_body(seen)


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))
