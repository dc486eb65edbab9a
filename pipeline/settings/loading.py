"""TOML files to one frozen value: the shipped file, with an operator's laid over it."""

from __future__ import annotations

import hashlib
import os
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pipeline.extras import html_versions, lacking_engine, lacking_names, names_versions
from pipeline.resources import folder
from pipeline.settings.families import load_families
from pipeline.settings.files import ConfigError, meant, read_toml
from pipeline.settings.formats import load_formats
from pipeline.settings.sections import Settings


def load_settings(overlay: str | Path | None = None) -> Settings:
    """Return the shipped settings with the keys of one TOML file laid over them.

    Raises ConfigError for a file that can't be read, an unknown key (with the nearest known one),
    a value of the wrong type or out of its range, an extra that is wanted and not installed.
    """
    base = folder("config") / "scoring.toml"
    table = _shipped()
    if overlay is not None:
        table = _laid_over(table, read_toml(Path(overlay)), Path(overlay))
        _anchor(table["ingest"], "formats", Path(overlay))
        _anchor(table["origins"], "families", Path(overlay))
    built = _build(Settings, table, base if overlay is None else Path(overlay), "")
    assert isinstance(built, Settings)
    load_formats(built.ingest.formats)
    load_families(built.origins.families)
    if built.claims.names == "spacy" and (lacking := lacking_names(built.claims.spacy_model)) is not None:
        raise ConfigError(f'{overlay or base}: claims.names = "spacy": {lacking}')
    if (lacking := lacking_engine(built.engine.name)) is not None:
        raise ConfigError(f'{overlay or base}: engine.name = "{built.engine.name}": {lacking}')
    return built


def _anchor(section: dict[str, Any], key: str, config: Path) -> None:
    """Make the path of a user's table absolute: it is relative to the file that names it."""
    if isinstance(section[key], str) and section[key]:
        section[key] = os.path.abspath(config.parent / section[key])  # noqa: PTH100 - links stay as they are


def shipped_files() -> tuple[Path, ...]:
    """Return the files of the shipped config: what people set, and what is fitted."""
    return tuple(
        folder("config") / name for name in ("scoring.toml", "same_topic.toml", "replaced.toml", "conflict.toml")
    )


def _shipped() -> dict[str, Any]:
    table, *fitted = map(read_toml, shipped_files())
    for forms in fitted:
        table["corroboration"] |= forms["corroboration"]
    return table


def fingerprinted(settings: Settings) -> dict[str, Any]:
    """Return the settings that decide about bytes, as plain values, with the versions of the extras they call for."""
    table = asdict(settings)
    for section in ("engine", "operation", "retention", "site"):
        del table[section]
    table["ingest"]["versions"] = html_versions()
    for section, key in (("ingest", "formats"), ("origins", "families")):
        if path := table[section][key]:  # what it says counts, not where it lies
            table[section][key] = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    if settings.claims.names == "spacy":
        table["claims"]["versions"] = names_versions(settings.claims.spacy_model)
    return table


def _laid_over(base: dict[str, Any], over: dict[str, Any], path: Path, prefix: str = "") -> dict[str, Any]:
    merged = dict(base)
    for key, item in over.items():
        if key not in base:
            raise ConfigError(f"{path}: unknown key {prefix}{key}{meant(key, base, prefix)}")
        if isinstance(base[key], dict):
            if not isinstance(item, dict):
                raise ConfigError(f"{path}: {prefix}{key} is a table, write [{prefix}{key}]")
            merged[key] = _laid_over(base[key], item, path, f"{prefix}{key}.")
        else:
            merged[key] = item
    return merged


def _build(cls: type[Any], table: dict[str, Any], path: Path, prefix: str) -> object:
    hints = get_type_hints(cls, include_extras=True)
    names = [field.name for field in fields(cls)]
    for key in table:
        if key not in names:
            raise ConfigError(f"{path}: unknown key {prefix}{key}")
    for name in names:
        if name not in table:
            raise ConfigError(f"{path}: key {prefix}{name} is missing")
    return cls(**{name: _value(hints[name], table[name], path, prefix + name) for name in names})


def _value(hint: Any, value: Any, path: Path, key: str) -> object:
    if is_dataclass(hint) and isinstance(hint, type):
        return _build(hint, value, path, f"{key}.")
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise ConfigError(f"{path}: {key} = {value!r}; one of {', '.join(map(str, get_args(hint)))}")
        return value
    if get_origin(hint) is tuple:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ConfigError(f"{path}: {key} = {value!r}; wanted a list of strings")
        return tuple(value)
    if hint is str and not isinstance(value, str):
        raise ConfigError(f"{path}: {key} = {value!r}; wanted a string")
    return _number(hint, value, path, key) if get_origin(hint) is Annotated else value


def _number(hint: Any, value: Any, path: Path, key: str) -> float | int:
    kind, bounds = get_args(hint)
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not number or (kind is int and value % 1 != 0):  # NaN and infinity leave no rest of 0
        raise ConfigError(f"{path}: {key} = {value!r}; wanted a{'n integer' if kind is int else ' number'}")
    if not bounds.low <= value <= bounds.high:
        raise ConfigError(f"{path}: {key} = {value!r}; must lie between {bounds.low:g} and {bounds.high:g}")
    return int(value) if kind is int else float(value)
