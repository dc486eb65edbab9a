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

import os
from pathlib import Path

from luigi.configuration import add_config_path

from pipeline.resources import folder


def _register_luigi_config() -> None:
    """Have Luigi read our config, then the operator's again: the last file wins."""
    ours = folder("config") / "luigi.cfg"
    if not ours.is_file():
        raise FileNotFoundError(f"{ours} is missing: without it Luigi exits 0 on failure; reinstall twosource")
    for path in (ours, Path("luigi.cfg"), Path(os.environ.get("LUIGI_CONFIG_PATH", ""))):
        if path.is_file():
            add_config_path(str(path))  # type: ignore[no-untyped-call]  # luigi's own


_register_luigi_config()

from pipeline.tasks import (  # noqa: E402 - Luigi reads parameters' defaults from the config when tasks are defined
    BuildSite,
    Corroborate,
    ExtractClaims,
    GroupStories,
    IngestDump,
    Score,
    ScoreAll,
)

__all__ = ["BuildSite", "Corroborate", "ExtractClaims", "GroupStories", "IngestDump", "Score", "ScoreAll"]
