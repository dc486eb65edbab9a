"""Shards on this machine's cores: in this process, or in a pool that dies with it."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from pipeline.arrow import leave_pandas_unloaded
from pipeline.settings import EngineSettings

S = TypeVar("S")
R = TypeVar("R")

_POOL_PAYS_FROM = 4  # shards; below, starting processes costs more than they save
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def map_shards(function: Callable[[S], R], specs: Sequence[S], settings: EngineSettings) -> Iterator[R]:
    """Yield ``function(spec)`` in the order of the specs; 0 workers: a process a core that this one may use."""
    processes = settings.workers or _cores()
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


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process has used since it started."""

    cpu_seconds: float
    peak_memory: int  # as ru_maxrss counts: KiB on Linux


_workers: dict[int, Spent] = {}  # by process, when it last finished a shard
_pools: dict[tuple[int, int], ProcessPoolExecutor] = {}  # by our process (a forked one has none) and number of theirs


def spent_by_pools() -> Spent:
    """Return what the pools of this process have used up to now: of living children the kernel tells nothing."""
    used = _workers.values()
    return Spent(sum(one.cpu_seconds for one in used), max((one.peak_memory for one in used), default=0))


def _pooled(function: Callable[[S], R], specs: Sequence[S], processes: int) -> Iterator[R]:
    pool = _pool(processes)
    done = False
    try:
        with _interrupts_held():
            results = pool.map(partial(_measured, function), specs)
        for result, process, used in results:
            _workers[process] = used
            yield result
        done = True
    finally:
        # A task's own process, where Luigi has several workers, waits for its children before Python tells them to end.
        if not done or multiprocessing.parent_process() is not None:
            del _pools[os.getpid(), processes]
            pool.shutdown(wait=done, cancel_futures=True)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Have the processes that are started here hold SIGINT back for good, and this one only meanwhile.

    Ctrl-C reaches a terminal's every process: it is for the run to answer, and its pool ends with it.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _pool(processes: int) -> ProcessPoolExecutor:
    """Return this process's pool, which all stages of a night share: starting its processes takes them seconds."""
    key = (os.getpid(), processes)
    if key not in _pools:
        # Spawned, not forked: pyarrow has threads, and a fork server would be the children's parent.
        context = multiprocessing.get_context("spawn")
        # Python's own keeper of a pool's semaphores removes those of a run that was ended, and would warn of it.
        os.environ.setdefault("PYTHONWARNINGS", "ignore::UserWarning:multiprocessing.resource_tracker")
        _pools[key] = ProcessPoolExecutor(processes, context, _made_ready, (os.getpid(),))
    return _pools[key]


def _made_ready(parent: int) -> None:
    """Prepare a process of a pool, which does nothing but shards."""
    die_with_parent(parent)
    leave_pandas_unloaded()
    gc.disable()  # shards rest the collector anyway; what they need is still to be loaded


def _measured(function: Callable[[S], R], spec: S) -> tuple[R, int, Spent]:
    result = function(spec)
    return result, os.getpid(), Spent(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
