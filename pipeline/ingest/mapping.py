"""Foreign records to drafts, by the table in ``config/formats.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.ingest.dates import iso_date
from pipeline.ingest.reasons import Fault
from pipeline.record import quickly_made
from pipeline.settings import Dialect, Formats, Route, Step

# Where an XML element with attributes, a JSON-LD literal, and MongoDB's export keep their text.
_TEXT = ("#", "@value", "$oid", "$date")
_MOST_SECTIONS = 20  # a longer list holds tags
_DEEPEST = 8  # lists within lists; a body nests two or three deep


@quickly_made
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
    modified: str | None = None  # ISO 8601
    sections: tuple[str, ...] = ()  # where the outlet files it
    canonical: str | None = None  # address
    copy_of: str | None = None  # empty: a copy, and not said of what
    dialect: str | None = None  # that the record is written in; None: no record, but a text file
    repairs: tuple[str, ...] = ()  # codes of what was mended before it could be read


def find_dialect(
    record: dict[str, Any], formats: Formats, element: str | None = None
) -> tuple[Dialect, dict[str, Any]] | None:
    """Return the first dialect that fits, and the record with the spelling of keys that it fits.

    ``element`` is the XML element that the record comes from; a dialect is for one element, or for none.
    """
    lowered = {key.strip().lower(): value for key, value in record.items()}
    for spelling in (record, lowered):
        for dialect in formats.dialects:
            if dialect.element == element and _fits(dialect, spelling):
                return dialect, spelling
        if lowered.keys() == record.keys():
            break
    return None


def _fits(dialect: Dialect, record: dict[str, Any]) -> bool:
    for group in dialect.sniff:  # loops, for some twenty dialects are asked of each record
        for route in group:
            if _present(record, route):
                break
        else:
            return False
    return True


def draft(record: object, formats: Formats, element: str | None = None) -> Draft:
    """Return the fields of one record; raise Fault where it is no article or has no body."""
    if not isinstance(record, dict):
        raise Fault("record.type", f"{_kind(record)} where an object is expected")
    found = find_dialect(record, formats, element)
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
        published=_moment(record, dialect.published),
        modified=_moment(record, dialect.modified),
        sections=tuple(_sections(record, dialect)),
        language=_first(record, dialect.language),
        canonical=_first(record, dialect.canonical, addresses=True),
        copy_of=_copy_of(record, dialect),
        dialect=dialect.name,
    )


def _kind(value: object) -> str:
    names = {type(None): "null", str: "a string", list: "an array", dict: "an object", bool: "true or false"}
    return names.get(type(value), "a number")


def _id(record: dict[str, Any], dialect: Dialect) -> str | None:
    for route in dialect.id:
        for value in reach(record, route):
            if isinstance(value, str) and value:
                return value
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                return str(value)
    return None


def _first(record: dict[str, Any], routes: tuple[Route, ...], addresses: bool = False) -> str | None:
    for route in routes:
        for value in reach(record, route):
            if isinstance(value, str) and value.strip() and (not addresses or "/" in value):
                return value
    return None


def _body(record: dict[str, Any], dialect: Dialect) -> str:
    wrong = None
    for route in dialect.text:
        values = [value for value in reach(record, route) if value is not None]
        strings = [value for value in values if isinstance(value, str)]
        if any(string.strip() for string in strings):
            return _joined(strings, route, record)
        if values and not strings:
            wrong = f"{spelled(route)} is {_kind(values[0])}, wanted a string"
    for route in dialect.paragraphs:
        strings = _strings(reach(record, route), 0)
        if strings:
            return "\n\n".join(strings)
    if wrong:
        raise Fault("record.type", wrong)
    routes = (*dialect.text, *dialect.paragraphs)
    present = [spelled(route) for route in routes if _present(record, route)]
    if not present:
        raise Fault("text.missing", f"a {dialect.name} record without a body")
    raise Fault("text.empty", f"the body ({', '.join(present)}) is empty")


def _joined(strings: list[str], route: Route, record: dict[str, Any]) -> str:
    """Join a list of paragraphs; of several renderings of one body (``bodies.value``) take the first."""
    if len(route) > 1 and route[0].key in record:
        return next(string for string in strings if string.strip())
    return "\n\n".join(string for string in strings if string.strip())


def _strings(value: object, depth: int) -> list[str]:
    if isinstance(value, str):
        return [value] if value.strip() else []
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for item in inner for text in _strings(item, depth + 1)] if depth < _DEEPEST else []


def _authors(record: dict[str, Any], dialect: Dialect) -> list[str]:
    for route in dialect.authors:
        names = [value for value in reach(record, route) if isinstance(value, str) and value.strip()]
        if names:
            return names[:50]
    return []


def _sections(record: dict[str, Any], dialect: Dialect) -> list[str]:
    values = [value for route in dialect.sections for value in reach(record, route)]
    return [value for value in values if isinstance(value, str) and value.strip()][:_MOST_SECTIONS]


def _moment(record: dict[str, Any], routes: tuple[Route, ...]) -> str | None:
    for route in routes:
        for value in reach(record, route):
            if moment := iso_date(value):
                return moment
    return None


def _copy_of(record: dict[str, Any], dialect: Dialect) -> str | None:
    for route in dialect.copy_of:
        for value in reach(record, route):
            if value is True or (isinstance(value, str) and value.strip().lower() == "true"):
                return ""
            if isinstance(value, str) and value.strip() and value.strip().lower() != "false":
                return value
    return None


def _present(record: dict[str, Any], route: Route) -> bool:
    if len(route) == 1 and route[0].asks is None:
        return route[0].key in record
    return bool(reach(record, route))


def reach(record: dict[str, Any], route: Route) -> list[Any]:
    """Return what lies at the end of a route, lists on the way and at its end spread out."""
    if len(route) == 1 and route[0].asks is None:
        value = record.get(route[0].key)
        if value is None or isinstance(value, str):  # most fields
            return [] if value is None else [value]
        return [_own_text(item) for item in value] if isinstance(value, list) else [_own_text(value)]
    if spelled(route) in record:  # a flattened table: the column is named "a.b"
        return [record[spelled(route)]]
    found: list[Any] = [record]
    for step in route:
        inner = [item[step.key] for item in found if isinstance(item, dict) and step.key in item]
        spread = (each for item in inner for each in (item if isinstance(item, list) else (item,)))
        found = [each for each in spread if _answers(each, step)]
    return [_own_text(item) for item in found]


def _answers(value: object, step: Step) -> bool:
    if step.asks is None:
        return True
    said = value.get(step.asks) if isinstance(value, dict) else None
    return (said or "") == step.wants


def _own_text(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return next((value[key] for key in _TEXT if isinstance(value.get(key), str)), value)


def spelled(route: Route) -> str:
    """Return a route as a flattened table names its column: "a.b"."""
    return ".".join(step.key for step in route)
