"""Shards on this machine's cores: in this process, or in a pool that dies with it."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from pipeline.settings import EngineSettings

S = TypeVar("S")
R = TypeVar("R")

_POOL_PAYS_FROM = 4  # shards; below, starting processes costs more than they save
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def map_shards(function: Callable[[S], R], specs: Sequence[S], settings: EngineSettings) -> Iterator[R]:
    """Yield ``function(spec)`` in the order of the specs; 0 workers: a process a core that this one may use."""
    processes = min(settings.workers or _cores(), len(specs))
    if processes <= 1 or len(specs) < _POOL_PAYS_FROM:
        return map(function, specs)
    return _pooled(function, specs, processes)


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when its parent ends, so that no orphan goes on writing.

    Linux only: elsewhere a pool's process ends when it next asks its dead parent for work.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the kernel knew
        os._exit(1)


class DiesWithParent:
    """Luigi's hook around a task's process: with more than one Luigi worker, none outlives a killed run."""

    def __init__(self, process: object) -> None:
        """Take the task process, as Luigi hands it over."""

    def __enter__(self) -> None:
        parent = multiprocessing.parent_process()
        if parent is not None and parent.pid is not None:
            die_with_parent(parent.pid)

    def __exit__(self, *exception: object) -> None:
        """Leave the process as it is."""


def _pooled(function: Callable[[S], R], specs: Sequence[S], processes: int) -> Iterator[R]:
    # Spawned, not forked: pyarrow has threads, and a fork server would be the children's parent.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, die_with_parent, (os.getpid(),)) as pool:
        try:
            yield from pool.map(function, specs)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
