"""A run killed while it brings another night in line is taken up where it fell."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.storage import UNFINISHED
from tests.command import left, score_all
from tests.dumps import articles, write_jsonl
from tests.kills import finished_shards, kill_when, recomputed

FIRST, SECOND = "2026-03-02", "2026-03-03"
Moment = Callable[[Path], bool]
MOMENTS: dict[str, Moment] = {
    "claims": lambda out: any(out.glob(f".work/{SECOND}/claims-*/claims/0*")),
    "findings": lambda out: any(out.glob(f".work/{SECOND}/corroboration-*/findings/0*")),
    "a report of the night before": lambda out: len(list((out / FIRST).glob("*/reports"))) > 1,
    "the index of the night before": lambda out: len(list(out.glob(f".work/{FIRST}/index-*.json"))) > 1,
    "the revision of the night itself": lambda out: any((out / SECOND).glob("*/summary.json")),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two dumps, the output of the first night, and that of both undisturbed."""
    place = tmp_path_factory.mktemp("place")
    made = articles(140)
    for night, some in ((FIRST, made[::2]), (SECOND, made[1::2])):
        write_jsonl(place / "dumps" / night / "dump.jsonl", some)
    assert score_all(*_arguments("first", FIRST), cwd=place).returncode == 0
    shutil.copytree(place / "first", place / "whole")
    assert score_all(*_arguments("whole", SECOND), cwd=place).returncode == 0
    return place


def _arguments(output: str, night: str) -> tuple[str, ...]:
    return ("--dump", "dumps/{date}", "--output", output, "--date", night)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_killed_amid_two_nights_leaves_both_as_undisturbed_once_it_is_run_again(moment: str, place: Path) -> None:
    output = place / moment.replace(" ", "-")
    shutil.copytree(place / "first", output)
    kill_when(lambda: MOMENTS[moment](output), *_arguments(output.name, SECOND), cwd=place)
    done = finished_shards(output)
    again = score_all(*_arguments(output.name, SECOND), cwd=place)
    assert again.returncode == 0, again.stderr
    assert recomputed(done) == []
    for night in (FIRST, SECOND):
        assert left(output, night) == left(place / "whole", night)


def test_an_index_that_a_killed_run_left_unfinished_is_swept_away(place: Path) -> None:
    output = place / "unfinished"
    shutil.copytree(place / "first", output)
    (output / FIRST / f"{UNFINISHED}0").write_bytes(b"{")
    assert score_all(*_arguments(output.name, SECOND), cwd=place).returncode == 0
    assert left(output, FIRST) == left(place / "whole", FIRST)
