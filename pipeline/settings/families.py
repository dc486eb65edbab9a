"""Who publishes what, by a user's own table: rows laid over ``config/lexicon/publishers.csv``."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.settings.files import ConfigError

_COLUMNS = ["publisher", "domain", "family"]
_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}")
_OPTION = "[origins] families"


@dataclass(frozen=True, slots=True)
class Publisher:
    """One row: a name or a domain, or both, and the family that stands behind it ("-": nobody)."""

    publisher: str
    domain: str
    family: str


@cache
def load_families(path: str) -> tuple[Publisher, ...]:
    """Return the rows of a user's table, none for an empty path.

    UTF-8, the columns of ``publishers.csv``, ``#`` comments. Raises ConfigError, which names file and line.
    """
    if not path:
        return ()
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: can't be read ({error.strerror}); check {_OPTION}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip() and line[0] != "#"]
    if not lines or _cells(*lines[0], path) != _COLUMNS:
        raise ConfigError(f"{path}: begins with no header; write {','.join(_COLUMNS)}")
    return tuple(_row(_cells(number, line, path), path, number) for number, line in lines[1:])


def _cells(number: int, line: str, path: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], strict=True))]
    except csv.Error as error:
        raise ConfigError(f"{path}, line {number}: no CSV ({error}); mend its quotes") from error


def _row(cells: list[str], path: str, number: int) -> Publisher:
    where = f"{path}, line {number}"
    if len(cells) != len(_COLUMNS):
        raise ConfigError(f"{where}: {len(cells)} cells; write {','.join(_COLUMNS)}, a name with a comma in quotes")
    row = Publisher(cells[0], cells[1].lower().removeprefix("www."), cells[2])
    if not row.family:
        raise ConfigError(f'{where}: no family; name one, or "-" for a platform that publishes nothing itself')
    if not row.publisher and not row.domain:
        raise ConfigError(f"{where}: neither publisher nor domain; name one of them")
    if row.domain and not _DOMAIN.fullmatch(row.domain):
        raise ConfigError(f"{where}: {cells[1]!r} is no domain; write it as in example.com, without scheme and path")
    return row
