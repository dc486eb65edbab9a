"""The members of zip and tar archives as streams of bytes. Nothing is written to the disk; names are only data."""

from __future__ import annotations

import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from pipeline.ingest.reasons import Fault
from pipeline.ingest.unpacking import CHUNK, Budget, Reader

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error,
    EOFError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip
ARCHIVES = ("zip", "tar")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_USTAR = slice(257, 262)  # where a tar archive says that it is one
_CHECKSUM = slice(148, 156)  # of a header's bytes, these taken for blanks
_NAMES = 1 << 20  # bytes of a tar header that only names the next member
_NAMING = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
_OFFICE = ("[Content_Types].xml", "mimetype")  # the first member of a text document


@dataclass(slots=True)
class Member:
    """One file of an archive, or (without a name) why there are no more."""

    name: str | None
    chunks: Iterator[bytes]
    fault: Fault | None = None


def archive(head: bytes) -> str | None:
    """Return what kind of archive begins with these 512 bytes, None if none does."""
    if head.startswith(_ZIP):
        return "zip"
    return "tar" if head[_USTAR] == b"ustar" or _old_tar(head) else None


def _old_tar(head: bytes) -> bool:
    """Tell a tar archive of before 1988, which doesn't say that it is one, by the checksum of its first header."""
    said = head[_CHECKSUM].strip(b" \0")
    if len(head) < 512 or not said.isdigit() or len(said) > 7 or not head[0]:
        return False
    return said.lstrip(b"0") == b"%o" % (sum(head[:512]) - sum(head[_CHECKSUM]) + 8 * ord(" "))


def zip_members(stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    """Yield the files of a zip archive. Never raises; the members' chunks raise Fault."""
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as error:
        yield _faulty(None, Fault("archive.truncated", f"no readable directory at the end of the zip: {error}"))
        return
    for number, info in enumerate(archive.infolist()):
        name = info.filename.encode("utf-8", "replace").decode("utf-8")
        if number == 0 and name in _OFFICE:
            yield _faulty(None, Fault("format.unsupported", "an office document or e-book"))
            return
        if name.endswith("/") or _hidden(name):
            continue
        fault = _zip_fault(info)
        yield _faulty(name, fault) if fault else Member(name, _zip_chunks(archive, info, budget))


def _zip_fault(info: zipfile.ZipInfo) -> Fault | None:
    if info.flag_bits & 1:
        return Fault("archive.encrypted", "this member needs a password")
    if stat.S_ISLNK(info.external_attr >> 16):
        return Fault("file.kind", "a symbolic link, not a regular file")
    return None


def _zip_chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(CHUNK):
                budget.spend(len(chunk))
                yield chunk
    except Fault:
        raise
    except _BROKEN as error:
        raise Fault("archive.corrupt", f"the member can't be unpacked: {error}") from error


class _Header(tarfile.TarInfo):
    """A header that is refused where it would have the reader hold or skip more than a name is worth."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str | None, errors: str) -> _Header:
        """Read one header block; raise Fault for one that lies."""
        header = super().frombuf(buf, encoding, errors)  # type: ignore[arg-type]  # None is the default
        if header.size < 0 or (header.type in _NAMING and header.size > _NAMES):
            raise Fault("archive.corrupt", f"a tar header says {header.size} bytes")
        return header


class _Tape(Reader):
    """A stream that says once that it has ended: tarfile skips a member by reading on, be it a petabyte by its header."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__(chunks)
        self._ended = False

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer as far as the next piece goes; 0 at the end, and a Fault for reading on."""
        count = super().readinto(buffer)
        if not count and self._ended:
            raise Fault("archive.truncated", "the tar archive ends inside a member")
        self._ended = not count
        return count


def tar_members(chunks: Iterator[bytes], budget: Budget) -> Iterator[Member]:
    """Yield the files of a tar stream in one pass. Never raises; the members' chunks raise Fault."""
    stream = _Tape(chunks)
    try:
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header) as archive:
            # A member whose bytes broke off has said so; nothing can come after it.
            while not stream.broken and (info := archive.next()) is not None:
                archive.members.clear()  # type: ignore[attr-defined]  # else it holds every header there was
                yield from _tar_member(archive, info, budget)
    except Fault as fault:
        yield _faulty(None, fault)
    except _BROKEN as error:
        reason = "archive.truncated" if "unexpected end" in str(error) else "archive.corrupt"
        yield _faulty(None, Fault(reason, f"the tar archive breaks off: {error}"))


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo, budget: Budget) -> Iterator[Member]:
    name = info.name.encode("utf-8", "replace").decode("utf-8")
    if info.isdir() or _hidden(name):
        return
    if not info.isreg():
        kind = "a link" if info.issym() or info.islnk() else "a pipe, device or something else"
        yield _faulty(name, Fault("file.kind", f"{kind}, not a regular file"))
        return
    yield Member(name, _tar_chunks(archive, info, budget))


def _tar_chunks(archive: tarfile.TarFile, info: tarfile.TarInfo, budget: Budget) -> Iterator[bytes]:
    try:
        stream = archive.extractfile(info)
        left = info.size
        while stream and left > 0 and (chunk := stream.read(min(CHUNK, left))):
            budget.spend(len(chunk))
            left -= len(chunk)
            yield chunk
    except Fault:
        raise
    except _BROKEN as error:
        raise Fault("archive.truncated", f"the member breaks off: {error}") from error


def _hidden(name: str) -> bool:
    parts = name.split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") and part not in {".", ".."} for part in parts)


def _faulty(name: str | None, fault: Fault) -> Member:
    return Member(name, iter(()), fault)
