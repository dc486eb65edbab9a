"""Hand-made records for tests: one small story, and whatever a test says differently."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from pipeline import report
from pipeline.models import (
    Article,
    AttributionValue,
    Boilerplate,
    Claim,
    ClaimScore,
    DateValue,
    DumpLocation,
    Evidence,
    Finding,
    LedgerRow,
    PersonRoleValue,
    PlaceValue,
    QuantityValue,
    QuoteValue,
    Score,
    Span,
    StatementValue,
    Story,
    Tally,
)
from pipeline.report import Json, Run, build_report, scores_row

TEXT = "Harbour talks end\n\nOla Brandt spoke in Ghent on Tuesday. About 5 percent of ships “stay away”, according to Pier News."
NOBODY = Tally(origins=0, articles=0, effective=0.0)
RUN = Run("2025-03-05", "0123456789abcdef", "0.1.0")

VALUES: dict[str, tuple[str, Any]] = {
    "quantity": ("5 percent", QuantityValue(low=4.5, high=5.5, unit="percent", counted="ships", approximate=True)),
    "date": (
        "Tuesday",
        DateValue(earliest=None, latest=None, granularity="day", weekday="tuesday", relative=None),
    ),
    "place": ("Ghent", PlaceValue(name="Ghent", within=("Belgium",), venue=None, event="speech")),
    "person_role": ("Ola Brandt", PersonRoleValue(person="Ola Brandt", role=None, organisation=None)),
    "quote": ("stay away", QuoteValue(words="stay away", partial=True)),
    "attribution": (
        "according to Pier News",
        AttributionValue(source="Pier News", cue="according to", content=Span(57, 72)),
    ),
    "statement": ("Harbour talks end", StatementValue(words="Harbour talks end")),
}


def article(**fields: Any) -> Article:
    text = fields.get("text", TEXT)
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    made = Article(
        id="a1",
        source="Quay Post",
        url=None,
        title="Harbour talks end",
        published="2025-03-04T18:00:00Z",
        language="en",
        text=TEXT,
        word_count=20,
        sha256=digest,
        location=DumpLocation(file="a1.txt"),
        boilerplate=(Boilerplate(start=0, end=7, rule="boilerplate.repeated-headline"),),
    )
    return replace(made, **fields)


def story(**fields: Any) -> Story:
    made = Story(id="s1", articles=("a1", "a2", "a3"), origins=("o1", "o2", "o2"), links=(), overlaps=())
    return replace(made, **fields)


def claim(kind: str = "place", **fields: Any) -> Claim:
    words, value = VALUES[kind]
    start = TEXT.index(words)
    given: dict[str, Any] = {
        "id": f"{kind}-1",
        "article": "a1",
        "kind": kind,
        "rule": f"{kind}.some-rule",
        "span": Span(start, start + len(words)),
        "sentence": Span(19, 55),
        "position": "lede",
        "speaker": None,
        "outlet": None,
        "hedged": False,
        "negated": False,
        "confidence": 0.9,
        "terms": (),
        "anchors": (),
        kind: value,
    }
    return Claim(**{**given, **fields})


def evidence(**fields: Any) -> Evidence:
    made = Evidence(
        article="a2",
        source=None,
        origin="o2",
        relation="contradicts",
        level="place.conflict",
        same_topic=0.912345,
        span=Span(3, 9),
        text="Bruges",
        reason="Bruges is not Ghent.",
    )
    return replace(made, **fields)


def finding(of: Claim, **fields: Any) -> Finding:
    rows = fields.pop("evidence", ())
    made = Finding(
        article=of.article,
        claim=of.id,
        verdict="uncorroborated",
        rule=of.rule,
        support=NOBODY,
        contradict=NOBODY,
        silent=NOBODY,
        opportunity=1,
        filled=0,
        specificity=0.3,
        without=(),
        reason="Nobody else says it.",
        evidence=rows,
        evidence_total=len(rows),
    )
    return replace(made, **fields)


def score(of: list[Claim], points: list[float], **fields: Any) -> Score:
    """A score whose ledger holds one row a claim and adds up."""
    made = Score(
        article="a1",
        value=round(100 + sum(points), 2),
        status="scored",
        reason=None,
        low=None,
        high=None,
        band="medium",
        coverage=0.5,
        specificity=0.3,
        claims=tuple(
            ClaimScore(claim=row.id, probability=0.5, uncertainty=0.5, points=cost)
            for row, cost in zip(of, points, strict=True)
        ),
        ledger=tuple(LedgerRow(claim=row.id, rule=row.rule, points=cost) for row, cost in zip(of, points, strict=True)),
        summary="Half of it is borne out.",
    )
    return replace(made, **fields)


KINDS = ["place", "quantity", "date", "person_role", "quote", "attribution", "statement"]


def report_made(**score_fields: Any) -> dict[str, Any]:
    """A report with one claim a kind, in the order of ``KINDS``."""
    claims = [claim(kind) for kind in KINDS]
    findings = [finding(claim) for claim in claims]
    findings[0] = finding(claims[0], verdict="contradicted", evidence=(evidence(),))
    made = score(claims, [-20.1, -0.1, -0.2, 0.0, 0.0, -3.03, 0.0], **score_fields)
    return build_report(RUN, article(), story(), claims, findings, made)


def scores_row_made(**fields: Any) -> Json:
    """A row of scores.jsonl, of an article with two claims."""
    claims = [claim("place"), claim("date")]
    findings = [finding(claim) for claim in claims]
    made = score(claims, fields.pop("points", [-4.0, -6.0]), **fields)
    return scores_row(RUN, article(), story(), claims, findings, made)


def value_at(value: Any, path: str) -> Any:
    """The value at a path ("claims.0.span") of nested JSON."""
    for part in filter(None, path.split(".")):
        value = value[int(part)] if part.isdigit() else value[part]
    return value


def claims_row(claim: Claim, found: Finding, cost: float = 0.0) -> Json:
    """The row of a claim that costs some points, beside its report."""
    told = report.claim_json(article(), claim, found, score([claim], [cost]).claims[0])
    return report.claims_row(article().id, claim, found, told)
