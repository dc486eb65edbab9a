"""The files of a dump as streams of bytes, whatever they are packed in, told by content and never by name."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from pipeline.ingest.archives import ARCHIVES, Member, archive, tar_members, zip_members
from pipeline.ingest.plan import DumpFile
from pipeline.ingest.reasons import Fault
from pipeline.ingest.streams import chained, gather, with_head
from pipeline.ingest.unpacking import CHUNK, Budget, packing, unpacked
from pipeline.settings import IngestSettings

_GRACE = 4 << 20  # bytes a file may unpack to before its ratio is looked at
_HEAD = 512  # bytes that tell an archive
_ARCHIVES = 2  # one archive inside another
_PACKINGS = 3  # the archive packed, and its members packed, once more than anyone needs


@dataclass(slots=True)
class Part:
    """A stream of bytes: a file, or a member of an archive.

    ``chunks`` raises Fault where the bytes break off; ``fault`` stands for a part without any.
    ``file`` is there for a file that lies open on the disk, from which any part can be read.
    """

    member: str | None
    chunks: Iterator[bytes]
    fault: Fault | None = None
    packing: tuple[str, ...] = ()  # what it was unpacked from, outermost first
    file: BinaryIO | None = None


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What holds for a whole file."""

    limit: int  # bytes that it may unpack to
    settings: IngestSettings


def open_parts(file: DumpFile, settings: IngestSettings) -> Iterator[Part]:
    """Yield the parts of one dump file, archives opened. Never raises; faults lie in the parts.

    A part must be read before the next one is asked for: some archives can only be read in one pass.
    """
    try:
        stream = _open(file)
    except Fault as fault:
        yield Part(None, iter(()), fault)
        return
    with stream:
        size = os.fstat(stream.fileno()).st_size
        bounds = _Bounds(max(_GRACE, size * settings.max_archive_ratio), settings)
        yield from _opened(Part(None, _chunks(stream), file=stream), bounds)


def _open(file: DumpFile) -> BinaryIO:
    try:
        mode = file.path.lstat().st_mode
        if stat.S_ISDIR(mode):  # folders that can be listed are no files of a dump
            raise Fault("file.unreadable", "a folder that can't be listed")
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
    kinds = {stat.S_IFLNK: "a symbolic link", stat.S_IFIFO: "a pipe"}
    return kinds.get(stat.S_IFMT(mode), "a device or socket")


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    try:
        while chunk := stream.read(CHUNK):
            yield chunk
    except OSError as error:
        raise Fault("file.unreadable", f"reading stopped: {error.strerror}") from error


def _opened(part: Part, bounds: _Bounds) -> Iterator[Part]:
    """Look at the first bytes and unpack as often as allowed."""
    chunks = with_head(part.chunks, _HEAD)
    try:
        first = next(chunks, b"")
    except Fault as fault:
        yield _faulty(part, fault)
        return
    part = replace(part, chunks=chained(first, chunks))
    kind = packing(first) or archive(first)
    if kind is None:
        yield part
        return
    if _too_deep(kind, part.packing):
        yield _faulty(part, Fault("archive.nested", f"{kind} in {' in '.join(reversed(part.packing))}"))
        return
    for inner in _inside(kind, part, bounds):
        inner.packing = (*part.packing, kind)
        yield from [inner] if inner.fault else _opened(inner, bounds)


def _too_deep(kind: str, layers: tuple[str, ...]) -> bool:
    alike = [layer for layer in layers if (layer in ARCHIVES) == (kind in ARCHIVES)]
    return len(alike) >= (_ARCHIVES if kind in ARCHIVES else _PACKINGS)


def _inside(kind: str, part: Part, bounds: _Bounds) -> Iterator[Part]:
    budget = Budget(bounds.limit)
    if kind not in ARCHIVES:
        yield Part(part.member, unpacked(kind, part.chunks, budget))
        return
    for member in tar_members(part.chunks, budget) if kind == "tar" else _of_zip(part, bounds, budget):
        named = [name for name in (part.member, member.name) if name is not None]
        yield Part("/".join(named) if named else None, member.chunks, member.fault)


def _of_zip(part: Part, bounds: _Bounds, budget: Budget) -> Iterator[Member]:
    if part.file:
        yield from zip_members(part.file, budget)
        return
    try:  # its directory stands at its end, so an inner zip is held in memory, within the limit
        packed = io.BytesIO(gather(part.chunks, bounds.settings.max_document_bytes))
    except Fault as fault:
        yield Member(None, iter(()), fault)
        return
    yield from zip_members(packed, budget)


def _faulty(part: Part, fault: Fault) -> Part:
    return Part(part.member, iter(()), fault, part.packing)
