"""Nights of one output, run in this process: what the tasks do, without Luigi."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pipeline.runs import read_inputs
from pipeline.steps.claims import extract_claims
from pipeline.steps.corroboration import corroborate_stories
from pipeline.steps.ingest import ingest_dump
from pipeline.steps.score import score_articles
from pipeline.steps.settling import publish_window
from pipeline.steps.stories import group_by_story
from pipeline.window import open_night
from tests.command import faults, index
from tests.dumps import articles, write_jsonl

T = TypeVar("T")

NIGHTS = tuple(f"2026-03-0{day}" for day in range(1, 8))
EXCLUSIVE = "a00990-0"  # stands alone on the first night, is confirmed on the third
_STEPS = (ingest_dump, extract_claims, group_by_story, corroborate_stories, score_articles, publish_window)


def write_nights(folder: Path) -> Path:
    """Write a dump a night, whose stories go on for up to three nights; return the folder."""
    told: dict[str, list[dict[str, Any]]] = {night: [] for night in NIGHTS}
    for story in range(14):
        for number, record in enumerate(articles(story + 1, 4)[-4:]):
            night = NIGHTS[min(story // 2 + number // 2 * (story % 3), len(NIGHTS) - 1)]
            told[night].append(on_night(night, record))
    exclusive = articles(991, 5)[-5:]
    told[NIGHTS[0]].append(on_night(NIGHTS[0], exclusive[0]))
    told[NIGHTS[2]] += [on_night(NIGHTS[2], record) for record in exclusive[1:]]
    for night, records in told.items():
        write_jsonl(folder / night / "dump.jsonl", records)
    return folder


def on_night(night: str, record: dict[str, Any]) -> dict[str, Any]:
    """Return a record as published on another day."""
    return {**record, "published": f"{night}{record['published'][10:]}"}


def score_night(dumps: Path, output: Path, night: str, config: str = "") -> dict[str, Any]:
    """Run one night, all of its stages, and return its index; no text may have made the program raise."""
    found = score_night_through_faults(dumps, output, night, config)
    assert not faults(output, night)
    return found


def score_night_through_faults(dumps: Path, output: Path, night: str, config: str = "") -> dict[str, Any]:
    """Run one night, all of its stages, and return its index."""
    read_inputs.cache_clear()
    for step in _STEPS:
        step(open_night(str(dumps / night), str(output), night, config), _unwatched)
    return index(output, night)


def score_nights(dumps: Path, output: Path, nights: Iterable[str] = NIGHTS) -> Path:
    """Run some nights in a given order; return the output."""
    for night in nights:
        score_night(dumps, output, night)
    return output


def rows(output: Path, night: str) -> dict[str, dict[str, Any]]:
    """Return the rows of scores.jsonl by article."""
    path = output / night / index(output, night)["files"]["scores"]
    found = [json.loads(line) for line in path.read_bytes().splitlines()]
    return {row["article"]: row for row in found}


def summary(output: Path, night: str) -> dict[str, Any]:
    """Return a night's summary."""
    table: dict[str, Any] = json.loads((output / night / index(output, night)["files"]["summary"]).read_bytes())
    return table


def _unwatched(results: Iterator[T], total: int) -> Iterable[T]:  # noqa: ARG001 - the shape of a Watch
    return results
