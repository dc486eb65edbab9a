"""The words beside a claim's points: what it is worth, how much of that it keeps, and for what."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pipeline.models import ClaimScore, Tally
from pipeline.report.costs import cost_words
from tests import factories


def _tally(origins: int) -> Tally:
    return Tally(origins=origins, articles=origins, effective=float(origins))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"verdict": "supported", "support": _tally(2), "silent": _tally(1), "filled": 2},
            "2 origins for it, 1 silent; more origins for it would keep more",
        ),
        (
            {"verdict": "contradicted", "contradict": _tally(3), "silent": _tally(1), "filled": 3},
            "3 against it, 1 silent",
        ),
        (
            {"verdict": "qualified", "evidence": (factories.evidence(relation="qualifies"),), "filled": 1},
            "1 origin nearly so",
        ),
        ({"filled": 0}, "nobody else speaks of it, so it weighs little"),
        ({"filled": 4}, "4 origins speak of the matter, none says so"),
        ({"filled": 1}, "1 origin speaks of the matter, none says so"),
        ({"rule": "quote.unsourced-outlet"}, "the credit is not borne out, which counts against it"),
    ],
)
def test_the_words_say_who_stands_where(fields: dict[str, Any], told: str) -> None:
    claim = factories.claim()
    score = ClaimScore(claim=claim.id, probability=0.75, uncertainty=0.5, points=-2.5)
    words = cost_words(factories.finding(claim, **fields), score)
    assert words == f"Worth 10.0 of the 100 points, of which it keeps 75 %: {told}."


@pytest.mark.parametrize(("probability", "points"), [(0.75, 0.0), (None, 0.0), (1.0, 0.0)])
def test_what_costs_nothing_needs_no_words(probability: float | None, points: float) -> None:
    claim = factories.claim()
    score = ClaimScore(claim=claim.id, probability=probability, uncertainty=0.5, points=points)
    assert cost_words(factories.finding(claim), score) is None


def test_what_the_claims_of_the_sample_are_worth_makes_100(
    elsewhere: Path, sample_run: subprocess.CompletedProcess[str]
) -> None:
    assert sample_run.returncode == 0
    reports = [json.loads(path.read_bytes()) for path in elsewhere.glob("reports/*/*/reports/*/*.json")]
    assert len(reports) == 5
    for report in reports:
        told = [str(claim["cost"]) for claim in report["claims"] if claim["points"]]
        worths = [float(found[1]) for words in told if (found := re.match(r"Worth ([\d.]+) of the 100", words))]
        assert len(worths) == len(told)
        assert sum(worths) == pytest.approx(100, abs=0.06 * len(worths))
        assert all(claim["cost"] is None for claim in report["claims"] if not claim["points"])
