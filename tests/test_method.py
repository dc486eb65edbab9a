from __future__ import annotations

import re
from pathlib import Path

from tests.worked_story import worked_story

METHOD = (Path(__file__).resolve().parents[1] / "docs" / "method.md").read_text(encoding="utf-8")


def test_the_worked_storys_table_is_what_the_code_computes() -> None:
    _, findings, score = worked_story()
    rows = [
        f"{found.verdict} | {found.support.effective:.2f} | {found.contradict.effective:.2f} | {found.silent.effective:.2f} | "
        f"{found.opportunity} | {found.filled} | {found.specificity:.2f} | {scored.probability:.2f} | "
        f"{scored.uncertainty:.2f} | {scored.points:.2f}"
        for found, scored in zip(findings, score.claims, strict=True)
    ]
    assert re.findall(r"^\| [^|]*? \| (\w+ \| .*?\d) \|$", METHOD, re.MULTILINE) == rows


def test_the_worked_storys_score_is_what_the_code_computes() -> None:
    score = worked_story()[2]
    assert f"The score is {score.value:.2f}, with a 90 % interval from {score.low:.2f} to {score.high:.2f}" in METHOD
