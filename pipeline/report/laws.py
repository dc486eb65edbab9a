"""What a report must hold beyond its shape: sums, spans, counts, and who may speak on whom."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pipeline.report.run import VERDICTS
from pipeline.report.validation import ReportInvalid


def check_laws(report: dict[str, Any]) -> None:
    """Raise ReportInvalid unless a report of the right shape also adds up."""
    errors = [*_ledger(report), *_claims(report), *_spans(report), *_story(report), *_evidence(report)]
    if errors:
        raise ReportInvalid("report", errors)


def _hundredths(number: float) -> Decimal:
    # Through the shortest decimal form, the one that the file shows: exact, unlike a sum of floats.
    return Decimal(repr(number))


def _ledger(report: dict[str, Any]) -> Iterator[str]:
    score = report["score"]
    if score["value"] is None:
        return
    total = 100 + sum(_hundredths(row["points"]) for row in score["ledger"])
    if total != _hundredths(score["value"]):
        yield f"100 and the ledger make {total}, the value is {score['value']} @ $.score.ledger"
    if score["interval"] and score["interval"][0] > score["interval"][1]:
        yield f"low and high are swapped in {score['interval']} @ $.score.interval"


def _claims(report: dict[str, Any]) -> Iterator[str]:
    claims = report["claims"]
    ids = [claim["id"] for claim in claims]
    if len(set(ids)) != len(ids):
        yield "two claims have one id @ $.claims"
    rows = [row for row in report["score"]["ledger"] if row["claim"] is not None]
    points = {row["claim"]: row["points"] for row in rows}
    if len(points) != len(rows) or not points.keys() <= set(ids):
        yield "a ledger row repeats a claim or names one that is not there @ $.score.ledger"
    for n, (claim, owed) in enumerate(zip(claims, [points.get(id_, 0) for id_ in ids], strict=True)):
        if claim["points"] != owed:
            yield f"points {claim['points']}, ledger {owed} @ $.claims[{n}].points"
    found = [claim["verdict"] for claim in claims]
    if {verdict: found.count(verdict) for verdict in VERDICTS} != report["counts"]:
        yield "the verdicts of the claims make other counts @ $.counts"


def _spans(report: dict[str, Any]) -> Iterator[str]:
    text = report["article"]["text"]
    length = len(text)
    for n, mark in enumerate(report["article"]["boilerplate"]):
        if not 0 <= mark["start"] < mark["end"] <= length:
            yield f"outside the text @ $.article.boilerplate[{n}]"
    for n, claim in enumerate(report["claims"]):
        span, sentence = claim["span"], claim["sentence"]
        start, end = span["start"], span["end"]
        if not start < end or text[start:end] != span["text"]:
            yield f"text[start:end] is not span.text @ $.claims[{n}].span"
        if not 0 <= sentence["start"] < sentence["end"] <= length:
            yield f"outside the text @ $.claims[{n}].sentence"


def _story(report: dict[str, Any]) -> Iterator[str]:
    story = report["story"]
    if report["article"]["id"] not in story["articles"]:
        yield "the article is not in its own story @ $.story.articles"
    if sorted(story["origin_of"]) != sorted(story["articles"]):
        yield "not exactly one origin an article @ $.story.origin_of"
    if len(set(story["origin_of"].values())) != story["independent_origins"]:
        yield "not the number of origins @ $.story.independent_origins"


def _evidence(report: dict[str, Any]) -> Iterator[str]:
    own = report["article"]["id"]
    origins = report["story"]["origin_of"]
    for n, claim in enumerate(report["claims"]):
        evidence = claim["evidence"]
        if claim["evidence_total"] < len(evidence):
            yield f"less than is listed @ $.claims[{n}].evidence_total"
        for m, row in enumerate(evidence):
            if row["article"] not in origins:
                yield f"from outside the story @ $.claims[{n}].evidence[{m}].article"
            elif row["article"] == own or row["origin"] == origins[own] or row["origin"] != origins[row["article"]]:
                yield f"not from another origin of the story @ $.claims[{n}].evidence[{m}].origin"
