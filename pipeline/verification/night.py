"""A finished run, night by night."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.nights import is_night, night_folders
from pipeline.report import Counts, check
from pipeline.verification.files import INDEX, REVISION, verify_files, verify_paths
from pipeline.verification.reports import Seen, verify_reports
from pipeline.verification.rows import verify_rows
from pipeline.verification.violation import Violation, parsed, read, refused


class NoRunError(ValueError):
    """A folder in which no run left anything."""


def verify(folder: Path) -> Iterator[tuple[Path, list[Violation]]]:
    """Yield each night of an output folder (or the one night that it is) with what is wrong with it.

    Raises NoRunError where no run left anything.
    """
    nights = _nights(folder)
    if not nights:
        raise NoRunError(f"{folder}: no run left anything there; name an output folder, or one night's folder in it")
    for night in nights:
        yield night, sorted(set(_night(night)))


def _nights(folder: Path) -> list[Path]:
    if (folder / INDEX).is_file():
        return [folder]
    return sorted(night for night in night_folders(folder) if night.is_dir() and _was_run(night))


def _was_run(night: Path) -> bool:
    return (night / INDEX).exists() or any(REVISION.fullmatch(path.name) for path in night.iterdir())


def _night(folder: Path) -> Iterator[Violation]:
    index, faults = _index(folder)
    yield from faults
    if faults:
        return  # everything else hangs on the index, and no path of a wrong one is followed
    yield from refused(INDEX, partial(Counts, **index["counts"]))
    yield from verify_files(folder, index)
    seen = Seen()
    yield from verify_reports(folder, index, seen)
    yield from verify_rows(folder, index, seen)


def _index(folder: Path) -> tuple[dict[str, Any], list[Violation]]:
    data, faults = read(folder, INDEX)
    index, broken = parsed(INDEX, data)
    faults = faults or broken or list(refused(INDEX, partial(check, "index", index)))
    if faults:
        return {}, faults
    return index, [*_dated(folder, index), *verify_paths(index)]


def _dated(folder: Path, index: dict[str, Any]) -> Iterator[Violation]:
    if is_night(folder.name) and folder.name != index["date"]:
        yield Violation(INDEX, f"of {index['date']}, in the folder of {folder.name} @ $.date")
