"""What a command can't use ends it with status 2 and one line that says what to do, never with a traceback."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from tests.command import NIGHT, digests, run_task, scored
from tests.dumps import articles, write_jsonl


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a good output, and copies of it that were damaged, emptied or written by another version."""
    place = tmp_path_factory.mktemp("refusals")
    scored(write_jsonl(place / "dump.jsonl", articles(2)), place / "good", cwd=place)
    (place / "folder").mkdir()
    (place / "file").write_text("x")
    for name in ("damaged", "gone", "later", "list", "shape", "sum", "swapped", "mad"):
        shutil.copytree(place / "good", place / name)
    for path in (place / "damaged").glob("*/*/scores.jsonl"):
        path.write_text("{bad")
    for path in (place / "gone").glob("*/*/reports"):
        shutil.rmtree(path)
    for path in (place / "later").glob("*/*/summary.json"):
        path.write_text(json.dumps(json.loads(path.read_bytes()) | {"schema_version": "2.0"}))
    for path in (place / "list").glob("*/index.json"):
        path.write_text("[]")
    for path in (place / "mad").glob("*/index.json"):
        path.write_text(json.dumps(json.loads(path.read_bytes()) | {"fingerprint": "../../file"}))
    _edit(place / "shape", lambda report: report["claims"][0].pop("verdict"))
    _edit(place / "sum", lambda report: report["score"].update(value=99.5))
    first, second = (next((place / "swapped").glob(f"*/*/reports/*/a00000-{n}.json")) for n in (0, 1))
    first.write_bytes(second.read_bytes())
    scored(place / "dump.jsonl", place / "kept", "--config", str(write_config(place)), cwd=place)
    for path in (place / "kept").glob("*/*/scores.jsonl"):
        path.write_bytes(path.read_bytes().partition(b"\n")[2])
    return place


def write_config(place: Path) -> Path:
    """Write a config that has all reports in one file; return its path."""
    path = place / "jsonl.toml"
    path.write_text('[report]\nlayout = "jsonl"\n')
    return path


def _edit(output: Path, change: Callable[[dict[str, Any]], object]) -> None:
    for path in output.glob("*/*/reports/*/a00000-0.json"):
        report = json.loads(path.read_bytes())
        change(report)
        path.write_text(json.dumps(report))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("export ledger --output good --to folder", "Is a directory; name a file that can be written to"),
        ("export ledger --output good --to /proc/x/file", "name a file that can be written to"),
        ("export ledger --output good --to file/x", "name a file that can be written to"),
        ("export ledger --output folder", "no night was published there"),
        ("export ledger --output file", "no night was published there"),
        ("export ledger --output damaged", "scores.jsonl, line 1, is damaged"),
        ("export ledger --output gone", f"is missing; delete gone/{NIGHT}/index.json and run ScoreAll for that night"),
        ("export ledger --output list", "index.json is damaged (index: [] is not of type 'object' @ $); delete"),
        ("export ledger --output mad", "is damaged (index: '../../file' does not match"),
        ("export admiralty --output shape", "'verdict' is a required property @ $.claims[0]"),
        ("explain a00000-0 --output shape", "'verdict' is a required property @ $.claims[0]"),
        ("explain a00000-0 --output sum", "the value is 99.5 @ $.score.ledger"),
        ("explain a00000-0 --output swapped", "is no report of 'a00000-0'"),
        ("explain a00000-1 --output kept", "reports.jsonl is damaged (more reports than scores.jsonl has rows)"),
        ("site shape", "'verdict' is a required property @ $.claims[0]"),
        ("export ledger --output later", "written with schema version 2.0, and this program reads 1.0"),
        ("export nothing --output good", "is not one of"),
        ("explain x --output good", "no article 'x' in the night of"),
        ("explain x --output damaged", "is damaged"),
        ("explain a00000-0 --output gone", "is missing; delete gone"),
        ("explain a00000-0 --output later", "schema version 2.0"),
        ("explain a00000-0 --output nosuchscheme://x", "nosuchscheme://x"),
        (f"diff {NIGHT} 2026-03-03 --output good", "no night of 2026-03-03; the latest are"),
        (f"diff {NIGHT} {NIGHT} --output damaged", "is damaged"),
        (f"diff {NIGHT} {NIGHT} --output later", "schema version 2.0"),
        ("site folder", "no night was published there"),
        ("site damaged", "is damaged"),
        ("site later", "schema version 2.0"),
        ("site good --output file", "is a file"),
        ("site good --output /proc/x", "name a folder that can be written to"),
        ("site good --output .", "holds something else than a site"),
        ("site good --config nowhere.toml", "check --config"),
        ("validate folder", "no run left anything there"),
        ("validate nowhere", "does not exist"),
        ("config --config file", "not TOML"),
        ("inspect nowhere", "no file, folder or glob match"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_says_why(
    place: Path, monkeypatch: pytest.MonkeyPatch, line: str, told: str
) -> None:
    monkeypatch.chdir(place)
    done = CliRunner().invoke(main, line.split())
    assert isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == 2
    assert told in " ".join(done.output.split())


def test_a_refused_export_leaves_no_file_behind(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    CliRunner().invoke(main, ["export", "ledger", "--output", "gone", "--to", "half.csv"])
    assert [path.name for path in place.iterdir() if "half" in path.name or "unfinished" in path.name] == []


def test_what_was_damaged_is_written_anew_once_the_index_is_deleted_and_what_is_missing_without_that(
    place: Path,
) -> None:
    wanted = digests(place / "good")
    (place / "shape" / NIGHT / "index.json").unlink()
    for path in (place / "shape").glob("*/*/claims.jsonl"):
        path.with_name("foreign").write_text("x")
    for path in (place / "gone").glob("*/*/scores.jsonl"):
        path.unlink()
    for name in ("shape", "gone"):
        receipt = scored(place / "dump.jsonl", place / name, cwd=place)
        assert digests(place / name) == wanted, receipt


def test_a_mistyped_task_ends_with_2_and_names_the_tasks(tmp_path: Path) -> None:
    run = run_task("ScoreAl", cwd=tmp_path)
    assert (run.returncode, "no such task: ScoreAl; use ScoreAll or BuildSite" in run.stderr) == (2, True), run.stderr
    assert "Traceback" not in run.stderr
