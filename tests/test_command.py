"""The contract of the command, tried with the real ``luigi`` script in a process of its own."""

from __future__ import annotations

import datetime
import fcntl
import hashlib
import json
import platform
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pipeline.report import check, check_laws
from tests.command import LUIGI, NIGHT, environment, index, left, reports, score_all, scored
from tests.conftest import ROOT
from tests.dumps import articles, write_jsonl


@pytest.fixture(scope="session")
def night(elsewhere: Path) -> str:
    """Return the night of the sample run: there is one, today's unless midnight has just passed."""
    (folder,) = (path for path in (elsewhere / "reports").iterdir() if path.name != ".work")
    return folder.name


def test_without_arguments_from_anywhere_it_scores_the_sample(
    sample_run: subprocess.CompletedProcess[str], elsewhere: Path, night: str
) -> None:
    assert sample_run.returncode == 0, sample_run.stderr
    assert abs(datetime.date.fromisoformat(night) - datetime.datetime.now(datetime.UTC).date()).days <= 1
    assert len(reports(elsewhere / "reports", night)) == 5
    assert index(elsewhere / "reports", night)["supersedes"] is None


@pytest.mark.usefixtures("sample_run")
def test_reports_index_summary_and_rows_hold_their_schemas_and_laws(elsewhere: Path, night: str) -> None:
    folder = elsewhere / "reports" / night
    receipt = index(elsewhere / "reports", night)
    check("index", receipt)
    check("summary", json.loads((folder / receipt["files"]["summary"]).read_bytes()))
    for report in reports(elsewhere / "reports", night).values():
        check("report", report)
        check_laws(report)
    for row in (folder / receipt["files"]["scores"]).read_text("utf-8").splitlines():
        check("score-row", json.loads(row))
    for row in (folder / receipt["files"]["claims"]).read_text("utf-8").splitlines():
        check("claim-row", json.loads(row))


@pytest.mark.usefixtures("sample_run")
def test_the_index_lists_every_file_of_its_revision_with_its_digest(elsewhere: Path, night: str) -> None:
    files = left(elsewhere / "reports", night)
    del files["index.json"]
    assert index(elsewhere / "reports", night)["sha256"] == {
        path: hashlib.sha256(data).hexdigest() for path, data in files.items()
    }


@pytest.mark.usefixtures("sample_run")
def test_no_file_knows_the_machine(elsewhere: Path, night: str) -> None:
    folders, host = [str(elsewhere), str(ROOT)], platform.node()
    shipped = b"".join(
        path.read_bytes() for name in ("seeds", "schemas", "config") for path in ROOT.glob(f"{name}/*.*")
    )
    # A host may bear a word of the sample's, or so short a name that a digest may hold it.
    traces = [*folders, host] if len(host) > 6 and host.encode() not in shipped else folders
    for path, data in left(elsewhere / "reports", night).items():
        assert not [trace for trace in traces if trace.encode() in data], path


def test_it_says_what_it_found_and_where(
    sample_run: subprocess.CompletedProcess[str], elsewhere: Path, night: str
) -> None:
    lines = sample_run.stdout.splitlines()
    assert lines[0].startswith("5 records: ")
    assert lines[-1] == f"Index: reports/{night}/index.json"
    assert (elsewhere / lines[-2].removeprefix("Reports: ")).is_dir()


def test_a_second_run_does_nothing_and_says_so(tmp_path: Path) -> None:
    dump = write_jsonl(tmp_path / "dump.jsonl", articles(2))
    scored(dump, tmp_path / "out", cwd=tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    again = score_all("--dump", str(dump), "--output", str(tmp_path / "out"), "--date", NIGHT, cwd=tmp_path)
    assert (again.returncode, again.stdout.count("nothing to do")) == (0, 1)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == before


def test_output_inside_the_dump_is_no_part_of_it(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "dump.jsonl", articles(1))
    for words in ("4 records", "nothing to do"):
        run = score_all("--dump", ".", "--date", NIGHT, cwd=tmp_path)
        assert (run.returncode, words in run.stdout) == (0, True), run.stdout


def test_luigis_range_of_days_runs_the_nights_that_are_missing(tmp_path: Path) -> None:
    days = [datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=back) for back in (3, 2, 1)]
    command = [str(LUIGI), "--module", "pipeline", "RangeDaily", "--of", "ScoreAll"]
    for done in ([], [f"{days[0]}", f"{days[1]}"]):
        assert sorted(path.name for path in tmp_path.glob("reports/2*")) == done
        span = ["--start", f"{days[0]}", "--stop", f"{days[2]}"]
        subprocess.run([*command, *span], cwd=tmp_path, env=environment(), check=True, capture_output=True)


