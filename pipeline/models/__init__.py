"""Every record that crosses a stage.

Frozen values. Offsets are code points of ``Article.text``, half-open; dates are ISO 8601; sums are in
the unit that the field's comment names; absence is ``None``, never 0 or an empty string.
"""

from __future__ import annotations

from pipeline.models.articles import Article, Boilerplate, DumpLocation, Duplicate, Rejected, Span, make_span
from pipeline.models.claims import (
    AGE,
    EVENT_CITY,
    EVENT_PLACES,
    VAGUE,
    AttributionValue,
    Claim,
    ClaimKind,
    DateValue,
    PersonRoleValue,
    PlaceValue,
    Position,
    QuantityValue,
    QuoteValue,
    StatementValue,
)
from pipeline.models.findings import AGAINST, NOT_COMPARED, Evidence, Finding, LeftOut, Relation, Tally, VerdictName
from pipeline.models.scores import ClaimScore, LedgerRow, Score, ScoreStatus
from pipeline.models.stories import OriginLink, Overlap, Story

__all__ = [
    "AGAINST",
    "AGE",
    "EVENT_CITY",
    "EVENT_PLACES",
    "NOT_COMPARED",
    "VAGUE",
    "Article",
    "AttributionValue",
    "Boilerplate",
    "Claim",
    "ClaimKind",
    "ClaimScore",
    "DateValue",
    "DumpLocation",
    "Duplicate",
    "Evidence",
    "Finding",
    "LedgerRow",
    "LeftOut",
    "OriginLink",
    "Overlap",
    "PersonRoleValue",
    "PlaceValue",
    "Position",
    "QuantityValue",
    "QuoteValue",
    "Rejected",
    "Relation",
    "Score",
    "ScoreStatus",
    "Span",
    "StatementValue",
    "Story",
    "Tally",
    "VerdictName",
    "make_span",
]
