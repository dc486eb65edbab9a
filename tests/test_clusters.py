"""Other engines: the same command on Dask and on Spark leaves the same bytes as on this machine's pool."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from pipeline.digests import code_digest
from pipeline.engines.sameness import OtherCodeError, checked
from tests.command import NIGHT, left, score_all, scored
from tests.dumps import articles, write_jsonl

needs_dask = pytest.mark.skipif(find_spec("distributed") is None, reason="the extra 'dask' is not installed")
needs_spark = pytest.mark.skipif(
    find_spec("pyspark") is None or shutil.which("java") is None, reason="the extra 'spark', or Java, is not installed"
)
STORIES = 260  # of four outlets: five shards a stage
SECONDS = 60  # that a cluster may take to start listening


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump of several shards."""
    return write_jsonl(tmp_path_factory.mktemp("dump") / "night.jsonl", articles(STORIES))


@pytest.fixture(scope="module")
def on_the_pool(dump: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the local engine leaves of the dump."""
    there = tmp_path_factory.mktemp("local")
    scored(dump, there / "out", cwd=there)
    return left(there / "out")


def _on(engine: str, dump: Path, there: Path, address: str = "") -> dict[str, bytes]:
    config = there / "engine.toml"
    config.write_text(f'[engine]\nname = "{engine}"\nworkers = 2\naddress = "{address}"\n')
    scored(dump, there / "out", "--config", str(config), cwd=there)
    return left(there / "out")


@needs_dask
def test_dask_on_this_machine_leaves_the_same_bytes(dump: Path, on_the_pool: dict[str, bytes], tmp_path: Path) -> None:
    assert _on("dask", dump, tmp_path) == on_the_pool


@needs_dask
def test_a_dask_scheduler_at_an_address_leaves_the_same_bytes(
    dump: Path, on_the_pool: dict[str, bytes], tmp_path: Path
) -> None:
    port = _free_port()
    address = f"tcp://127.0.0.1:{port}"
    scheduler = ("dask", "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    with (
        _running(scheduler, tmp_path),
        _running(("dask", "worker", address, "--nworkers", "2", "--nthreads", "1"), tmp_path),
    ):
        assert _on("dask", dump, tmp_path, address) == on_the_pool


@needs_spark
def test_spark_on_this_machine_leaves_the_same_bytes(dump: Path, on_the_pool: dict[str, bytes], tmp_path: Path) -> None:
    assert _on("spark", dump, tmp_path) == on_the_pool


@needs_spark
def test_a_standalone_spark_master_leaves_the_same_bytes(
    dump: Path, on_the_pool: dict[str, bytes], tmp_path: Path
) -> None:
    port = _free_port()
    address = f"spark://127.0.0.1:{port}"
    deploy = ("spark-class", "org.apache.spark.deploy")
    master = (deploy[0], f"{deploy[1]}.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
    worker = (deploy[0], f"{deploy[1]}.worker.Worker", "--host", "127.0.0.1", "--cores", "2", "--memory", "2g", "--webui-port", "0", address)  # fmt: skip
    with _running(master, tmp_path):
        _wait_for(port)
        with _running(worker, tmp_path):
            assert _on("spark", dump, tmp_path, address) == on_the_pool


@pytest.mark.parametrize("engine", ["dask", "spark"])
def test_an_engine_that_is_not_installed_names_its_extra(engine: str, tmp_path: Path) -> None:
    package = {"dask": "distributed", "spark": "pyspark"}[engine]
    if find_spec(package) is not None:
        pytest.skip(f"{package} is installed")
    (tmp_path / "engine.toml").write_text(f'[engine]\nname = "{engine}"\n')
    run = score_all("--config", "engine.toml", "--date", NIGHT, cwd=tmp_path)
    assert (run.returncode, f"pip install 'twosource[{engine}]'" in run.stderr) == (2, True), run.stderr


def test_a_worker_with_other_code_refuses_the_shard() -> None:
    assert checked(abs, code_digest(), -2) == 2
    with pytest.raises(OtherCodeError, match="install the same version"):
        checked(abs, "0" * 64, -2)


@contextmanager
def _running(command: tuple[str, ...], there: Path) -> Iterator[None]:
    """Run a cluster's daemon, a program of this environment, for the time of a block."""
    found = find_spec("pyspark")
    spark = {"SPARK_HOME": str(Path(found.origin or "").parent)} if found else {}
    environment = os.environ | spark | {"SPARK_LOCAL_IP": "127.0.0.1"}
    program = Path(shutil.which(command[0], path=os.fspath(Path(sys.executable).parent)) or command[0])
    daemon = subprocess.Popen([program, *command[1:]], cwd=there, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        daemon.terminate()
        daemon.wait(SECONDS)


def _wait_for(port: int) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(f"nothing listens on port {port}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
