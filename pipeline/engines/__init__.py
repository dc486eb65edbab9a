"""Where shards run: a function on picklable values, mapped over specs, results in their order.

An engine decides where, never what: shards read and write files, so the same specs leave the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from typing import TypeVar

from pipeline.digests import code_digest
from pipeline.engines.local import DiesWithParent, spent_by_pools
from pipeline.engines.sameness import checked
from pipeline.settings import EngineSettings

S = TypeVar("S")
R = TypeVar("R")

__all__ = ["DiesWithParent", "map_shards", "spent_by_pools"]


def map_shards(function: Callable[[S], R], specs: Sequence[S], settings: EngineSettings) -> Iterator[R]:
    """Yield ``function(spec)`` for each spec, in the order of the specs, on the engine that the settings name.

    ``function`` is a top-level function; specs and results can be pickled. An exception of a shard is raised
    here, and so is OtherCodeError when a cluster's worker runs another version of this package.
    """
    if not specs:
        return iter(())
    room = import_module(f"pipeline.engines.{settings.name}")
    if settings.name != "local":
        function = partial(checked, function, code_digest())
    results: Iterator[R] = room.map_shards(function, specs, settings)
    return results
