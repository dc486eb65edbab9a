"""Files, gzip streams and zip members as streams of bytes. Nothing is written to the disk."""

from __future__ import annotations

import io
import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.ingest.plan import DumpFile
from pipeline.ingest.reasons import Fault
from pipeline.ingest.streams import chained, gather, with_head
from pipeline.settings import IngestSettings

CHUNK = 1 << 18  # bytes read at once
_GRACE = 4 << 20  # bytes an archive may unpack to before its ratio is looked at
_MAGIC = 4  # bytes that tell an archive
_GZIP, _ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")
_DEPTH = 2  # an archive, and one archive inside it
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    EOFError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip


@dataclass(slots=True)
class Part:
    """A stream of bytes: a file, or a member of an archive.

    ``chunks`` raises Fault where the bytes break off; ``fault`` stands for a part without any.
    """

    member: str | None
    chunks: Iterator[bytes]
    fault: Fault | None = None
    packing: tuple[str, ...] = ()  # what it was unpacked from, outermost first


def open_parts(file: DumpFile, settings: IngestSettings) -> Iterator[Part]:
    """Yield the parts of one dump file, archives opened. Never raises; faults lie in the parts."""
    try:
        stream = _open(file)
    except Fault as fault:
        yield _faulty(None, fault)
        return
    with stream:
        size = os.fstat(stream.fileno()).st_size
        head = _head(stream)
        if head.startswith(_ZIP):
            yield from _packed("zip", _members(stream, None, size, settings, 1))
        else:
            yield from _opened(None, _chunks(stream), size, settings, 0)


def _open(file: DumpFile) -> BinaryIO:
    try:
        mode = file.path.lstat().st_mode
        if not stat.S_ISREG(mode):
            raise Fault("file.kind", f"{_kind(mode)}, not a regular file")
        # The file may have been swapped since: never follow a link, never wait for a pipe.
        descriptor = os.open(file.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        return os.fdopen(descriptor, "rb", buffering=0)
    except (OSError, ValueError) as error:
        if isinstance(error, Fault):
            raise
        raise Fault("file.unreadable", f"can't be opened: {getattr(error, 'strerror', None) or error}") from error


def _kind(mode: int) -> str:
    kinds = {stat.S_IFLNK: "a symbolic link", stat.S_IFIFO: "a pipe", stat.S_IFDIR: "a folder"}
    return kinds.get(stat.S_IFMT(mode), "a device or socket")


def _head(stream: BinaryIO) -> bytes:
    try:
        head = stream.read(_MAGIC)
        stream.seek(0)
    except OSError:
        return b""  # the reader of the chunks meets the same error and reports it
    return head or b""


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    try:
        while chunk := stream.read(CHUNK):
            yield chunk
    except OSError as error:
        raise Fault("file.unreadable", f"reading stopped: {error.strerror}") from error


def _opened(
    member: str | None, chunks: Iterator[bytes], size: int, settings: IngestSettings, depth: int
) -> Iterator[Part]:
    """Look at the first bytes and unpack as often as allowed."""
    chunks = with_head(chunks, _MAGIC)
    try:
        first = next(chunks, b"")
    except Fault as fault:
        yield _faulty(member, fault)
        return
    chunks = chained(first, chunks)
    if first.startswith((*_ZIP, _GZIP)) and depth >= _DEPTH:
        yield _faulty(member, Fault("archive.nested", "an archive inside an archive inside an archive"))
    elif first.startswith(_GZIP):
        limit = max(_GRACE, size * settings.max_archive_ratio)
        yield from _packed("gzip", _opened(member, _gunzip(chunks, limit), size, settings, depth + 1))
    elif first.startswith(_ZIP):
        yield from _packed("zip", _inner_zip(member, chunks, settings, depth))
    else:
        yield Part(member, chunks)


def _inner_zip(member: str | None, chunks: Iterator[bytes], settings: IngestSettings, depth: int) -> Iterator[Part]:
    # A zip's directory stands at its end, so an inner one is held in memory, within the limit.
    try:
        packed = io.BytesIO(gather(chunks, settings.max_document_bytes))
    except Fault as fault:
        yield _faulty(member, fault)
        return
    yield from _members(packed, member, len(packed.getbuffer()), settings, depth + 1)


def _members(stream: BinaryIO, outer: str | None, size: int, settings: IngestSettings, depth: int) -> Iterator[Part]:
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as error:
        yield _faulty(outer, Fault("archive.truncated", f"no readable directory at the end of the zip: {error}"))
        return
    budget = _Budget(max(_GRACE, size * settings.max_archive_ratio))
    for info in archive.infolist():
        name = _member_name(info.filename)
        if name.endswith("/") or _hidden(name):
            continue
        member = name if outer is None else f"{outer}/{name}"
        if info.flag_bits & 1:
            yield _faulty(member, Fault("archive.encrypted", "this member needs a password"))
            continue
        yield from _opened(member, _member_chunks(archive, info, budget), info.compress_size, settings, depth)


def _member_name(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


def _hidden(name: str) -> bool:
    parts = name.split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") and part not in {".", ".."} for part in parts)


class _Budget:
    """How many more bytes an archive may unpack to."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.left = limit

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise Fault("archive.bomb", f"unpacks to more than {self.limit} bytes")


def _member_chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> Iterator[bytes]:
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(CHUNK):
                budget.spend(len(chunk))
                yield chunk
    except Fault:
        raise
    except _BROKEN as error:
        raise Fault("archive.corrupt", f"the member can't be unpacked: {error}") from error


def _gunzip(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    """Yield what gzip members unpack to, all up to the byte where the stream breaks."""
    budget, inflate = _Budget(limit), zlib.decompressobj(wbits=31)
    for packed in chunks:
        data = packed
        while data:
            if inflate.eof:  # the next member, or padding after the last
                data = data.lstrip(b"\0")
                if not data:
                    break
                inflate = zlib.decompressobj(wbits=31)
            try:
                plain = inflate.decompress(data, CHUNK)
            except zlib.error as error:
                raise Fault("archive.corrupt", f"gzip stream broken: {error}") from error
            budget.spend(len(plain))
            if plain:
                yield plain
            data = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
    if not inflate.eof:
        raise Fault("archive.truncated", "the gzip stream ends before its end mark")


def _packed(packing: str, parts: Iterator[Part]) -> Iterator[Part]:
    for part in parts:
        part.packing = (packing, *part.packing)
        yield part


def _faulty(member: str | None, fault: Fault) -> Part:
    return Part(member, iter(()), fault)
