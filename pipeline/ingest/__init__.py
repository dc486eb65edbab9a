"""Bytes to articles or rejections, nothing lost.

``plan`` lists the files of a dump, ``read_file`` reads one (``read_parts`` also says what was found in it), ``settle`` looks across all records.
"""

from pipeline.ingest.inspection import Inspected, inspect_files, precision
from pipeline.ingest.plan import DumpFile, DumpMissing, plan
from pipeline.ingest.read import Outcome, Reading, read_file, read_parts
from pipeline.ingest.reasons import OUR_FAULT, reject_raised
from pipeline.ingest.settle import Settled, settle
from pipeline.ingest.slips import Slip, slip

__all__ = [
    "OUR_FAULT",
    "DumpFile",
    "DumpMissing",
    "Inspected",
    "Outcome",
    "Reading",
    "Settled",
    "Slip",
    "inspect_files",
    "plan",
    "precision",
    "read_file",
    "read_parts",
    "reject_raised",
    "settle",
    "slip",
]
