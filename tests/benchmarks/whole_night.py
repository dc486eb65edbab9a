"""The real command over a whole night, and what it took: for the benchmarks of size, of engines and of what else there is."""

from __future__ import annotations

import compileall
import json
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pipeline
from tests.command import digests, faults, index, score_all

NIGHT = "2026-01-01"
_SECONDS = 6 * 3_600  # that a run may take
_MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """One run from nothing to its index."""

    records: int
    wall: float  # seconds, the start of the program included
    cpu: float  # seconds of all its processes
    stages: Mapping[str, Mapping[str, Any]]  # run_metrics.json
    disk: int  # bytes of the output, intermediates included
    files: Mapping[str, str]  # SHA-256 of what was published, by path

    @property
    def peak(self) -> float:
        """Memory of the largest process, MiB."""
        return max(float(stage["peak_memory_bytes"]) for stage in self.stages.values()) / _MIB


def run_night(dump: Path, place: Path, **engine: str | int) -> Whole:
    """Score a dump into a new folder; ``engine`` are keys of ``[engine]``. Raise RuntimeError for a run that fails.

    The package is compiled first, as ``pip install`` leaves it: a checkout that is run under PYTHONDONTWRITEBYTECODE
    would compile itself anew in every run, for a quarter of a second that no installation takes.
    """
    compileall.compile_dir(Path(pipeline.__file__).parent, quiet=1)
    place.mkdir(parents=True)
    (place / "engine.toml").write_text("[engine]\n" + "".join(f"{key} = {json.dumps(engine[key])}\n" for key in engine))
    output = place / "out"
    arguments = ("--dump", str(dump.resolve()), "--output", str(output), "--date", NIGHT, "--config", "engine.toml")
    wall, cpu = time.perf_counter(), _children()
    run = score_all(*arguments, cwd=place, program=(sys.executable, "-m", "luigi"), seconds=_SECONDS)
    wall, cpu = time.perf_counter() - wall, _children() - cpu
    if run.returncode:
        raise RuntimeError(run.stderr[-2_000:])
    if found := faults(output, NIGHT):
        raise RuntimeError(f"texts made the program raise: {found}")
    stages = json.loads((output / NIGHT / "run_metrics.json").read_bytes())["stages"]
    disk = sum(path.stat().st_size for path in output.rglob("*") if path.is_file())
    records = int(index(output, NIGHT)["counts"]["records"])
    return Whole(records=records, wall=wall, cpu=cpu, stages=stages, disk=disk, files=digests(output, NIGHT))


def _children() -> float:
    used = os.times()
    return used.children_user + used.children_system


def table(heads: list[str], rows: list[list[object]]) -> str:
    """Return a Markdown table, as docs/performance.md has it."""
    lines = [heads, ["---", *("---:" for _ in heads[1:])], *([_shown(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _shown(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:,.2f}" if abs(cell) < 100 else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
