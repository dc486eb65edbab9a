"""What an extractor returns: a claim before its context (sentence, terms, anchors) is added."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.models import (
    AttributionValue,
    ClaimKind,
    DateValue,
    PersonRoleValue,
    PlaceValue,
    QuantityValue,
    QuoteValue,
    Span,
)
from pipeline.record import maker, quickly_made


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One specific found in a text. Exactly one value field is set."""

    kind: ClaimKind
    rule: str  # stable dotted id, e.g. "quantity.money"
    span: Span  # the words that carry the value, code points of the article's text
    confidence: float  # 0..1, that the text says what the value says
    speaker: str | None = None  # quotes and attributions: who says it
    outlet: str | None = None  # the outlet it is credited to
    hedged: bool = False
    negated: bool = False
    quantity: QuantityValue | None = None
    date: DateValue | None = None
    place: PlaceValue | None = None
    person_role: PersonRoleValue | None = None
    quote: QuoteValue | None = None
    attribution: AttributionValue | None = None


make_draft = maker(Draft)
