"""A claim and its value, by kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.models.articles import Span
from pipeline.record import quickly_made

ClaimKind = Literal["quantity", "date", "place", "person_role", "quote", "attribution", "statement"]
Position = Literal["headline", "lede", "body"]
# Rules that later stages ask for.
AGE = "quantity.age"  # a man of twenty, and twenty years in prison
VAGUE = "quantity.vague"  # "dozens" bears out no number that lies in it
EVENT_CITY = "place.event-city"
EVENT_PLACES = frozenset({"place.event-venue", EVENT_CITY})  # places where something happened, and no mere mention


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityValue:
    """An interval in a canonical unit; ``None`` is unbounded."""

    low: float | None
    high: float | None
    unit: str  # "1", "percent", an ISO 4217 code, "km", "kg", ...
    counted: str | None  # what is counted ("troops"), singular or plural as written, lower case
    approximate: bool


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class DateValue:
    """Days, inclusive; both ends ``None`` when the date cannot be resolved to the calendar."""

    earliest: str | None  # YYYY-MM-DD
    latest: str | None  # YYYY-MM-DD
    granularity: Literal["day", "week", "month", "quarter", "season", "year", "decade", "range", "time"]
    weekday: str | None  # "monday" ... "sunday", when the text names one
    relative: str | None  # "last year", lower case; or a day of a year that nobody tells ("may 7")


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceValue:
    """A place by containment: ``within`` goes from the next larger place outwards."""

    name: str  # canonical name
    within: tuple[str, ...]  # ("Germany",)
    venue: str | None  # hall, forum, stadium, street, ... when the text names one
    event: str | None  # lemma of what happened there ("speech", "attack"); None: a mere mention


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRoleValue:
    """Who, as what, of what."""

    person: str  # fullest name in the article
    role: str | None  # "foreign minister", lower case
    organisation: str | None  # "Germany", "NATO"


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteValue:
    """Words between quote marks."""

    words: str  # without the outer marks
    partial: bool  # a fragment inside the writer's own sentence


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionValue:
    """Who is named as the source of which words."""

    source: str
    cue: str  # "according to", "reported", as written, lower case
    content: Span | None  # the words that hang on it


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class StatementValue:
    """What a headline or lede says, where another article tells the contrary."""

    words: str  # of the sentence, on one line


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A specific that another article could confirm or deny. Exactly one value field is set."""

    id: str  # unique in its article
    article: str  # article id
    kind: ClaimKind
    rule: str  # stable dotted id of the extraction rule, e.g. "place.event-venue"
    span: Span
    sentence: Span
    position: Position
    speaker: str | None  # who says it, full name where the article gives one
    outlet: str | None  # the outlet it is credited to, kept apart from the speaker
    hedged: bool
    negated: bool
    confidence: float  # 0..1, that the text says what value says
    terms: tuple[str, ...]  # stems of the content words around it, sorted, unique
    anchors: tuple[str, ...]  # normalised names around it, sorted, unique
    quantity: QuantityValue | None = None
    date: DateValue | None = None
    place: PlaceValue | None = None
    person_role: PersonRoleValue | None = None
    quote: QuoteValue | None = None
    attribution: AttributionValue | None = None
    statement: StatementValue | None = None
    subject: str | None = None  # normalised name that a figure or date belongs to, where the grammar tells
    near: tuple[str, ...] = ()  # stems of the plain words next to the span: what happened, of what
