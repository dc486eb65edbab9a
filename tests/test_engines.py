"""Mapping shards: the same results in the same order, however many processes there are."""

from __future__ import annotations

import os
import subprocess
import sys

import pyarrow as pa
import pytest

from pipeline.engines import map_shards
from pipeline.settings import EngineSettings

SPECS = list(range(9))


def _local(workers: int) -> EngineSettings:
    return EngineSettings(name="local", workers=workers, address="")


def _square(number: int) -> int:
    return number * number


def _inverse(number: int) -> float:
    return 1 / (number - 5)


def _process(_: int) -> int:
    return os.getpid()


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_results_come_in_the_order_of_the_specs(workers: int) -> None:
    assert list(map_shards(_square, SPECS, _local(workers))) == [_square(number) for number in SPECS]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_shard_raises_is_raised(workers: int) -> None:
    with pytest.raises(ZeroDivisionError):
        list(map_shards(_inverse, SPECS, _local(workers)))


def test_one_worker_is_this_process() -> None:
    assert set(map_shards(_process, SPECS, _local(1))) == {os.getpid()}


def test_two_workers_are_other_processes() -> None:
    assert os.getpid() not in set(map_shards(_process, SPECS, _local(2)))


def test_no_shard_is_no_result() -> None:
    assert list(map_shards(_square, [], _local(0))) == []


def _made_an_array(_: int) -> bool:
    pa.array(["one"]).to_numpy(zero_copy_only=False)
    return "pandas" in sys.modules


def test_the_processes_of_a_pool_do_without_pandas() -> None:
    assert set(map_shards(_made_an_array, SPECS, _local(2))) == {False}


def test_what_needs_pandas_finds_it_after_it_was_left_unloaded() -> None:
    told = (
        "import pyarrow as pa; from pipeline.arrow import leave_pandas_unloaded; leave_pandas_unloaded();"
        "assert pa.table({'a': ['x', 'y']}).to_pandas().a.to_list() == ['x', 'y']"
    )
    subprocess.run([sys.executable, "-c", told], check=True)


def _threads(*, asked: str | None) -> int:
    told = "import pathlib, pipeline; print(len(list(pathlib.Path('/proc/self/task').iterdir())), end='')"
    name = "OPENBLAS_NUM_THREADS"
    world = {key: value for key, value in os.environ.items() if key != name} | ({name: asked} if asked else {})
    return int(subprocess.run([sys.executable, "-c", told], env=world, check=True, capture_output=True).stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux") or os.cpu_count() == 1, reason="counts threads in /proc")
def test_products_of_matrices_have_threads_of_their_own_only_where_asked_for() -> None:
    assert _threads(asked=None) == _threads(asked="2") - 1
