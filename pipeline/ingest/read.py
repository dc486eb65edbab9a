"""One file of a dump to articles and rejections, every record in its order."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.compose import from_draft, from_text
from pipeline.ingest.containers import Part, open_parts
from pipeline.ingest.csv_reader import read_csv
from pipeline.ingest.json_reader import read_json, read_json_lines
from pipeline.ingest.lines import as_utf8, decode
from pipeline.ingest.mapping import draft
from pipeline.ingest.plan import DumpFile
from pipeline.ingest.reasons import Fault, reject
from pipeline.ingest.records import Record
from pipeline.ingest.sniff import HEAD, sniff, stem
from pipeline.ingest.streams import chained, gather_prefix, with_head
from pipeline.models import Article, DumpLocation, Rejected
from pipeline.settings import IngestSettings

_READERS = {"json": read_json, "jsonl": read_json_lines, "csv": read_csv}
_BYTES_A_CHARACTER = 4  # at most, in UTF-8


def read_file(file: DumpFile, settings: IngestSettings) -> Iterator[Article | Rejected]:
    """Yield every record of a file in order, as an article or with the reason why not.

    Never raises, whatever the bytes. JSON Lines and CSV are read in constant memory; a JSON
    document and a text file are held whole, within ``max_document_bytes``.
    """
    for part in open_parts(file, settings):
        location = DumpLocation(file=file.name, member=part.member)
        try:
            yield from _read_part(part, location, settings)
        except Fault as fault:  # the stream broke; what came before it has been read
            yield reject(location, fault)


def _read_part(part: Part, location: DumpLocation, settings: IngestSettings) -> Iterator[Article | Rejected]:
    if part.fault:
        raise part.fault
    name = part.member or location.file
    chunks = with_head(as_utf8(part.chunks), HEAD)
    head = next(chunks, b"")
    if len(head) < HEAD and not head.strip():  # an export that failed leaves a file without one record
        next(chunks, None)  # a broken stream says so here, and that comes first
        raise Fault("text.empty", "the file holds nothing")
    kind = sniff(head, name)
    chunks = chained(head, chunks)
    if kind == "text":
        text = decode(_whole(chunks, settings))
        yield from_text(text, stem(name.rpartition("/")[2]) or name, location, settings)
        return
    for record in _READERS[kind](chunks, settings):
        yield _outcome(record, location, settings)


def _whole(chunks: Iterator[bytes], settings: IngestSettings) -> bytes:
    limit = settings.max_article_chars * _BYTES_A_CHARACTER
    data, fault = gather_prefix(chunks, limit)
    if fault and fault.reason == "document.too-large":
        raise Fault("text.too-long", f"more than {limit} bytes, {settings.max_article_chars} characters at most")
    if fault:
        raise fault
    return data


def _outcome(record: Record, part: DumpLocation, settings: IngestSettings) -> Article | Rejected:
    location = DumpLocation(file=part.file, member=part.member, line=record.line, byte_offset=record.byte_offset)
    if record.fault:
        return reject(location, record.fault)
    try:
        return from_draft(draft(record.value), location, settings)
    except Fault as fault:
        return reject(location, fault)
