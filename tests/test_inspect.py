"""`twosource inspect`: what a run would read, and how, as a run then reads it."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import precision
from pipeline.report import check
from tests.command import index, left, scored
from tests.dumps import articles, write_jsonl
from tests.test_cli import twosource

_NEWS_PLEASE = {"maintext": "The bridge was opened on Monday.", "source_domain": "example.com", "title": "Bridge opens"}


def _dump(folder: Path) -> Path:
    write_jsonl(folder / "good.jsonl", [*articles(1), articles(1)[0], {"id": "x"}])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("day/a.json", json.dumps(_NEWS_PLEASE))
        archive.writestr("b.txt", "Bridge opens in town\n\nIt was opened on Monday.\n\nTags\n\n\x1b[31mred")
    (folder / "day.zip.gz").write_bytes(gzip.compress(packed.getvalue()))
    (folder / "broken.gz").write_bytes(b"\x1f\x8b\x08")
    return folder


def _shown(*arguments: str) -> dict[str, Any]:
    shown = twosource("inspect", "--json", *arguments)
    assert (shown.returncode, shown.stderr) == (0, "")
    table: dict[str, Any] = json.loads(shown.stdout)
    return table


def test_each_part_says_how_it_would_be_read(tmp_path: Path) -> None:
    found = {(part["file"], part["member"]): part for part in _shown(str(_dump(tmp_path)))["files"]}
    how = {place: (part["format"], part["packing"], part["dialects"]) for place, part in found.items()}
    assert how == {
        ("broken.gz", None): (None, ["gzip"], {}),
        ("day.zip.gz", "b.txt"): ("text", ["gzip", "zip"], {}),
        ("day.zip.gz", "day/a.json"): ("json", ["gzip", "zip"], {"news-please": 1}),
        ("good.jsonl", None): ("jsonl", [], {"plain": 5}),
    }
    (article,) = found["day.zip.gz", "b.txt"]["first"]
    assert article["boilerplate"] == {"boilerplate.tags": 2}


def test_what_is_shown_is_what_a_run_then_does(tmp_path: Path) -> None:
    (tmp_path / "dump").mkdir()
    shown = _shown(str(_dump(tmp_path / "dump")))
    counts = scored(tmp_path / "dump", tmp_path / "out", cwd=tmp_path)["counts"]
    assert shown["articles"] == counts["scored"] + counts["insufficient_evidence"]
    assert len(shown["duplicates"]) == counts["duplicates"] == 1
    rows = left(tmp_path / "out")[index(tmp_path / "out")["files"]["quarantine"]].splitlines()
    assert sorted(map(json.dumps, shown["quarantine"])) == sorted(json.dumps(json.loads(row)) for row in rows)
    for row in shown["quarantine"]:
        check("quarantine", row)


def test_the_words_show_places_reasons_and_hints_and_steer_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Bridge opens in the \x1b[31m\u202etown\n\nIt was opened on Monday (Reuters)")
    path = write_jsonl(
        tmp_path / "a.jsonl", [{"id": "\x1b]0;x\x07", "published": "2026-03-02", "text": "It is open."}, {}]
    )
    shown = twosource("inspect", str(tmp_path), "--first", "1")
    assert shown.returncode == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(shown.stdout)
    for words in (
        "read as    jsonl; field names of plain (1)", "records    2: 1 article, 1 rejected",
        "published  2026-03-02 (to the day)", f"text.missing (line 2, byte {path.read_bytes().index(b'{}')})", "hint       name the field",
        "boilerplate.agency-credit (1)", "in all: 2 articles, 1 rejected, 0 duplicates",
    ):  # fmt: skip
        assert words in shown.stdout, words


def test_a_missing_file_and_a_bad_config_end_with_2(tmp_path: Path) -> None:
    assert twosource("inspect", str(tmp_path / "gone")).returncode == 2
    (tmp_path / "a.txt").write_text("The bridge was opened.")
    assert twosource("inspect", str(tmp_path / "a.txt"), "--config", str(tmp_path / "gone")).returncode == 2


@pytest.mark.parametrize(
    ("published", "known"),
    [
        (None, None),
        ("2026-03-02", "day"),
        ("2026-03-02T10:00:00", "second, zone not given"),
        ("2026-03-02T10:00:00Z", "second"),
        ("2026-03-02T10:00:00-05:00", "second"),
    ],
)
def test_a_publication_time_says_how_exact_it_is(published: str | None, known: str | None) -> None:
    assert precision(published) == known
