"""What an article costs as the night grows: ``python -m tests.benchmarks.growth [--words WORDS] ARTICLES…``.

For each size a dump is grown from the load set (``tests.benchmarks.grown``), scored by the real command with the workers
that the config gives, and removed again with all that came of it. CPU milliseconds an article of each stage and of the
whole process, wall time, memory of the largest process, bytes on disk.
``--words`` cuts the texts: for what hangs on the number of articles alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.grown import grow, load_records, shortened, write
from tests.benchmarks.whole_night import Whole, run_night, table
from tests.shared import REASON, SHARED


def main() -> None:
    """Print one column a size."""
    if SHARED is None:
        sys.exit(REASON)
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", type=int, nargs="+")
    parser.add_argument("--words", type=int)
    wanted = parser.parse_args()
    told = load_records(SHARED)
    if wanted.words:
        told = shortened(told, wanted.words)
    runs: list[Whole] = []
    for size in wanted.articles:
        with tempfile.TemporaryDirectory() as folder:
            write(grow(told, size), Path(folder, "dump"))
            runs.append(run_night(Path(folder, "dump"), Path(folder, "night")))
        sys.stdout.write(f"{_shown(runs)}\n\n")
        sys.stdout.flush()


def _shown(runs: list[Whole]) -> str:
    stages = [[name, *(1e3 * run.stages[name]["cpu_seconds"] / run.records for run in runs)] for name in runs[0].stages]
    rows: list[list[object]] = [
        *stages,
        ["whole, ms of CPU an article", *(1e3 * run.cpu / run.records for run in runs)],
        ["against the first", *(run.cpu / run.records / (runs[0].cpu / runs[0].records) for run in runs)],
        ["wall, s", *(run.wall for run in runs)],
        ["largest process, MiB", *(run.peak for run in runs)],
        ["on disk, kB an article", *(run.disk / 1e3 / run.records for run in runs)],
    ]
    return table(["articles", *(f"{run.records:,}" for run in runs)], rows)


if __name__ == "__main__":
    main()
