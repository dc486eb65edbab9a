"""Findings in the formats of others, from a published night: rows and drafts, never published by themselves."""

from pipeline.exports.admiralty import GRADES, credibility, graded
from pipeline.exports.annotations import annotated
from pipeline.exports.claimreview import drafts
from pipeline.exports.ledger import COLUMNS, ledger_rows

__all__ = ["COLUMNS", "GRADES", "annotated", "credibility", "drafts", "graded", "ledger_rows"]
