"""An output on an object store: the same command, the same bytes, against a real S3 API on this machine."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.command import NIGHT, index, left, run_task, score_all, scored
from tests.dumps import articles, write_jsonl
from tests.nights import NIGHTS, write_nights
from tests.test_cli import twosource

BUCKET = "newsroom"
needs_s3 = pytest.mark.skipif(
    any(find_spec(package) is None for package in ("upath", "s3fs", "moto", "flask")),
    reason="the extra 's3', or moto's server, is not installed",
)


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump of a few stories."""
    return write_jsonl(tmp_path_factory.mktemp("dump") / "night.jsonl", articles(40))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A bucket behind an S3 API on loopback, as s3fs sees it; subprocesses find it in the environment."""
    with pytest.MonkeyPatch.context() as patch:
        server = importlib.import_module("moto.server").ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "any")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "any")
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        files = importlib.import_module("s3fs").S3FileSystem(use_listings_cache=False)
        files.mkdir(BUCKET)
        yield files
        server.stop()


def _left_there(store: Any, folder: str, date: str = NIGHT) -> dict[str, bytes]:
    """Return every file of a night by its path relative to the index's folder, but for the timings."""
    night = f"{folder}/{date}/"
    paths = [path for path in store.find(night) if not path.endswith("/run_metrics.json")]
    return {path.removeprefix(night): store.cat_file(path) for path in paths}


@needs_s3
def test_a_bucket_holds_the_same_bytes_as_a_folder(dump: Path, store: Any, tmp_path: Path) -> None:
    scored(dump, tmp_path / "out", cwd=tmp_path)
    run = score_all("--dump", str(dump), "--output", f"s3://{BUCKET}/same", "--date", NIGHT, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert _left_there(store, f"{BUCKET}/same") == left(tmp_path / "out")


@needs_s3
def test_a_second_run_into_a_bucket_does_nothing_and_a_changed_one_supersedes(
    dump: Path, store: Any, tmp_path: Path
) -> None:
    command = ("--dump", str(dump), "--output", f"s3://{BUCKET}/twice", "--date", NIGHT)
    assert score_all(*command, cwd=tmp_path).returncode == 0
    first = _left_there(store, f"{BUCKET}/twice")
    again = score_all(*command, cwd=tmp_path)
    assert (again.returncode, "already done" in again.stdout) == (0, True), again.stderr
    (tmp_path / "wide.toml").write_text("[stories]\nwindow_days = 9\n")
    assert score_all(*command, "--config", "wide.toml", cwd=tmp_path).returncode == 0
    both = _left_there(store, f"{BUCKET}/twice")
    assert {path: both[path] for path in first if path != "index.json"} == {
        path: data for path, data in first.items() if path != "index.json"
    }
    assert len(both) > len(first)


@needs_s3
def test_what_was_deleted_or_edited_in_a_bucket_is_written_anew_as_in_a_folder(store: Any, tmp_path: Path) -> None:
    dump = write_jsonl(tmp_path / "few.jsonl", articles(2))
    command = ("--dump", str(dump), "--output", f"s3://{BUCKET}/hurt", "--date", NIGHT)
    assert score_all(*command, cwd=tmp_path).returncode == 0
    whole = _left_there(store, f"{BUCKET}/hurt")
    (summary,) = (path for path in whole if path.endswith("/summary.json"))
    deleted, edited, *_ = (path for path in whole if "/reports/" in path)
    store.rm_file(f"{BUCKET}/hurt/{NIGHT}/{summary}")  # without it a night does not count as done
    store.rm_file(f"{BUCKET}/hurt/{NIGHT}/{deleted}")
    store.pipe_file(f"{BUCKET}/hurt/{NIGHT}/{edited}", whole[edited][::-1])  # of the same size
    again = score_all(*command, cwd=tmp_path)
    assert (again.returncode, "already done" in again.stdout) == (0, False), again.stderr
    assert _left_there(store, f"{BUCKET}/hurt") == whole


@needs_s3
def test_nights_bear_on_each_other_in_a_bucket_as_in_a_folder(store: Any, tmp_path: Path) -> None:
    write_nights(tmp_path / "dumps")
    for night in (first := NIGHTS[0], second := NIGHTS[2]):
        for output in (str(tmp_path / "out"), f"s3://{BUCKET}/window"):
            run = score_all("--dump", "dumps/{date}", "--output", output, "--date", night, cwd=tmp_path)
            assert run.returncode == 0, run.stderr
    for night in (first, second):
        assert _left_there(store, f"{BUCKET}/window", night) == left(tmp_path / "out", night)
    assert index(tmp_path / "out", first)["window"]["later"], "the later night scored the first one anew"


@needs_s3
def test_the_pages_of_a_night_in_a_bucket_are_those_of_a_folder_and_explain_reads_them(
    store: Any, tmp_path: Path
) -> None:
    dump = write_jsonl(tmp_path / "few.jsonl", articles(3))
    for output in ("out", f"s3://{BUCKET}/site"):
        run = run_task("BuildSite", "--dump", str(dump), "--output", output, "--date", NIGHT, cwd=tmp_path)
        assert run.returncode == 0, run.stderr
    assert _left_there(store, f"{BUCKET}/site") == left(tmp_path / "out")
    assert any(path.endswith("-site/index.html") for path in left(tmp_path / "out"))
    told = [
        twosource("explain", "a00000-0", "--output", output, cwd=tmp_path) for output in ("out", f"s3://{BUCKET}/site")
    ]
    assert (told[1].returncode, told[1].stdout) == (0, told[0].stdout), told[1].stderr
    written = twosource("export", "ledger", "--output", f"s3://{BUCKET}/site", "--to", f"s3://{BUCKET}/ledger.csv")
    assert written.returncode == 0, written.stderr
    assert store.cat_file(f"{BUCKET}/ledger.csv").startswith(b"article,")


@needs_s3
def test_a_bucket_that_is_not_there_fails_the_run_and_says_so(dump: Path, store: Any, tmp_path: Path) -> None:
    assert not store.exists("nowhere-at-all")
    run = score_all("--dump", str(dump), "--output", "s3://nowhere-at-all/x", "--date", NIGHT, cwd=tmp_path)
    assert (run.returncode, "bucket does not exist" in run.stderr) == (30, True), run.stderr


def test_a_url_without_its_extra_is_refused(tmp_path: Path) -> None:
    url = "s3://bucket/x" if find_spec("upath") is None else "nosuchscheme://bucket/x"
    run = score_all("--output", url, "--date", NIGHT, cwd=tmp_path)
    assert (run.returncode, f"--output {url}" in run.stderr) == (2, True), run.stderr
    assert "Traceback" not in run.stderr
