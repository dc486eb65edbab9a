"""Each key of the config: its name, type and range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pipeline.settings.forms import ConflictSettings, ReplacedForm, TopicSettings, Within

Fraction = Annotated[float, Within(0, 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestSettings:
    """Limits on what is read."""

    max_article_chars: Annotated[int, Within(1_000, 100_000_000)]
    max_line_bytes: Annotated[int, Within(1_000, 2_000_000_000)]
    max_document_bytes: Annotated[int, Within(1_000, 100_000_000_000)]
    max_archive_ratio: Annotated[int, Within(2, 100_000)]
    min_words: Annotated[int, Within(0, 1_000)]
    formats: str


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
    cast_weight: Annotated[float, Within(0, 10)]
    cast_names: Annotated[int, Within(1, 1_000)]
    cast_texts: Annotated[int, Within(1, 10_000)]
    cast_prior: Annotated[float, Within(0, 1_000)]
    fading: Fraction
    fading_days: Annotated[float, Within(0.01, 100_000)]
    same_text: Fraction
    linked: Fraction
    rare_terms: Annotated[int, Within(1, 1_000)]
    neighbours: Annotated[int, Within(1, 10_000)]
    compared: Annotated[int, Within(1, 1_000_000)]
    component: Annotated[int, Within(2, 10_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginSettings:
    """When articles share one origin."""

    families: str
    shingle_words: Annotated[int, Within(2, 20)]
    containment: Fraction
    shared_quotes: Annotated[int, Within(1, 100)]
    quote_words: Annotated[int, Within(1, 100)]
    quote_containment: Fraction
    wire_containment: Fraction
    overlap: Fraction


Bits = Annotated[float, Within(0, 20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateBits:
    """Bits that a date is worth, by its granularity."""

    time: Bits
    day: Bits
    range: Bits
    week: Bits
    month: Bits
    year: Bits
    decade: Bits
    weekday: Bits
    quarter: Bits
    season: Bits
    open: Bits


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecificitySettings:
    """Bits that a value is worth."""

    full_bits: Annotated[float, Within(1, 100)]
    quote_word_bits: Bits
    role_bits: Bits
    attribution_bits: Bits
    statement_word_bits: Bits
    date: DateBits


@dataclass(frozen=True, slots=True, kw_only=True)
class CorroborationSettings:
    """When claims speak of the same thing, may conflict, and who could have spoken."""

    same_topic: Fraction
    agreeing: Fraction
    agreeing_bits: Annotated[float, Within(0, 100)]
    conflict_topic: Fraction
    conflict_scope: Fraction
    alone_topic: Fraction
    alone_times: Annotated[float, Within(1, 1_000_000)]
    frame_share: Fraction
    frame_bits: Annotated[float, Within(0, 1_000)]
    statement_bits: Annotated[float, Within(0, 1_000)]
    brief_words: Annotated[int, Within(0, 1_000)]
    replaced_share: Fraction
    replaced_bits: Annotated[float, Within(0, 1_000)]
    replaced_likely: Fraction
    joint_topic: Fraction
    figure_least: Fraction
    figure_likely: Fraction
    figure_joint: Fraction
    date_joint: Fraction
    alone_likely: Fraction
    conflict_least: Fraction
    conflict_sure: Fraction
    joint_origins: Annotated[int, Within(2, 100)]
    joint_days: Annotated[int, Within(0, 10_000)]
    one_saying: Annotated[int, Within(0, 1_000)]
    rival: Annotated[float, Within(0, 10)]
    rival_figure: Annotated[float, Within(0, 10)]
    rival_place: Annotated[float, Within(0, 10)]
    one_place: Fraction
    main_place: Annotated[float, Within(0, 2)]
    one_post: Fraction
    one_place_rival: Fraction
    one_place_named: Fraction
    qualified_share: Fraction
    minority: Fraction
    undecided: Annotated[float, Within(0.01, 100)]
    min_words: Annotated[int, Within(0, 10_000)]
    max_evidence: Annotated[int, Within(1, 1_000)]
    compared: Annotated[int, Within(1, 100_000)]
    heard: Annotated[int, Within(1, 1_000_000)]
    topic: TopicSettings
    replaced: ReplacedForm
    conflict: ConflictSettings
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
    statement: Annotated[float, Within(0, 10)]


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
class WindowSettings:
    """Which other nights a night is held against."""

    days: Annotated[int, Within(1, 366)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettings:
    """The shape of what a run leaves."""

    layout: Literal["article", "jsonl"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSettings:
    """What of old nights stays on disk. No part of the fingerprint."""

    nights: Annotated[int, Within(0, 100_000)]
    revisions: Annotated[int, Within(0, 100_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationSettings:
    """What a run tells those who operate it. No part of the fingerprint."""

    log: Literal["text", "json"]
    textfile: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """How shards are mapped. Changes no byte of the result, so it is no part of the fingerprint."""

    name: Literal["local", "dask", "spark"]
    workers: Annotated[int, Within(0, 4_096)]
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """What the pages of a night show. Changes no report, so it is no part of the fingerprint."""

    text: Literal["full", "quotes", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every number of a run."""

    ingest: IngestSettings
    claims: ClaimSettings
    stories: StorySettings
    origins: OriginSettings
    corroboration: CorroborationSettings
    score: ScoreSettings
    window: WindowSettings
    report: ReportSettings
    retention: RetentionSettings
    operation: OperationSettings
    engine: EngineSettings
    site: SiteSettings
