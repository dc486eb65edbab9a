"""The night's files and, last of all, the index that makes them the night's result."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from pipeline.collector import collector_off
from pipeline.models import Story
from pipeline.report import (
    Counts,
    Json,
    build_index,
    build_summary,
    check,
    quarantine_row,
    report_path,
    revision_files,
    to_json,
)
from pipeline.runs import STORIES, Night, Places
from pipeline.steps.frame import Progress, ShardSpec, Watch, map_missing, shard_specs
from pipeline.steps.ingest import duplicates, quarantined, records_read
from pipeline.steps.reports import CLAIMS, REPORTS, SCORES, ReportParts, checked_line, report_run, reports_shard
from pipeline.storage import UNFINISHED, publish_bytes, remove_folder, sweep
from pipeline.store import read_records


def is_published(places: Places) -> bool:
    """Return whether the night's index is that of this run."""
    index = current_index(places)
    return index is not None and index["fingerprint"] == places.fingerprint


def current_index(places: Places) -> dict[str, Any] | None:
    """Return the night's index, or None where there is none yet."""
    with suppress(FileNotFoundError):
        index: dict[str, Any] = orjson.loads(places.index.read_bytes())
        return index
    return None


def can_be_restored(places: Places) -> bool:
    """Return whether this very revision was published before and lies there still."""
    return _kept_index(places).is_file() and (places.revision / "summary.json").is_file()


def restore(night: Night) -> None:
    """Point the night's index back to a revision that was published before; no file of it is touched."""
    index = orjson.loads(_kept_index(night.places).read_bytes())
    _publish_index(night.places, index | {"supersedes": _superseded(night.places)})


@collector_off()
def publish(night: Night, watch: Watch) -> Progress:
    """Publish reports, rows and summary of a revision, then its index, in one step."""
    places = night.places
    sweep(places.revision)
    specs = shard_specs(night, STORIES, "stories")
    parts = [ReportParts(spec) for spec in specs]
    engine = night.settings.engine
    reused = map_missing(reports_shard, specs, lambda spec: ReportParts(spec).digests, engine, watch)
    digests = {path: digest for part in parts for path, digest in orjson.loads(part.digests.read_bytes()).items()}
    files = {kind: b"".join(part.lines(kind).read_bytes() for part in parts) for kind in (SCORES, CLAIMS)}
    files |= {"quarantine": b"".join(checked_line("quarantine", quarantine_row(row)) for row in quarantined(night))}
    counts = _counts(night, _lines(files[SCORES]))
    summary = _summary(night, counts, specs, files)
    check("summary", summary)
    files |= {"summary": to_json(summary)}
    for kind, data in files.items():
        digests |= _published(places, revision_files(places.fingerprint)[kind], data)
    if night.settings.report.layout == "jsonl":
        reports = f"{places.fingerprint}/{report_path('', 'jsonl')}"
        digests |= _published(places, reports, b"".join(part.lines(REPORTS).read_bytes() for part in parts))
    _finish(night, counts, digests)
    return Progress(articles=counts.scored + counts.insufficient_evidence, shards=len(specs), reused=reused)


def _published(places: Places, path: str, data: bytes) -> dict[str, str]:
    publish_bytes(places.receipts / path, data)
    return {path: hashlib.sha256(data).hexdigest()}


def _lines(data: bytes) -> list[Json]:
    return [orjson.loads(line) for line in data.splitlines()]


def _counts(night: Night, scores: Sequence[Json]) -> Counts:
    statuses = [row["status"] for row in scores]
    return Counts(
        records=records_read(night),
        scored=statuses.count("scored"),
        insufficient_evidence=statuses.count("insufficient_evidence"),
        quarantined=len(quarantined(night)),
        duplicates=len(duplicates(night)),
    )


def _summary(night: Night, counts: Counts, specs: Iterable[ShardSpec], files: dict[str, bytes]) -> Json:
    return build_summary(
        report_run(night.places),
        counts=counts,
        scores=_lines(files[SCORES]),
        claims=_lines(files[CLAIMS]),
        stories=[story for spec in specs for story in read_records(spec.path(STORIES, "stories"), Story)],
        rejected=quarantined(night),
        duplicates=duplicates(night),
        previous=_previous_scores(night.places),
    )


def _superseded(places: Places) -> str | None:
    index = current_index(places)
    return None if index is None else str(index["fingerprint"])


def _previous_scores(places: Places) -> list[Json] | None:
    index = current_index(places)
    if index is None:
        return None
    with suppress(FileNotFoundError):  # an operator may have thrown old revisions away
        return _lines((places.receipts / index["files"][SCORES]).read_bytes())
    return None


def _finish(night: Night, counts: Counts, digests: dict[str, str]) -> None:
    places = night.places
    index = build_index(
        report_run(places),
        supersedes=_superseded(places),
        dump=night.dump,
        counts=counts,
        layout=night.settings.report.layout,
        sha256=digests,
    )
    check("index", index)
    publish_bytes(_kept_index(places), to_json(index))
    _publish_index(places, index)
    _forget_other_work(places)


def _publish_index(places: Places, index: Json) -> None:
    publish_bytes(places.index, to_json(index))


def _kept_index(places: Places) -> Path:
    return places.work / f"index-{places.fingerprint}.json"


def _forget_other_work(places: Places) -> None:
    """Remove intermediates of superseded runs of this night; their revisions stay."""
    ours = {places.stage(stage) for stage, _ in places.stages}
    for path in places.work.iterdir():
        if path.is_dir() and path not in ours:
            remove_folder(path)
        elif path.name.startswith(UNFINISHED):
            path.unlink(missing_ok=True)
