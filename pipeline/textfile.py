"""A finished run as a textfile for Prometheus' node_exporter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.storage import publish_bytes

_STAGE = (
    ("wall_seconds", "stage_seconds", "Wall time that a stage took."),
    ("cpu_seconds", "stage_cpu_seconds", "CPU time that a stage took, in all its processes."),
    ("peak_memory_bytes", "stage_peak_memory_bytes", "Peak resident memory of the largest process so far."),
    ("articles", "stage_articles", "Articles that a stage worked on."),
)


def write_textfile(
    path: Path, index: Mapping[str, Any], stages: Mapping[str, Mapping[str, Any]], finished: float
) -> None:
    """Replace a textfile in one step; ``finished`` is in seconds since 1970, ``stages`` as in run_metrics.json."""
    publish_bytes(path, "".join(f"{line}\n" for line in _lines(index, stages, finished)).encode())


def _lines(index: Mapping[str, Any], stages: Mapping[str, Mapping[str, Any]], finished: float) -> Iterator[str]:
    yield from _family("last_success_timestamp_seconds", "When the last run was finished.", [("", finished)])
    night = _labels(night=index["date"], fingerprint=index["fingerprint"])
    yield from _family("night_info", "The night that the last run scored.", [(night, 1)])
    records = [(_labels(outcome=name), number) for name, number in sorted(index["counts"].items()) if name != "records"]
    yield from _family("records", "Records of the last night's dump by what became of them.", records)
    for key, name, text in _STAGE:
        rows = [(_labels(stage=stage), row[key]) for stage, row in stages.items() if row.get(key) is not None]
        yield from _family(name, text, rows)


def _family(name: str, text: str, samples: list[tuple[str, float]]) -> Iterator[str]:
    yield f"# HELP twosource_{name} {text}"
    yield f"# TYPE twosource_{name} gauge"
    for labels, value in samples:
        yield f"twosource_{name}{labels} {value:.16g}"


def _labels(**labels: str) -> str:
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels.items()) + "}"