def test_another_spelling_of_the_same_run_does_nothing(tmp_path: Path) -> None:
    dump = write_jsonl(tmp_path / "dump.jsonl", articles(1))
    scored(dump, tmp_path / "out", cwd=tmp_path)
    again = score_all("--date", NIGHT, "--output=out/../out", "--dump", "./dump.jsonl", cwd=tmp_path)
    assert (again.returncode, again.stdout.count("nothing to do")) == (0, 1)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--dump", "not/there"], 20, "dump 'not/there': no file, folder or glob match"),
        (["--dump", "empty"], 20, "an empty folder"),
        (["--date", "yesterday"], 2, "--date 'yesterday': not a day; write YYYY-MM-DD"),
        (["--date", "2026-02-30"], 2, "--date '2026-02-30': not a day"),
        (["--config", "typo.toml"], 2, "typo.toml: unknown key stories.window_day; did you mean stories.window_days?"),
        (["--config", "absent.toml"], 2, "absent.toml: can't be read"),
        (["--speed", "high"], 2, "unrecognized arguments: --speed high"),
        (["--output", "taken", "--date", NIGHT], 30, "Is a directory: 'taken/2026-03-02/run_metrics.json'"),
        (["--dump", ""], 2, "--dump is empty (an unset variable?)"),
        (["--output", "typo.toml"], 30, "--output 'typo.toml': Not a directory"),
        (["--workers", "0"], 2, "--workers 0: nobody would do the work"),
        (["--output", "crooked", "--date", NIGHT], 40, "Is a directory: 'crooked/2026-03-02/index.json'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_each_failure_has_its_exit_status_and_names_its_cause(
    arguments: list[str], status: int, words: str, tmp_path: Path
) -> None:
    (tmp_path / "typo.toml").write_text("[stories]\nwindow_day = 3\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / "taken" / NIGHT / "run_metrics.json").mkdir(parents=True)
    (tmp_path / "crooked" / NIGHT / "index.json").mkdir(parents=True)
    run = score_all(*arguments, cwd=tmp_path)
    assert (run.returncode, words in run.stderr) == (status, True), run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "reports" / NIGHT).exists()


def test_a_stage_that_may_not_run_ends_the_run_with_35(tmp_path: Path) -> None:
    (tmp_path / "luigi.cfg").write_text("[resources]\ntwosource window = 0\n")
    run = score_all("--log-level", "INFO", cwd=tmp_path)
    assert (run.returncode, "were left pending" in run.stderr) == (35, True), run.stderr


def test_a_working_directory_that_is_gone_is_named_where_a_path_hangs_on_it(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    program = [str(LUIGI), "--module", "pipeline", "ScoreAll", "--dump", str(tmp_path)]
    lost = ["sh", "-c", 'cd gone && rmdir ../gone && exec "$@"', "sh", *program]
    run = subprocess.run(lost, cwd=tmp_path, env=environment(), check=False, capture_output=True, text=True)
    assert (run.returncode, "Traceback" in run.stderr) == (2, False), run.stderr
    assert "the working directory is gone" in run.stderr


def test_a_busy_output_ends_the_run_with_10(tmp_path: Path) -> None:
    lock = tmp_path / "out" / ".work" / "lock"
    lock.parent.mkdir(parents=True)
    with lock.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        run = score_all("--output", "out", cwd=tmp_path)
    assert (run.returncode, "another run is writing there" in run.stderr) == (10, True), run.stderr


def test_the_operators_luigi_cfg_wins_over_ours(tmp_path: Path) -> None:
    (tmp_path / "luigi.cfg").write_text("[retcode]\nmissing_data = 77\n")
    assert score_all("--dump", "not/there", cwd=tmp_path).returncode == 77


def test_luigi_config_path_wins_over_all(tmp_path: Path) -> None:
    (tmp_path / "luigi.cfg").write_text("[retcode]\nmissing_data = 77\n")
    (tmp_path / "operator.cfg").write_text("[retcode]\nmissing_data = 78\n")
    env = {"LUIGI_CONFIG_PATH": str(tmp_path / "operator.cfg")}
    assert score_all("--dump", "not/there", cwd=tmp_path, env=env).returncode == 78


def test_a_changed_dump_is_scored_again_and_the_old_revision_stays(tmp_path: Path) -> None:
    dump, output = tmp_path / "dump.jsonl", tmp_path / "out"
    first = scored(write_jsonl(dump, articles(1)), output, cwd=tmp_path)
    kept = {path: data for path, data in left(output).items() if path.startswith(first["fingerprint"])}
    second = scored(write_jsonl(dump, articles(2)), output, cwd=tmp_path)
    assert second["supersedes"] == first["fingerprint"] != second["fingerprint"]
    assert kept.items() <= left(output).items()


def test_a_dump_that_changes_back_has_its_old_revision_back_untouched(tmp_path: Path) -> None:
    dump, output = tmp_path / "dump.jsonl", tmp_path / "out"
    first = scored(write_jsonl(dump, articles(1)), output, cwd=tmp_path)
    second = scored(write_jsonl(dump, articles(2)), output, cwd=tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (output / NIGHT / first["fingerprint"]).rglob("*")}
    third = scored(write_jsonl(dump, articles(1)), output, cwd=tmp_path)
    assert third == first | {"supersedes": second["fingerprint"]}
    assert {path: path.stat().st_mtime_ns for path in (output / NIGHT / first["fingerprint"]).rglob("*")} == before


def test_a_changed_config_is_scored_again(tmp_path: Path) -> None:
    dump = write_jsonl(tmp_path / "dump.jsonl", articles(1))
    (tmp_path / "mine.toml").write_text("[stories]\nwindow_days = 2\n")
    first = scored(dump, tmp_path / "out", cwd=tmp_path)
    second = scored(dump, tmp_path / "out", "--config", "mine.toml", cwd=tmp_path)
    assert first["fingerprint"] != second["fingerprint"]
    assert first["dump"] == second["dump"]


def test_a_changed_version_is_scored_again(tmp_path: Path) -> None:
    dump = write_jsonl(tmp_path / "dump.jsonl", articles(1))
    first = scored(dump, tmp_path / "out", cwd=tmp_path)
    for name in ("pipeline", "config", "schemas", "seeds"):
        subprocess.run(["cp", "-R", str(ROOT / name), str(tmp_path)], check=True)
    with (tmp_path / "pipeline" / "version.py").open("a") as version:
        version.write('VERSION = "99.0"\n')
    arguments = ("--dump", str(dump), "--output", "out", "--date", NIGHT)
    run = score_all(*arguments, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)})
    assert (run.returncode, "nothing to do" in run.stdout) == (0, False), run.stderr
    assert index(tmp_path / "out")["supersedes"] == first["fingerprint"]


