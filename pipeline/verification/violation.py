"""One thing that a finished run promises and does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from pipeline.report import ReportInvalid


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A file and what is wrong with it."""

    file: str  # relative to the night's folder, "/" between parts; a line after "#"
    what: str


def parsed(file: str, data: bytes) -> tuple[Any, list[Violation]]:
    """Return a JSON value, or None and why it is none; NaN and broken UTF-8 are none."""
    try:
        return orjson.loads(data), []
    except orjson.JSONDecodeError as error:
        return None, [Violation(file, f"not JSON: {error}")]


def refused(file: str, judge: Callable[[], object]) -> Iterator[Violation]:
    """Yield what a check of the report stage finds wrong."""
    try:
        judge()
    except ReportInvalid as error:
        for what in error.errors:
            yield Violation(file, what)
    except ValueError as error:
        yield Violation(file, str(error))


def read(folder: Path, name: str) -> tuple[bytes, list[Violation]]:
    """Return a file's bytes, or none and why."""
    try:
        return (folder / name).read_bytes(), []
    except OSError as error:
        return b"", [Violation(name, f"can't be read: {error.strerror}")]
