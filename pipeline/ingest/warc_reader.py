"""WARC, record by record: the pages of responses, and the plain text of conversions (WET).

The frame is read here and the HTTP answer by Python's own client. A record that can't be read costs
itself alone: the next one is looked for by its first line.
"""

from __future__ import annotations

import http.client
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from pipeline.ingest.html_page import decoded
from pipeline.ingest.html_reader import page_limit, page_record
from pipeline.ingest.reasons import Fault
from pipeline.ingest.records import Record
from pipeline.ingest.unpacking import CHUNK, Budget, Reader, packing, unpacked
from pipeline.settings import IngestSettings

_VERSION = b"WARC/"
_LINE, _LINES = 1 << 16, 200  # bytes and lines of a header
_HTTP_HEAD = 1 << 17  # bytes of an answer's own header, beside its page
_CARRYING = frozenset({"response", "resource", "conversion"})
_PAGES = ("text/html", "application/xhtml")


@dataclass(slots=True)
class _Tape:
    """A stream that knows how far it was read."""

    stream: io.BufferedReader
    place: int = 0

    def line(self) -> bytes:
        """Return a line with its end; what is longer than the limit comes in pieces."""
        return self._moved(self.stream.readline(_LINE))

    def read(self, size: int) -> bytes:
        """Return so many bytes, fewer only at the end."""
        return self._moved(self.stream.read(size))

    def _moved(self, data: bytes) -> bytes:
        self.place += len(data)
        return data


@dataclass(slots=True)
class _Head:
    """The header of a record, and where it begins."""

    offset: int
    fields: dict[str, str] = field(default_factory=dict)
    fault: Fault | None = None


def read_warc(chunks: Iterator[bytes], settings: IngestSettings) -> Iterator[Record]:
    """Yield the pages of a WARC stream, numbered, in the memory of one page. Raises Fault where the stream breaks."""
    tape = _Tape(io.BufferedReader(Reader(chunks), CHUNK))
    number = 0
    for head in _heads(tape):
        fault = head.fault
        data: bytes | None = None
        if fault is None:
            data, fault = _block(tape, head, settings)
        if fault is None and head.fields.get("warc-type") not in _CARRYING:
            continue
        number += 1
        try:
            if fault:
                raise fault
            yield Record(_record(head, data or b"", settings), number, head.offset)
        except Fault as error:
            yield Record(None, number, head.offset, error)


def _heads(tape: _Tape) -> Iterator[_Head]:
    """Yield the header of each record; who takes one must read its block before the next."""
    lost: int | None = None  # where a stretch without records began
    while line := tape.line():
        if line.startswith(_VERSION):
            if lost is not None:
                yield _Head(lost, fault=Fault("warc.syntax", "bytes that belong to no record"))
            lost = None
            yield _header(tape, tape.place - len(line))
        elif line.strip() and lost is None:
            lost = tape.place - len(line)
    if lost is not None:
        yield _Head(lost, fault=Fault("warc.syntax", "bytes that belong to no record"))


def _header(tape: _Tape, offset: int) -> _Head:
    head = _Head(offset)
    for _ in range(_LINES):
        line = tape.line()
        if not line.strip():
            break
        name, _, value = line.decode("utf-8", "replace").partition(":")
        head.fields.setdefault(name.strip().lower(), value.strip())
    if not head.fields.get("content-length", "").isdecimal() or len(head.fields["content-length"]) > 18:
        head.fault = Fault("warc.syntax", "a record without its length")
    return head


def _block(tape: _Tape, head: _Head, settings: IngestSettings) -> tuple[bytes | None, Fault | None]:
    """Return the bytes of a record if it may carry a page, else pass over them."""
    length = int(head.fields["content-length"])
    limit = page_limit(settings) + _HTTP_HEAD
    wanted = head.fields.get("warc-type") in _CARRYING
    if wanted and length <= limit:
        data = tape.read(length)
        return data, None if len(data) == length else _cut(length)
    left = length
    while left and (piece := tape.read(min(left, CHUNK))):
        left -= len(piece)
    if left:
        return None, _cut(length)
    return None, Fault("text.too-long", f"a record of {length} bytes, {limit} at most") if wanted else None


def _cut(length: int) -> Fault:
    return Fault("archive.truncated", f"the stream ends inside a record of {length} bytes")


def _record(head: _Head, data: bytes, settings: IngestSettings) -> dict[str, Any]:
    address = head.fields.get("warc-target-uri", "").strip("<>") or None
    kind = head.fields.get("content-type", "").lower()
    if head.fields["warc-type"] == "conversion" and kind.startswith("text/plain"):
        return {"url": address, "text": decoded(data)}
    charset = None
    if kind.startswith("application/http") and head.fields["warc-type"] == "response":
        data, kind, charset = _answer(data, page_limit(settings))
    if kind and not kind.startswith(_PAGES):
        raise Fault("warc.no-page", f"{kind[:80]}, not a page")
    return page_record(data, settings, address, charset)


class _Answer:
    """The bytes of an answer, as the HTTP client takes them from a socket."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, *_: object) -> io.BytesIO:
        """Return them as a file."""
        return io.BytesIO(self._data)


def _answer(data: bytes, limit: int) -> tuple[bytes, str, str | None]:
    """Return the body of an HTTP answer, unpacked, its type and its encoding; raise Fault for an error page."""
    response = http.client.HTTPResponse(cast("Any", _Answer(data)))
    try:
        response.begin()
        if response.status != http.HTTPStatus.OK:
            raise Fault("warc.no-page", f"HTTP status {response.status}")
        if not response.chunked:
            response.length = None  # crawlers unpack a body and leave its old length
        body = response.read()
    except http.client.IncompleteRead as error:
        body = error.partial
    except (http.client.HTTPException, OSError, AttributeError) as error:
        raise Fault("warc.syntax", f"no HTTP answer: {error!r}") from error
    return _unpacked(body, response, limit), response.headers.get_content_type(), response.headers.get_content_charset()


def _unpacked(body: bytes, response: http.client.HTTPResponse, limit: int) -> bytes:
    coding = (response.headers.get("content-encoding") or "").strip().lower()
    kind = packing(body)
    if kind:
        return b"".join(unpacked(kind, iter([body]), Budget(limit)))
    if coding == "deflate":
        return _inflated(body, limit)
    if coding == "br":
        raise Fault("warc.no-page", "packed with Brotli, which isn't read")
    return body


def _inflated(body: bytes, limit: int) -> bytes:
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(bits).decompress(body, limit)
        except zlib.error:
            continue
    return body
