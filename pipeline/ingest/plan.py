"""Which files a dump consists of."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MAGIC = frozenset("*?[")


class DumpMissing(FileNotFoundError):  # noqa: N818 - says what is the matter
    """No file, folder or glob match lies where the dump should be."""


@dataclass(frozen=True, slots=True, order=True)
class DumpFile:
    """One file of a dump."""

    name: str  # relative to the dump, "/" between parts; valid UTF-8
    path: Path


def plan(dump: str) -> tuple[DumpFile, ...]:
    """Return the files of a dump, sorted by name.

    ``dump`` is a file, a folder (read recursively, hidden names skipped) or a glob. Links, pipes
    and devices inside it are listed, not followed; ``read_file`` rejects them. Raises DumpMissing.
    """
    root = Path(dump)
    if not dump:
        raise DumpMissing("dump '': no path given; check --dump")
    try:
        root.lstat()
    except FileNotFoundError:
        pass  # perhaps a glob
    except OSError as error:  # a name too long, a file taken for a folder, a folder that can't be entered
        raise DumpMissing(f"dump {dump[:200]!r}: {error.strerror}; check --dump") from error
    if root.is_dir():
        files = {_dump_file(path, root) for path in _walk(root)}
    elif os.path.lexists(root):
        files = {DumpFile(name=_printable(root.name), path=root.resolve() if root.is_file() else root)}
    else:
        files = set(_matches(dump))
    if not files:
        kind = "an empty folder" if root.is_dir() else "no file, folder or glob match"
        raise DumpMissing(f"dump {dump!r}: {kind}; check --dump")
    return tuple(sorted(files))


def _matches(pattern: str) -> Iterator[DumpFile]:
    base = _fixed_part(pattern)
    for match in glob.iglob(pattern, recursive=True):  # noqa: PTH207 - pathlib's glob takes no absolute pattern
        path = Path(match)
        if _through_link(path, base):
            continue
        if os.path.isdir(match) and not os.path.islink(match):  # noqa: PTH112, PTH114 - never raise
            yield from (_dump_file(inner, base) for inner in _walk(path))
        else:
            yield _dump_file(path, base)


def _fixed_part(pattern: str) -> Path:
    parts = Path(pattern).parts
    fixed = next((i for i, part in enumerate(parts) if _MAGIC & set(part)), len(parts) - 1)
    return Path(*parts[:fixed])


def _through_link(path: Path, base: Path) -> bool:
    inner = path.relative_to(base).parent
    folders = [base / parent for parent in (inner, *inner.parents) if parent.parts]
    return any(os.path.islink(folder) for folder in folders)  # noqa: PTH114 - never raises


def _walk(root: Path) -> Iterator[Path]:
    unreadable: list[Path] = []
    # A folder that can't be listed is kept as a file that can't be read: nothing vanishes.
    for folder, folders, files in os.walk(root, onerror=lambda error: unreadable.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if os.path.islink(f"{folder}/{name}")]  # noqa: PTH114 - never raises
        yield from (Path(folder, name) for name in (*files, *links) if not name.startswith("."))
    yield from unreadable


def _dump_file(path: Path, base: Path) -> DumpFile:
    relative = path.relative_to(base).as_posix()
    return DumpFile(name=_printable(relative), path=path)


def _printable(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "replace")
