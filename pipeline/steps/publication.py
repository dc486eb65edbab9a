"""The night's files and, last of all, the index that makes them the night's result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from pipeline.collector import collector_off
from pipeline.digests import file_digest
from pipeline.models import Rejected
from pipeline.report import (
    Counts,
    Glance,
    Json,
    Scope,
    build_index,
    build_summary,
    check,
    digest_line,
    index_chunks,
    index_head,
    quarantine_row,
    report_path,
    revision_files,
    score_changes,
    to_json,
    together,
    with_head,
)
from pipeline.runs import REPORT, Night, Places, method_digest
from pipeline.steps.claims import refused
from pipeline.steps.frame import Progress, Watch, map_missing
from pipeline.steps.history import write_readings
from pipeline.steps.ingest import dump_order, duplicates, quarantined, records_read
from pipeline.steps.reports import CLAIMS, REPORTS, SCORES, ReportSpec, checked_line, report_run, reports_shard
from pipeline.storage import UNFINISHED, is_remote, listing, publish_bytes, publish_chunks, remove_folder, sweep
from pipeline.window import Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A revision of a night, to be published."""

    night: Night
    revision: Revision
    sources: Mapping[str, Places]  # where the nights whose scores it has keep them, itself among them
    specs: tuple[ReportSpec, ...]
    changes: tuple[Json, ...]  # what later nights changed about it, and it about earlier ones


def publish(edition: Edition, watch: Watch) -> Progress:
    """Publish a revision, then the index, in one step; one that lies there from before is only pointed to."""
    places = edition.revision.places
    sweep(places.index.parent, below=False)
    if _stands(places):
        data = _kept_index(places).read_bytes()
        index = index_head(data)
        publish_chunks(places.index, with_head(data, index | {"supersedes": _superseded(places)}))
        counts = index["counts"]
        return Progress(articles=counts["scored"] + counts["insufficient_evidence"], shards=0, reused=0)
    return _publish_new(edition, watch)


def _stands(places: Places) -> bool:
    """Return whether a revision lies there from before; one that was damaged since is cleared away."""
    kept = _kept_index(places)
    if not kept.is_file():
        return False
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        if _is_as_kept(places):
            return True
    kept.unlink()
    for folder in (places.revision, places.stage(REPORT)):
        if folder.is_dir():
            remove_folder(folder)
    return False


def _is_as_kept(places: Places) -> bool:
    """Return whether a revision's files are as they were when it was published; raise what reading them may."""
    if is_remote(places.receipts):  # a download of it all would cost more than the run
        kept: dict[str, str] = orjson.loads(_kept_listing(places).read_bytes())
        return kept.items() <= listing(places.revision).items()
    paths = orjson.loads(_kept_index(places).read_bytes())["sha256"]
    return all(file_digest(places.receipts / path) == digest for path, digest in paths.items())


@collector_off()
def _publish_new(edition: Edition, watch: Watch) -> Progress:
    places, specs = edition.revision.places, edition.specs
    sweep(places.revision)
    write_readings(edition.night, edition.revision, edition.sources)
    engine = edition.night.settings.engine
    reused = map_missing(reports_shard, specs, lambda spec: spec.digests, engine, watch)
    glance = together(Glance(**orjson.loads(spec.glance.read_bytes())) for spec in specs)
    counts = _counts(edition.night, glance)
    files = dict(_night_files(edition, counts, glance))
    _finish(edition, counts, files)
    return Progress(articles=counts.scored + counts.insufficient_evidence, shards=len(specs), reused=reused)


def _night_files(edition: Edition, counts: Counts, glance: Glance) -> Iterator[tuple[str, str]]:
    """Publish the files that hold rows of all shards, and yield the path and digest of each."""
    night, places = edition.night, edition.revision.places
    paths = revision_files(places.fingerprint)
    for kind in (SCORES, CLAIMS):
        yield _published(places, paths[kind], _lines_of(edition.specs, kind))
    rejected = _rejected(night)
    rows = (checked_line("quarantine", quarantine_row(row)) for row in rejected)
    yield _published(places, paths["quarantine"], rows)
    if night.settings.report.layout == "jsonl":
        reports = f"{places.fingerprint}/{report_path('', 'jsonl')}"
        yield _published(places, reports, _lines_of(edition.specs, REPORTS))
    summary = build_summary(
        report_run(places),
        counts=counts,
        glance=glance,
        rejected=rejected,
        duplicates=duplicates(night),
        changes=_changes(edition),
    )
    check("summary", summary)
    yield _published(places, paths["summary"], (to_json(summary),))


