"""What old nights leave is removed as configured, and never what is still needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.runs import read_inputs
from pipeline.settings import load_settings
from pipeline.steps.retention import prune
from pipeline.window import find_nights, open_night
from tests.command import left
from tests.dumps import write_jsonl
from tests.nights import NIGHTS, score_night, write_nights

FIRST, LAST = NIGHTS[0], NIGHTS[-1]


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_nights(tmp_path_factory.mktemp("dumps"))


def _config(folder: Path, text: str) -> str:
    (folder / "mine.toml").write_text(text)
    return str(folder / "mine.toml")


def _prune(dumps: Path, output: Path, night: str, config: str) -> list[str]:
    removed = prune(open_night(str(dumps / night), str(output), night, config))
    return [path.relative_to(output).as_posix() for path in removed]


def test_intermediates_go_once_no_window_can_need_them(dumps: Path, tmp_path: Path) -> None:
    config = _config(tmp_path, "[window]\ndays = 2\n[retention]\nnights = 0\n")
    output = tmp_path / "out"
    for night in NIGHTS:
        score_night(dumps, output, night, config)
        _prune(dumps, output, night, config)
    assert sorted(path.name for path in (output / ".work").iterdir() if path.is_dir()) == list(NIGHTS[2:])
    whole = tmp_path / "whole"
    for night in NIGHTS:
        score_night(dumps, whole, night, config)
    assert {night: left(output, night) for night in NIGHTS} == {night: left(whole, night) for night in NIGHTS}


def test_an_old_night_without_intermediates_is_still_done(dumps: Path, tmp_path: Path) -> None:
    config = _config(tmp_path, "[window]\ndays = 2\n[retention]\nnights = 0\n")
    for night in NIGHTS:
        score_night(dumps, tmp_path / "out", night, config)
        _prune(dumps, tmp_path / "out", night, config)
    assert not (tmp_path / "out" / ".work" / FIRST).exists()
    dump = read_inputs(str(dumps / FIRST), str(tmp_path / "out")).digest
    assert find_nights(tmp_path / "out", load_settings(config), FIRST, dump).is_current(FIRST)


def test_the_default_removes_nothing_of_a_week(dumps: Path, tmp_path: Path) -> None:
    for night in NIGHTS[:3]:
        score_night(dumps, tmp_path, night)
        assert _prune(dumps, tmp_path, night, "") == []


@pytest.mark.parametrize(("revisions", "stay"), [(0, 2), (1, 2), (2, 3), (9, 4)])
def test_superseded_revisions_go_oldest_first_but_never_what_the_index_names(
    revisions: int, stay: int, dumps: Path, tmp_path: Path
) -> None:
    config = _config(tmp_path, f"[retention]\nrevisions = {revisions}\n")
    lines = (dumps / FIRST / "dump.jsonl").read_bytes().splitlines()
    fingerprints = []
    for count in (1, 2, 3, 4):
        path = tmp_path / "dumps" / FIRST / "dump.jsonl"
        write_jsonl(path, [])
        path.write_bytes(b"\n".join(lines[:count]) + b"\n")
        fingerprints.append(score_night(tmp_path / "dumps", tmp_path / "out", FIRST, config)["fingerprint"])
    removed = _prune(tmp_path / "dumps", tmp_path / "out", FIRST, config)
    assert removed == [f"{FIRST}/{fingerprint}" for fingerprint in reversed(fingerprints[: 4 - stay])]
    assert all((tmp_path / "out" / FIRST / fingerprint).is_dir() for fingerprint in fingerprints[4 - stay :])
