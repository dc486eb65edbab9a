"""The receipt and the summary of a night."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import DumpLocation, Duplicate, Rejected
from pipeline.report import (
    Counts,
    Json,
    Scope,
    build_index,
    build_summary,
    check,
    glance_at,
    score_changes,
    to_json,
    together,
)
from tests import factories
from tests.factories import RUN, scores_row_made, value_at

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
    assert list(value_at(index, "sha256")) == sorted(digests)


def _summary(**fields: Any) -> Json:
    scores = [
        {**scores_row_made(), "article": f"a{n}", "score": value} for n, value in ((1, 100.0), (2, 39.5), (3, None))
    ]
    claim = factories.claim()
    found = factories.finding(claim, verdict="contradicted", evidence=(factories.evidence(),))
    rows = [
        {
            **factories.claims_row(claim, found, cost),
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
    assert [row["articles"] for row in value_at(summary, "histogram")] == [0, 0, 0, 1, 0, 0, 0, 0, 0, 1]
    assert (value_at(summary, "score.lowest"), value_at(summary, "score.median")) == (39.5, 69.75)


def test_the_worst_findings_come_dearest_first_with_the_other_sides_words() -> None:
    worst = value_at(_summary(), "worst_findings")
    assert [row["points"] for row in worst[:3]] == [-20.0, -7.5, -0.5]
    assert len(worst) == 20
    assert (worst[0]["text"], worst[0]["evidence_text"]) == ("Ghent", "Bruges")


def test_a_supported_claim_is_no_finding_however_dear() -> None:
    claim = factories.claim()
    row = factories.claims_row(claim, factories.finding(claim, verdict="supported"), -30.0)
    assert value_at(_summary(claims=[row]), "worst_findings") == []


def test_the_rules_of_the_night_add_up() -> None:
    assert value_at(_summary(), "rules") == [{"rule": "place.some-rule", "claims": 32, "points": -42.5}]


def test_quarantine_and_duplicates_are_listed_by_reason() -> None:
    summary = _summary()
    assert summary["quarantine"] == [{"reason": "json.syntax", "records": 1}]
    assert [(row["id"], row["of"], row["reason"]) for row in value_at(summary, "duplicates")] == [
        ("a9", "a1", "duplicate.same-record")
    ]


def test_changes_are_told_against_the_revision_before_largest_first() -> None:
    before = {"a0": 50.0, "a1": 90.0, "a2": 9.5}
    found = score_changes(RUN, before, [("a1", 100.0), ("a2", 39.5), ("a3", None)])
    changes = value_at(_summary(changes=found), "changes")
    assert [(row["article"], row["change"], row["before"], row["after"]) for row in changes] == [
        ("a2", "rescored", 9.5, 39.5),
        ("a1", "rescored", 90.0, 100.0),
        ("a0", "removed", 50.0, None),
        ("a3", "added", None, None),
    ]
    assert value_at(_summary(), "changes") == []


def test_an_empty_night_has_a_summary() -> None:
    nothing = Counts(records=0, scored=0, insufficient_evidence=0, quarantined=0, duplicates=0)
    summary = _summary(counts=nothing, scores=[], claims=[], stories=[], rejected=[], duplicates=[])
    check("summary", summary)
    assert value_at(summary, "score.mean") is None


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_byte_of_the_summary(random: Any) -> None:
    rows = [
        {**scores_row_made(), "article": f"a{n}", "score": value} for n, value in enumerate([0.1, 0.2, 0.3, 71.7, None])
    ]
    straight = to_json(_summary(scores=rows))
    random.shuffle(rows)
    assert to_json(_summary(scores=rows)) == straight


@given(st.integers(0, 33))
def test_a_night_cut_into_shards_has_the_same_glance(at: int) -> None:
    claims = [
        {**factories.claims_row(claim, factories.finding(claim), cost),
         "article": f"a{n}", "claim": f"c{n}"}
        for n, cost in enumerate([-0.1 * n for n in range(33)])
        for claim in [factories.claim()]
    ]  # fmt: skip
    scores = [{**scores_row_made(), "article": f"a{n}", "score": 3.1 * n, "story": f"s{n}"} for n in range(33)]
    stories = [factories.story(id=f"s{n}") for n in range(33)]
    cut = [glance_at(scores[:at], claims[:at], stories[:at]), glance_at(scores[at:], claims[at:], stories[at:])]
    assert _summary(glance=together(cut)) == _summary(scores=scores, claims=claims, stories=stories)


def test_a_story_that_two_nights_tell_is_listed_once_as_the_fuller_has_it() -> None:
    fuller, thinner = factories.story(), factories.story(articles=("a1", "a2"), origins=("o1", "o2"))
    parts = [glance_at([], [], [story]) for story in (thinner, fuller)]
    assert [row["articles"] for row in together(parts).largest] == [3]
    assert together(parts) == together(reversed(parts))
