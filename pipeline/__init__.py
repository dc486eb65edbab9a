"""twosource: scores news articles by what independent sources corroborate.

A night is a chain of Luigi tasks, each a map of pure functions over shards:

    IngestDump      dump files to articles, duplicates and a quarantine
    ExtractClaims   articles to claims: the specifics that another article could confirm or deny
    GroupStories    articles to stories, and who shares whose origin
    Corroborate     claims to findings: what the other origins of the story say
    Score           findings to scores, with a ledger of what cost how much
    ScoreAll        all of it to reports, rows, a summary, and an index written last
    BuildSite       the night's reports to static pages beside them
"""

from __future__ import annotations

import multiprocessing
from importlib import import_module

from pipeline.blas import load_with_one_thread
from pipeline.collector import collector_off, leave_heap

__all__ = ["BuildSite", "Corroborate", "ExtractClaims", "GroupStories", "IngestDump", "Score", "ScoreAll"]

with collector_off():
    load_with_one_thread()
    # A pool's processes run shards: Luigi and the tasks would cost each half a second.
    if multiprocessing.parent_process() is None:
        from pipeline.tasks import (
            BuildSite,
            Corroborate,
            ExtractClaims,
            GroupStories,
            IngestDump,
            Score,
            ScoreAll,
        )
    leave_heap()


def __getattr__(name: str) -> object:
    """Return a task where the package was loaded without them; raise AttributeError."""
    if name in __all__:
        return getattr(import_module("pipeline.tasks"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
