"""Reasons speak in both texts' own words; what the words are read as stands in brackets, where they alone don't tell."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.claims import extract
from pipeline.corroboration.levels import Sides, agreement
from pipeline.corroboration.levels.readings import days_told, quantity_told
from pipeline.corroboration.levels.wording import quoted
from pipeline.models import Claim, QuantityValue
from pipeline.settings import load_settings
from tests.made import made_article

DAY = "2025-10-17"
COMPARED = ("quantity", "place", "person_role")
with (Path(__file__).parent / "cases" / "reasons.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))


def _claim(kind: str, text: str) -> Claim:
    article = made_article("a", text, published=DAY)
    return next(claim for claim in extract(article, load_settings().claims) if claim.kind == kind)


@pytest.mark.parametrize("row", ROWS, ids=[row["reason"] for row in ROWS])
def test_a_reason_says_what_both_texts_say(row: dict[str, str]) -> None:
    ours, theirs = (_claim(row["kind"], row[side]) for side in ("ours", "theirs"))
    found = agreement(Sides(ours, theirs, DAY, DAY, (row["ours"], row["theirs"])))
    assert found is not None
    assert found.reason == row["reason"]


def test_each_reason_of_the_sample_quotes_both_articles(
    elsewhere: Path, sample_run: subprocess.CompletedProcess[str]
) -> None:
    assert sample_run.returncode == 0
    paths = sorted(elsewhere.glob("reports/*/*/reports/*/*.json"))
    told: list[tuple[dict[str, Any], dict[str, Any]]] = [
        (claim, row)
        for path in paths
        for claim in json.loads(path.read_bytes())["claims"]
        if claim["kind"] in COMPARED
        for row in claim["evidence"]
    ]
    assert told
    for claim, row in told:
        for side in (claim, row):
            assert quoted(side["span"]["text"]).casefold() in row["reason"].casefold()


@pytest.mark.parametrize(
    ("low", "high", "unit", "told"),
    [
        (20.372, 20.372, "km/h", "20.4 km/h"),
        (0.0004, 0.0004, "km", "40 cm"),
        (0.0164592, 0.0164592, "km", "16.5 m"),
        (1_450_000, 1_550_000, "1", "1.5 million"),
        (24, 200, "1", "24 to 200"),
        (50, None, "percent", "at least 50%"),
        (None, 6_000, "USD", "at most 6,000 USD"),
        (0.25, 0.25, "day", "6 hours"),
        (None, None, "1", None),
        (999.99, 999.99, "USD", "1,000 USD"),
        (999_999_999, 999_999_999, "USD", "1 billion USD"),
        (5e15, 5e15, "1", "5,000 trillion"),
        (0.00002, 0.00002, "percent", "0.00002%"),
    ],
)
def test_a_figure_is_told_in_units_of_everyday_size(
    low: float | None, high: float | None, unit: str, told: str | None
) -> None:
    assert quantity_told(QuantityValue(low=low, high=high, unit=unit, counted=None, approximate=False)) == told


@pytest.mark.parametrize(
    ("earliest", "latest", "told"),
    [
        ("2025-10-16", "2025-10-16", "16 October 2025"),
        ("2025-10-01", "2025-10-31", "October 2025"),
        ("2024-02-01", "2024-02-28", "1 to 28 February 2024"),
        ("2023-02-01", "2023-02-28", "February 2023"),
        ("2025-01-01", "2025-12-31", "2025"),
        ("2020-01-01", "2029-12-31", "2020 to 2029"),
        ("9999-12-01", "9999-12-31", "December 9999"),
        ("2025-10-28", "2025-11-03", "28 October 2025 to 3 November 2025"),
    ],
)
def test_days_are_told_as_a_reader_writes_them(earliest: str, latest: str, told: str) -> None:
    assert days_told(earliest, latest) == told


@given(st.text(max_size=300))
def test_quoted_words_are_one_short_line(words: str) -> None:
    told = quoted(words)
    assert len(told) <= 92
    assert told == " ".join(told.split())
