from __future__ import annotations

import copy
import json
import re
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import DumpLocation, Duplicate, QuantityValue, Rejected, Span
from pipeline.report import (
    Counts,
    Json,
    ReportInvalid,
    Scope,
    build_index,
    build_report,
    build_summary,
    check,
    check_laws,
    claims_row,
    glance_at,
    quarantine_row,
    report_path,
    revision_files,
    score_changes,
    scores_row,
    to_json,
    to_json_line,
    together,
)
from tests import factories
from tests.factories import RUN, VALUES

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
KINDS = ["place", "quantity", "date", "person_role", "quote", "attribution", "statement"]


def _report(**score_fields: Any) -> dict[str, Any]:
    claims = [factories.claim(kind) for kind in KINDS]
    findings = [factories.finding(claim) for claim in claims]
    findings[0] = factories.finding(claims[0], verdict="contradicted", evidence=(factories.evidence(),))
    score = factories.score(claims, [-20.1, -0.1, -0.2, 0.0, 0.0, -3.03, 0.0], **score_fields)
    return build_report(RUN, factories.article(), factories.story(), claims, findings, score)


def _at(value: Any, path: str) -> Any:
    for part in filter(None, path.split(".")):
        value = value[int(part)] if part.isdigit() else value[part]
    return value


@pytest.mark.parametrize(("path", "keys"), CONTRACT.items())
def test_every_object_has_the_contracts_keys_in_the_contracts_order(path: str, keys: str) -> None:
    assert list(_at(_report(), path)) == keys.split()


def test_a_report_holds_its_schema_and_its_laws() -> None:
    report = _report(low=60.0, high=80.0)
    check("report", report)
    check_laws(report)


def test_the_rule_that_speaks_against_a_claim_is_the_claims_rule_in_the_report() -> None:
    quote = factories.claim("quote")
    found = factories.finding(quote, rule="quote.unsourced-outlet")
    report = build_report(
        RUN, factories.article(), factories.story(), [quote], [found], factories.score([quote], [0.0])
    )
    assert _at(report, "claims.0.rule") == "quote.unsourced-outlet"


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
    report = copy.deepcopy(_report())
    parent, _, key = path.rpartition(".")
    _at(report, parent)[int(key) if key.isdigit() else key] = value
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
    report = _report(**alone)
    check("report", report)
    assert any("says nothing against it" in limit for limit in report["limits"])
    with pytest.raises(ReportInvalid, match=r"\$\.score"):
        check("report", _report(**{**alone, "value": 12.0}))


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
    assert sentence in " ".join(map(str, _at(report, "limits")))
    assert not fields or sentence not in " ".join(map(str, _at(named, "limits")))


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
    score = factories.score([claim], [-1.0])
    row = claims_row(factories.article(), claim, factories.finding(claim), score.claims[0])
    check("claim-row", row)
    assert row["value"] == VALUE_LINES[kind]


OPEN_ENDED = [((30.0, None), "at least 30 ships"), ((None, 7.5), "at most 7.5 ships"), ((2.0, 2.0), "2 ships")]


@pytest.mark.parametrize(("ends", "line"), OPEN_ENDED)
def test_an_open_interval_reads_as_a_bound(ends: tuple[float | None, float | None], line: str) -> None:
    value = QuantityValue(low=ends[0], high=ends[1], unit="1", counted="ships", approximate=False)
    claim = factories.claim("quantity", quantity=value)
    row = claims_row(factories.article(), claim, factories.finding(claim), factories.score([claim], [0.0]).claims[0])
    assert row["value"] == line


def _scores_row(**fields: Any) -> Json:
    claims = [factories.claim("place"), factories.claim("date")]
    findings = [factories.finding(claim) for claim in claims]
    score = factories.score(claims, fields.pop("points", [-4.0, -6.0]), **fields)
    return scores_row(RUN, factories.article(), factories.story(), claims, findings, score)


def test_a_score_row_names_the_claim_that_cost_most() -> None:
    row = _scores_row()
    check("score-row", row)
    assert (row["worst_claim_rule"], row["worst_claim_text"]) == ("date.some-rule", "Tuesday")


def test_a_score_row_without_costs_names_no_worst_claim() -> None:
    row = _scores_row(points=[0.0, 0.0])
    check("score-row", row)
    assert row["worst_claim_rule"] is None
    assert row["worst_claim_text"] is None


def test_a_score_row_points_at_the_report_from_the_indexs_folder() -> None:
    assert _scores_row()["report"] == f"{revision_files(RUN.fingerprint)['reports']}/f5/a1.json"


