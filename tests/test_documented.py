"""Every command that a document prints is run by a test: marked ones as printed, the others here or where the table says."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.command import LUIGI, environment, index
from tests.dumps import articles, write_jsonl
from tests.test_readme import PROSE, RUNNABLE

BLOCKS = [
    (path.name, mark, code.strip())
    for path in PROSE
    for mark, code in re.findall(r"(<!-- [^>]*-->\n)?```bash\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
]
ELSEWHERE = {  # first words of a command: the test, or the gate's step, that runs it
    "python3 -m venv .venv && .venv/bin/pip install .": "test_wheel: a built wheel, the same command, outside any checkout",
    "python3 -m venv .venv && .venv/bin/pip install -e '.[test]'": "the gate",
    ".ci/run": "the gate",
    "luigi --module pipeline ScoreAll --config cluster.toml": "test_clusters: the same run on Dask and Spark",
    "dask scheduler": "test_clusters: a scheduler at an address",
    "pip install 'twosource[s3]'": "test_storage needs what it installs",
    "luigi --module pipeline ScoreAll --dump FOLDER": "a benchmark, tests.benchmarks.throughput",
}
OWN = "luigi --module pipeline ScoreAll --dump /data"
RANGE = "luigi --module pipeline RangeDaily"
JQ = "jq -r '.changes[]"


def _printed(head: str) -> list[str]:
    return [code for _, _, code in BLOCKS if code.startswith(head)]


def _run(code: str, place: Path) -> subprocess.CompletedProcess[str]:
    line = code.replace("/data", str(place)).replace("luigi ", f"{LUIGI} ", 1)
    command = ["bash", "-euo", "pipefail", "-c", line]
    return subprocess.run(command, cwd=place, env=environment(), capture_output=True, text=True, check=False)


def test_no_printed_command_is_left_out() -> None:
    heads = (OWN, RANGE, JQ, *ELSEWHERE)
    left = [code for _, mark, code in BLOCKS if "run" not in mark and not code.startswith(heads)]
    assert left == []
    assert all(any(code.startswith(head) for _, _, code in BLOCKS) for head in heads)
    assert len(RUNNABLE) > 8


def test_a_dump_of_ones_own_is_scored_as_printed(tmp_path: Path) -> None:
    (code,) = _printed(OWN)
    write_jsonl(tmp_path / "2025-10-17" / "night.jsonl", articles(2))
    done = _run(code, tmp_path)
    assert done.returncode == 0, done.stderr
    assert index(tmp_path / "scores", "2025-10-17")["counts"]["records"] == 8


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
def test_a_range_of_nights_is_run_as_printed_and_its_changes_are_read_as_printed(tmp_path: Path) -> None:
    code, again = _printed(RANGE)
    assert code == again, "two documents print it"
    rows = articles(3)
    for night, part in (("2026-03-01", rows[:6]), ("2026-03-02", rows[6:])):
        write_jsonl(tmp_path / night / "night.jsonl", part)
    done = _run(code.replace("2026-03-08", "2026-03-03"), tmp_path)
    assert done.returncode == 0, done.stderr
    nights = [path.name for path in sorted((tmp_path / "scores").glob("????-??-??"))]
    assert nights == ["2026-03-01", "2026-03-02"]
    (jq,) = _printed(JQ)
    folder = next((tmp_path / "scores" / nights[1]).glob("*/summary.json")).parent
    told = subprocess.run(["bash", "-c", jq], cwd=folder, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
