"""Bytes to lines, split at line feeds alone, and to text. A line is never longer than its limit."""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.ingest.encodings import HEAD, Encoding, told, western
from pipeline.ingest.reasons import Fault
from pipeline.ingest.streams import until_fault, with_head

_HELD = 64_000_000  # bytes of recoded text; four times the longest line that is read


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its line end; ``data`` is None where it is longer than the limit."""

    number: int  # 1-based
    offset: int  # bytes from the start of the stream
    data: bytes | None


def split_lines(chunks: Iterator[bytes], limit: int) -> Iterator[Line]:
    """Yield the lines of a stream in constant memory. Raises what ``chunks`` raises, at its end."""
    number, offset = 1, 0
    held: list[bytes] = []
    size = 0  # of the line under way, also what is no longer held
    for chunk in until_fault(chunks):
        if isinstance(chunk, Fault):
            if size:
                yield _line(number, offset, held, size, limit)
            raise chunk
        start = 0
        while (stop := chunk.find(b"\n", start) + 1) > 0:
            held.append(chunk[start:stop])
            size += stop - start
            yield _line(number, offset, held, size, limit)
            number, offset, start, size = number + 1, offset + size, stop, 0
            held = []
        size += len(chunk) - start
        if size <= limit:
            held.append(chunk[start:])
        else:
            held = []
    if size:
        yield _line(number, offset, held, size, limit)


def _line(number: int, offset: int, held: list[bytes], size: int, limit: int) -> Line:
    return Line(number, offset, b"".join(held) if size <= limit else None)


class Utf8:
    """A stream of bytes without its byte order mark, other encodings recoded to UTF-8, that knows its original places."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = with_head(chunks, HEAD)
        self._mark = 0  # bytes of the byte order mark
        self._encoding: Encoding | None = None  # what it is recoded from
        self._held: deque[memoryview] = deque()  # of recoded text: what came after the place last asked for
        self._size = 0  # of what is held
        self._at = self._raw = 0  # that place, and where it stands in the original

    def chunks(self) -> Iterator[bytes]:
        """Yield the stream; raise what it raises, or Fault where it is not the UTF-16 that its mark says."""
        first = next(self._chunks, b"")
        self._encoding = told(first)
        if self._encoding is None:
            plain = first.removeprefix(codecs.BOM_UTF8)
            self._mark = len(first) - len(plain)
            yield plain
            yield from self._chunks
            return
        yield from self._recoded(first, self._encoding)

    def _recoded(self, first: bytes, encoding: Encoding) -> Iterator[bytes]:
        self._raw = encoding.mark
        errors = "strict" if encoding.strict else "surrogateescape"
        decoder = codecs.getincrementaldecoder(encoding.codec)(errors)
        try:
            yield self._hold(decoder.decode(first[encoding.mark :]))
            for chunk in self._chunks:
                yield self._hold(decoder.decode(chunk))
            yield self._hold(decoder.decode(b"", final=True))
        except UnicodeError as error:
            raise Fault(
                "encoding.undecodable", f"{encoding.codec.upper()} as it begins, but broken: {error}"
            ) from error

    def original(self, offset: int | None) -> int | None:
        """Return where a byte stood before recoding; None where that is no longer known.

        Places are asked for in their order, each the first byte of a character.
        """
        if offset is None or self._encoding is None:
            return None if offset is None else offset + self._mark
        if offset < self._at:
            return None
        while self._held and self._at + len(self._held[0]) <= offset:
            self._forget(len(self._held[0]), self._encoding.codec)
        if self._held and offset > self._at:
            self._forget(offset - self._at, self._encoding.codec)
        return self._raw

    def _hold(self, text: str) -> bytes:
        data = text.encode("utf-8", "replace")  # a byte that is none becomes "?": one for one
        self._held.append(memoryview(data))
        self._size += len(data)
        while self._size > _HELD and self._encoding:  # lines without a record, or a large document: memory comes first
            self._forget(len(self._held[0]), self._encoding.codec)
        return data

    def _forget(self, count: int, codec: str) -> None:
        """Move on by some bytes of the first chunk held."""
        chunk = self._held.popleft()
        self._raw += len(bytes(chunk[:count]).decode("utf-8", "ignore").encode(codec, "replace"))
        self._at += count
        self._size -= count
        if count < len(chunk):
            self._held.appendleft(chunk[count:])


def decode(data: bytes) -> str:
    """Return bytes as text: UTF-8, else Windows-1252 where that is plausible; else raise Fault."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        text = western(data)
        if text is None:
            detail = f"neither UTF-8 (byte {error.start}) nor plausible Windows-1252"
            raise Fault("encoding.undecodable", detail) from error
        return text
