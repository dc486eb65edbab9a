"""Scores to reports and rows, a shard at a time."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import orjson

from pipeline import report
from pipeline.collector import collector_off
from pipeline.models import Score, Story
from pipeline.report import (
    Json,
    Layout,
    Past,
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
from pipeline.steps.cases import Case, Unread, cases, records_of
from pipeline.steps.frame import ShardSpec
from pipeline.steps.history import read_readings
from pipeline.storage import publish_bytes
from pipeline.version import VERSION

SCORES, CLAIMS, REPORTS = "scores", "claims", "reports"  # kinds of lines that a shard adds to the night's files
_UNREAD = Unread(
    claims=("position", "confidence", "terms", "anchors", "subject", "near"),
    findings=("without", "opportunity", "specificity"),
)


@dataclass(frozen=True, slots=True)
class ReportSpec:
    """Articles of a night that one night, itself or a later one, scored last, in one of the latter's shards.

    Beside the spec it tells where the shard keeps its lines, and the digests of the reports that it published.
    """

    places: Places  # of the revision
    source: ShardSpec
    only: tuple[str, ...]  # ids
    other_nights: tuple[tuple[str, str], ...]  # articles of other nights in the shard, each with its night

    def lines(self, kind: str) -> Path:
        """Return the shard's part of a JSON Lines file."""
        return self._path(kind, ".jsonl")

    @property
    def glance(self) -> Path:
        """What the summary needs of the shard."""
        return self._path("glances", ".json")

    @property
    def digests(self) -> Path:
        """Digest by path, relative to the index's folder; written last."""
        return self._path("digests", ".json")

    def _path(self, kind: str, ending: str) -> Path:
        shard = Path(self.source.name).stem
        return self.places.stage(REPORT) / kind / f"{self.source.places.date}-{shard}{ending}"


@dataclass(slots=True)
class ShardRows:
    """What one shard adds to the night."""

    run: report.Run
    revision: Path  # the folder that its reports lie below
    layout: Layout
    scores: list[Json] = field(default_factory=list)
    costly: list[Json] = field(default_factory=list)  # of the claims' rows; those of a whole shard would fill 10 MB
    stories: dict[str, Story] = field(default_factory=dict)
    score_lines: list[bytes] = field(default_factory=list)
    claim_lines: list[bytes] = field(default_factory=list)
    report_lines: list[bytes] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)


def report_run(places: Places) -> report.Run:
    """Return what every file of a run says about the run."""
    return report.Run(places.date, places.fingerprint, VERSION)


@collector_off()
def reports_shard(spec: ReportSpec) -> None:
    """Publish the reports of one shard's articles and keep its lines for the night's files."""
    scores = records_of(spec.source.path(SCORE, "scores"), Score, "article", spec.only)
    by_article = {score.article: score for score in scores}
    readings, nights = read_readings(spec.places), dict(spec.other_nights)
    rows = ShardRows(report_run(spec.places), spec.places.revision, spec.source.settings.report.layout)
    for case in cases(spec.source, spec.only, _UNREAD):
        past = Past(spec.source.places.date, readings.get(case.article.id, ())[:-1], nights)
        score = by_article[case.article.id]
        built: dict[str, Any] = build_report(
            rows.run, case.article, case.story, case.claims, case.findings, score, past=past
        )
        finite = _add_report(rows, built)
        _add_rows(rows, case, score, past, built, finite=finite)
    for kind, some in ((SCORES, rows.score_lines), (CLAIMS, rows.claim_lines), (REPORTS, rows.report_lines)):
        publish_bytes(spec.lines(kind), b"".join(some))
    publish_bytes(spec.glance, orjson.dumps(asdict(glance_at(rows.scores, rows.costly, list(rows.stories.values())))))
    os.sync()  # the reports; one call is far cheaper than one a report
    publish_bytes(spec.digests, orjson.dumps(rows.digests))


def _add_rows(  # noqa: PLR0913 - a case, and what was found and told of it
    rows: ShardRows, case: Case, score: Score, past: Past, built: Mapping[str, Any], *, finite: bool
) -> None:
    row = scores_row(rows.run, case.article, case.story, case.claims, case.findings, score, rows.layout, past)
    rows.stories[case.story.id] = case.story
    rows.scores.append(row)
    rows.score_lines.append(checked_line("score-row", row))
    told = [
        claims_row(case.article.id, *claim) for claim in zip(case.claims, case.findings, built["claims"], strict=True)
    ]
    rows.costly += [row for row in told if row["points"]]
    # Not checked once more: they repeat the claims of the report, which was. A test holds them against their schema.
    # Joined at once: a line that orjson has made keeps some four kilobytes.
    rows.claim_lines.append(b"".join([to_json_line(row, finite=finite) for row in told]))


def checked_line(name: SchemaName, row: Json) -> bytes:
    """Return a row as a line of JSON; raise ReportInvalid for one that breaks its schema."""
    return to_json_line(row, finite=check(name, row))


def _add_report(rows: ShardRows, built: dict[str, Any]) -> bool:
    """Publish a report; return whether its numbers are known to be finite."""
    finite = check("report", built)
    check_laws(built)
    if rows.layout == "jsonl":
        rows.report_lines.append(to_json_line(built, finite=finite))
        return finite
    path = report_path(built["article"]["id"])
    digest = publish_bytes(rows.revision / path, to_json(built, finite=finite), durable=False)
    rows.digests[f"{rows.run.fingerprint}/{path}"] = digest
    return finite
