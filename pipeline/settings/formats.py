"""Where each kind of dump keeps which field: ``config/formats.toml``, with a file of the user's laid over it."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.resources import folder
from pipeline.settings.files import ConfigError, meant, read_toml

_STEP = re.compile(r"([^\[\]]+)(?:\[([^\[\]=]+)=([^\[\]]*)\])?")
_OPTION = "[ingest] formats"


@dataclass(frozen=True, slots=True)
class Step:
    """One step into a record: a key, and what the object there must say of itself ("link[@rel=alternate]")."""

    key: str
    asks: str | None = None  # a key of that object
    wants: str = ""  # its value; empty: it is absent or blank


Route = tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """Where one kind of dump keeps which field."""

    name: str
    sniff: tuple[tuple[Route, ...], ...]  # one of each group must be present
    element: str | None = None  # the XML element that holds one article; None: no XML
    id: tuple[Route, ...] = ()
    url: tuple[Route, ...] = ()
    source: tuple[Route, ...] = ()
    title: tuple[Route, ...] = ()
    text: tuple[Route, ...] = ()
    paragraphs: tuple[Route, ...] = ()
    authors: tuple[Route, ...] = ()
    published: tuple[Route, ...] = ()
    modified: tuple[Route, ...] = ()
    sections: tuple[Route, ...] = ()
    language: tuple[Route, ...] = ()
    canonical: tuple[Route, ...] = ()  # the address that the publisher gives as the article's own, or its original's
    copy_of: tuple[Route, ...] = ()  # id of the original, key that copies share, or true


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """The table of all dialects, the first that fits counts."""

    dialects: tuple[Dialect, ...]
    envelopes: tuple[Route, ...]  # where answers of search services keep their list
    markup: frozenset[str]  # XML elements that are layout of the text around them
    namespaces: dict[str, str]  # the prefix that stands for an XML namespace, "" for none

    @property
    def elements(self) -> frozenset[str]:
        """The XML elements that hold one article."""
        return frozenset(dialect.element for dialect in self.dialects if dialect.element)


_ROUTES = frozenset(field.name for field in fields(Dialect)) - {"name", "sniff", "element"}
_TABLE = ("dialect", "envelopes", "markup", "namespaces")


@cache
def load_formats(overlay: str = "") -> Formats:
    """Return the shipped table with a user's file laid over it, none if ``overlay`` is empty.

    The user's dialects and envelopes come first, and a dialect replaces the shipped one of its name.
    Raises ConfigError for a file that can't be read and for a key or value that has no meaning.
    """
    base = _table(folder("config") / "formats.toml")
    over = _table(Path(overlay)) if overlay else Formats(dialects=(), envelopes=(), markup=frozenset(), namespaces={})
    own = {dialect.name for dialect in over.dialects}
    return Formats(
        dialects=(*over.dialects, *(dialect for dialect in base.dialects if dialect.name not in own)),
        envelopes=tuple(dict.fromkeys((*over.envelopes, *base.envelopes))),
        markup=base.markup | over.markup,
        namespaces=base.namespaces | over.namespaces,
    )


def _table(path: Path) -> Formats:
    table = read_toml(path, _OPTION)
    for key in table:
        if key not in _TABLE:
            raise ConfigError(f"{path}: unknown key {key}{meant(key, _TABLE)}")
    rows = table.get("dialect", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ConfigError(f"{path}: dialect is a list of tables, write [[dialect]]")
    namespaces = table.get("namespaces", {})
    if not isinstance(namespaces, dict) or not all(isinstance(prefix, str) for prefix in namespaces.values()):
        raise ConfigError(f'{path}: namespaces is a table of strings, write "http://…" = "prefix"')
    return Formats(
        dialects=tuple(_dialect(row, path) for row in rows),
        envelopes=tuple(_route(text, path) for text in _strings(table.get("envelopes", []), path, "envelopes")),
        markup=frozenset(_strings(table.get("markup", []), path, "markup")),
        namespaces=namespaces,
    )


def _dialect(row: dict[str, Any], path: Path) -> Dialect:
    name = row.get("name")
    if not isinstance(name, str) or not name:
        raise ConfigError(f'{path}: a [[dialect]] has no name; write name = "…"')
    known = {field.name for field in fields(Dialect)}
    for key in row:
        if key not in known:
            raise ConfigError(f"{path}: dialect {name}: unknown key {key}{meant(key, known)}")
    element = row.get("element")
    if not (element is None or (isinstance(element, str) and element)):
        raise ConfigError(f"{path}: dialect {name}: element = {element!r}; wanted the name of an XML element")
    if element is None and not row.get("sniff"):
        raise ConfigError(f"{path}: dialect {name}: sniff is missing; list the fields that tell it from others")
    groups = _strings(row.get("sniff", []), path, f"dialect {name}: sniff")
    routes = {key: _strings(row.get(key, []), path, f"dialect {name}: {key}") for key in sorted(_ROUTES)}
    return Dialect(
        name=name,
        element=element,
        sniff=tuple(tuple(_route(text, path) for text in group.split("|")) for group in groups),
        **{key: tuple(_route(text, path) for text in texts) for key, texts in routes.items()},
    )


def _strings(value: object, path: Path, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ConfigError(f'{path}: {where} = {value!r}; wanted a list of strings, as in ["text"]')
    return value


def _route(dotted: str, path: Path) -> Route:
    matches = [_STEP.fullmatch(step) for step in dotted.split(".")]
    if not all(matches):
        raise ConfigError(f"{path}: {dotted!r} is no path; write key.key or key[@attribute=value].key")
    return tuple(Step(match[1], match[2], match[3] or "") for match in matches if match)
