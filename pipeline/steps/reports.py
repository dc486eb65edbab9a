"""Scores to reports and rows, a shard at a time."""

from __future__ import annotations

import hashlib
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import orjson

from pipeline import report
from pipeline.collector import collector_off
from pipeline.models import Score, Story
from pipeline.report import (
    Json,
    SchemaName,
    build_report,
    check,
    check_laws,
    claims_row,
    glance_at,
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
    def glance(self) -> Path:
        """What the summary needs of the shard."""
        return self.spec.path(REPORT, "glances").with_suffix(".json")

    @property
    def digests(self) -> Path:
        """Digest by path, relative to the index's folder; written last."""
        return self.spec.path(REPORT, "digests").with_suffix(".json")


@dataclass(slots=True)
class ShardRows:
    """What one shard adds to the night."""

    scores: list[Json] = field(default_factory=list)
    claims: list[Json] = field(default_factory=list)
    stories: dict[str, Story] = field(default_factory=dict)
    score_lines: list[bytes] = field(default_factory=list)
    claim_lines: list[bytes] = field(default_factory=list)
    report_lines: list[bytes] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)


def report_run(places: Places) -> report.Run:
    """Return what every file of a run says about the run."""
    return report.Run(places.date, places.fingerprint, VERSION)


@collector_off()
def reports_shard(spec: ShardSpec) -> None:
    """Publish the reports of one shard's articles and keep its lines for the night's files."""
    scores = read_records(spec.path(SCORE, "scores"), Score)
    rows = ShardRows()
    for case, score in zip(cases(spec), scores, strict=True):
        _add_rows(rows, spec, case, score)
        _add_report(rows, spec, case, score)
    parts = ReportParts(spec)
    for kind, some in ((SCORES, rows.score_lines), (CLAIMS, rows.claim_lines), (REPORTS, rows.report_lines)):
        publish_bytes(parts.lines(kind), b"".join(some))
    publish_bytes(parts.glance, orjson.dumps(asdict(glance_at(rows.scores, rows.claims, list(rows.stories.values())))))
    os.sync()  # the reports; one call is far cheaper than one a report
    publish_bytes(parts.digests, orjson.dumps(rows.digests))


def _add_rows(rows: ShardRows, spec: ShardSpec, case: Case, score: Score) -> None:
    run, layout = report_run(spec.places), spec.settings.report.layout
    row = scores_row(run, case.article, case.story, case.claims, case.findings, score, layout)
    rows.stories[case.story.id] = case.story
    rows.scores.append(row)
    rows.score_lines.append(checked_line("score-row", row))
    points = {row.claim: row for row in score.claims}
    for claim, finding in zip(case.claims, case.findings, strict=True):
        row = claims_row(case.article, claim, finding, points[claim.id])
        rows.claims.append(row)
        rows.claim_lines.append(checked_line("claim-row", row))


def checked_line(name: SchemaName, row: Json) -> bytes:
    """Return a row as a line of JSON; raise ReportInvalid for one that breaks its schema."""
    check(name, row)
    return to_json_line(row)


def _add_report(rows: ShardRows, spec: ShardSpec, case: Case, score: Score) -> None:
    built: dict[str, Any] = build_report(
        report_run(spec.places), case.article, case.story, case.claims, case.findings, score
    )
    check("report", built)
    check_laws(built)
    if spec.settings.report.layout == "jsonl":
        rows.report_lines.append(to_json_line(built))
        return
    path, data = report_path(case.article.id), to_json(built)
    publish_bytes(spec.places.revision / path, data, durable=False)
    rows.digests[f"{spec.places.fingerprint}/{path}"] = hashlib.sha256(data).hexdigest()
