"""Packed streams, unpacked piece by piece within a budget: gzip, bzip2, xz and Zstandard, told by their first bytes."""

from __future__ import annotations

import bz2
import io
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

from pipeline.ingest.reasons import Fault

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 1 << 18  # bytes unpacked at once
_ZSTD_CHUNK = 1 << 14  # what is lost of a Zstandard stream before a break; its reader gives whole pieces or none
_XZ_MEMORY = 1 << 28  # bytes of dictionary; "xz -9" needs 65 MiB
_MAGIC = re.compile(
    rb"(?P<gzip>\x1f\x8b\x08)|(?P<bzip2>BZh[1-9](?:1AY&SY|\x17rE8P\x90))|(?P<xz>\xfd7zXZ\0)"
    rb"|(?P<zstd>\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18)"
)


class Budget:
    """How many more bytes a file may unpack to."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.left = limit

    def spend(self, count: int) -> None:
        """Take bytes off; raise Fault beyond the limit."""
        self.left -= count
        if self.left < 0:
            raise Fault("archive.bomb", f"unpacks to more than {self.limit} bytes")


class Reader(io.RawIOBase):
    """A stream of bytes as the file object that foreign readers ask for; passes on what ``chunks`` raises."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.broken = False  # whether it was raised
        self._held = memoryview(b"")

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer as far as the next piece goes; 0 at the end."""
        while not self._held:
            try:
                piece = next(self._chunks, None)
            except Fault:
                self.broken = True
                raise
            if piece is None:
                return 0
            self._held = memoryview(piece)
        view = memoryview(buffer)
        count = min(len(view), len(self._held))
        view[:count] = self._held[:count]
        self._held = self._held[count:]
        return count


class _Engine(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def needs_input(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


class _Inflate:
    """zlib's decompressor with the interface of the others."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(wbits=31)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int = CHUNK) -> bytes:
        plain = self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)
        self.needs_input = not self._zlib.unconsumed_tail and len(plain) < max_length
        return plain


_ENGINES: dict[str, Callable[[], _Engine]] = {
    "gzip": _Inflate,
    "bzip2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_XZ_MEMORY),
}


def packing(head: bytes) -> str | None:
    """Return how a stream that begins like this is packed, None if it isn't."""
    found = _MAGIC.match(head)
    return found.lastgroup if found else None


def unpacked(kind: str, chunks: Iterator[bytes], budget: Budget) -> Iterator[bytes]:
    """Yield what a packed stream holds, all up to the place where it breaks; then raise Fault."""
    plain = _unzstd(chunks) if kind == "zstd" else _stepwise(kind, chunks)
    for piece in plain:
        budget.spend(len(piece))
        yield piece


def _stepwise(kind: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
    engine = _ENGINES[kind]()
    for packed in chunks:
        data, more = packed, True
        while more:
            if engine.eof:  # the next member, or padding after the last
                data = data.lstrip(b"\0")
                if not data:
                    break
                engine = _ENGINES[kind]()
            try:
                plain = engine.decompress(data, CHUNK)
            except (zlib.error, lzma.LZMAError, OSError, EOFError) as error:
                raise Fault("archive.corrupt", f"{kind} stream broken: {error}") from error
            if plain:
                yield plain
            more = engine.eof or not engine.needs_input
            data = engine.unused_data if engine.eof else b""
    if not engine.eof:
        raise Fault("archive.truncated", f"the {kind} stream ends before its end mark")


def _unzstd(chunks: Iterator[bytes]) -> Iterator[bytes]:
    try:
        with pa.CompressedInputStream(pa.PythonFile(Reader(chunks), mode="r"), "zstd") as stream:
            while plain := stream.read(_ZSTD_CHUNK):
                yield plain
    except OSError as error:  # also what Arrow raises
        reason = "archive.truncated" if "runcated" in str(error) else "archive.corrupt"
        raise Fault(reason, f"zstd stream broken: {error}") from error
