"""CSV and TSV, row by row; every value stays the string it is."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pipeline.ingest.lines import decode, split_lines
from pipeline.ingest.mapping import find_dialect
from pipeline.ingest.reasons import Fault
from pipeline.ingest.records import Record
from pipeline.ingest.streams import chained, with_head
from pipeline.settings import Formats, IngestSettings, load_formats

_DELIMITERS = (",", "\t", ";", "|")
_HEAD = 1 << 16  # bytes that show how a table is written
_PREAMBLE = 10  # lines in which the header is looked for: some exports begin with a title or "sep=;"
_SEPARATOR = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)
_ESCAPED = re.compile(rb'\\"(?![,;|\t\r\n])')  # a quote after a backslash, and not at the end of a field
_DOUBLED = re.compile(rb'[^,;|\t\r\n]""[^,;|\t\r\n]')


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a table is written."""

    delimiter: str
    blanks: bool  # after each delimiter
    escaped: bool  # quotes in fields stand behind a backslash
    bare: bool  # quotes mean nothing

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """Return the rows of some lines."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            skipinitialspace=self.blanks,
            escapechar="\\" if self.escaped else None,
            quoting=csv.QUOTE_NONE if self.bare else csv.QUOTE_MINIMAL,
        )

    def open_quotes(self, text: str) -> int:
        """Count the quotes that open or close a field."""
        return 0 if self.bare else text.count('"') - (text.count('\\"') if self.escaped else 0)


def _shape(header: str, delimiter: str, head: bytes) -> _Shape:
    count = header.count(delimiter)
    return _Shape(
        delimiter=delimiter,
        blanks=delimiter != "\t" and 0 < count == header.count(f"{delimiter} "),
        escaped=bool(_ESCAPED.search(head)) and not _DOUBLED.search(head),
        bare=delimiter == "\t" and _bare(head, count),
    )


def _bare(head: bytes, tabs: int) -> bool:
    """Tell a table whose quotes mean nothing: every line is a row of its own, and some quote has no partner."""
    lines = [line for line in head.split(b"\n")[1:-1] if line.strip()]
    return all(line.count(b"\t") == tabs for line in lines) and any(line.count(b'"') % 2 for line in lines)


class _Feed:
    """The lines of a stream as text, remembering those of the row under way."""

    def __init__(self, chunks: Iterator[bytes], limit: int) -> None:
        self._lines = split_lines(chunks, limit)
        self._limit = limit
        self.line, self.offset, self.size = 0, 0, 0
        self.held: list[tuple[int, int, str]] = []  # number, place and text of the lines of the row under way
        self.ended = False
        self.fault: Fault | None = None  # of the row under way
        self.broken: Fault | None = None  # of the stream: nothing comes after it

    def start_row(self) -> None:
        """Forget the last row."""
        self.line = self.size = 0
        self.held = []
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
            self.held = []
            return "\n"
        text = self._text(line.data or b"")
        self.held.append((line.number, line.offset, text))
        return text

    def _text(self, data: bytes) -> str:
        try:
            return decode(data)
        except Fault as fault:
            self.fault = fault
            return data.decode("ascii", "replace")


def read_csv(chunks: Iterator[bytes], settings: IngestSettings) -> Iterator[Record]:
    """Yield the rows of a table as {column: string}, columns in lower case; constant memory."""
    csv.field_size_limit(settings.max_line_bytes)  # the module's own limit, 128 KiB, is shorter than articles
    chunks = with_head(chunks, _HEAD)
    head = next(chunks, b"")
    chunks = chained(head, chunks)
    if b"\r" in head and b"\n" not in head:  # line ends of the first Macintosh
        chunks = (chunk.replace(b"\r", b"\n") for chunk in chunks)
    feed = _Feed(chunks, settings.max_line_bytes)
    found = _header(feed, load_formats(settings.formats))
    if isinstance(found, Fault):
        yield Record(None, None if found is feed.broken else 1, None if found is feed.broken else 0, found)
    elif found is not None:
        header, delimiter = found
        shape = _shape(header, delimiter, head)
        yield from _rows(shape, feed, _columns(header, shape))


def _header(feed: _Feed, formats: Formats) -> tuple[str, str] | Fault | None:
    """Return the header line and what stands between its names, or why there is none; None for an empty table."""
    said = None
    seen: list[str] = []
    for line in islice(feed, _PREAMBLE):
        if feed.fault:
            return feed.fault
        if separator := _SEPARATOR.fullmatch(line):
            said = separator[1]
            continue
        delimiter = said or max(_DELIMITERS, key=line.count)
        columns = _columns(line, _shape(line, delimiter, b""))
        if find_dialect(dict.fromkeys(columns), formats):
            return line, delimiter
        seen = seen or columns
        feed.start_row()
    if not seen and (feed.broken or not feed.held):
        return feed.broken
    detail = f"no column is known to hold the body; columns: {', '.join(seen)[:200] or 'none'}"
    return Fault("csv.header", detail)


def _columns(header: str, shape: _Shape) -> list[str]:
    try:
        names = next(shape.reader([header]), [])
    except csv.Error:
        return []
    return [name.strip().lower() for name in names]


def _rows(shape: _Shape, feed: _Feed, columns: list[str]) -> Iterator[Record]:
    rows = shape.reader(feed)
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
        if fault is None and feed.ended and _open(shape, feed.held):
            yield from _apart(shape, feed.held, columns)
            continue
        fault = feed.fault or fault or _too_many(cells, columns)
        if fault or cells:
            yield Record(None if fault else _record(cells, columns), feed.line, feed.offset, fault)
    if feed.broken:
        yield Record(None, feed.line or None, None, feed.broken)


def _open(shape: _Shape, lines: list[tuple[int, int, str]]) -> bool:
    return sum(shape.open_quotes(text) for _, _, text in lines) % 2 == 1


def _apart(shape: _Shape, lines: list[tuple[int, int, str]], columns: list[str]) -> Iterator[Record]:
    """Yield the lines that a quote without an end has swallowed, each a row by itself where it can be one."""
    for place, (number, offset, text) in enumerate(lines):
        cells = [] if _open(shape, [lines[place]]) else next(shape.reader([text]), [])
        if len(cells) == len(columns):
            yield Record(_record(cells, columns), number, offset)
        elif text.strip():
            detail = "a quote is opened and never closed, here or above; every line after it was read by itself"
            yield Record(None, number, offset, Fault("csv.quote", detail))


def _too_many(cells: list[str], columns: list[str]) -> Fault | None:
    if len(cells) > len(columns):
        return Fault("csv.columns", f"{len(cells)} fields under {len(columns)} columns")
    return None


def _record(cells: list[str], columns: list[str]) -> dict[str, Any]:
    return dict(zip(columns, cells, strict=False))
