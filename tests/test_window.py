"""The window: nights bear on each other, and what comes out depends on which there are, not on when they were run."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pipeline.models import AGAINST
from pipeline.report import check, check_laws
from pipeline.verification import verify
from tests.command import LUIGI, environment, index, left, reports
from tests.dumps import articles, write_jsonl
from tests.night import read_dump, run_night
from tests.nights import EXCLUSIVE, NIGHTS, on_night, rows, score_night, score_nights, summary, write_nights

FIRST, SECOND, THIRD, LAST = NIGHTS[0], NIGHTS[1], NIGHTS[2], NIGHTS[-1]


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_nights(tmp_path_factory.mktemp("dumps"))


@pytest.fixture(scope="module")
def in_order(dumps: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of seven nights, each run when it came."""
    return score_nights(dumps, tmp_path_factory.mktemp("in-order"))


def standing(output: Path, night: str) -> dict[str, Any]:
    """Return a night as it stands, without what says how it stood before: that is a matter of what was run when."""
    receipt, files = index(output, night), left(output, night)
    told = json.loads(files[receipt["files"]["summary"]])
    found: dict[str, Any] = {path: data for path, data in files.items() if path.startswith(receipt["fingerprint"])}
    found[receipt["files"]["summary"]] = {**told, "changes": None, "changes_total": None}
    digests = {path: digest for path, digest in receipt["sha256"].items() if path != receipt["files"]["summary"]}
    return found | {"index.json": {**receipt, "supersedes": None, "sha256": digests}}


def test_every_file_of_every_night_holds_its_schema_and_laws(in_order: Path) -> None:
    assert {night.name: faults for night, faults in verify(in_order) if faults} == {}
    for night in NIGHTS:
        check("index", index(in_order, night))
        check("summary", summary(in_order, night))
        for report in reports(in_order, night).values():
            check("report", report)
            check_laws(report)
        for row in rows(in_order, night).values():
            check("score-row", row)


def test_a_night_scores_its_articles_as_one_full_run_over_its_window_does(dumps: Path, in_order: Path) -> None:
    window = [article for night in NIGHTS for article in read_dump(dumps / night)]
    full = run_night(window)
    found = rows(in_order, LAST)
    assert {id_: row["score"] for id_, row in found.items()} == {
        id_: None if full.scores[id_].value is None else round(full.scores[id_].value or 0.0, 2) for id_ in found
    }
    assert any(set(full.stories[id_].articles) - found.keys() for id_ in found), "a story reaches back"


def test_one_range_over_all_nights_leaves_the_bytes_of_seven_runs(dumps: Path, in_order: Path, tmp_path: Path) -> None:
    given = json.dumps({"dump": f"{dumps}/{{date}}", "output": str(tmp_path / "out")})
    span = ["--start", FIRST, "--stop", "2026-03-08", "--days-back", "100000"]
    command = [str(LUIGI), "--module", "pipeline", "RangeDaily", "--of", "ScoreAll", "--of-params", given, *span]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert {night: left(tmp_path / "out", night) for night in NIGHTS} == {
        night: left(in_order, night) for night in NIGHTS
    }


def test_nights_that_two_workers_run_at_once_end_as_if_one_had_run_them(
    dumps: Path, in_order: Path, tmp_path: Path
) -> None:
    given = json.dumps({"dump": f"{dumps}/{{date}}", "output": str(tmp_path / "out")})
    span = ["--start", FIRST, "--stop", "2026-03-08", "--days-back", "100000", "--workers", "2"]
    command = [str(LUIGI), "--module", "pipeline", "RangeDaily", "--of", "ScoreAll", "--of-params", given, *span]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for night in NIGHTS:
        assert standing(tmp_path / "out", night) == standing(in_order, night), night


