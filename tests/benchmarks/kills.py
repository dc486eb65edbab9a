"""A run killed at random moments: ``python -m tests.benchmarks.kills [ARTICLES] [KILLS] [SEED]``.

The articles are grown from the load set (``tests.benchmarks.grown``), 60 words each, and come in two nights. Each time, the run is started on a copy of an output that has the night before, killed (-9) at a random moment, started
again, and held against an undisturbed run: status 0, no orphan, the same bytes in both nights, no finished shard done twice.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.grown import grow, load_records, shortened, write
from tests.command import digests, score_all
from tests.kills import finished_shards, kill_when, recomputed
from tests.shared import REASON, SHARED

_WORDS = 60  # of an article
_SECONDS = 7_200  # that a run of the largest night may take
NIGHTS = ("2026-03-02", "2026-03-03")


def main(size: int = 4_000, kills: int = 10, seed: int = 1) -> int:
    """Print a line a kill; return the number of those that went wrong."""
    if SHARED is None:
        sys.exit(REASON)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        made = list(grow(shortened(load_records(SHARED), _WORDS), size))
        for night, some in zip(NIGHTS, (made[::2], made[1::2]), strict=True):
            write(iter(some), place / "dumps" / night)
        _undisturbed(place, "first", NIGHTS[0])
        shutil.copytree(place / "first", place / "whole")
        done = len(finished_shards(place / "first"))
        _undisturbed(place, "whole", NIGHTS[1])
        shards = len(finished_shards(place / "whole")) - done
        print(f"{len(made)} articles in two nights; the second has {shards} shards")  # noqa: T201 - a report
        whole = {night: digests(place / "whole", night) for night in NIGHTS}
        moments = random.Random(seed)  # noqa: S311 - moments, no secrets
        faults = [_tried(place, whole, done + moments.randrange(shards), moments.uniform(0, 0.5)) for _ in range(kills)]
    return sum(map(bool, faults))


def _arguments(output: str, night: str) -> tuple[str, ...]:
    return ("--dump", "dumps/{date}", "--output", output, "--date", night)


def _score(place: Path, output: str, night: str) -> int:
    return score_all(*_arguments(output, night), cwd=place, seconds=_SECONDS).returncode


def _undisturbed(place: Path, output: str, night: str) -> None:
    """Raise RuntimeError for a run that fails of itself: there is nothing to hold others against."""
    if status := _score(place, output, night):
        raise RuntimeError(f"{night}: an undisturbed run ended with {status}")


def _tried(place: Path, whole: Mapping[str, Mapping[str, str]], shards: int, pause: float) -> list[str]:
    """Kill a run some seconds after it has a number of finished shards: a shared machine's clock tells little."""
    shutil.copytree(place / "first", place / "out")

    def has_come() -> bool:
        if come := len(finished_shards(place / "out")) >= shards:
            time.sleep(pause)
        return come

    killed = kill_when(has_come, *_arguments("out", NIGHTS[1]), cwd=place)
    before = finished_shards(place / "out")
    status = _score(place, "out", NIGHTS[1])
    faults = [] if status == 0 else [f"status {status}"]
    faults += [f"{night} differs" for night in NIGHTS if digests(place / "out", night) != whole[night]]
    faults += [f"done twice: {path.name}" for path in recomputed(before)]
    word = "killed" if killed else "had ended"
    print(f"{word} with {len(before)} shards done: {', '.join(faults) or 'all as undisturbed'}", flush=True)  # noqa: T201 - a report
    shutil.rmtree(place / "out")
    return faults


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
