"""Config in one frozen value: ``config/scoring.toml`` with an operator's file laid over it.

The file is the home of every number, with its unit and reason; the classes here are the home of
each key's name, type and range. A key that no class names is an error.
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import asdict, dataclass, fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pipeline.extras import lacking_names, names_versions
from pipeline.resources import folder


class ConfigError(ValueError):
    """A config file that can't be used; the message names file, key and what to do."""


@dataclass(frozen=True, slots=True)
class Within:
    """The closed range that a number may take."""

    low: float
    high: float


Fraction = Annotated[float, Within(0, 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestSettings:
    """Limits on what is read."""

    max_article_chars: Annotated[int, Within(1_000, 100_000_000)]
    max_line_bytes: Annotated[int, Within(1_000, 2_000_000_000)]
    max_document_bytes: Annotated[int, Within(1_000, 100_000_000_000)]
    max_archive_ratio: Annotated[int, Within(2, 100_000)]
    min_words: Annotated[int, Within(0, 1_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSettings:
    """Limits on what is extracted, and who finds the names."""

    max_claims: Annotated[int, Within(1, 1_000_000)]
    min_quote_words: Annotated[int, Within(1, 50)]
    min_confidence: Fraction
    languages: tuple[str, ...]
    names: Literal["rules", "spacy"]
    spacy_model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySettings:
    """When articles tell of one event."""

    window_days: Annotated[float, Within(0.1, 100_000)]
    lead_words: Annotated[int, Within(0, 10_000)]
    lead_weight: Annotated[float, Within(0, 100)]
    name_weight: Annotated[float, Within(0, 100)]
    similarity: Fraction
    cohesion: Fraction
    steadiness: Annotated[float, Within(0, 1_000)]
    fading: Fraction
    fading_days: Annotated[float, Within(0.01, 100_000)]
    same_text: Fraction
    linked: Fraction
    rare_terms: Annotated[int, Within(1, 1_000)]
    neighbours: Annotated[int, Within(1, 10_000)]
    component: Annotated[int, Within(2, 10_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginSettings:
    """When articles share one origin."""

    shingle_words: Annotated[int, Within(2, 20)]
    containment: Fraction
    shared_quotes: Annotated[int, Within(1, 100)]
    quote_words: Annotated[int, Within(1, 100)]
    quote_containment: Fraction
    wire_containment: Fraction
    overlap: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSettings:
    """Coefficients of the logistic form of same_topic; its inputs lie between 0 and 1."""

    bias: Annotated[float, Within(-20, 20)]
    terms: Annotated[float, Within(-20, 20)]
    anchors: Annotated[float, Within(-20, 20)]
    slot: Annotated[float, Within(-20, 20)]
    prominence: Annotated[float, Within(-20, 20)]
    main: Annotated[float, Within(-20, 20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecificitySettings:
    """Bits that a value is worth."""

    full_bits: Annotated[float, Within(1, 100)]
    quote_word_bits: Annotated[float, Within(0, 20)]
    attribution_bits: Annotated[float, Within(0, 20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorroborationSettings:
    """When claims speak of the same thing, may conflict, and who could have spoken."""

    same_topic: Fraction
    conflict_topic: Fraction
    conflict_scope: Fraction
    qualified_share: Fraction
    minority: Fraction
    min_words: Annotated[int, Within(0, 10_000)]
    max_evidence: Annotated[int, Within(1, 1_000)]
    topic: TopicSettings
    specificity: SpecificitySettings


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWeights:
    """What a kind of claim weighs beside the others."""

    quantity: Annotated[float, Within(0, 10)]
    date: Annotated[float, Within(0, 10)]
    place: Annotated[float, Within(0, 10)]
    person_role: Annotated[float, Within(0, 10)]
    quote: Annotated[float, Within(0, 10)]
    attribution: Annotated[float, Within(0, 10)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSettings:
    """How findings become points."""

    prior_weight: Annotated[float, Within(0.01, 100)]
    prior: Fraction
    prior_specific: Fraction
    silence_rate: Fraction
    silence_cap: Annotated[float, Within(0, 0.99)]
    headline: Annotated[float, Within(0, 10)]
    lede: Annotated[float, Within(0, 10)]
    hedged: Fraction
    plain: Fraction
    exclusive: Fraction
    credited: Fraction
    confirmers: Annotated[float, Within(0.1, 100)]
    unsourced_outlet: Annotated[float, Within(0, 0.99)]
    not_borne_out: Annotated[float, Within(0, 10)]
    claim_cap: Fraction
    headline_contradicted: Annotated[float, Within(0, 100)]
    headline_contradictors: Annotated[float, Within(0, 100)]
    min_origins: Annotated[int, Within(1, 100)]
    min_claims: Annotated[int, Within(1, 100)]
    min_coverage: Fraction
    high_band: Annotated[float, Within(0, 100)]
    medium_band: Annotated[float, Within(0, 100)]
    weight: KindWeights


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettings:
    """The shape of what a run leaves."""

    layout: Literal["article", "jsonl"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """How shards are mapped. Changes no byte of the result, so it is no part of the fingerprint."""

    name: Literal["local"]
    workers: Annotated[int, Within(0, 4_096)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every number of a run."""

    ingest: IngestSettings
    claims: ClaimSettings
    stories: StorySettings
    origins: OriginSettings
    corroboration: CorroborationSettings
    score: ScoreSettings
    report: ReportSettings
    engine: EngineSettings


def load_settings(overlay: str | Path | None = None) -> Settings:
    """Return the shipped settings with the keys of one TOML file laid over them.

    Raises ConfigError for a file that can't be read, an unknown key (with the nearest known one),
    a value of the wrong type or out of its range, an extra that is wanted and not installed.
    """
    base = folder("config") / "scoring.toml"
    table = _read_toml(base)
    if overlay is not None:
        table = _laid_over(table, _read_toml(Path(overlay)), Path(overlay))
    built = _build(Settings, table, base if overlay is None else Path(overlay), "")
    assert isinstance(built, Settings)
    if built.claims.names == "spacy" and (lacking := lacking_names(built.claims.spacy_model)) is not None:
        raise ConfigError(f'{overlay or base}: claims.names = "spacy": {lacking}')
    return built


def fingerprinted(settings: Settings) -> dict[str, Any]:
    """Return the settings that decide about bytes, as plain values, with the versions of the extras they call for."""
    table = asdict(settings)
    del table["engine"]
    if settings.claims.names == "spacy":
        table["claims"]["versions"] = names_versions(settings.claims.spacy_model)
    return table


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise ConfigError(f"{path}: can't be read ({error.strerror}); check --config") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: nested too deeply; a config has two levels") from error
    except ValueError as error:  # not TOML, not UTF-8, or a number of thousands of digits
        raise ConfigError(f"{path}: not TOML ({error}); mend that line") from error


def _laid_over(base: dict[str, Any], over: dict[str, Any], path: Path, prefix: str = "") -> dict[str, Any]:
    merged = dict(base)
    for key, item in over.items():
        if key not in base:
            near = difflib.get_close_matches(key, base, n=1)
            hint = f"; did you mean {prefix}{near[0]}?" if near else ""
            raise ConfigError(f"{path}: unknown key {prefix}{key}{hint}")
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