@pytest.mark.parametrize("order", [(2, 0, 4, 1, 6, 3, 5), (6, 5, 4, 3, 2, 1, 0), (0, 1, 2, 4, 5, 6, 3)], ids=str)
def test_nights_that_come_late_leave_every_night_as_if_they_had_come_in_time(
    order: tuple[int, ...], dumps: Path, in_order: Path, tmp_path: Path
) -> None:
    score_nights(dumps, tmp_path, [NIGHTS[number] for number in order])
    for night in NIGHTS:
        assert standing(tmp_path, night) == standing(in_order, night), night


def test_a_night_run_again_with_its_first_dump_leaves_all_as_it_was(
    dumps: Path, in_order: Path, tmp_path: Path
) -> None:
    score_nights(dumps, tmp_path)
    other = tmp_path / "corrected"
    records = [json.loads(line) for line in (dumps / THIRD / "dump.jsonl").read_bytes().splitlines()]
    write_jsonl(other / THIRD / "dump.jsonl", records[:-2])
    score_night(other, tmp_path, THIRD)
    assert standing(tmp_path, FIRST) != standing(in_order, FIRST)
    score_night(dumps, tmp_path, THIRD)
    for night in NIGHTS:
        assert standing(tmp_path, night) == standing(in_order, night), night


def test_an_exclusive_confirmed_on_the_third_night_has_its_score_its_history_and_its_line(in_order: Path) -> None:
    row, report = rows(in_order, FIRST)[EXCLUSIVE], reports(in_order, FIRST)[EXCLUSIVE]
    assert (row["status"], row["scored_by"], row["score_before"]) == ("scored", THIRD, None)
    history = report["score"]["history"]
    assert (report["score"]["scored_by"], report["score"]["value"]) == (THIRD, row["score"])
    assert [(reading["night"], reading["value"], reading["status"]) for reading in history] == [
        (FIRST, None, "insufficient_evidence")
    ]
    assert all((in_order / FIRST / reading["fingerprint"]).is_dir() for reading in history)
    assert set(report["story"]["other_nights"].values()) == {THIRD}
    for night in (FIRST, THIRD):
        (change,) = (change for change in summary(in_order, night)["changes"] if change["article"] == EXCLUSIVE)
        assert (change["change"], change["night"], change["by"]) == ("confirmed", FIRST, THIRD)
        assert (change["before"], change["after"]) == (None, row["score"])
        assert {why["after"] for why in change["why"]} >= {"supported"}
        assert {why["evidence_article"] for why in change["why"]} <= rows(in_order, THIRD).keys()


def test_what_an_exclusive_was_confirmed_by_leads_the_changes(in_order: Path) -> None:
    assert [row["change"] for row in summary(in_order, THIRD)["changes"]][:1] == ["confirmed"]


def test_the_superseded_revision_stays_as_it_was(dumps: Path, tmp_path: Path) -> None:
    first = score_night(dumps, tmp_path, FIRST)
    before = {path: data for path, data in left(tmp_path, FIRST).items() if path != "index.json"}
    score_nights(dumps, tmp_path, NIGHTS[1:3])
    assert before.items() <= left(tmp_path, FIRST).items()
    chain, at = [], index(tmp_path, FIRST)
    while at["fingerprint"] != first["fingerprint"]:
        chain.append(at["fingerprint"])
        at = json.loads((tmp_path / ".work" / FIRST / f"index-{at['supersedes']}.json").read_bytes())
    assert chain


def test_a_night_that_changes_nothing_of_another_leaves_its_index_alone(dumps: Path, tmp_path: Path) -> None:
    score_night(dumps, tmp_path, FIRST)
    before = index(tmp_path, FIRST)
    score_night(dumps, tmp_path, LAST)
    assert index(tmp_path, FIRST) == before
    assert [row["night"] for row in index(tmp_path, LAST)["window"]["earlier"]] == [FIRST]


def test_a_missing_night_is_passed_over_and_nights_outside_the_window_are_not_asked(
    dumps: Path, tmp_path: Path
) -> None:
    (tmp_path / "short.toml").write_text("[window]\ndays = 3\n")
    for night in (FIRST, THIRD, NIGHTS[4]):
        score_night(dumps, tmp_path, night, str(tmp_path / "short.toml"))
    assert [row["night"] for row in index(tmp_path, NIGHTS[4])["window"]["earlier"]] == [THIRD]


