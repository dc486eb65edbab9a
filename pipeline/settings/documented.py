"""Every key of the config as it takes effect: value, home, range, and the unit and reason that its comment gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pipeline.settings.files import read_toml
from pipeline.settings.loading import load_settings, shipped_files
from pipeline.settings.sections import Settings

_TABLE = re.compile(r"\[([a-z_.]+)\]")
_KEY = re.compile(r"([a-z_]+) *=")
_COMMENT = re.compile(r"""(?:"[^"]*"|[^"#])*# *(.*)""")


@dataclass(frozen=True, slots=True)
class EffectiveKey:
    """One key of the config as it takes effect."""

    name: str  # dotted, as `--config` errors spell it
    value: object
    origin: Path  # the file that it comes from
    allowed: str  # its range or choices
    comment: str  # unit and reason, from the shipped file


def effective(overlay: str | Path | None = None) -> list[EffectiveKey]:
    """Return every key with its value and its file, in the order of the shipped file; raises as `load_settings`."""
    load_settings(overlay)
    over = dict(_leaves(read_toml(Path(overlay)))) if overlay is not None else {}
    allowed = dict(_allowed(Settings))
    comments = {key: text for base in shipped_files() for key, text in _comments(base.read_text(encoding="utf-8"))}
    return [
        EffectiveKey(
            name=name,
            value=over.get(name, value),
            origin=Path(overlay or "") if name in over else base,
            allowed=allowed[name],
            comment=comments[name],
        )
        for base in shipped_files()
        for name, value in _leaves(read_toml(base))
    ]


def _leaves(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, item in table.items():
        if isinstance(item, dict):
            yield from _leaves(item, f"{prefix}{key}.")
        else:
            yield prefix + key, item


def _allowed(section: type[Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, hint in get_type_hints(section, include_extras=True).items():
        if is_dataclass(hint) and isinstance(hint, type):
            yield from _allowed(hint, f"{prefix}{name}.")
        else:
            yield prefix + name, _words(hint)


def _words(hint: Any) -> str:
    if get_origin(hint) is Literal:
        return " | ".join(map(str, get_args(hint)))
    if get_origin(hint) is Annotated:
        kind, bounds = get_args(hint)
        whole = "whole, " if kind is int else ""
        return f"{whole}{_number(bounds.low)} to {_number(bounds.high)}"
    return "text" if hint is str else "list of texts"


def _number(bound: float) -> str:
    return f"{bound:,.15g}".replace(",", "_")  # as TOML writes thousands


def _comments(text: str) -> Iterator[tuple[str, str]]:
    """Yield the comment of each key; one that follows its table's name holds for the keys without their own."""
    table = shared = ""
    for line in text.splitlines():
        comment = found[1] if (found := _COMMENT.match(line)) else ""
        if section := _TABLE.match(line):
            table, shared = section[1], comment
        elif key := _KEY.match(line):
            yield f"{table}.{key[1]}", comment or shared
