"""What many tests look at and none changes: a finished run of the sample, and a built wheel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests.command import score_all

ROOT = Path(__file__).resolve().parent.parent

# Nothing is timed here: machines are shared. The gate says the same of the same tree, so its examples are fixed;
# `--hypothesis-profile search` looks for new ones (CONTRIBUTING.md).
settings.register_profile("gate", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("gate")


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty folder that has nothing to do with the project: where cron may start us."""
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture(scope="session")
def sample_run(elsewhere: Path) -> subprocess.CompletedProcess[str]:
    """Return the run of the command without any argument, in ``elsewhere``."""
    return score_all(cwd=elsewhere)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built from a copy of what the build reads, so that the tree stays clean."""
    source = tmp_path_factory.mktemp("source")
    names = (
        "pipeline",
        "config",
        "schemas",
        "seeds",
        "docs",
        "setup.cfg",
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "NOTICE",
    )
    paths = [str(ROOT / name) for name in names if (ROOT / name).exists()]
    subprocess.run(["cp", "-R", *paths, str(source)], check=True)
    built = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(built), str(source)], check=True, capture_output=True)
    (found,) = built.glob("*.whl")
    return found
