"""What is installed is what was tested: a built wheel, in an environment of its own, outside any checkout."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.command import NIGHT, environment, index, left, score_all
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the interpreter of a new environment that holds the wheel, with our dependencies beside it.

    The tree's own editable install isn't there: a ``.pth`` file inside a ``.pth`` folder is not read.
    """
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    interpreter = folder / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", str(interpreter), "install", "--quiet", "--no-deps"]
    subprocess.run([*command, "--no-index", str(wheel)], check=True, capture_output=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return interpreter


def test_the_wheel_holds_every_file_that_a_run_reads(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pipeline").rglob("*.py")} | {"pipeline/py.typed"}
    for room in ("site", "evaluation"):
        wanted |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "pipeline" / room / "templates").iterdir()}
    for name, patterns in {
        "config": ("*.cfg", "*.toml", "lexicon/*.csv"),
        "schemas": ("*.json",),
        "seeds": ("*.txt",),
        "docs": ("*.md",),
    }.items():
        found = [path for pattern in patterns for path in (ROOT / name).glob(pattern)]
        assert found, name
        wanted |= {f"pipeline/_{path.relative_to(ROOT).as_posix()}" for path in found}
    assert wanted - held == set()


def test_the_wheel_reads_its_own_config_schemas_and_sample(python: Path, tmp_path: Path) -> None:
    ask = "from pipeline.resources import folder; print(*map(folder, ('config', 'schemas', 'seeds')), sep='\\n')"
    run = subprocess.run(
        [python, "-P", "-c", ask], cwd=tmp_path, env=_bare(), capture_output=True, text=True, check=True
    )
    assert [Path(line).relative_to(python.parent.parent).name for line in run.stdout.splitlines()] == [
        "_config", "_schemas", "_seeds",
    ]  # fmt: skip


def test_the_wheel_scores_the_sample_as_the_checkout_does(python: Path, tmp_path: Path) -> None:
    program = (str(python), "-P", "-m", "luigi")
    run = score_all("--date", NIGHT, "--output", "wheel", cwd=tmp_path, env={"PYTHONPATH": ""}, program=program)
    assert run.returncode == 0, run.stderr
    assert score_all("--date", NIGHT, "--output", "checkout", cwd=tmp_path).returncode == 0
    assert index(tmp_path / "wheel")["counts"]["records"] == 5
    assert left(tmp_path / "wheel") == left(tmp_path / "checkout")


def test_the_wheel_builds_the_pages_of_a_night(python: Path, tmp_path: Path) -> None:
    command = [str(python), "-P", "-m", "luigi", "--module", "pipeline", "BuildSite", "--date", NIGHT]
    run = subprocess.run(command, cwd=tmp_path, env=_bare(), capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    assert len(list(tmp_path.glob(f"reports/{NIGHT}/*-site/index.html"))) == 1


def _bare() -> dict[str, str]:
    return environment({"PYTHONPATH": ""})
