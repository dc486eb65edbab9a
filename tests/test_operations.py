"""What an operator sees and relies on: logs, metrics, the lines of the documents, a disk that fails."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import LUIGI, NIGHT, environment, index, left, score_all, scored
from tests.conftest import ROOT
from tests.dumps import articles, write_jsonl

DOCUMENT = (ROOT / "docs" / "operations.md").read_text("utf-8")
STAGES = ["IngestDump", "ExtractClaims", "GroupStories", "Corroborate", "Score", "ScoreAll"]


def _dump(folder: Path) -> str:
    return str(write_jsonl(folder / NIGHT / "dump.jsonl", articles(2)).parent)


def test_json_logs_have_a_line_an_event_of_a_stage(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[operation]\nlog = "json"\n')
    arguments = ("--dump", _dump(tmp_path), "--output", "out", "--date", NIGHT, "--config", "mine.toml")
    run = score_all(*arguments, cwd=tmp_path)
    lines = [json.loads(line) for line in run.stderr.splitlines()]
    assert [(row["event"], row["stage"]) for row in lines if "stage" in row] == [
        (event, stage) for stage in STAGES for event in ("stage started", "stage finished")
    ]
    assert {row["night"] for row in lines if "stage" in row} == {NIGHT}
    assert all(row["cpu_seconds"] >= 0 for row in lines if row["event"] == "stage finished")


def test_a_failed_stage_says_so_in_json_with_its_cause(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[operation]\nlog = "json"\n')
    (tmp_path / "out" / NIGHT / "run_metrics.json").mkdir(parents=True)
    arguments = ("--dump", _dump(tmp_path), "--output", "out", "--date", NIGHT, "--config", "mine.toml")
    run = score_all(*arguments, cwd=tmp_path)
    assert run.returncode == 30
    lines = [json.loads(line) for line in run.stderr.splitlines() if line.startswith("{")]
    assert [row["event"] for row in lines if "Is a directory: 'out/2026-03-02/run_metrics.json'" in row["event"]] != []
    assert "Traceback" not in run.stderr


def test_the_log_decides_about_no_byte(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[operation]\nlog = "json"\n[retention]\nnights = 3\n')
    scored(Path(_dump(tmp_path)), tmp_path / "a", cwd=tmp_path)
    scored(Path(_dump(tmp_path)), tmp_path / "b", "--config", "mine.toml", cwd=tmp_path)
    assert left(tmp_path / "a") == left(tmp_path / "b")


def test_the_textfile_is_what_prometheus_reads_and_counts_as_the_index_does(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(f'[operation]\ntextfile = "{tmp_path}/twosource.prom"\n')
    counts = scored(Path(_dump(tmp_path)), tmp_path / "out", "--config", "mine.toml", cwd=tmp_path)["counts"]
    lines = (tmp_path / "twosource.prom").read_text("utf-8").splitlines()
    sample = re.compile(r'(twosource_[a-z_]+)(?:\{([a-z_]+="[^"\\]*",?)+\})? -?[0-9.e+]+')
    assert [line for line in lines if not line.startswith("# ") and not sample.fullmatch(line)] == []
    assert f'twosource_records{{outcome="scored"}} {counts["scored"]}' in lines
    assert [line.split('"')[1] for line in lines if line.startswith("twosource_stage_seconds{")] == STAGES
    typed = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    assert {line.split("{")[0].split()[0] for line in lines if not line.startswith("#")} <= typed


@pytest.mark.parametrize("pattern", [r"^ExecStart=(.*)$", r"^30 2 \* \* \* (.*)$"], ids=["systemd", "cron"])
def test_the_documented_lines_run(pattern: str, tmp_path: Path) -> None:
    (found,) = re.findall(pattern, DOCUMENT, re.MULTILINE)
    (tmp_path / "twosource.toml").write_text("")
    line = found.replace("/opt/twosource/.venv/bin/luigi", shlex.quote(str(LUIGI))).replace("/data", str(tmp_path))
    line = line.replace("/etc/twosource.toml", str(tmp_path / "twosource.toml"))
    line = line.replace("ScoreAll", f"ScoreAll --date {NIGHT}")
    _dump(tmp_path)
    shell = ["sh", "-c", line] if "cron" in os.environ["PYTEST_CURRENT_TEST"] else shlex.split(line)
    done = subprocess.run(shell, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, "ended with" in done.stdout) == (0, False), done.stderr
    assert index(tmp_path / "scores")["counts"]["records"] == 8


_LIMITED = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.argv = ["luigi", *sys.argv[2:]]
runpy.run_module("luigi", run_name="__main__")
"""


@pytest.mark.parametrize("size", [2_000, 12_000, 20_000])
def test_a_disk_that_takes_no_more_ends_the_run_with_30_and_publishes_nothing(size: int, tmp_path: Path) -> None:
    arguments = ("--dump", _dump(tmp_path), "--output", "out", "--date", NIGHT)
    run = score_all(*arguments, cwd=tmp_path, program=(sys.executable, "-c", _LIMITED, str(size)))
    assert run.returncode == 30, run.stderr[-2_000:]
    assert "File too large: 'out/" in run.stderr, "the file is named"
    assert not (tmp_path / "out" / NIGHT / "index.json").exists()
    assert not list((tmp_path / "out").rglob(".unfinished-*"))
    assert score_all(*arguments, cwd=tmp_path).returncode == 0
    scored(Path(_dump(tmp_path)), tmp_path / "whole", cwd=tmp_path)
    assert left(tmp_path / "out") == left(tmp_path / "whole")


def test_a_read_only_output_ends_the_run_with_30_and_says_what_to_do(tmp_path: Path) -> None:
    output = Path("/sys/twosource")  # nothing that a folder's mode forbids is forbidden to root, but this is
    if os.geteuid() != 0:
        (tmp_path / "locked").mkdir(mode=0o555)
        output = tmp_path / "locked" / "out"
    run = score_all("--dump", _dump(tmp_path), "--output", str(output), "--date", NIGHT, cwd=tmp_path)
    assert (run.returncode, "name a folder that can be written to" in run.stderr) == (30, True), run.stderr
    assert not output.exists()