def _published(places: Places, path: str, chunks: Iterable[bytes]) -> tuple[str, str]:
    return path, publish_chunks(places.receipts / path, chunks)


def _lines_of(specs: Iterable[ReportSpec], kind: str) -> Iterator[bytes]:
    return (spec.lines(kind).read_bytes() for spec in specs)


def _counts(night: Night, glance: Glance) -> Counts:
    return Counts(
        records=records_read(night),
        scored=glance.statuses.get("scored", 0),
        insufficient_evidence=glance.statuses.get("insufficient_evidence", 0),
        quarantined=len(_rejected(night)),
        duplicates=len(duplicates(night)),
    )


def _rejected(night: Night) -> list[Rejected]:
    """Return the records of a night's dump that became no article, or one that could not be read to its end."""
    return sorted([*quarantined(night), *refused(night)], key=dump_order)


def _changes(edition: Edition) -> list[Json]:
    """Compare with the revision before, if there is one; what another night changed says so itself."""
    told = {(row["article"], row["night"]) for row in edition.changes}
    return [*edition.changes, *(row for row in _score_changes(edition) if (row["article"], row["night"]) not in told)]


def _score_changes(edition: Edition) -> list[Json]:
    places = edition.revision.places
    index = _current_index(places)
    if index is None:
        return []
    with suppress(FileNotFoundError):  # an operator may have thrown old revisions away
        with (places.receipts / index["files"][SCORES]).open("rb") as before:
            old = dict(_scores(before))
        now = (row for chunk in _lines_of(edition.specs, SCORES) for row in _scores(chunk.splitlines()))
        return score_changes(report_run(places), old, now)
    return []


def _scores(lines: Iterable[bytes]) -> Iterator[tuple[str, float | None]]:
    for line in lines:
        row = orjson.loads(line)
        yield row["article"], row["score"]


def _current_index(places: Places) -> dict[str, Any] | None:
    """Return what the night's index says; None where there is none that holds its schema."""
    with suppress(FileNotFoundError, ValueError):
        index = index_head(places.index.read_bytes())
        check("index", index | {"sha256": {}})
        return index
    return None


def _superseded(places: Places) -> str | None:
    index = _current_index(places)
    if index is None:
        return None
    # One that is published anew, for files of it were missing, supersedes what it did before.
    known = index["supersedes"] if index["fingerprint"] == places.fingerprint else index["fingerprint"]
    return None if known is None else str(known)


def _finish(edition: Edition, counts: Counts, files: Mapping[str, str]) -> None:
    """Write the index: the digests of the night's files, and of the reports as the shards left them."""
    night, places = edition.night, edition.revision.places
    scope = Scope(
        method=method_digest(night.settings),
        dump=night.dump,
        earlier=[(earlier.places.date, earlier.dump) for earlier in night.earlier],
        later=edition.revision.later,
    )
    index = build_index(
        report_run(places),
        supersedes=_superseded(places),
        scope=scope,
        counts=counts,
        layout=night.settings.report.layout,
        sha256={},
    )
    lines: list[bytes] = []
    for table in chain((files,), (orjson.loads(spec.digests.read_bytes()) for spec in edition.specs)):
        check("index", index | {"sha256": table})
        lines += [digest_line(path, digest) for path, digest in table.items()]
    lines.sort()  # as their paths would be: no character of a path comes before the quotation mark that ends it
    if is_remote(places.receipts):
        publish_bytes(_kept_listing(places), orjson.dumps(listing(places.revision), option=orjson.OPT_SORT_KEYS))
    for path in (_kept_index(places), places.index):
        publish_chunks(path, index_chunks(index, lines))
    _forget_other_work(places)


def _kept_index(places: Places) -> Path:
    return places.work / f"index-{places.fingerprint}.json"


def _kept_listing(places: Places) -> Path:
    return places.work / f"listing-{places.fingerprint}.json"


def _forget_other_work(places: Places) -> None:
    """Remove intermediates of superseded runs of this night; their revisions stay."""
    ours = {places.stage(stage) for stage, _ in places.stages}
    for path in places.work.iterdir():
        if path.is_dir() and path not in ours:
            remove_folder(path)
        elif path.name.startswith(UNFINISHED):
            path.unlink(missing_ok=True)
