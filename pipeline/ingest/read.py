"""One file of a dump to articles and rejections, every record in its order."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.ingest.compose import from_draft, from_text
from pipeline.ingest.containers import Part, open_parts
from pipeline.ingest.csv_reader import read_csv
from pipeline.ingest.html_reader import read_html
from pipeline.ingest.json_reader import read_json, read_json_lines
from pipeline.ingest.lines import Utf8, decode
from pipeline.ingest.mapping import draft
from pipeline.ingest.parquet_reader import read_parquet
from pipeline.ingest.plan import DumpFile
from pipeline.ingest.reasons import Fault, reject, reject_raised
from pipeline.ingest.records import Record
from pipeline.ingest.sniff import HEAD, Format, sniff, stem
from pipeline.ingest.sqlite_reader import read_sqlite
from pipeline.ingest.streams import chained, gather, gather_prefix, with_head
from pipeline.ingest.warc_reader import read_warc
from pipeline.ingest.xml_reader import read_xml
from pipeline.models import Article, DumpLocation, Rejected
from pipeline.settings import IngestSettings, load_formats

_TABLES = {"parquet": read_parquet, "sqlite": read_sqlite}
_READERS = {
    "json": read_json,
    "jsonl": read_json_lines,
    "csv": read_csv,
    "xml": read_xml,
    "warc": read_warc,
}
_UNREAD = "; nothing after it in this file was read"  # told beside where the program failed
_BYTES_A_CHARACTER = 4  # at most, in UTF-8


@dataclass(frozen=True, slots=True)
class Reading:
    """A file, or a member of an archive, as it is read."""

    location: DumpLocation
    packing: tuple[str, ...]  # what it was unpacked from, outermost first
    format: str | None  # None where the bytes broke off, or are none, before it could be told
    outcomes: Iterator[Outcome]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record."""

    result: Article | Rejected
    dialect: str | None = None  # whose field names the record has; None for a text, and for what is no article


def read_file(file: DumpFile, settings: IngestSettings) -> Iterator[Article | Rejected]:
    """Yield every record of a file in order, as an article or with the reason why not.

    Never raises, whatever the bytes. JSON Lines, CSV, XML and tables are read in constant memory; a JSON
    document, a text file and a packed table are held whole, within ``max_document_bytes``.
    """
    for reading in read_parts(file, settings):
        for outcome in reading.outcomes:
            yield outcome.result


def read_parts(file: DumpFile, settings: IngestSettings) -> Iterator[Reading]:
    """Yield the parts of a file; each is to be read before the next is asked for. Never raises."""
    opened = False
    for part in open_parts(file, settings):
        opened = True
        location = DumpLocation(file=file.name, member=part.member)
        try:
            stream = Utf8(part.chunks)
            kind, chunks = _looked_at(part, stream, location)
        except Fault as fault:
            yield Reading(location, part.packing, None, iter([Outcome(reject(location, fault))]))
            continue
        except Exception as error:  # noqa: BLE001 - one file must not cost the night; told as this program's fault
            yield Reading(location, part.packing, None, iter([Outcome(reject_raised(location, error, _UNREAD))]))
            continue
        outcomes = _outcomes(kind, replace(part, chunks=chunks), stream, location, settings)
        yield Reading(location, part.packing, kind, _some(outcomes, location, "the file holds no record"))
    if not opened:
        location = DumpLocation(file=file.name)
        yield Reading(location, (), None, _some((), location, "the archive holds no file"))


def _some(outcomes: Iterable[Outcome], location: DumpLocation, otherwise: str) -> Iterator[Outcome]:
    """Yield the outcomes; if there is none, that: an export that failed must not vanish."""
    found = False
    for outcome in outcomes:
        found = True
        yield outcome
    if not found:
        yield Outcome(reject(location, Fault("text.empty", otherwise)))


def _looked_at(part: Part, stream: Utf8, location: DumpLocation) -> tuple[Format, Iterator[bytes]]:
    if part.fault:
        raise part.fault
    chunks = with_head(stream.chunks(), HEAD)
    head = next(chunks, b"")
    if len(head) < HEAD and not head.strip():  # an export that failed leaves a file without one record
        next(chunks, None)  # a broken stream says so here, and that comes first
        raise Fault("text.empty", "the file holds nothing")
    return sniff(head, part.member or location.file), chained(head, chunks)


def _outcomes(
    kind: Format, part: Part, stream: Utf8, location: DumpLocation, settings: IngestSettings
) -> Iterator[Outcome]:
    try:
        if kind == "text":
            yield Outcome(_text(part.chunks, location, settings))
            return
        for record in _records(kind, part, location, settings):
            place = DumpLocation(
                file=location.file,
                member=location.member,
                line=record.line,
                byte_offset=stream.original(record.byte_offset),
            )
            yield _outcome(record, place, settings)
    except Fault as fault:  # the stream broke; what came before it has been read
        yield Outcome(reject(location, fault))
    except Exception as error:  # noqa: BLE001 - one file must not cost the night; told as this program's fault
        yield Outcome(reject_raised(location, error, _UNREAD))


def _records(kind: Format, part: Part, location: DumpLocation, settings: IngestSettings) -> Iterator[Record]:
    if kind == "html":
        return read_html(part.chunks, settings, _stem(location))
    if kind not in _TABLES:
        return _READERS[kind](part.chunks, settings)
    # A table is read here and there; one that was packed is held in memory, within the limit.
    return _TABLES[kind](part.file or io.BytesIO(gather(part.chunks, settings.max_document_bytes)), settings)


def _text(chunks: Iterator[bytes], location: DumpLocation, settings: IngestSettings) -> Article:
    return from_text(decode(_whole(chunks, settings)), _stem(location), location, settings)


def _stem(location: DumpLocation) -> str:
    name = (location.member or location.file).rpartition("/")[2]
    return stem(name) or name


def _whole(chunks: Iterator[bytes], settings: IngestSettings) -> bytes:
    limit = settings.max_article_chars * _BYTES_A_CHARACTER
    data, fault = gather_prefix(chunks, limit)
    if fault and fault.reason == "document.too-large":
        raise Fault("text.too-long", f"more than {limit} bytes, {settings.max_article_chars} characters at most")
    if fault:
        raise fault
    return data


def _outcome(record: Record, location: DumpLocation, settings: IngestSettings) -> Outcome:
    if record.fault:
        return Outcome(reject(location, record.fault))
    dialect = None
    try:
        found = draft(record.value, load_formats(settings.formats), record.element)
        dialect = found.dialect
        found = replace(found, repairs=record.repairs) if record.repairs else found
        return Outcome(from_draft(found, location, settings), dialect)
    except Fault as fault:
        return Outcome(reject(location, fault), dialect)
    except Exception as error:  # noqa: BLE001 - one record must not cost the night; told as this program's fault
        return Outcome(reject_raised(location, error), dialect)
