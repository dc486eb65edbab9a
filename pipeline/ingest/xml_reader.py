"""XML in one pass: feeds (RSS, Atom), NewsML-G2, NITF, and what a user's table names."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from pipeline.ingest.reasons import Fault
from pipeline.ingest.records import Record
from pipeline.ingest.streams import with_head
from pipeline.ingest.xml_parser import ended, fed, parser_of
from pipeline.ingest.xml_record import Builder
from pipeline.ingest.xml_salvage import salvaged
from pipeline.ingest.xml_tape import Tape
from pipeline.settings import IngestSettings, load_formats

_LONGEST_TAG = 1 << 20  # bytes; the parser reads a tag anew with every piece that doesn't end it
_HEAD = 4_096  # bytes that hold the declarations of the elements around the records
# Control codes that XML forbids and feeds have become one that it allows and that no text keeps; no place shifts.
_CONTROLS = bytes(0x7F if code < 32 and code not in b"\t\n\r" else code for code in range(256))


def read_xml(chunks: Iterator[bytes], settings: IngestSettings) -> Iterator[Record]:
    """Yield the elements that hold an article, in constant memory; numbered, with the place of their start tag.

    From the first fault on they are read one by one, so that each broken one costs itself alone.
    """
    tape = Tape((piece.translate(_CONTROLS) for piece in with_head(chunks, _HEAD)), settings.max_line_bytes)
    formats = load_formats(settings.formats)
    builder = Builder(formats, settings.max_line_bytes)
    head = tape.more()
    before = len(head) - len(head.lstrip())  # blanks before the declaration, which the parser doesn't allow
    parser = parser_of(builder, before)
    fault = fed(parser, head[before:])
    yield from _taken(builder)
    while fault is None and (piece := _next(tape, builder, parser, before)):
        fault = fed(parser, piece)
        yield from _taken(builder)
        if fault is None and tape.end - parser.CurrentByteIndex - before > _LONGEST_TAG:
            fault = Fault("xml.limit", f"a tag or comment of more than {_LONGEST_TAG} bytes")
    fault = tape.broken or fault or ended(parser)
    yield from _taken(builder)
    yield from _rest(tape, head, builder, max(0, parser.CurrentByteIndex) + before, fault)


def _next(tape: Tape, builder: Builder, parser: expat.XMLParserType, before: int) -> bytes:
    under_way = builder.under_way
    tape.forget(max(0, parser.CurrentByteIndex) + before if under_way is None else under_way)
    return tape.more()


def _rest(tape: Tape, head: bytes, builder: Builder, at: int, fault: Fault | None) -> Iterator[Record]:
    """Yield what ended the strict reading, and what can be had after it."""
    number = builder.count + 1
    if fault is None:
        if not builder.count:
            names = ", ".join(sorted(builder.formats.elements))
            lacking = f"no article in this <{builder.root[:80]}>; known elements: {names[:300]}"
            yield Record(None, number, at, Fault("xml.records", lacking))
    elif fault.reason != "xml.syntax":
        yield Record(None, number, at, fault)
    elif builder.under_way is None:
        yield Record(None, number, at, fault)
        yield from salvaged(tape, at, number, head, builder)
    else:
        yield from salvaged(tape, builder.under_way, number - 1, head, builder)
    if tape.broken and tape.broken is not fault:
        yield Record(None, None, None, tape.broken)


def _taken(builder: Builder) -> list[Record]:
    taken, builder.done = builder.done, []
    return taken
