"""Shards on Spark: a work list, mapped by whatever master there is; rows carry a number, the shards are files."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TypeVar

import pyarrow as pa
from pyspark.sql import SparkSession

from pipeline.settings import EngineSettings

S = TypeVar("S")
R = TypeVar("R")


def map_shards(function: Callable[[S], R], specs: Sequence[S], settings: EngineSettings) -> Iterator[R]:
    """Yield ``function(spec)`` in the order of the specs, once all are done; each spec is a partition of its own.

    Functions travel by name and specs by value, so the executors' Python needs this package and the
    output's storage. What a shard raises comes back inside Spark's own exception.
    """
    work = pickle.dumps((function, tuple(specs)))

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        mapped, listed = pickle.loads(work)  # noqa: S301 - our own bytes, out of this very closure
        for batch in batches:
            numbers = batch.column("id").to_pylist()
            results = [pickle.dumps(mapped(listed[number])) for number in numbers]
            yield pa.RecordBatch.from_arrays([pa.array(numbers, pa.int64()), pa.array(results, pa.binary())], _COLUMNS)

    # Arrow rather than pandas batches: the rows are a number and some bytes, no frame is wanted.
    numbers = _session(settings).range(0, len(specs), 1, len(specs))
    rows = numbers.mapInArrow(run, "id long, result binary").collect()
    for row in sorted(rows, key=lambda row: row.id):
        yield pickle.loads(row.result)  # noqa: S301 - written by our own workers above


_COLUMNS = ["id", "result"]


@cache  # a night maps several stages; starting Spark takes seconds, so once a process
def _session(settings: EngineSettings) -> SparkSession:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else Spark takes the machine's own python3
    builder = SparkSession.builder.appName("twosource")
    # Without a master of our own naming, spark-submit's, or the one in spark-defaults.conf, holds.
    if settings.address or "SPARK_HOME" not in os.environ:
        builder = builder.master(settings.address or f"local[{settings.workers or '*'}]")
    quiet = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    return builder.config(map=quiet).getOrCreate()
