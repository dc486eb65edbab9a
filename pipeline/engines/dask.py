"""Shards on a Dask cluster: the scheduler at an address, or processes of our own on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TypeVar

from distributed import Client, LocalCluster

from pipeline.settings import EngineSettings

S = TypeVar("S")
R = TypeVar("R")


def map_shards(function: Callable[[S], R], specs: Sequence[S], settings: EngineSettings) -> Iterator[R]:
    """Yield ``function(spec)`` in the order of the specs; each shard is one task, never run ahead of an asked one.

    Functions travel by name and specs by value, so the workers need this package and the output's storage.
    """
    # pure=False: a shard writes files, so a result of the same call must never be taken from memory.
    futures = _client(settings).map(function, specs, pure=False, retries=0)
    try:
        for future in futures:
            yield future.result()
    finally:
        _client(settings).cancel(futures)


@cache  # a night maps several stages; the cluster is joined, or started, once a process and left at its end
def _client(settings: EngineSettings) -> Client:
    if settings.address:
        return Client(settings.address)
    # One thread a process: extraction holds the interpreter's lock, threads would only wait for one another.
    return Client(LocalCluster(n_workers=settings.workers or None, threads_per_worker=1, dashboard_address=None))
