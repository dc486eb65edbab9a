"""Articles and claims reach the shards of their stories the same way, in one part or in many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from pipeline.runs import STORIES
from pipeline.steps import ingest, shuffle, stories
from pipeline.steps.claims import extract_claims
from pipeline.window import open_night
from tests.dumps import articles, write_jsonl

T = TypeVar("T")
NIGHT = "2026-01-01"


def _silent(results: Iterator[T], total: int) -> Iterable[T]:
    assert total >= 0
    return results


def _grouped(dump: Path, output: Path) -> dict[str, bytes]:
    """Return the shards of stories that a night leaves, by name."""
    config = output.with_suffix(".toml")
    config.write_text("[engine]\nworkers = 1\n")
    night = open_night(str(dump), str(output), NIGHT, str(config))
    for step in (ingest.ingest_dump, extract_claims, stories.group_by_story):
        step(night, _silent)
    folder = night.places.stage(STORIES)
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.arrow"))}


def test_shards_of_stories_do_not_hang_on_how_many_parts_were_handed_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump = write_jsonl(tmp_path / "dump.jsonl", articles(9))
    for room in (ingest, stories):
        monkeypatch.setattr(room, "SHARD_ARTICLES", 2)
    whole = _grouped(dump, tmp_path / "whole")
    cut: list[int] = []
    cut_block = shuffle.cut_block

    def noted(block: shuffle.Block) -> None:
        cut.append(block.number)
        cut_block(block)

    monkeypatch.setattr(shuffle, "_SHARDS", 2)
    monkeypatch.setattr(shuffle, "cut_block", noted)
    assert _grouped(dump, tmp_path / "parts") == whole
    assert sum(name.startswith("articles/") for name in whole) > 2
    assert len(cut) > 1