def test_every_record_of_the_dump_is_accounted_for(tmp_path: Path) -> None:
    records = articles(2)
    lines = [json.dumps(record) for record in (*records, records[0])]
    (tmp_path / "dump.jsonl").write_text("\n".join([*lines, "{broken", '{"id": "no text"}', ""]))
    counts = scored(tmp_path / "dump.jsonl", tmp_path / "out", cwd=tmp_path)["counts"]
    assert counts["records"] == len(records) + 3
    assert (counts["duplicates"], counts["quarantined"]) == (1, 2)


def test_the_closing_words_say_why_records_are_quarantined_and_where_the_hints_are(tmp_path: Path) -> None:
    (tmp_path / "dump.jsonl").write_text('{broken\n{"id": "no text"}\n{"id": "nor this"}\n')
    run = score_all("--dump", "dump.jsonl", "--output", "out", "--date", NIGHT, cwd=tmp_path)
    path = f"out/{NIGHT}/{index(tmp_path / 'out')['files']['quarantine']}"
    assert f"Quarantined: text.missing 2, json.syntax 1; see {path}" in run.stdout.splitlines()
    assert (tmp_path / path).is_file()


def test_the_jsonl_layout_holds_the_same_reports_in_one_file(tmp_path: Path) -> None:
    dump = write_jsonl(tmp_path / "dump.jsonl", articles(2))
    (tmp_path / "mine.toml").write_text('[report]\nlayout = "jsonl"\n')
    scored(dump, tmp_path / "a", cwd=tmp_path)
    receipt = scored(dump, tmp_path / "b", "--config", "mine.toml", cwd=tmp_path)
    (path,) = (tmp_path / "b" / NIGHT / receipt["files"]["reports"]).iterdir()
    rows = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert {row["article"]["id"]: _without_run(row) for row in rows} == {
        id_: _without_run(report) for id_, report in reports(tmp_path / "a").items()
    }


def test_the_metrics_name_every_stage(tmp_path: Path) -> None:
    scored(write_jsonl(tmp_path / "dump.jsonl", articles(1)), tmp_path / "out", cwd=tmp_path)
    metrics = json.loads((tmp_path / "out" / NIGHT / "run_metrics.json").read_bytes())
    stages = ["IngestDump", "ExtractClaims", "GroupStories", "Corroborate", "Score", "ScoreAll"]
    assert list(metrics["stages"]) == stages
    assert all(row["wall_seconds"] >= 0 and row["peak_memory_bytes"] > 0 for row in metrics["stages"].values())
    assert {row["articles"] for row in metrics["stages"].values()} == {4}


def test_help_describes_the_arguments(tmp_path: Path) -> None:
    run = subprocess.run(
        [LUIGI, "--module", "pipeline", "ScoreAll", "--help"],
        cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "file, folder or glob to score" in run.stdout


def _without_run(report: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in report.items() if key != "run"}
