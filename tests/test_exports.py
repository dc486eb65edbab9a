"""Exports: what other programs are given is what the reports hold, and a draft stays a draft."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from pipeline.exports import COLUMNS, GRADES, annotated, credibility, ledger_rows
from pipeline.published import Revision, find_revision
from tests.command import scored
from tests.conftest import ROOT
from tests.dumps import articles, write_jsonl
from tests.test_cli import twosource

FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Revision:
    """Return a night of made-up articles, the first of a hostile title."""
    place = tmp_path_factory.mktemp("exports")
    rows = articles(4)
    rows[0] |= {"title": FORMULA, "id": 'a "quoted", id\twith a tab'}
    scored(write_jsonl(place / "dump.jsonl", rows), place / "out", cwd=place)
    return find_revision(place / "out")


@pytest.fixture(scope="module")
def exported(night: Revision) -> Mapping[str, str]:
    """Return what the command writes for each format."""
    output = str(night.folder.parent.parent)
    found = {}
    for form in ("claimreview", "admiralty", "annotations", "ledger"):
        done = twosource("export", form, "--output", output)
        assert (done.returncode, done.stderr) == (0, "")
        found[form] = done.stdout
    return found


def _rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n") if line]


def _claims(night: Revision) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    reports = [night.report(article) for article in night.report_of]
    return [(report["article"], claim) for report in reports for claim in report["claims"]]


def test_every_claim_has_one_annotation_whose_selectors_find_its_words(
    night: Revision, exported: Mapping[str, str]
) -> None:
    rows = _rows(exported["annotations"])
    assert len({row["id"] for row in rows}) == len(rows)
    for row, (article, claim) in zip(rows, _claims(night), strict=True):
        by_quote, by_place = row["target"]["selector"]
        assert (by_quote["type"], by_place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert article["text"][by_place["start"] : by_place["end"]] == by_quote["exact"] == claim["span"]["text"]
        assert f"{by_quote['prefix']}{by_quote['exact']}{by_quote['suffix']}" in article["text"]
        assert row["target"]["source"]["id"] == article["url"]


def test_an_annotation_has_what_the_data_model_demands(exported: Mapping[str, str]) -> None:
    for row in _rows(exported["annotations"]):
        assert (row["@context"], row["type"]) == ("http://www.w3.org/ns/anno.jsonld", "Annotation")
        assert urlsplit(row["id"]).scheme == "urn"
        assert not re.search(r"\s", row["id"])
        assert {body["purpose"] for body in row["body"]} <= {"tagging", "assessing"}
        assert all(body["type"] == "TextualBody" for body in row["body"])


def test_an_article_without_an_address_is_annotated_under_a_name_of_its_own(night: Revision) -> None:
    report = night.report(next(iter(night.report_of)))
    report["article"]["url"] = None
    assert {row["target"]["source"]["id"][:14] for row in annotated(report)} == {"urn:twosource:"}


def test_a_draft_is_marked_as_one_and_carries_no_rating_author_address_or_date(exported: Mapping[str, str]) -> None:
    rows = _rows(exported["claimreview"])
    assert rows
    for row in rows:
        assert (row["@type"], row["creativeWorkStatus"]) == ("ClaimReview", "Draft")
        assert row["abstract"].startswith("Draft made by a program")
        assert not {"author", "url", "datePublished"} & row.keys()
        assert not {"ratingValue", "bestRating", "worstRating"} & row["reviewRating"].keys()
        assert "null" not in json.dumps(row)


def test_drafts_are_made_of_what_others_deny_and_cite_who_does(night: Revision, exported: Mapping[str, str]) -> None:
    denied = [claim for _, claim in _claims(night) if claim["verdict"] in {"contradicted", "contested"}]
    rows = _rows(exported["claimreview"])
    assert [row["claimReviewed"] for row in rows] == [claim["span"]["text"] for claim in denied]
    assert [len(row["citation"]) for row in rows] == [len(claim["evidence"]) for claim in denied]
    assert all(cited["url"].startswith("https://") for row in rows for cited in row["citation"])


@pytest.mark.parametrize(
    ("verdict", "rule", "origins", "grade"),
    [
        ("supported", "date.absolute", 5, 1),
        ("supported", "date.absolute", 2, 1),
        ("supported", "date.absolute", 1, 2),
        ("qualified", "date.absolute", 0, 3),
        ("superseded", "quantity.casualties", 0, 3),
        ("contested", "date.absolute", 2, 4),
        ("uncorroborated", "quote.not-borne-out", 0, 4),
        ("contradicted", "date.absolute", 0, 5),
        ("uncorroborated", "quote.unsourced-outlet", 0, 6),
        ("uncorroborated", "date.absolute", 0, 6),
        ("not_checkable", "date.absolute", 0, 6),
    ],
)
def test_credibility_follows_the_documented_grades(verdict: str, rule: str, origins: int, grade: int) -> None:
    assert credibility({"verdict": verdict, "rule": rule, "support": {"origins": origins}}) == grade


def test_the_documentation_has_the_words_of_each_grade() -> None:
    text = (ROOT / "docs" / "exports.md").read_text("utf-8")
    assert dict(re.findall(r"^\| (\d) \| ([^|]+) \|", text, re.MULTILINE)) == {str(k): v for k, v in GRADES.items()}


def test_every_claim_is_graded_with_a_machine_tag_and_no_source_ever_is(
    night: Revision, exported: Mapping[str, str]
) -> None:
    rows = _rows(exported["admiralty"])
    assert [row["claim"] for row in rows] == [claim["id"] for _, claim in _claims(night)]
    assert {row["tag"] for row in rows} == {
        f'admiralty-scale:information-credibility="{row["credibility"]}"' for row in rows
    }
    assert "source-reliability" not in exported["admiralty"]


def test_the_ledger_as_csv_makes_every_score_to_the_hundredth(night: Revision, exported: Mapping[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(exported["ledger"], newline="")))
    assert tuple(rows[0]) == COLUMNS
    scores = {row["article"]: row["score"] for row in night.rows("scores") if row["score"] is not None}
    assert scores
    for article, score in scores.items():
        told = [Decimal(row["points"]) for row in rows if row["article"] == article]
        assert 100 + sum(told) == Decimal(repr(score))


def test_no_cell_of_the_ledger_is_a_formula(night: Revision, exported: Mapping[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(exported["ledger"], newline="")))
    assert f"'{FORMULA}" in {row["title"] for row in rows}
    texts = [cell for row in rows for name, cell in row.items() if name not in {"points", "score"}]
    assert [cell for cell in texts if cell.startswith(("=", "+", "-", "@", "\t"))] == []
    report = night.report(next(iter(night.report_of)))
    assert all(len(row) == len(COLUMNS) for row in ledger_rows(report))


def test_one_article_goes_to_a_file(night: Revision, tmp_path: Path) -> None:
    article = list(night.report_of)[1]
    output = str(night.folder.parent.parent)
    done = twosource(
        "export", "admiralty", "--output", output, "--article", article, "--to", str(tmp_path / "one.jsonl")
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert {row["article"] for row in _rows((tmp_path / "one.jsonl").read_text("utf-8"))} == {article}


@pytest.mark.parametrize("arguments", [("pdf",), ("ledger", "--article", "nobody"), ("ledger", "--date", "1999-01-01")])
def test_an_export_that_cannot_be_is_refused_with_2(night: Revision, arguments: tuple[str, ...]) -> None:
    assert twosource("export", *arguments, "--output", str(night.folder.parent.parent)).returncode == 2
