"""A claim's value: as the contract's object, and as one line of text for flat rows."""

from __future__ import annotations

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

Value = QuantityValue | DateValue | PlaceValue | PersonRoleValue | QuoteValue | AttributionValue | StatementValue


def claim_value(claim: Claim) -> Value:
    """Return the one value that a claim holds; raise ValueError when its kind's field is empty."""
    value: Value | None = getattr(claim, claim.kind)  # each kind's field has its name
    if value is None:
        raise ValueError(f"claim {claim.id} of article {claim.article}: kind {claim.kind} without its value")
    return value


def value_json(value: Value) -> Json:
    """Return a value as the report's object, its keys in the contract's order."""
    match value:
        case QuantityValue(low=low, high=high, unit=unit, counted=counted, approximate=approximate):
            return {"low": low, "high": high, "unit": unit, "counted": counted, "approximate": approximate}
        case DateValue():
            return _date_json(value)
        case PlaceValue(name=name, within=within, venue=venue, event=event):
            return {"name": name, "within": list(within), "venue": venue, "event": event}
        case PersonRoleValue(person=person, role=role, organisation=organisation):
            return {"person": person, "role": role, "organisation": organisation}
        case QuoteValue() | StatementValue():
            return _words_json(value)
        case AttributionValue(source=source, cue=cue, content=content):
            return {"source": source, "cue": cue, "content": None if content is None else span_json(content)}


def _words_json(value: QuoteValue | StatementValue) -> Json:
    words: Json = {"words": value.words}
    return words | {"partial": value.partial} if isinstance(value, QuoteValue) else words


def _date_json(value: DateValue) -> Json:
    return {
        "earliest": value.earliest,
        "latest": value.latest,
        "granularity": value.granularity,
        "weekday": value.weekday,
        "relative": value.relative,
    }


def span_json(span: Span) -> Json:
    """Return a span as ``{start, end}``."""
    return {"start": span.start, "end": span.end}


def value_text(value: Value) -> str:
    """Return a value as one line that a table can show, e.g. ``5 percent`` or ``2025-12-10``."""
    match value:
        case QuantityValue():
            return _quantity_text(value)
        case DateValue(earliest=earliest, latest=latest, weekday=weekday, relative=relative):
            days = "/".join(dict.fromkeys(day or ".." for day in (earliest, latest)))
            return days if earliest or latest else (relative or weekday or "unresolved")
        case PlaceValue(name=name, within=within, venue=venue):
            return ", ".join(dict.fromkeys(part for part in (venue, name, *within) if part))
        case PersonRoleValue(person=person, role=role, organisation=organisation):
            return ", ".join(part for part in (person, role, organisation) if part)
        case QuoteValue(words=words) | StatementValue(words=words):
            return words
        case AttributionValue(source=source, cue=cue):
            return f"{source} ({cue})"


def _quantity_text(value: QuantityValue) -> str:
    low, high = (None if end is None else f"{round(end, 4):.12g}" for end in (value.low, value.high))
    if low is None or high is None:
        number = f"at least {low}" if low else f"at most {high}" if high else "some"
    else:
        number = low if low == high else f"{low} to {high}"
    unit = None if value.unit == "1" else value.unit
    return " ".join(part for part in ("about" if value.approximate else None, number, unit, value.counted) if part)
