"""Scores to JSON that holds the contract: pure builders on values, and the checks on what they build."""

from pipeline.report.article_report import build_report, claim_json
from pipeline.report.changes import Renewal, Standing, change_of
from pipeline.report.encoding import to_json, to_json_line
from pipeline.report.glance import Glance, glance_at, together
from pipeline.report.index import (
    Counts,
    Scope,
    build_index,
    digest_line,
    index_chunks,
    index_head,
    revision_files,
    with_head,
)
from pipeline.report.laws import check_laws
from pipeline.report.paths import SITE, Layout, report_path
from pipeline.report.rows import claims_row, duplicate_row, quarantine_row, scores_row
from pipeline.report.run import Json, Past, Reading, Run
from pipeline.report.summary import build_summary, score_changes
from pipeline.report.validation import ReportInvalid, SchemaName, check

__all__ = [
    "SITE",
    "Counts",
    "Glance",
    "Json",
    "Layout",
    "Past",
    "Reading",
    "Renewal",
    "ReportInvalid",
    "Run",
    "SchemaName",
    "Scope",
    "Standing",
    "build_index",
    "build_report",
    "build_summary",
    "change_of",
    "check",
    "check_laws",
    "claim_json",
    "claims_row",
    "digest_line",
    "duplicate_row",
    "glance_at",
    "index_chunks",
    "index_head",
    "quarantine_row",
    "report_path",
    "revision_files",
    "score_changes",
    "scores_row",
    "to_json",
    "to_json_line",
    "together",
    "with_head",
]
