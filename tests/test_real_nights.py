"""The real command on real news: everything accounted for, every law held, twice the same bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.report import check, check_laws
from tests.command import NIGHT, index, left, reports, scored
from tests.dumps import articles, write_jsonl
from tests.shared import REASON, SHARED

needs_texts = pytest.mark.skipif(SHARED is None, reason=REASON)


def _real_dump() -> Path:
    assert SHARED is not None
    return SHARED / "eval" / "giveme5w1h" / "news_cluster" / "articles.jsonl"


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a config whose window holds stories that span months."""
    path = tmp_path_factory.mktemp("config") / "wide.toml"
    path.write_text("[stories]\nwindow_days = 100000\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def real_night(tmp_path_factory: pytest.TempPathFactory, wide: Path) -> Path:
    output = tmp_path_factory.mktemp("real")
    scored(_real_dump(), output, "--config", str(wide), cwd=output)
    return output


@needs_texts
def test_every_record_of_real_news_is_accounted_for(real_night: Path) -> None:
    counts = index(real_night)["counts"]
    lines = _real_dump().read_bytes().count(b"\n")
    kinds = ("scored", "insufficient_evidence", "quarantined", "duplicates")
    assert counts["records"] == lines == sum(counts[kind] for kind in kinds)
    assert counts["scored"] > 100


@needs_texts
def test_real_news_groups_into_stories(real_night: Path) -> None:
    found = reports(real_night)
    stories = {report["story"]["id"]: len(report["story"]["articles"]) for report in found.values()}
    assert 30 <= len(stories) <= 60  # 38 events by the gold labels
    assert sum(stories.values()) == len(found)


@needs_texts
def test_every_report_of_real_news_holds_its_schema_and_laws(real_night: Path) -> None:
    for report in reports(real_night).values():
        check("report", report)
        check_laws(report)


@needs_texts
def test_two_runs_of_real_news_are_the_same_bytes(real_night: Path, wide: Path, tmp_path: Path) -> None:
    scored(_real_dump(), tmp_path / "again", "--config", str(wide), cwd=tmp_path)
    assert left(tmp_path / "again") == left(real_night)


def _settled(output: Path) -> dict[str, Any]:
    """Return what a night says of its articles, without the history that a first revision has not."""
    return {path: data for path, data in left(output).items() if not path.endswith(("index.json", "summary.json"))}


def test_a_night_that_grew_equals_one_scored_at_once(tmp_path: Path) -> None:
    """Law 6: what was scored before changes nothing but the history."""
    dump, grown, fresh = tmp_path / "dump.jsonl", tmp_path / "grown", tmp_path / "fresh"
    scored(write_jsonl(dump, articles(2)), grown, cwd=tmp_path)
    revision = scored(write_jsonl(dump, articles(3)), grown, cwd=tmp_path)["fingerprint"]
    scored(dump, fresh, cwd=tmp_path)
    later = {path: data for path, data in _settled(grown).items() if path.startswith(revision)}
    assert later == _settled(fresh)
    counts = [json.loads((output / NIGHT / "index.json").read_bytes())["counts"] for output in (grown, fresh)]
    assert counts[0] == counts[1]
