"""A claim's value: as the contract's object, and as one line of text for flat rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.models import (
    AttributionValue,
    Claim,
    DateValue,
    PersonRoleValue,
    PlaceValue,
    QuantityValue,
    QuoteValue,
    Span,
    StatementValue,
)
from pipeline.report.run import Json

_MANY_DIGITS = 1e12  # from which twelve digits would be told with an exponent: "3.6e+13"

Value = QuantityValue | DateValue | PlaceValue | PersonRoleValue | QuoteValue | AttributionValue | StatementValue


def claim_value(claim: Claim) -> Value:
    """Return the one value that a claim holds; raise ValueError when its kind's field is empty."""
    value: Value | None = getattr(claim, claim.kind)  # each kind's field has its name
    if value is None:
        raise ValueError(f"claim {claim.id} of article {claim.article}: kind {claim.kind} without its value")
    return value


def value_json(value: Value) -> Json:
    """Return a value as the report's object, its keys in the contract's order."""
    return _OBJECTS[type(value)](value)


def _quantity_json(value: QuantityValue) -> Json:
    return {
        "low": value.low,
        "high": value.high,
        "unit": value.unit,
        "counted": value.counted,
        "approximate": value.approximate,
    }


def _date_json(value: DateValue) -> Json:
    return {
        "earliest": value.earliest,
        "latest": value.latest,
        "granularity": value.granularity,
        "weekday": value.weekday,
        "relative": value.relative,
    }


def _place_json(value: PlaceValue) -> Json:
    return {"name": value.name, "within": list(value.within), "venue": value.venue, "event": value.event}


def _person_json(value: PersonRoleValue) -> Json:
    return {"person": value.person, "role": value.role, "organisation": value.organisation}


def _attribution_json(value: AttributionValue) -> Json:
    content = None if value.content is None else span_json(value.content)
    return {"source": value.source, "cue": value.cue, "content": content}


# By class and not by pattern: to try one pattern after the other costs a claim more than its object does.
_OBJECTS: dict[type[Value], Callable[[Any], Json]] = {
    QuantityValue: _quantity_json,
    DateValue: _date_json,
    PlaceValue: _place_json,
    PersonRoleValue: _person_json,
    QuoteValue: lambda value: {"words": value.words, "partial": value.partial},
    AttributionValue: _attribution_json,
    StatementValue: lambda value: {"words": value.words},
}


def span_json(span: Span) -> Json:
    """Return a span as ``{start, end}``."""
    return {"start": span.start, "end": span.end}


def value_text(value: Value) -> str:
    """Return a value as one line that a table can show, e.g. ``5 percent`` or ``2025-12-10``."""
    return _LINES[type(value)](value)


def _date_text(value: DateValue) -> str:
    if not (value.earliest or value.latest):
        return value.relative or value.weekday or "unresolved"
    return "/".join(dict.fromkeys(day or ".." for day in (value.earliest, value.latest)))


def _place_text(value: PlaceValue) -> str:
    return ", ".join(dict.fromkeys(part for part in (value.venue, value.name, *value.within) if part))


def _person_text(value: PersonRoleValue) -> str:
    return ", ".join([part for part in (value.person, value.role, value.organisation) if part])


def _quantity_text(value: QuantityValue) -> str:
    low = _figure(value.low)
    high = low if value.high == value.low else _figure(value.high)
    if low is None or high is None:
        number = f"at least {low}" if low else f"at most {high}" if high else "some"
    else:
        number = low if low == high else f"{low} to {high}"
    unit = None if value.unit == "1" else value.unit
    return " ".join([part for part in ("about" if value.approximate else None, number, unit, value.counted) if part])


def _figure(end: float | None) -> str | None:
    if end is None:
        return None
    return f"{end:.0f}" if abs(end) >= _MANY_DIGITS else f"{round(end, 4):.12g}"


_LINES: dict[type[Value], Callable[[Any], str]] = {
    QuantityValue: _quantity_text,
    DateValue: _date_text,
    PlaceValue: _place_text,
    PersonRoleValue: _person_text,
    QuoteValue: lambda value: value.words,
    AttributionValue: lambda value: f"{value.source} ({value.cue})",
    StatementValue: lambda value: value.words,
}