def test_a_quarantine_row_holds_its_schema() -> None:
    place = DumpLocation(file="night.zip", member="../x.json", line=3, byte_offset=120)
    row = quarantine_row(Rejected(location=place, reason="json.syntax", detail="line ends early", hint="dump it again"))
    check("quarantine", row)
    assert list(row) == ["file", "member", "line", "byte_offset", "reason", "detail", "hint"]


HOSTILE = [
    "../../etc/passwd", "/etc/passwd", "a/b", "a\\b", "..", ".", "", ".hidden", "a\0b", "x" * 300, "." * 300, "~" * 300,
    "CON", "nul.txt", "Lpt1", "a b", "é", "日本" * 200, "\ud800", "C:\\x", "a\n", "%2E%2E", "a:b", "-rf",
]  # fmt: skip


@given(st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=()))))
def test_every_id_becomes_one_short_plain_file_inside_the_reports(article_id: str) -> None:
    path = report_path(article_id)
    assert re.fullmatch(r"reports/[0-9a-f]{2}/[A-Za-z0-9%_~-][A-Za-z0-9%._~-]{0,124}\.json", path)
    assert len(PurePosixPath(path).parts) == 3
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", PurePosixPath(path).name)


@pytest.mark.parametrize("article_id", ["a1", "000_cafe", "A-b_c.d", "x" * 120, "console", "-rf"])
def test_a_plain_id_is_its_own_file_name(article_id: str) -> None:
    assert PurePosixPath(report_path(article_id)).name == f"{article_id}.json"


@given(st.text(), st.text())
def test_two_ids_never_share_a_file(one: str, other: str) -> None:
    assert (report_path(one) == report_path(other)) == (one == other)


def test_ids_that_differ_late_or_in_encoding_alone_are_kept_apart() -> None:
    ids = ["x" * 300, "x" * 301, "a/b", "a%2Fb", "%", "%25", ".", "%2E"]
    assert len({report_path(article_id) for article_id in ids}) == len(ids)


def test_the_layout_of_lines_has_one_file() -> None:
    assert report_path("../x", "jsonl") == "reports/reports.jsonl"


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_not_written(number: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        to_json({"score": number})


def test_json_ends_in_a_newline_and_keeps_the_order_of_keys() -> None:
    assert to_json({"b": 1, "a": "é"}) == '{\n  "b": 1,\n  "a": "é"\n}\n'.encode()
    assert to_json_line({"b": 1, "a": None}) == b'{"b":1,"a":null}\n'


@given(st.text(st.sampled_from('a\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"\\')))
def test_a_line_is_one_line_to_every_reader(text: str) -> None:
    line = to_json_line({"text": text}).decode()
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"text": text}


@given(st.text(st.characters(exclude_categories=()), max_size=20))
def test_any_text_can_be_written_and_keeps_its_length(text: str) -> None:
    written = json.loads(to_json_line({"text": text}))["text"]
    assert len(written) == len(text)
    assert all(there == wrote or "\ud800" <= there <= "\udfff" for there, wrote in zip(text, written, strict=True))


COUNTS = Counts(records=4, scored=1, insufficient_evidence=1, quarantined=1, duplicates=1)


def test_counts_that_lose_a_record_are_refused() -> None:
    with pytest.raises(ValueError, match="5 records, but 4 accounted for"):
        Counts(records=5, scored=1, insufficient_evidence=1, quarantined=1, duplicates=1)


SCOPE = Scope(method="d" * 64, dump="a" * 64, earlier=[("2025-03-04", "e" * 64)], later=[("2025-03-06", "f" * 16)])


def test_the_index_holds_its_schema_and_sorts_its_digests() -> None:
    digests = {"0123456789abcdef/scores.jsonl": "b" * 64, "0123456789abcdef/claims.jsonl": "c" * 64}
    index = build_index(RUN, supersedes=None, scope=SCOPE, counts=COUNTS, layout="article", sha256=digests)
    check("index", index)
    keys = "schema_version date fingerprint supersedes dump method window counts files layout sha256"
    assert list(index) == keys.split()
    assert list(_at(index, "sha256")) == sorted(digests)


def _summary(**fields: Any) -> Json:
    scores = [{**_scores_row(), "article": f"a{n}", "score": value} for n, value in ((1, 100.0), (2, 39.5), (3, None))]
    claim = factories.claim()
    found = factories.finding(claim, verdict="contradicted", evidence=(factories.evidence(),))
    rows = [
        {
            **claims_row(factories.article(), claim, found, factories.score([claim], [cost]).claims[0]),
            "article": f"a{1 + n % 3}",
            "claim": f"c{n:02}",
        }
        for n, cost in enumerate([0.0, -7.5, -20.0, *[-0.5] * 30])
    ]
    duplicate = Duplicate(id="a9", of="a1", location=DumpLocation(file="b"), reason="duplicate.same-record")
    rejected = Rejected(location=DumpLocation(file="a"), reason="json.syntax", detail="", hint="")
    told = fields.pop("scores", scores), fields.pop("claims", rows), fields.pop("stories", [factories.story()])
    given_fields: dict[str, Any] = {
        "counts": COUNTS, "glance": glance_at(*told), "rejected": [rejected], "duplicates": [duplicate],
    }  # fmt: skip
    return build_summary(RUN, **{**given_fields, **fields})


