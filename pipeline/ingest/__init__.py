"""Bytes to articles or rejections, nothing lost.

``plan`` lists the files of a dump, ``read_file`` reads one, ``settle`` looks across all records.
"""

from pipeline.ingest.plan import DumpFile, DumpMissing, plan
from pipeline.ingest.read import read_file
from pipeline.ingest.settle import Settled, settle

__all__ = ["DumpFile", "DumpMissing", "Settled", "plan", "read_file", "settle"]