def test_a_window_of_one_night_is_every_night_by_itself(dumps: Path, tmp_path: Path) -> None:
    (tmp_path / "alone.toml").write_text("[window]\ndays = 1\n")
    for night in (FIRST, THIRD):
        score_night(dumps, tmp_path, night, str(tmp_path / "alone.toml"))
    assert rows(tmp_path, FIRST)[EXCLUSIVE]["score"] is None
    assert index(tmp_path, THIRD)["window"] == {"earlier": [], "later": []}


def test_a_night_of_another_config_is_left_out_of_the_window(dumps: Path, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text("[score]\nheadline = 2\n")
    score_night(dumps, tmp_path, FIRST, str(tmp_path / "other.toml"))
    before = left(tmp_path, FIRST)
    assert score_night(dumps, tmp_path, THIRD)["window"]["earlier"] == []
    assert left(tmp_path, FIRST) == before


def test_an_article_that_comes_again_counts_once_and_as_its_newest_text(dumps: Path, tmp_path: Path) -> None:
    output, again = tmp_path / "out", tmp_path / "again"
    score_night(dumps, output, FIRST)
    score_night(dumps, output, THIRD)
    third = [json.loads(line) for line in (dumps / THIRD / "dump.jsonl").read_bytes().splitlines()]
    confirming = [
        {**record, "published": f"{NIGHTS[3]}T05:00:00Z"} for record in third if record["id"].startswith("a00990")
    ]
    corrected = [{**record, "text": record["text"].replace("7050", "8123")} for record in confirming]
    write_jsonl(again / NIGHTS[3] / "dump.jsonl", corrected)
    counts = score_night(again, output, NIGHTS[3])["counts"]
    assert counts["records"] == len(corrected)
    report = reports(output, FIRST)[EXCLUSIVE]
    assert [reading["night"] for reading in report["score"]["history"]] == [FIRST, THIRD]
    assert report["score"]["scored_by"] == NIGHTS[3]
    assert len(report["story"]["articles"]) == len(set(report["story"]["articles"])) == 1 + len(corrected)
    assert set(report["story"]["other_nights"].values()) == {NIGHTS[3]}


def test_a_second_run_of_any_night_finds_it_done(dumps: Path, in_order: Path, tmp_path: Path) -> None:
    shutil.copytree(in_order, tmp_path / "out")
    for night in NIGHTS:
        command = [
            str(LUIGI),
            "--module",
            "pipeline",
            "ScoreAll",
            "--date",
            night,
            "--dump",
            f"{dumps}/{{date}}",
            "--output",
            "out",
        ]
        done = subprocess.run(command, cwd=tmp_path, env=environment(), check=True, capture_output=True, text=True)
        assert "nothing to do" in done.stdout


def test_a_headline_that_a_later_night_tells_the_other_way_round_is_turned(tmp_path: Path) -> None:
    told = articles(4, 4)[-4:]
    for record in told[:3]:
        record["title"] = "Nordkaj to shut down Halmstad shipyard over new harbour fees"
    told[3]["title"] = "Nordkaj to open Halmstad shipyard despite new harbour fees"
    for night, some in ((FIRST, told[:3]), (SECOND, told[3:])):
        write_jsonl(tmp_path / "dumps" / night / "dump.jsonl", [on_night(night, record) for record in some])
    output = score_nights(tmp_path / "dumps", tmp_path / "out", (FIRST, SECOND))
    turned = [
        row for change in summary(output, SECOND)["changes"] for row in change["why"] if row["kind"] == "statement"
    ]
    assert {(row["text"], row["before"]) for row in turned} >= {(told[0]["title"], "uncorroborated")}
    assert all(row["evidence_text"] for row in turned if row["after"] in AGAINST)
