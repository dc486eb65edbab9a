"""An evaluation on the sample: its trials, its table and page, and the real command."""

from __future__ import annotations

import json
import re
import subprocess
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.page import render
from pipeline.evaluation.results import tabulate
from pipeline.evaluation.run import PLANS, Quotas, Trials, try_out
from pipeline.report.validation import check
from pipeline.resources import folder
from pipeline.settings import load_settings
from tests.night import read_dump
from tests.test_cli import twosource

RUN = {"date": None, "fingerprint": "0" * 16, "pipeline_version": "0", "seed": 0, "plants": 40}


@given(st.integers(1, 1_000), st.integers(0, 100))
def test_no_kind_is_left_without_room(plants: int, stories: int) -> None:
    quotas = Quotas.of(plants, stories)
    assert all(quotas.a_story(way) * max(1, stories) >= quotas.in_all(way) >= 1 for _, way in PLANS)


@pytest.fixture(scope="module")
def trials() -> Trials:
    return try_out(read_dump(folder("seeds")), load_settings(), 0, 40, int)


def test_trials_do_not_depend_on_the_order_of_the_dump(trials: Trials) -> None:
    assert try_out(read_dump(folder("seeds"))[::-1], load_settings(), 0, 40, int) == trials


def test_another_seed_plants_otherwise(trials: Trials) -> None:
    other = try_out(read_dump(folder("seeds")), load_settings(), 1, 40, int)
    assert [row.new for row in other.planted] != [row.new for row in trials.planted]


def test_nothing_that_is_planted_stood_there_before(trials: Trials) -> None:
    articles = {article.id: article.text for article in read_dump(folder("seeds"))}
    assert {row.way for row in trials.planted} == {"changed", "inserted"}
    for row in trials.planted:
        assert row.new not in articles[row.article]
        assert row.old is None or row.old in articles[row.article]
        assert row.way != "inserted" or not any(row.new in text for text in articles.values())


def test_what_is_changed_was_borne_out_and_is_believed_less(trials: Trials) -> None:
    changed = [row for row in trials.planted if row.way == "changed" and row.kind in ("number", "place", "date")]
    assert changed
    assert all(row.after is not None and row.before is not None and row.after < row.before for row in changed)


def test_a_table_holds_its_schema_and_counts_what_was_tried(trials: Trials) -> None:
    table = tabulate(trials, RUN)
    check("evaluation", table)
    assert sum(row["planted"] for row in table["fabrications"]) == len(trials.planted) == table["sampling"]["planted"]
    assert sum(row["articles"] for row in table["null_edits"]) == len(trials.null)
    assert all(row["alarmed"]["of"] == row["planted"] for row in table["fabrications"])


def test_the_page_shows_a_dumps_words_as_words(trials: Trials) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    planted = tuple(replace(row, new=hostile, article=hostile, alarmed=False) for row in trials.planted)
    page = render(tabulate(replace(trials, planted=planted), RUN))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_the_page_needs_nothing_but_itself(trials: Trials) -> None:
    page = render(tabulate(trials, RUN))
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(sha256(styles[0].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert re.search(r"\s(?:src|href|style|on\w+)=", page) is None
    assert re.search(r"url\(|@import", page) is None


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    output = tmp_path_factory.mktemp("evaluated")
    run = twosource("evaluate", str(folder("seeds")), "--output", str(output), "--plants", "20", "--date", "2026-01-03")
    return output, run


def test_the_command_leaves_table_page_and_diagram(evaluated: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    output, run = evaluated
    assert (run.returncode, run.stderr) == (0, "")
    assert {path.name for path in output.iterdir()} == {"evaluation.json", "evaluation.html", "reliability.svg"}
    table = json.loads((output / "evaluation.json").read_bytes())
    check("evaluation", table)
    assert table["run"]["date"] == "2026-01-03"
    assert table["message"] is None
    assert table["sampling"]["planted"] == 20
    assert str(output / "evaluation.json") in run.stdout


def test_the_same_dump_and_seed_give_the_same_bytes(
    evaluated: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    output, _ = evaluated
    copy = tmp_path / "copied seeds"
    copy.mkdir()
    for path in folder("seeds").glob("*.txt"):
        (copy / path.name).write_bytes(path.read_bytes())
    twosource("evaluate", str(copy), "--output", str(tmp_path / "again"), "--plants", "20", "--date", "2026-01-03")
    for path in output.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


def test_a_dump_without_a_story_of_three_origins_is_told_so(tmp_path: Path) -> None:
    dump = tmp_path / "one.jsonl"
    dump.write_text(
        json.dumps({"id": "1", "title": "Boats lost", "text": "The harbour lost twelve boats on Monday."}) + "\n"
    )
    run = twosource("evaluate", str(dump), "--output", str(tmp_path / "out"))
    assert run.returncode == 0
    assert run.stdout.startswith("No story of the dump has 3 independent origins or more")
    table = json.loads((tmp_path / "out" / "evaluation.json").read_bytes())
    check("evaluation", table)
    assert table["message"]
    assert table["calibration"]["brier"] is None
    assert [row["auroc"] for row in table["score_drop"]] == [None, None]
    assert "independent origins" in (tmp_path / "out" / "evaluation.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["no-such-dump"], 20, "no file, folder or glob match"),
        (["{dump}", "--date", "yesterday"], 2, "yesterday"),
        (["{dump}", "--plants", "0"], 2, "--plants"),
        (["{dump}", "--seed", "-1"], 2, "--seed"),
        (["{dump}", "--config", "no-such.toml"], 2, "no-such.toml"),
        (["{dump}", "--output", "{dump}"], 2, "is the dump"),
        (["{dump}", "--output", ""], 2, "--output is empty"),
        (["{dump}", "--output", "loop"], 2, "'loop'"),
        ([], 2, "DUMP"),
    ],
)
def test_what_cannot_be_evaluated_ends_with_a_status_and_a_reason(
    arguments: list[str], status: int, says: str, tmp_path: Path
) -> None:
    dump = tmp_path / "dump"
    dump.mkdir()
    (dump / "a.txt").write_text("Boats lost\n\nThe harbour lost twelve boats.")
    (tmp_path / "loop").symlink_to("loop")
    run = twosource("evaluate", *[word.replace("{dump}", str(dump)) for word in arguments], cwd=tmp_path)
    assert (run.returncode, says in run.stderr) == (status, True), run.stderr
