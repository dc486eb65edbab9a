"""A run that is killed, and what of it is still there."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.command import start_score_all

_SHARDS = ("claims-*/claims", "shelf-*/articles", "corroboration-*/findings", "score-*/scores", "report-*/digests")
_SECONDS = 600  # that a moment may take to come


def kill_when(moment: Callable[[], bool], *arguments: str, cwd: Path) -> bool:
    """Start a run, kill it at a moment, wait for the last of its processes; return whether it still ran then."""
    run = start_score_all(*arguments, cwd=cwd)
    until = time.monotonic() + _SECONDS
    while not moment() and run.poll() is None:
        assert time.monotonic() < until, "the moment never came"
        time.sleep(0.01)
    run.kill()
    killed = run.wait() != 0
    wait_for_end(run.pid)
    return killed


def wait_for_end(session: int) -> None:
    """Wait until no process of a run's session is left; raise AssertionError for an orphan."""
    until = time.monotonic() + _SECONDS
    while left := _processes(session):
        assert time.monotonic() < until, f"orphans: {left}"
        time.sleep(0.01)


def finished_shards(output: Path) -> dict[Path, int]:
    """Return when each finished shard was written, in nanoseconds."""
    paths = (path for kind in _SHARDS for path in output.glob(f".work/*/{kind}/*"))
    return {path: path.stat().st_mtime_ns for path in paths if not path.name.startswith(".")}


def recomputed(before: dict[Path, int]) -> list[Path]:
    """Return the shards that were written again since."""
    return [path for path, written in before.items() if path.exists() and path.stat().st_mtime_ns != written]


def _processes(session: int) -> list[str]:
    shown = subprocess.run(["ps", "-eo", "sid,stat,args"], capture_output=True, text=True, check=True).stdout
    return [line for line in shown.splitlines() if line.split()[0] == str(session) and line.split()[1][0] != "Z"]
