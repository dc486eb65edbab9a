"""The same night on one and two processes, on Dask and on Spark: ``python -m tests.benchmarks.engines [ARTICLES]``.

Wall seconds of each stage, and by what factor two processes are faster than one; needs a machine with two free cores to
mean anything. Engines that are not installed are said to be left out. Every engine must leave the same bytes.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks.grown import grow, load_records, write
from tests.benchmarks.whole_night import Whole, run_night, table
from tests.shared import REASON, SHARED

_ENGINES: tuple[tuple[str, str, int, str | None], ...] = (
    ("one process", "local", 1, None),
    ("two", "local", 2, None),
    ("Dask, two", "dask", 2, "distributed"),
    ("Spark, two", "spark", 2, "pyspark"),
)


def main(articles: int = 4_000) -> int:
    """Print one column an engine; return how many left other bytes than the first."""
    if SHARED is None:
        sys.exit(REASON)
    runs: dict[str, Whole] = {}
    with tempfile.TemporaryDirectory() as folder:
        write(grow(load_records(SHARED), articles), Path(folder, "dump"))
        for label, name, workers, library in _ENGINES:
            if library and (find_spec(library) is None or (name == "spark" and shutil.which("java") is None)):
                sys.stdout.write(f"{label}: left out, {library} or what it needs is not installed\n")
                continue
            runs[label] = run_night(Path(folder, "dump"), Path(folder, name + str(workers)), name=name, workers=workers)
            print(f"{label}: {runs[label].wall:.0f} s", flush=True)  # noqa: T201 - a report
    one, two = runs["one process"], runs["two"]
    rows: list[list[object]] = [
        [stage, *(run.stages[stage]["wall_seconds"] for run in runs.values()), _times(one, two, stage)]
        for stage in one.stages
    ]
    rows.append(["whole command", *(run.wall for run in runs.values()), one.wall / two.wall])
    sys.stdout.write(f"{table(['wall seconds', *runs, 'one / two'], rows)}\n")
    others = [label for label, run in runs.items() if run.files != one.files]
    sys.stdout.write(f"other bytes: {', '.join(others) or 'none'}\n")
    return len(others)


def _times(one: Whole, two: Whole, stage: str) -> float:
    return float(one.stages[stage]["wall_seconds"] / two.stages[stage]["wall_seconds"])


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
