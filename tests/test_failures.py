"""Every way to fail that is known: each with its reason and count, alone and all of them together."""

from __future__ import annotations

import ctypes
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import plan, read_file, settle
from pipeline.ingest.plan import DumpMissing
from pipeline.ingest.reasons import HINTS
from pipeline.models import Article, Rejected
from pipeline.verification import verify
from tests.command import index, left, scored
from tests.dumps import articles, write_jsonl
from tests.failures import BODY, FAILURES, make, mixture
from tests.ingest_dump import SETTINGS


def _expected(row: dict[str, Any]) -> Counter[str]:
    return Counter({"articles": row["articles"], "duplicates": row.get("duplicates", 0)}) + Counter(row["reasons"])


def _found(dump: Path) -> Counter[str]:
    try:
        records = [record for file in plan(str(dump)) for record in read_file(file, SETTINGS)]
    except DumpMissing:
        return Counter()
    settled = settle(record for record in records if isinstance(record, Article))
    rejected = [*settled.rejected, *(record for record in records if isinstance(record, Rejected))]
    sizes = {"articles": len(settled.articles), "duplicates": len(settled.duplicates)}
    return Counter(sizes) + Counter(record.reason for record in rejected)


def test_there_are_at_least_60_ways_to_fail_and_they_meet_every_reason() -> None:
    assert len({row["case"] for row in FAILURES}) == len(FAILURES) >= 60
    assert set().union(*(row["reasons"] for row in FAILURES)) <= set(HINTS)


@pytest.mark.parametrize("row", FAILURES, ids=lambda row: row["case"])
def test_each_failure_has_its_reason_and_its_count(row: dict[str, Any], tmp_path: Path) -> None:
    make(row, tmp_path / "dump")
    assert _found(tmp_path / "dump") == _expected(row)


def test_what_may_not_be_read_says_so_also_to_root() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # for whoever this thread becomes
        (folder / "a.txt").write_text(BODY)
        (folder / "b.txt").write_text(BODY)
        (folder / "a.txt").chmod(0)
        (folder / "locked").mkdir(mode=0)
        with _unprivileged():
            assert _found(folder) == {"articles": 1, "file.unreadable": 2}


@contextmanager
def _unprivileged() -> Iterator[None]:
    """Let this thread meet the file system as nobody, if it is root's: permissions don't hold for root."""
    setfsuid = ctypes.CDLL(None).setfsuid
    before = setfsuid(65_534) if os.geteuid() == 0 else None
    try:
        yield
    finally:
        if before is not None:
            setfsuid(before)


def test_all_of_them_together_end_with_0_and_change_no_good_articles_report(tmp_path: Path) -> None:
    good = articles(3)
    for name in ("clean", "mixed"):
        write_jsonl(tmp_path / name / "good.jsonl", good)
    expected = mixture(tmp_path / "mixed", few=1_000)
    scored(tmp_path / "clean", tmp_path / "a", cwd=tmp_path)
    receipt = scored(tmp_path / "mixed", tmp_path / "b", cwd=tmp_path)
    counts = Counter(receipt["counts"])
    assert counts.pop("records") == counts.total() == expected.total() + len(good)
    assert counts["duplicates"] == expected["duplicates"]
    assert counts["quarantined"] == sum(number for name, number in expected.items() if "." in name)
    assert _reasons(tmp_path / "b", receipt) == {name: n for name, n in expected.items() if "." in name}
    before, after = (_without_fingerprint(tmp_path / name) for name in ("a", "b"))
    assert {path: after[path] for path in before} == before
    assert [violations for _, violations in verify(tmp_path / "b")] == [[]]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "clean", "mixed"]


def _reasons(output: Path, receipt: dict[str, Any]) -> dict[str, int]:
    rows = left(output)[receipt["files"]["quarantine"]].splitlines()
    return Counter(json.loads(row)["reason"] for row in rows)


def _without_fingerprint(output: Path) -> dict[str, bytes]:
    """Return every report's bytes by its path, but for the fingerprint, which hangs on the whole dump."""
    receipt = index(output)
    mark = f"{receipt['fingerprint']}"
    prefix = f"{receipt['files']['reports']}/"
    files = {path: data for path, data in left(output).items() if path.startswith(prefix)}
    return {path.removeprefix(prefix): data.replace(mark.encode(), b"") for path, data in files.items()}
