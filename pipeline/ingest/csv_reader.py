"""CSV and TSV, row by row; every value stays the string it is."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from pipeline.ingest.lines import decode, split_lines
from pipeline.ingest.mapping import find_dialect
from pipeline.ingest.reasons import Fault
from pipeline.ingest.records import Record
from pipeline.settings import IngestSettings, load_formats

_DELIMITERS = (",", "\t", ";", "|")


class _Feed:
    """The lines of a stream as text, remembering those of the row under way."""

    def __init__(self, chunks: Iterator[bytes], limit: int) -> None:
        self._lines = split_lines(chunks, limit)
        self._limit = limit
        self.line, self.offset, self.size, self.quotes = 0, 0, 0, 0
        self.ended = False
        self.fault: Fault | None = None  # of the row under way
        self.broken: Fault | None = None  # of the stream: nothing comes after it

    def start_row(self) -> None:
        """Forget the last row."""
        self.line = self.size = self.quotes = 0
        self.fault = None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        except Fault as fault:
            self.broken, self.ended = fault, True
            raise StopIteration from None
        if not self.line:
            self.line, self.offset = line.number, line.offset
        self.size += self._limit + 1 if line.data is None else len(line.data)
        if self.size > self._limit:
            self.fault = Fault("line.too-long", f"the row has more than {self._limit} bytes")
            return "\n"
        return self._text(line.data or b"")

    def _text(self, data: bytes) -> str:
        self.quotes += data.count(b'"')
        try:
            return decode(data)
        except Fault as fault:
            self.fault = fault
            return data.decode("ascii", "replace")


def read_csv(chunks: Iterator[bytes], settings: IngestSettings) -> Iterator[Record]:
    """Yield the rows of a table as {column: string}, columns in lower case; constant memory."""
    csv.field_size_limit(settings.max_line_bytes)  # the module's own limit, 128 KiB, is shorter than articles
    feed = _Feed(chunks, settings.max_line_bytes)
    first = next(feed, None)
    if first is None:
        if feed.broken:
            yield Record(None, None, None, feed.broken)
        return
    delimiter = max(_DELIMITERS, key=first.count)
    columns = _columns(first, delimiter)
    if feed.fault:
        yield Record(None, 1, 0, feed.fault)
        return
    if find_dialect(dict.fromkeys(columns), load_formats(settings.formats)) is None:
        detail = f"no column is known to hold the body; columns: {', '.join(columns)[:200] or 'none'}"
        yield Record(None, 1, 0, Fault("csv.header", detail))
        return
    yield from _rows(csv.reader(feed, delimiter=delimiter), feed, columns)


def _columns(header: str, delimiter: str) -> list[str]:
    try:
        names = next(csv.reader([header], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [name.strip().lower() for name in names]


def _rows(rows: Iterator[list[str]], feed: _Feed, columns: list[str]) -> Iterator[Record]:
    while True:
        feed.start_row()
        fault: Fault | None = None
        cells: list[str] = []
        try:
            cells = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            fault = Fault("csv.syntax", str(error))
        fault = feed.fault or fault or _fault(cells, columns, feed)
        if fault or cells:
            yield Record(None if fault else _record(cells, columns), feed.line, feed.offset, fault)
    if feed.broken:
        yield Record(None, feed.line or None, None, feed.broken)


def _fault(cells: list[str], columns: list[str], feed: _Feed) -> Fault | None:
    if feed.ended and feed.quotes % 2:
        return Fault("csv.quote", "a quote is opened and never closed: the rest of the file went into this row")
    if len(cells) > len(columns):
        return Fault("csv.columns", f"{len(cells)} fields under {len(columns)} columns")
    return None


def _record(cells: list[str], columns: list[str]) -> dict[str, Any]:
    return dict(zip(columns, cells, strict=False))
