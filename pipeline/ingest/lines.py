"""Bytes to lines, split at line feeds alone, and to text. A line is never longer than its limit."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.ingest.reasons import Fault
from pipeline.ingest.streams import until_fault, with_head

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


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


def as_utf8(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield a stream without its byte order mark, UTF-16 recoded to UTF-8."""
    chunks = with_head(chunks, len(codecs.BOM_UTF8))
    first = next(chunks, b"")
    encoding = _UTF16.get(first[:2])
    if encoding is None:
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        yield decoder.decode(first[2:]).encode()
        for chunk in chunks:
            yield decoder.decode(chunk).encode()
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise Fault("encoding.undecodable", f"UTF-16 by its mark, but broken: {error}") from error


def decode(data: bytes) -> str:
    """Return bytes as text: UTF-8, else Windows-1252 where that is plausible; else raise Fault."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        text = _western(data)
        if text is None:
            detail = f"neither UTF-8 (byte {error.start}) nor plausible Windows-1252"
            raise Fault("encoding.undecodable", detail) from error
        return text


def _western(data: bytes) -> str | None:
    """Windows-1252 text is mostly ASCII letters and spaces, without control codes."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    if any(code < 9 or 13 < code < 32 for code in set(data)):
        return None
    marked = [char for char in text if ord(char) >= 128]
    lettered = sum(char.isalpha() or char in "‘’“”–—…€£ °«»©®™•\u00a0" for char in marked)
    return text if len(marked) * 3 <= len(text) and lettered * 10 >= len(marked) * 8 else None
