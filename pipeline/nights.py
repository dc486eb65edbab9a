"""The name of a night, and of its folder in an output: a day, YYYY-MM-DD."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

FORM = r"\d{4}-\d\d-\d\d"
_FORM = re.compile(FORM, re.ASCII)


def is_night(name: str) -> bool:
    """Return whether a name is a day of the calendar, written YYYY-MM-DD."""
    with suppress(ValueError):
        return _FORM.fullmatch(name) is not None and bool(datetime.date.fromisoformat(name))
    return False


def days_between(first: str, second: str) -> int:
    """Return how many days the first of two nights is after the second."""
    return (datetime.date.fromisoformat(first) - datetime.date.fromisoformat(second)).days


def night_folders(output: Path) -> Iterator[Path]:
    """Yield what in an output is named as a night, in no order; nothing where the output is no folder."""
    with suppress(FileNotFoundError, NotADirectoryError):
        yield from (path for path in output.iterdir() if is_night(path.name))
