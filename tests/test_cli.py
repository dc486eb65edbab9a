"""The `twosource` command, run as a reader runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.cli import ROOMS
from tests.command import environment

TWOSOURCE = Path(sys.executable).with_name("twosource")


def twosource(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run ``twosource`` with arguments and wait for it."""
    return subprocess.run(
        [TWOSOURCE, *arguments], cwd=cwd, env=environment(), capture_output=True, text=True, timeout=300, check=False
    )


def test_help_names_every_subcommand() -> None:
    shown = twosource("--help")
    assert shown.returncode == 0
    assert all(room in shown.stdout for room in ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_every_subcommand_explains_itself(room: str) -> None:
    shown = twosource(room, "--help")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("Usage:")


def test_an_unknown_subcommand_ends_with_2() -> None:
    assert twosource("explode").returncode == 2


def test_config_says_where_each_value_comes_from_its_range_and_its_reason(tmp_path: Path) -> None:
    over = tmp_path / "ours.toml"
    over.write_text("[stories]\nwindow_days = 9\n")
    lines = twosource("config", "--config", str(over)).stdout.splitlines()
    told = {line.split()[0]: (" ".join(line.split()[1:]), next_) for line, next_ in pairwise(lines) if line[0] != " "}
    assert told["stories.window_days"][0] == "9 (ours.toml; 0.1 to 100_000)"
    assert told["stories.window_days"][1].strip().startswith("days; how far apart")
    assert told["stories.similarity"][0] == "0.14 (scoring.toml; 0 to 1)"
    assert told["report.layout"][0] == "'article' (scoring.toml; article | jsonl)"


def test_config_as_json_has_every_key_with_its_range_unit_and_reason(tmp_path: Path) -> None:
    over = tmp_path / "ours.toml"
    over.write_text('[site]\ntext = "none"\n')
    rows = {row["name"]: row for row in json.loads(twosource("config", "--config", str(over), "--json").stdout)}
    assert [name for name, row in rows.items() if not (row["allowed"] and row["comment"])] == []
    assert (rows["site.text"]["value"], rows["site.text"]["origin"]) == ("none", "ours.toml")
    assert rows["site.text"]["allowed"] == "full | quotes | none"
    assert rows["score.weight.date"]["comment"] == "what a kind of claim weighs beside the others"


def test_config_refuses_an_unknown_key_with_the_nearest(tmp_path: Path) -> None:
    over = tmp_path / "ours.toml"
    over.write_text("[stories]\nwindow_dais = 9\n")
    shown = twosource("config", "--config", str(over))
    assert shown.returncode == 2
    assert "did you mean stories.window_days?" in shown.stderr
