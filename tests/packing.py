"""Ways in which dumps are packed."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable

import pyarrow as pa


def zstd(data: bytes) -> bytes:
    """Pack as one Zstandard frame."""
    packed = pa.compress(data, codec="zstd", asbytes=True)
    assert isinstance(packed, bytes)
    return packed


def zipped(data: bytes, name: str = "day/a") -> bytes:
    """Pack as the one member of a zip archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return packed.getvalue()


def zip_of(**members: bytes) -> bytes:
    """Pack some members; in their names "__" stands for a full stop and "-" for a slash."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", ".").replace("-", "/"), data)
    return packed.getvalue()


def tarred(data: bytes, name: str = "day/a") -> bytes:
    """Pack as the one member of a tar archive."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        header = tarfile.TarInfo(name)
        header.size = len(data)
        archive.addfile(header, io.BytesIO(data))
    return packed.getvalue()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstd,
    "zip": zipped,
    "tar": tarred,
    "tar.gz": lambda data: gzip.compress(tarred(data)),
    "tar.bz2": lambda data: bz2.compress(tarred(data)),
    "tar.xz": lambda data: lzma.compress(tarred(data)),
    "tar.zst": lambda data: zstd(tarred(data)),
    "gz in tar.gz": lambda data: gzip.compress(tarred(gzip.compress(data))),
    "zip in tar": lambda data: tarred(zipped(data)),
    "tar.gz in zip": lambda data: zipped(gzip.compress(tarred(data))),
}
STREAMS = ("gz", "bz2", "xz", "zst")  # those that hold one file
