"""Foreign records to drafts, by the table in ``config/formats.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from pipeline.ingest.dates import iso_date
from pipeline.ingest.reasons import Fault
from pipeline.resources import folder

Path = tuple[str, ...]
_DEEPEST = 8  # lists within lists; a body nests two or three deep


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The fields of a record as the dump writes them."""

    id: str | None
    url: str | None
    source: str | None
    title: str | None
    body: str
    authors: tuple[str, ...]
    published: str | None  # ISO 8601
    language: str | None
    dialect: str | None = None  # that the record is written in; None: no record, but a text file


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """Where one kind of dump keeps which field."""

    name: str
    sniff: tuple[tuple[Path, ...], ...]  # one of each group must be present
    id: tuple[Path, ...]
    url: tuple[Path, ...]
    source: tuple[Path, ...]
    title: tuple[Path, ...]
    text: tuple[Path, ...]
    authors: tuple[Path, ...]
    published: tuple[Path, ...]
    language: tuple[Path, ...]
    paragraphs: tuple[Path, ...] = ()

    def fits(self, record: dict[str, Any]) -> bool:
        """Tell whether the record has the fields that mark this dialect."""
        return all(any(_present(record, path) for path in group) for group in self.sniff)


@cache
def dialects() -> tuple[Dialect, ...]:
    """Return the dialects of ``config/formats.toml``, special ones first; ValueError for a bad key."""
    return tuple(_dialect(row) for row in _table()["dialect"])


@cache
def envelopes() -> tuple[Path, ...]:
    """Return the paths at which answers of search services keep their articles."""
    return tuple(_path(path) for path in _table()["envelopes"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((folder("config") / "formats.toml").read_text(encoding="utf-8"))


def _dialect(row: dict[str, Any]) -> Dialect:
    known = {field.name for field in fields(Dialect)}
    if unknown := set(row) - known:
        raise ValueError(f"formats.toml: dialect {row.get('name')!r} has unknown keys {sorted(unknown)}")
    paths = {key: tuple(map(_path, row.get(key, []))) for key in known - {"name", "sniff"}}
    sniff = tuple(tuple(map(_path, group.split("|"))) for group in row["sniff"])
    return Dialect(name=row["name"], sniff=sniff, **paths)


def _path(dotted: str) -> Path:
    return tuple(dotted.split("."))


def find_dialect(record: dict[str, Any]) -> tuple[Dialect, dict[str, Any]] | None:
    """Return the first dialect that fits, and the record with the spelling of keys that it fits."""
    lowered = {key.strip().lower(): value for key, value in record.items()}
    for spelling in (record, lowered):
        for dialect in dialects():
            if dialect.fits(spelling):
                return dialect, spelling
        if lowered.keys() == record.keys():
            break
    return None


def draft(record: object) -> Draft:
    """Return the fields of one record; raise Fault where it is no article or has no body."""
    if not isinstance(record, dict):
        raise Fault("record.type", f"{_kind(record)} where an object is expected")
    found = find_dialect(record)
    if found is None:
        keys = ", ".join(sorted(map(str, record))[:12])
        raise Fault("text.missing", f"no field is known to hold the body; fields: {keys[:200] or 'none'}")
    dialect, record = found
    return Draft(
        id=_id(record, dialect),
        url=_first(record, dialect.url, addresses=True),
        source=_first(record, dialect.source),
        title=_first(record, dialect.title),
        body=_body(record, dialect),
        authors=tuple(_authors(record, dialect)),
        published=_published(record, dialect),
        language=_first(record, dialect.language),
        dialect=dialect.name,
    )


def _kind(value: object) -> str:
    names = {type(None): "null", str: "a string", list: "an array", dict: "an object", bool: "true or false"}
    return names.get(type(value), "a number")


def _id(record: dict[str, Any], dialect: Dialect) -> str | None:
    for path in dialect.id:
        for value in reach(record, path):
            if isinstance(value, str) and value:
                return value
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                return str(value)
    return None


def _first(record: dict[str, Any], paths: tuple[Path, ...], addresses: bool = False) -> str | None:
    for path in paths:
        for value in reach(record, path):
            if isinstance(value, str) and value.strip() and (not addresses or "/" in value):
                return value
    return None


def _body(record: dict[str, Any], dialect: Dialect) -> str:
    wrong = None
    for path in dialect.text:
        values = [value for value in reach(record, path) if value is not None]
        strings = [value for value in values if isinstance(value, str)]
        if any(string.strip() for string in strings):
            return _joined(strings, path, record)
        if values and not strings:
            wrong = f"{'.'.join(path)} is {_kind(values[0])}, wanted a string"
    for path in dialect.paragraphs:
        strings = _strings(reach(record, path), 0)
        if strings:
            return "\n\n".join(strings)
    if wrong:
        raise Fault("record.type", wrong)
    paths = (*dialect.text, *dialect.paragraphs)
    present = [".".join(path) for path in paths if _present(record, path)]
    if not present:
        raise Fault("text.missing", f"a {dialect.name} record without a body")
    raise Fault("text.empty", f"the body ({', '.join(present)}) is empty")


def _joined(strings: list[str], path: Path, record: dict[str, Any]) -> str:
    """Join a list of paragraphs; of several renderings of one body (``bodies.value``) take the first."""
    if len(path) > 1 and path[0] in record:
        return next(string for string in strings if string.strip())
    return "\n\n".join(string for string in strings if string.strip())


def _strings(value: object, depth: int) -> list[str]:
    if isinstance(value, str):
        return [value] if value.strip() else []
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for item in inner for text in _strings(item, depth + 1)] if depth < _DEEPEST else []


def _authors(record: dict[str, Any], dialect: Dialect) -> list[str]:
    for path in dialect.authors:
        names = [value for value in reach(record, path) if isinstance(value, str) and value.strip()]
        if names:
            return names[:50]
    return []


def _published(record: dict[str, Any], dialect: Dialect) -> str | None:
    for path in dialect.published:
        for value in reach(record, path):
            if moment := iso_date(value):
                return moment
    return None


def _present(record: dict[str, Any], path: Path) -> bool:
    return path[0] in record and (len(path) == 1 or bool(reach(record, path)))


def reach(record: dict[str, Any], path: Path) -> list[Any]:
    """Return what lies at a path, lists on the way and at its end spread out."""
    if len(path) == 1:
        value = record.get(path[0])
        return value if isinstance(value, list) else [value]
    if ".".join(path) in record:  # a flattened table: the column is named "a.b"
        return [record[".".join(path)]]
    found: list[Any] = [record]
    for key in path:
        inner = [item[key] for item in found if isinstance(item, dict) and key in item]
        found = [each for item in inner for each in (item if isinstance(item, list) else (item,))]
    return found
