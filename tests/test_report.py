"""Reports and their rows: the contract's keys, the laws that they keep, the words that they say."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import DumpLocation, QuantityValue, Rejected, Span
from pipeline.report import (
    ReportInvalid,
    build_report,
    check,
    check_laws,
    quarantine_row,
    revision_files,
)
from tests import factories
from tests.factories import RUN, VALUES, report_made, scores_row_made, value_at

CONTRACT = {
    "": "schema_version run article story score counts claims limits",
    "run": "date fingerprint pipeline_version",
    "article": "id source url title published language text word_count sha256 origin boilerplate modified genres",
    "article.origin": "file member line",
    "article.boilerplate.0": "start end rule",
    "story": "id articles independent_origins origin_of same_origin other_nights",
    "score": "value status reason interval band coverage specificity ledger summary scored_by history",
    "score.ledger.0": "claim rule points",
    "counts": "supported qualified superseded contradicted contested uncorroborated not_checkable",
    "claims.0": "id kind rule span sentence value speaker outlet hedged negated verdict points probability uncertainty "
    "support contradict silent speaking reason cost evidence evidence_total",
    "claims.0.span": "start end text",
    "claims.0.sentence": "start end",
    "claims.0.support": "origins articles effective",
    "claims.0.contradict": "origins articles effective",
    "claims.0.silent": "origins",
    "claims.0.speaking": "origins",
    "claims.0.evidence.0": "article source origin relation level same_topic span reason",
    "claims.0.evidence.0.span": "start end text",
    "claims.0.value": "name within venue event",
    "claims.1.value": "low high unit counted approximate",
    "claims.2.value": "earliest latest granularity weekday relative",
    "claims.3.value": "person role organisation",
    "claims.4.value": "words partial",
    "claims.5.value": "source cue content",
    "claims.6.value": "words",
}


@pytest.mark.parametrize(("path", "keys"), CONTRACT.items())
def test_every_object_has_the_contracts_keys_in_the_contracts_order(path: str, keys: str) -> None:
    assert list(value_at(report_made(), path)) == keys.split()


def test_a_report_holds_its_schema_and_its_laws() -> None:
    report = report_made(low=60.0, high=80.0)
    check("report", report)
    check_laws(report)


def test_the_rule_that_speaks_against_a_claim_is_the_claims_rule_in_the_report() -> None:
    quote = factories.claim("quote")
    found = factories.finding(quote, rule="quote.unsourced-outlet")
    report = build_report(
        RUN, factories.article(), factories.story(), [quote], [found], factories.score([quote], [0.0])
    )
    assert value_at(report, "claims.0.rule") == "quote.unsourced-outlet"


def test_a_claim_without_a_finding_does_not_vanish_silently() -> None:
    claim = factories.claim()
    with pytest.raises(KeyError, match="place-1"):
        build_report(RUN, factories.article(), factories.story(), [claim], [], factories.score([claim], [0.0]))


BROKEN: list[tuple[str, Any, str]] = [
    ("score.value", 76.56, "the ledger make"),
    ("score.ledger.1.points", 0.0, "the ledger make"),
    ("claims.0.points", -20.0, "points -20.0, ledger -20.1 @ $.claims[0].points"),
    ("counts.contradicted", 0, "other counts @ $.counts"),
    ("claims.0.span.start", 20, "text[start:end] is not span.text @ $.claims[0].span"),
    ("claims.1.id", "place-1", "two claims have one id"),
    ("claims.0.evidence.0.article", "a1", "not from another origin of the story @ $.claims[0].evidence[0].origin"),
    ("claims.0.evidence.0.article", "a9", "from outside the story @ $.claims[0].evidence[0].article"),
    ("claims.0.evidence.0.origin", "o1", "not from another origin"),
    ("claims.0.evidence_total", 0, "less than is listed"),
    ("story.independent_origins", 3, "not the number of origins"),
    ("story.articles", ["a2", "a3"], "not in its own story"),
    ("article.boilerplate.0.end", 10_000, "outside the text @ $.article.boilerplate[0]"),
]


@pytest.mark.parametrize(("path", "value", "message"), BROKEN)
def test_a_report_that_breaks_a_law_is_refused_with_the_place(path: str, value: Any, message: str) -> None:
    report = copy.deepcopy(report_made())
    parent, _, key = path.rpartition(".")
    value_at(report, parent)[int(key) if key.isdigit() else key] = value
    with pytest.raises(ReportInvalid, match=re.escape(message)):
        check_laws(report)


@given(st.lists(st.integers(-900, 0), max_size=11))
def test_a_ledger_in_hundredths_adds_up_exactly(cents: list[int]) -> None:
    claims = [factories.claim(id=f"c{n}") for n in range(len(cents))]
    score = factories.score(claims, [cent / 100 for cent in cents])
    findings = [factories.finding(claim) for claim in claims]
    check_laws(build_report(RUN, factories.article(), factories.story(), claims, findings, score))


def test_an_abstention_has_no_value_no_interval_and_a_reason() -> None:
    alone = {"value": None, "status": "insufficient_evidence", "reason": "too-few-origins", "band": "none"}
    report = report_made(**alone)
    check("report", report)
    assert any("says nothing against it" in limit for limit in report["limits"])
    with pytest.raises(ReportInvalid, match=r"\$\.score"):
        check("report", report_made(**{**alone, "value": 12.0}))


SITUATIONS: list[tuple[dict[str, Any], str]] = [
    ({}, "not what is true"),
    ({"published": None}, "no publication date"),
    ({"language": "fr"}, "does not read"),
    ({"source": None}, "names no publisher for 2 of the articles"),
]


@pytest.mark.parametrize(("fields", "sentence"), SITUATIONS)
def test_the_limits_follow_from_the_articles_situation(fields: dict[str, Any], sentence: str) -> None:
    claim = factories.claim()
    found = factories.finding(claim, evidence=(factories.evidence(),))
    score = factories.score([claim], [0.0])
    named = build_report(RUN, factories.article(), factories.story(), [claim], [found], score)
    report = build_report(RUN, factories.article(**fields), factories.story(), [claim], [found], score)
    assert sentence in " ".join(map(str, value_at(report, "limits")))
    assert not fields or sentence not in " ".join(map(str, value_at(named, "limits")))


VALUE_LINES = {
    "quantity": "about 4.5 to 5.5 percent ships",
    "date": "tuesday",
    "place": "Ghent, Belgium",
    "person_role": "Ola Brandt",
    "quote": "stay away",
    "attribution": "Pier News (according to)",
    "statement": "Harbour talks end",
}


@pytest.mark.parametrize("kind", VALUES)
def test_a_claim_row_says_its_value_in_one_line(kind: str) -> None:
    claim = factories.claim(kind)
    row = factories.claims_row(claim, factories.finding(claim), -1.0)
    check("claim-row", row)
    assert row["value"] == VALUE_LINES[kind]


OPEN_ENDED = [
    ((30.0, None), "at least 30 ships"),
    ((None, 7.5), "at most 7.5 ships"),
    ((2.0, 2.0), "2 ships"),
    ((3.6e13, 3.6e13), "36000000000000 ships"),
]


@pytest.mark.parametrize(("ends", "line"), OPEN_ENDED)
def test_an_open_interval_reads_as_a_bound(ends: tuple[float | None, float | None], line: str) -> None:
    value = QuantityValue(low=ends[0], high=ends[1], unit="1", counted="ships", approximate=False)
    claim = factories.claim("quantity", quantity=value)
    row = factories.claims_row(claim, factories.finding(claim))
    assert row["value"] == line


def test_a_score_row_names_the_claim_that_cost_most() -> None:
    row = scores_row_made()
    check("score-row", row)
    assert (row["worst_claim_rule"], row["worst_claim_text"]) == ("date.some-rule", "Tuesday")


def test_a_score_row_without_costs_names_no_worst_claim() -> None:
    row = scores_row_made(points=[0.0, 0.0])
    check("score-row", row)
    assert row["worst_claim_rule"] is None
    assert row["worst_claim_text"] is None


def test_a_score_row_points_at_the_report_from_the_indexs_folder() -> None:
    assert scores_row_made()["report"] == f"{revision_files(RUN.fingerprint)['reports']}/f5/a1.json"


def test_a_quarantine_row_holds_its_schema() -> None:
    place = DumpLocation(file="night.zip", member="../x.json", line=3, byte_offset=120)
    row = quarantine_row(Rejected(location=place, reason="json.syntax", detail="line ends early", hint="dump it again"))
    check("quarantine", row)
    assert list(row) == ["file", "member", "line", "byte_offset", "reason", "detail", "hint"]


def test_a_span_text_is_cut_from_the_articles_text() -> None:
    claim = factories.claim(span=Span(19, 29))
    score = factories.score([claim], [0.0])
    report = build_report(RUN, factories.article(), factories.story(), [claim], [factories.finding(claim)], score)
    assert value_at(report, "claims.0.span.text") == "Ola Brandt"
