"""What the readers of tables share: which columns an article needs, and cells as the values of a record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pipeline.ingest.lines import decode
from pipeline.ingest.mapping import find_dialect, spelled
from pipeline.ingest.reasons import Fault
from pipeline.ingest.records import Record
from pipeline.settings import Dialect, Formats

ROW = 64  # bytes that a row counts beside its text


def needed(columns: Sequence[str], formats: Formats) -> list[str]:
    """Return the columns that the mapping of a table looks at, in their order; none if no column holds a body."""
    found = find_dialect(dict.fromkeys(columns), formats)
    if found is None:
        return []
    routes = (*found[0].text, *found[0].paragraphs)
    lowered = {name.strip().lower() for name in columns}
    if not any(route[0].key.lower() in lowered or spelled(route).lower() in lowered for route in routes):
        return []
    wanted = _looked_at(found[0])
    return [name for name in columns if name.strip().lower() in wanted]


def no_body(columns: Sequence[str]) -> Fault:
    """Return why a table can't be read."""
    return Fault("table.columns", f"no column is known to hold the body; columns: {', '.join(columns)[:200] or 'none'}")


def as_record(row: dict[str, Any], number: int) -> Record:
    """Return a row as a record; one with a cell whose bytes are no text is a fault."""
    try:
        return Record({name: _cell(value) for name, value in row.items()}, number, None)
    except Fault as fault:
        return Record(None, number, None, fault)


def _cell(value: Any) -> Any:
    """Return a cell as JSON would hold it; raise Fault for bytes that are no text."""
    if isinstance(value, bytes):
        return decode(value)
    return value.isoformat() if isinstance(value, date) else value


def _looked_at(dialect: Dialect) -> frozenset[str]:
    named = (dialect.id, dialect.url, dialect.source, dialect.title, dialect.text, dialect.paragraphs)
    groups = (
        *named,
        dialect.authors,
        dialect.published,
        dialect.language,
        dialect.canonical,
        dialect.copy_of,
        *dialect.sniff,
    )
    routes = [route for group in groups for route in group]
    return frozenset(name.lower() for route in routes for name in (route[0].key, spelled(route)))
