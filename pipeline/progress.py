"""What a run shows while it works, what it measures, and its closing words."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from tqdm import tqdm

from pipeline.engines import spent_by_pools
from pipeline.shown import clipped
from pipeline.storage import publish_bytes

T = TypeVar("T")

_SHOWN_FINDINGS = 5
_SHOWN_CHARS = 90  # of a finding's text, and of its article's id
_KIBIBYTES = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts, in bytes


class Watched:
    """Passes results on: under a bar on a terminal, else as percentages to Luigi."""

    def __init__(self, title: str, say_percentage: Callable[[float], None] | None) -> None:
        """Take the step's title and what tells Luigi's scheduler; None outside a Luigi worker."""
        self._title = title
        self._say = say_percentage

    def __call__(self, results: Iterator[T], total: int) -> Iterable[T]:
        """Yield the results, showing how many of ``total`` there are."""
        bar = tqdm(results, desc=self._title, total=total, unit="shard", disable=not sys.stderr.isatty())
        for count, result in enumerate(bar, start=1):
            if self._say:
                self._say(100 * count / total)
            yield result


class Stopwatch:
    """Wall seconds, CPU seconds and memory of one stage: this process and its pool."""

    def __init__(self) -> None:
        """Start."""
        self._wall, self._cpu = time.perf_counter(), _cpu_seconds()

    def reading(self) -> dict[str, float]:
        """Return what was used since the start; the memory is the peak of the largest process so far."""
        peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return {
            "wall_seconds": round(time.perf_counter() - self._wall, 3),
            "cpu_seconds": round(_cpu_seconds() - self._cpu, 3),
            "peak_memory_bytes": max(*peaks, spent_by_pools().peak_memory) * _KIBIBYTES,
        }


def record_metrics(path: Path, fingerprint: str, stage: str, metrics: dict[str, Any]) -> None:
    """Set one stage's row in ``run_metrics.json``; rows of another run are dropped."""
    table: dict[str, Any] = {}
    with suppress(FileNotFoundError, ValueError):
        table = json.loads(path.read_bytes())
    stages = table["stages"] if table.get("fingerprint") == fingerprint else {}
    stages.pop(stage, None)
    text = json.dumps({"fingerprint": fingerprint, "stages": {**stages, stage: metrics}}, indent=2)
    publish_bytes(path, f"{text}\n".encode())


def closing_words(summary: dict[str, Any], index: Path) -> str:
    """Return what the operator reads at the end: counts, the worst findings first, and where it all is."""
    counts, revision = summary["counts"], index.parent / summary["run"]["fingerprint"]
    head = f"{counts['records']} records: {counts['scored']} scored, {counts['insufficient_evidence']} without enough evidence, "
    tail = f"{counts['quarantined']} quarantined, {counts['duplicates']} duplicates"
    worst = [_finding(row) for row in summary["worst_findings"][:_SHOWN_FINDINGS]]
    shown = ["Costliest findings:", *worst] if worst else []
    rejected = [f"{row['reason']} {row['records']}" for row in summary["quarantine"]]
    unscored = [f"{row['reason']} {row['articles']}" for row in summary["unscored"]]
    why = [f"No score for: {', '.join(unscored)}"] if unscored else []
    hints = [f"Quarantined: {', '.join(rejected)}; see {revision / 'quarantine.jsonl'}"] if rejected else []
    return "\n".join([head + tail, *why, *shown, *hints, f"Reports: {revision}", f"Index: {index}"])


def _finding(row: dict[str, Any]) -> str:
    article, words = clipped(row["article"], _SHOWN_CHARS), clipped(row["text"], _SHOWN_CHARS)
    return f"  {row['points']:7.2f}  {article}  {row['rule']}: “{words}” ({row['verdict']})"


def _cpu_seconds() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used) + spent_by_pools().cpu_seconds
