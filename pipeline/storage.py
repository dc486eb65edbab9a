"""Where a run writes: a folder of this machine, or any URL that fsspec knows; and how it writes there.

Paths are pathlib's, or universal-pathlib's, which have the same methods. A file is whole or absent in both
places: on a disk by a rename, on an object store because a single PUT is.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast
from uuid import uuid4

UNFINISHED = ".unfinished-"  # how the name of a file begins until it is whole


class StorageError(RuntimeError):
    """An output that wants an extra of the installation; the message names it."""


def location(folder: str) -> Path:
    """Return the folder that a path, or a URL such as ``s3://bucket/scores``, names; raise StorageError."""
    if "://" not in folder:
        return Path(folder)
    try:
        from upath import UPath  # noqa: PLC0415 - an extra, wanted by URLs alone
    except ImportError as error:
        raise StorageError(f"{folder}: URLs need an extra; pip install 'twosource[s3]'") from error
    try:
        # Without a cache of listings: shards are written by other processes than the one that looks for them.
        path = UPath(folder, use_listings_cache=False)
        path.fs  # noqa: B018 - looks for the file system's own library now, not in the middle of the run
    except (ImportError, ValueError) as error:
        raise StorageError(f"{folder}: {error}") from error
    return cast(Path, path)


def is_remote(path: Path) -> bool:
    """Return whether a path is reached by fsspec."""
    return not isinstance(path, Path)


def lock_file(output: Path) -> Path:
    """Return the file to lock for a folder: inside it, or, object stores having no locks, in this user's cache."""
    if not is_remote(output):
        return output / ".work" / "lock"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "twosource" / f"{hashlib.sha256(str(output).encode()).hexdigest()[:16]}.lock"


def publish_bytes(path: Path, data: bytes, *, durable: bool = True) -> str:
    """Write a file so that a reader, or the next run, sees all of it or none; return the SHA-256 of it.

    On a disk, the bytes go to a unique name in the same folder, to disk (unless ``durable`` is false: the
    caller then calls ``os.sync`` before it writes a receipt, or writes the file anew in every run), and take the final name in one step.
    """
    if is_remote(path):
        path.fs.pipe_file(path.path, data)  # type: ignore[attr-defined]  # a UPath, see location()
        return hashlib.sha256(data).hexdigest()
    return publish_chunks(path, (data,), durable=durable)


def publish_again(source: Path, path: Path) -> None:
    """Publish a file that is published already under one more name; without a copy where the disk can."""
    if not is_remote(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):  # no links on this disk, or the name is there from a run that was broken off
            path.hardlink_to(source)
            _fsync_folder(path.parent)
            return
    publish_bytes(path, source.read_bytes())


def publish_chunks(path: Path, chunks: Iterable[bytes], *, durable: bool = True) -> str:
    """Write a file as ``publish_bytes`` does, a chunk at a time; return the SHA-256 of it all."""
    if is_remote(path):
        with tempfile.TemporaryDirectory() as folder:
            whole = Path(folder, "whole")
            digest = publish_chunks(whole, chunks, durable=False)
            path.fs.put_file(str(whole), path.path)  # type: ignore[attr-defined]  # a UPath, see location()
        return digest
    unfinished = path.with_name(f"{UNFINISHED}{uuid4().hex}")
    try:
        digest = _write(unfinished, chunks, durable=durable)
        unfinished.replace(path)
    except BaseException as error:
        unfinished.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:  # the kernel names no file when the disk is full
            error.filename = str(path)
        raise
    if durable:
        _fsync_folder(path.parent)
    return digest


def _write(path: Path, chunks: Iterable[bytes], *, durable: bool) -> str:
    digest = hashlib.sha256()
    with _opened(path) as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
        if durable:
            file.flush()
            os.fsync(file.fileno())
    return digest.hexdigest()


def _opened(path: Path) -> BinaryIO:
    """Open a new file; its folder is as a rule there, and asking first would cost each file a call."""
    try:
        return path.open("wb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")


def listing(folder: Path) -> dict[str, str]:
    """Return what an object store's list of a folder tells of each file below it: by relative path, size and entity tag.

    That is one request a thousand files; the tag, where the store has one, differs as soon as a file's bytes do.
    """
    below = f"{folder.path.rstrip('/')}/"  # type: ignore[attr-defined]  # a UPath, see location()
    found = folder.fs.find(below, detail=True)  # type: ignore[attr-defined]
    return {
        path.removeprefix(below): f"{told['size']} {told.get('ETag', told.get('etag'))}" for path, told in found.items()
    }


def sweep(folder: Path, *, below: bool = True) -> None:
    """Remove what killed runs left unfinished, in folders below too; only for the holder of the output's lock."""
    if is_remote(folder):
        return  # a PUT that was broken off left nothing
    for path in folder.glob(f"**/{UNFINISHED}*" if below else f"{UNFINISHED}*"):
        path.unlink(missing_ok=True)


def remove_folder(folder: Path) -> None:
    """Remove a folder with all below it."""
    if is_remote(folder):
        folder.fs.rm(folder.path, recursive=True)  # type: ignore[attr-defined]  # a UPath, see location()
    else:
        shutil.rmtree(folder)


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
