"""The night's files and, last of all, the index that makes them the night's result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from pipeline.collector import collector_off
from pipeline.report import (
    Counts,
    Glance,
    Json,
    build_index,
    build_summary,
    check,
    quarantine_row,
    report_path,
    revision_files,
    score_changes,
    to_json,
    together,
)
from pipeline.runs import STORIES, Night, Places
from pipeline.steps.frame import Progress, Watch, map_missing, shard_specs
from pipeline.steps.ingest import duplicates, quarantined, records_read
from pipeline.steps.reports import CLAIMS, REPORTS, SCORES, ReportParts, checked_line, report_run, reports_shard
from pipeline.storage import UNFINISHED, publish_bytes, publish_chunks, remove_folder, sweep


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
    parts = [ReportParts(spec) for spec in shard_specs(night, STORIES, "stories")]
    specs = [part.spec for part in parts]
    engine = night.settings.engine
    reused = map_missing(reports_shard, specs, lambda spec: ReportParts(spec).digests, engine, watch)
    glance = together(Glance(**orjson.loads(part.glance.read_bytes())) for part in parts)
    counts = _counts(night, glance)
    digests = {path: digest for part in parts for path, digest in orjson.loads(part.digests.read_bytes()).items()}
    digests |= dict(_night_files(night, counts, glance, parts))
    _finish(night, counts, digests)
    return Progress(articles=counts.scored + counts.insufficient_evidence, shards=len(specs), reused=reused)


def _night_files(
    night: Night, counts: Counts, glance: Glance, parts: Sequence[ReportParts]
) -> Iterator[tuple[str, str]]:
    """Publish the files that hold rows of all shards, and yield the path and digest of each."""
    paths = revision_files(night.places.fingerprint)
    for kind in (SCORES, CLAIMS):
        yield _published(night, paths[kind], _lines_of(parts, kind))
    rejected = quarantined(night)
    yield _published(night, paths["quarantine"], (checked_line("quarantine", quarantine_row(row)) for row in rejected))
    if night.settings.report.layout == "jsonl":
        reports = f"{night.places.fingerprint}/{report_path('', 'jsonl')}"
        yield _published(night, reports, _lines_of(parts, REPORTS))
    summary = build_summary(
        report_run(night.places),
        counts=counts,
        glance=glance,
        rejected=rejected,
        duplicates=duplicates(night),
        changes=_changes(night.places, parts),
    )
    check("summary", summary)
    yield _published(night, paths["summary"], (to_json(summary),))


def _published(night: Night, path: str, chunks: Iterable[bytes]) -> tuple[str, str]:
    return path, publish_chunks(night.places.receipts / path, chunks)


def _lines_of(parts: Iterable[ReportParts], kind: str) -> Iterator[bytes]:
    return (part.lines(kind).read_bytes() for part in parts)


def _counts(night: Night, glance: Glance) -> Counts:
    return Counts(
        records=records_read(night),
        scored=glance.statuses.get("scored", 0),
        insufficient_evidence=glance.statuses.get("insufficient_evidence", 0),
        quarantined=len(quarantined(night)),
        duplicates=len(duplicates(night)),
    )


def _changes(places: Places, parts: Iterable[ReportParts]) -> list[Json]:
    """Compare with the revision before; where there is none, nothing has changed."""
    index = current_index(places)
    if index is None:
        return []
    with suppress(FileNotFoundError):  # an operator may have thrown old revisions away
        with (places.receipts / index["files"][SCORES]).open("rb") as before:
            old = dict(_scores(before))
        return score_changes(old, (row for chunk in _lines_of(parts, SCORES) for row in _scores(chunk.splitlines())))
    return []


def _scores(lines: Iterable[bytes]) -> Iterator[tuple[str, float | None]]:
    for line in lines:
        row = orjson.loads(line)
        yield row["article"], row["score"]


def _superseded(places: Places) -> str | None:
    index = current_index(places)
    return None if index is None else str(index["fingerprint"])


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
