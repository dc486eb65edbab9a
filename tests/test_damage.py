"""What lay on the disk and is damaged, gone or foreign: a run says which file and what to do, and what it says helps."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from pipeline.settings import load_settings
from pipeline.steps.retention import prune
from pipeline.store import MANIFEST, read_manifest
from pipeline.window import find_nights, open_night
from tests.command import score_all
from tests.dumps import articles, write_jsonl
from tests.nights import on_night, score_night, score_nights

FIRST, SECOND = "2026-03-01", "2026-03-02"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the dumps of two nights on one story, and an output in which the first is published."""
    place = tmp_path_factory.mktemp("damage")
    for number, night in enumerate((FIRST, SECOND)):
        told = [on_night(night, record) for record in articles(1)[2 * number : 2 * number + 2]]
        write_jsonl(place / "dumps" / night / "dump.jsonl", told)
    score_night(place / "dumps", place / "one", FIRST)
    score_nights(place / "dumps", place / "two", (FIRST, SECOND))
    return place


def _only(output: Path, pattern: str) -> Path:
    (found,) = output.glob(pattern)
    return found


def test_a_damaged_intermediate_ends_the_run_with_30_and_one_line_whose_advice_helps(
    place: Path, tmp_path: Path
) -> None:
    shutil.copytree(place / "one", tmp_path / "out")
    path = _only(tmp_path / "out", f".work/{FIRST}/shelf-*/articles/00000.arrow")
    path.write_bytes(path.read_bytes()[:-9])
    line = ("--dump", str(place / "dumps" / SECOND), "--output", "out", "--date", SECOND)
    run = score_all(*line, cwd=tmp_path)
    assert (run.returncode, "Traceback" in run.stderr) == (30, False), run.stderr
    told = re.search(r"00000\.arrow: .*; delete (\S+) and run again$", run.stderr, re.MULTILINE)
    assert told is not None, run.stderr
    shutil.rmtree(tmp_path / told[1])
    run = score_all(*line, cwd=tmp_path)
    assert (run.returncode, "left out of the window; delete" in run.stderr) == (0, True), run.stderr


@pytest.mark.parametrize("index", ["", "[]", "nix", "{}"])
def test_a_night_whose_index_or_claims_are_lost_is_said_to_be_left_out(place: Path, tmp_path: Path, index: str) -> None:
    shutil.copytree(place / "two", tmp_path / "out")
    settings = load_settings()
    assert find_nights(tmp_path / "out", settings, SECOND, "").lost == ()
    (tmp_path / "out" / FIRST / "index.json").write_text(index)
    nights = find_nights(tmp_path / "out", settings, SECOND, "")
    assert (nights.lost, list(nights.dumps)) == ((FIRST,), [SECOND])
    shutil.copytree(place / "two" / FIRST, tmp_path / "out" / FIRST, dirs_exist_ok=True)
    _only(tmp_path / "out", f".work/{FIRST}/claims-*/{MANIFEST}").write_text(index)
    assert find_nights(tmp_path / "out", settings, SECOND, "").lost == (FIRST,)


@pytest.mark.parametrize(
    "text", ["", "[]", "nix", '{"fingerprint":"f"}', '{"fingerprint":"f","shards":[{"name":1}]}', "\udcff"]
)
def test_a_damaged_manifest_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes(os.fsencode(text))
    assert read_manifest(tmp_path, "f") is None


@pytest.mark.parametrize("text", ["", "[]", "nix", "{}"])
def test_a_damaged_index_is_published_anew_and_kept_ones_stop_no_pruning(
    place: Path, tmp_path: Path, text: str
) -> None:
    shutil.copytree(place / "two", tmp_path / "out")
    dumps = place / "dumps"
    for path in (tmp_path / "out" / ".work").glob("*/index-*.json"):
        path.write_text(text)
    (tmp_path / "out" / SECOND / "index.json").write_text(text)
    assert score_night(dumps, tmp_path / "out", SECOND)["date"] == SECOND
    prune(open_night(str(dumps / SECOND), str(tmp_path / "out"), SECOND, ""))
    for name in ("scores.jsonl", "summary.json"):
        wanted = _only(place / "two", f"{SECOND}/*/{name}").read_bytes()
        assert _only(tmp_path / "out", f"{SECOND}/*/{name}").read_bytes() == wanted


def test_a_night_of_which_nothing_can_be_read_is_done_after_one_run(tmp_path: Path) -> None:
    dump = write_jsonl(tmp_path / "dump.jsonl", [{"id": "a", "text": ""}])
    line = ("--dump", str(dump), "--output", "out", "--date", FIRST)
    runs = [score_all(*line, cwd=tmp_path) for _ in range(2)]
    assert [run.returncode for run in runs] == [0, 0], runs[0].stderr
    assert "already done" in runs[1].stdout
