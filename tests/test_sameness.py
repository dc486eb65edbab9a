"""Same inputs, same bytes: whatever the folder, the workers, the order, or who was killed on the way."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command import NIGHT, SECONDS, left, reports, score_all, scored, start_score_all
from tests.dumps import articles, write_jsonl

STORIES = 200  # times 4 articles: four shards, so that a pool has something to share


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a dump of several files and shards."""
    folder = tmp_path_factory.mktemp("dump")
    made = articles(STORIES)
    for part in range(6):
        write_jsonl(folder / f"part-{part}.jsonl", made[part::6])
    return folder


@pytest.fixture(scope="module")
def whole(dump: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return what a run by one process leaves."""
    output = tmp_path_factory.mktemp("whole")
    scored(dump, output, "--config", str(_workers(output, 1)), cwd=output)
    return left(output)


def test_two_workers_leave_the_same_bytes_in_another_folder(
    dump: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    scored(dump, tmp_path / "out", "--config", str(_workers(tmp_path, 2)), cwd=tmp_path)
    assert left(tmp_path / "out") == whole


def test_the_order_of_files_and_lines_decides_nothing(tmp_path: Path) -> None:
    made = articles(6)
    scored(write_jsonl(tmp_path / "a" / "all.jsonl", made), tmp_path / "out-a", cwd=tmp_path)
    write_jsonl(tmp_path / "b" / "2.jsonl", made[:5][::-1])
    write_jsonl(tmp_path / "b" / "1.jsonl", made[5:][::-1])
    scored(tmp_path / "b", tmp_path / "out-b", cwd=tmp_path)
    assert _findings(tmp_path / "out-a") == _findings(tmp_path / "out-b")


def test_a_killed_run_is_taken_up_where_it_fell_and_leaves_the_same_bytes(
    dump: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    output = tmp_path / "out"
    config = str(_workers(tmp_path, 2))
    arguments = ("--dump", str(dump), "--output", str(output), "--date", NIGHT, "--config", config)
    run = start_score_all(*arguments, cwd=tmp_path)
    _wait_for(lambda: bool(_claim_shards(output)), run)
    run.kill()
    run.wait()
    _wait_for(lambda: not _session(run.pid))
    kept = {path: path.stat().st_mtime_ns for path in _claim_shards(output)}
    again = score_all(*arguments, cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert left(output) == whole
    assert kept
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


def test_of_two_runs_at_once_one_ends_with_10_and_the_other_is_unharmed(
    dump: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    output = tmp_path / "out"
    first = start_score_all("--dump", str(dump), "--output", str(output), "--date", NIGHT, cwd=tmp_path)
    _wait_for(lambda: bool(list(output.glob(".work/*/ingest-*"))), first)
    first.send_signal(signal.SIGSTOP)
    try:
        second = score_all("--output=out", "--date", "2026-03-03", cwd=tmp_path)
    finally:
        first.send_signal(signal.SIGCONT)
    assert (second.returncode, first.wait(timeout=300)) == (10, 0)
    assert left(output) == whole


def _workers(folder: Path, count: int) -> Path:
    path = folder / "engine.toml"
    path.write_text(f"[engine]\nworkers = {count}\n")
    return path


def _claim_shards(output: Path) -> list[Path]:
    return list(output.glob(".work/*/claims-*/claims/0*.arrow"))


def _session(leader: int) -> list[str]:
    """Return the processes of a session: what a killed run left running."""
    shown = subprocess.run(["ps", "-eo", "sid,stat,args"], capture_output=True, text=True, check=True).stdout
    return [line for line in shown.splitlines() if line.split()[0] == str(leader) and line.split()[1][0] != "Z"]


def _findings(output: Path) -> dict[str, Any]:
    found = {id_: {**report, "run": None} for id_, report in reports(output).items()}
    for report in found.values():
        report["article"] = {**report["article"], "origin": None}
    return found


def _wait_for(condition: Callable[[], bool], run: subprocess.Popen[bytes] | None = None) -> None:
    until = time.monotonic() + SECONDS
    while not condition():
        assert run is None or run.poll() is None, "the run ended too soon"
        assert time.monotonic() < until, "the moment never came"
        time.sleep(0.01)