def test_the_summary_holds_its_schema_and_counts_every_article_in_one_bin() -> None:
    summary = _summary()
    check("summary", summary)
    assert [row["articles"] for row in _at(summary, "histogram")] == [0, 0, 0, 1, 0, 0, 0, 0, 0, 1]
    assert (_at(summary, "score.lowest"), _at(summary, "score.median")) == (39.5, 69.75)


def test_the_worst_findings_come_dearest_first_with_the_other_sides_words() -> None:
    worst = _at(_summary(), "worst_findings")
    assert [row["points"] for row in worst[:3]] == [-20.0, -7.5, -0.5]
    assert len(worst) == 20
    assert (worst[0]["text"], worst[0]["evidence_text"]) == ("Ghent", "Bruges")


def test_a_supported_claim_is_no_finding_however_dear() -> None:
    claim = factories.claim()
    scored = factories.score([claim], [-30.0]).claims[0]
    row = claims_row(factories.article(), claim, factories.finding(claim, verdict="supported"), scored)
    assert _at(_summary(claims=[row]), "worst_findings") == []


def test_the_rules_of_the_night_add_up() -> None:
    assert _at(_summary(), "rules") == [{"rule": "place.some-rule", "claims": 32, "points": -42.5}]


def test_quarantine_and_duplicates_are_listed_by_reason() -> None:
    summary = _summary()
    assert summary["quarantine"] == [{"reason": "json.syntax", "records": 1}]
    assert [(row["id"], row["of"], row["reason"]) for row in _at(summary, "duplicates")] == [
        ("a9", "a1", "duplicate.same-record")
    ]


def test_changes_are_told_against_the_revision_before_largest_first() -> None:
    before = {"a0": 50.0, "a1": 90.0, "a2": 9.5}
    found = score_changes(RUN, before, [("a1", 100.0), ("a2", 39.5), ("a3", None)])
    changes = _at(_summary(changes=found), "changes")
    assert [(row["article"], row["change"], row["before"], row["after"]) for row in changes] == [
        ("a2", "rescored", 9.5, 39.5),
        ("a1", "rescored", 90.0, 100.0),
        ("a0", "removed", 50.0, None),
        ("a3", "added", None, None),
    ]
    assert _at(_summary(), "changes") == []


def test_an_empty_night_has_a_summary() -> None:
    nothing = Counts(records=0, scored=0, insufficient_evidence=0, quarantined=0, duplicates=0)
    summary = _summary(counts=nothing, scores=[], claims=[], stories=[], rejected=[], duplicates=[])
    check("summary", summary)
    assert _at(summary, "score.mean") is None


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_byte_of_the_summary(random: Any) -> None:
    rows = [
        {**_scores_row(), "article": f"a{n}", "score": value} for n, value in enumerate([0.1, 0.2, 0.3, 71.7, None])
    ]
    straight = to_json(_summary(scores=rows))
    random.shuffle(rows)
    assert to_json(_summary(scores=rows)) == straight


@given(st.integers(0, 33))
def test_a_night_cut_into_shards_has_the_same_glance(at: int) -> None:
    claims = [
        {**claims_row(factories.article(), claim, factories.finding(claim), factories.score([claim], [cost]).claims[0]),
         "article": f"a{n}", "claim": f"c{n}"}
        for n, cost in enumerate([-0.1 * n for n in range(33)])
        for claim in [factories.claim()]
    ]  # fmt: skip
    scores = [{**_scores_row(), "article": f"a{n}", "score": 3.1 * n, "story": f"s{n}"} for n in range(33)]
    stories = [factories.story(id=f"s{n}") for n in range(33)]
    cut = [glance_at(scores[:at], claims[:at], stories[:at]), glance_at(scores[at:], claims[at:], stories[at:])]
    assert _summary(glance=together(cut)) == _summary(scores=scores, claims=claims, stories=stories)


def test_a_span_text_is_cut_from_the_articles_text() -> None:
    claim = factories.claim(span=Span(19, 29))
    score = factories.score([claim], [0.0])
    report = build_report(RUN, factories.article(), factories.story(), [claim], [factories.finding(claim)], score)
    assert _at(report, "claims.0.span.text") == "Ola Brandt"
