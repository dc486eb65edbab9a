"""The real command, run as an operator runs it, and what it left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from pipeline.digests import file_digest
from pipeline.ingest import OUR_FAULT
from pipeline.models import NOT_COMPARED

LUIGI = Path(sys.executable).with_name("luigi")
NIGHT = "2026-03-02"
SECONDS = 300  # that a run may take before it counts as hanging


def score_all(
    *arguments: str,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    program: Sequence[str] = (str(LUIGI),),
    seconds: float = SECONDS,
) -> subprocess.CompletedProcess[str]:
    """Run ``luigi --module pipeline ScoreAll`` with more arguments and wait for it."""
    return subprocess.run(
        [*program, "--module", "pipeline", "ScoreAll", *arguments],
        cwd=cwd, env=environment(env), capture_output=True, text=True, timeout=seconds, check=False,
    )  # fmt: skip


def run_task(task: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run ``luigi --module pipeline <task>`` with arguments and wait for it."""
    return subprocess.run(
        [LUIGI, "--module", "pipeline", task, *arguments],
        cwd=cwd, env=environment(), capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip


def start_score_all(
    *arguments: str, cwd: Path, stderr: int | IO[bytes] = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start the command in a session of its own and return at once."""
    return subprocess.Popen(
        [LUIGI, "--module", "pipeline", "ScoreAll", *arguments],
        cwd=cwd, env=environment(), stdout=subprocess.DEVNULL, stderr=stderr, start_new_session=True,
    )  # fmt: skip


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return our environment without what would change how Luigi is configured, plus ``more``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LUIGI_")}
    return kept | dict(more or {})


def scored(dump: Path, output: Path, *arguments: str, cwd: Path) -> dict[str, Any]:
    """Score a dump for a fixed night, which must succeed, and return the index."""
    run = score_all("--dump", str(dump), "--output", str(output), "--date", NIGHT, *arguments, cwd=cwd)
    assert run.returncode == 0, run.stderr
    assert not faults(output)
    return index(output)


def faults(output: Path, night: str = NIGHT) -> list[str]:
    """Return the reasons of a night's files that are faults of the program, which do not end it."""
    folder, files = output / night, index(output, night)["files"]
    told = json.loads((folder / files["summary"]).read_bytes())
    reasons = [row["reason"] for row in (*told["quarantine"], *told["unscored"])]
    return [reason for reason in reasons if reason in {OUR_FAULT, NOT_COMPARED}]


def index(output: Path, night: str = NIGHT) -> dict[str, Any]:
    """Return the index of a night."""
    table: dict[str, Any] = json.loads((output / night / "index.json").read_bytes())
    return table


def left(output: Path, night: str = NIGHT) -> dict[str, bytes]:
    """Return every file of a night by its path relative to the index's folder, but for the timings."""
    folder = output / night
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != "run_metrics.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def digests(output: Path, night: str = NIGHT) -> dict[str, str]:
    """Return the SHA-256 of every file of a night that ``left`` returns."""
    folder = output / night
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != "run_metrics.json")
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in paths}


def reports(output: Path, night: str = NIGHT) -> dict[str, dict[str, Any]]:
    """Return every report of a night by its article's id."""
    folder = output / night / index(output, night)["files"]["reports"]
    found = [json.loads(path.read_bytes()) for path in folder.rglob("*.json")]
    return {report["article"]["id"]: report for report in found}
