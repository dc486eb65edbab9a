"""Small made-up records for the laws and tables of corroboration and scoring."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from pipeline.models import (
    Article,
    AttributionValue,
    Claim,
    ClaimKind,
    DateValue,
    DumpLocation,
    PersonRoleValue,
    PlaceValue,
    QuantityValue,
    QuoteValue,
    Span,
    StatementValue,
    Story,
)

_VALUES: Mapping[str, Any] = {
    "quantity": QuantityValue,
    "date": DateValue,
    "place": PlaceValue,
    "person_role": PersonRoleValue,
    "quote": QuoteValue,
    "attribution": AttributionValue,
    "statement": StatementValue,
}
_DEFAULTS: Mapping[str, dict[str, Any]] = {
    "quantity": {"low": None, "high": None, "unit": "1", "counted": None, "approximate": False},
    "date": {"earliest": None, "latest": None, "granularity": "day", "weekday": None, "relative": None},
    "place": {"within": (), "venue": None, "event": None},
    "person_role": {"role": None, "organisation": None},
    "quote": {"partial": False},
    "attribution": {"cue": "said", "content": None},
    "statement": {},
}


def made_article(id_: str, text: str, *, source: str | None = None, published: str | None = None) -> Article:
    """Return an English article without a title."""
    return Article(
        id=id_,
        source=source,
        url=None,
        title=None,
        published=published,
        language="en",
        text=text,
        word_count=max(200, len(text.split())),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        location=DumpLocation(file=f"{id_}.txt"),
    )


def made_claim(kind: ClaimKind, value: Mapping[str, Any], **others: Any) -> Claim:
    """Return a claim of a kind with some of its value's fields, and any other field of a claim."""
    fields = {**_DEFAULTS[kind], **value}
    if "within" in fields:
        fields["within"] = tuple(fields["within"])
    base: dict[str, Any] = {
        "id": "c001",
        "article": "a",
        "rule": {"place": "place.event-city"}.get(kind, f"{kind}.made"),
        "span": Span(0, 1),
        "sentence": Span(0, 1),
        "position": "body",
        "speaker": None,
        "outlet": None,
        "hedged": False,
        "negated": False,
        "confidence": 0.9,
        "terms": (),
        "anchors": (),
    }
    return Claim(kind=kind, **{**base, **others, kind: _VALUES[kind](**fields)})


def made_story(articles: Mapping[str, str]) -> Story:
    """Return a story of articles by id, each with its origin, that share no text."""
    ids = tuple(sorted(articles))
    return Story(id="s", articles=ids, origins=tuple(articles[id_] for id_ in ids), links=(), overlaps=())
