"""Scores to reports and rows, a shard at a time."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from pipeline import report
from pipeline.collector import collector_off
from pipeline.models import Score
from pipeline.report import (
    Json,
    SchemaName,
    build_report,
    check,
    check_laws,
    claims_row,
    report_path,
    scores_row,
    to_json,
    to_json_line,
)
from pipeline.runs import REPORT, SCORE, Places
from pipeline.steps.cases import Case, cases
from pipeline.steps.frame import ShardSpec
from pipeline.storage import publish_bytes
from pipeline.store import read_records
from pipeline.version import VERSION

SCORES, CLAIMS, REPORTS = "scores", "claims", "reports"  # kinds of lines that a shard adds to the night's files


@dataclass(frozen=True, slots=True)
class ReportParts:
    """Where a shard keeps its lines, and the digests of the reports that it published."""

    spec: ShardSpec

    def lines(self, kind: str) -> Path:
        """Return the shard's part of a JSON Lines file."""
        return self.spec.path(REPORT, kind).with_suffix(".jsonl")

    @property
    def digests(self) -> Path:
        """Digest by path, relative to the index's folder; written last."""
        return self.spec.path(REPORT, "digests").with_suffix(".json")


def report_run(places: Places) -> report.Run:
    """Return what every file of a run says about the run."""
    return report.Run(places.date, places.fingerprint, VERSION)


@collector_off()
def reports_shard(spec: ShardSpec) -> None:
    """Publish the reports of one shard's articles and keep its lines for the night's files."""
    scores = read_records(spec.path(SCORE, "scores"), Score)
    lines: dict[str, list[bytes]] = {SCORES: [], CLAIMS: [], REPORTS: []}
    digests: dict[str, str] = {}
    for case, score in zip(cases(spec), scores, strict=True):
        _add_rows(lines, spec, case, score)
        _add_report(lines, digests, spec, case, score)
    parts = ReportParts(spec)
    for kind, some in lines.items():
        publish_bytes(parts.lines(kind), b"".join(some))
    os.sync()  # the reports; one call is far cheaper than one a report
    publish_bytes(parts.digests, orjson.dumps(digests))


def _add_rows(lines: dict[str, list[bytes]], spec: ShardSpec, case: Case, score: Score) -> None:
    run, layout = report_run(spec.places), spec.settings.report.layout
    row = scores_row(run, case.article, case.story, case.claims, case.findings, score, layout)
    lines[SCORES].append(checked_line("score-row", row))
    points = {row.claim: row for row in score.claims}
    for claim, finding in zip(case.claims, case.findings, strict=True):
        lines[CLAIMS].append(checked_line("claim-row", claims_row(case.article, claim, finding, points[claim.id])))


def checked_line(name: SchemaName, row: Json) -> bytes:
    """Return a row as a line of JSON; raise ReportInvalid for one that breaks its schema."""
    check(name, row)
    return to_json_line(row)


def _add_report(
    lines: dict[str, list[bytes]], digests: dict[str, str], spec: ShardSpec, case: Case, score: Score
) -> None:
    built: dict[str, Any] = build_report(
        report_run(spec.places), case.article, case.story, case.claims, case.findings, score
    )
    check("report", built)
    check_laws(built)
    if spec.settings.report.layout == "jsonl":
        lines[REPORTS].append(to_json_line(built))
        return
    path, data = report_path(case.article.id), to_json(built)
    publish_bytes(spec.places.revision / path, data, durable=False)
    digests[f"{spec.places.fingerprint}/{path}"] = hashlib.sha256(data).hexdigest()
