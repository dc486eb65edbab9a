"""Where ``config/``, ``schemas/`` and ``seeds/`` lie: inside the wheel, or beside the checkout."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder ``config``, ``schemas`` or ``seeds``; raise FileNotFoundError if absent.

    The copy in the wheel comes first: beside an installed package, a folder named ``config``
    may belong to somebody else.
    """
    for candidate in (_PACKAGE / f"_{name}", _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"{name}/ is missing beside {_PACKAGE}: reinstall twosource")


@cache
def lexicon(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``config/lexicon/<name>.csv`` (UTF-8, header line, ``#`` comments)."""
    header, *rows = table(name)
    return tuple([dict(zip(header, row, strict=True)) for row in rows])


@cache
def table(name: str) -> tuple[list[str], ...]:
    """Return the header and the rows of a lexicon, as lists: for the long ones, a dictionary a row takes its time."""
    path = folder("config") / "lexicon" / f"{name}.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    return tuple(csv.reader([line for line in lines if line and not line.startswith("#")]))


@cache
def words(name: str, column: str = "word", **where: str) -> frozenset[str]:
    """Return one column of a lexicon as a set, from the rows where every ``where`` column matches."""
    header, *rows = table(name)
    at = header.index(column)
    wanted = [(header.index(key), value) for key, value in where.items()]
    return frozenset([row[at] for row in rows if all(row[key] == value for key, value in wanted)])
