"""Where shards run: a function on picklable values, mapped over specs, results in their order."""

from __future__ import annotations

from pipeline.engines.local import map_shards

__all__ = ["map_shards"]
