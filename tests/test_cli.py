"""The `twosource` command, run as a reader runs it."""

from __future__ import annotations

import subprocess
import sys
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


def test_config_says_where_each_value_comes_from(tmp_path: Path) -> None:
    over = tmp_path / "ours.toml"
    over.write_text("[stories]\nwindow_days = 9\n")
    rows = twosource("config", "--config", str(over)).stdout.splitlines()
    assert [row.split()[1:] for row in rows if row.startswith("stories.window_days")] == [["9", "(ours.toml)"]]
    assert [row.split()[1:] for row in rows if row.startswith("stories.similarity")] == [["0.14", "(scoring.toml)"]]


def test_config_refuses_an_unknown_key_with_the_nearest(tmp_path: Path) -> None:
    over = tmp_path / "ours.toml"
    over.write_text("[stories]\nwindow_dais = 9\n")
    shown = twosource("config", "--config", str(over))
    assert shown.returncode == 2
    assert "did you mean stories.window_days?" in shown.stderr
