"""A run that is told to stop says so in one line, and ends by the signal."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.engines.local import map_shards
from pipeline.settings import load_settings
from tests.command import start_score_all
from tests.kills import wait_for_end

SECONDS = 60  # that a run may take to come to its lock


def _interrupts_are_held(_: int) -> bool:
    held = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, set())
    return held and multiprocessing.parent_process() is not None


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_with_its_whole_session_says_one_line_and_ends_by_the_signal(
    number: signal.Signals, tmp_path: Path
) -> None:
    told, output = tmp_path / "told", tmp_path / "out"
    usual = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a suite in the background hands on that it is ignored
    with told.open("wb") as errors:
        run = start_score_all("--output", "out", cwd=tmp_path, stderr=errors)
    signal.signal(signal.SIGINT, usual)
    until = time.monotonic() + SECONDS
    while not (output / ".work" / "lock").exists():
        assert time.monotonic() < until, told.read_text("utf-8")
        time.sleep(0.01)
    os.killpg(run.pid, number)
    assert run.wait(SECONDS) == -number
    wait_for_end(run.pid)
    lines = told.read_text("utf-8").splitlines()
    assert [line.partition(":")[0] for line in lines] == [f"stopped by {number.name}"]
    assert not list(output.glob("*/index.json"))


def test_the_processes_of_a_pool_leave_ctrl_c_to_the_run() -> None:
    engine = replace(load_settings(None).engine, workers=2)
    assert list(map_shards(_interrupts_are_held, range(4), engine)) == [True] * 4
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, set())
