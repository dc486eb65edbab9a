"""Keys that are fitted, not set: the coefficients of logistic forms, with the closed range of any number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Within:
    """The closed range that a number may take."""

    low: float
    high: float


LogOdds = Annotated[float, Within(-20, 20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicForm:
    """Log odds of the logistic form of same_topic for one kind of claim; its inputs lie between 0 and 1."""

    bias: LogOdds
    terms: LogOdds
    anchors: LogOdds
    slot: LogOdds
    near: LogOdds
    prominence: LogOdds
    main: LogOdds


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSettings:
    """The forms of same_topic by kind of claim, as fitted: ``config/same_topic.toml``."""

    quantity: TopicForm
    date: TopicForm
    place: TopicForm
    person_role: TopicForm
    quote: TopicForm
    attribution: TopicForm


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictForm:
    """Log odds of the logistic form that weighs contradictions of figures, or of dates; inputs as ``Certainty.features`` names them."""

    bias: LogOdds
    odds: LogOdds
    second: LogOdds
    frame: LogOdds
    beside: LogOdds
    carried: LogOdds
    borne: LogOdds
    third: LogOdds
    also: LogOdds
    choice: LogOdds
    personal: LogOdds
    toll: LogOdds


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictSettings:
    """The forms that weigh contradictions, as fitted: ``config/conflict.toml``."""

    quantity: ConflictForm
    date: ConflictForm


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedForm:
    """Log odds of the logistic form of a part that was replaced: ``config/replaced.toml``; its inputs lie between 0 and 1."""

    bias: LogOdds
    cast: LogOdds
    places: LogOdds
    unknown: LogOdds
    share: LogOdds
    main: LogOdds
    length: LogOdds
