"""What the steps share: a shard's whereabouts, and mapping over the shards that are still missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol, TypeVar

from pipeline.engines import map_shards
from pipeline.runs import Night, Places
from pipeline.settings import EngineSettings, Settings
from pipeline.store import Shard, StoreError, read_manifest, receipt, remedy, write_manifest

S = TypeVar("S")
T = TypeVar("T")

# Articles a shard: about a second of work, so that a restart loses little and processes share evenly.
SHARD_ARTICLES = 250


class Watch(Protocol):
    """Passes results on and shows how many of them there are."""

    def __call__(self, results: Iterator[T], total: int) -> Iterable[T]:
        """Yield the results; ``total`` of them are to come."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a step did, for the metrics."""

    shards: int
    reused: int  # shards that an earlier, broken run had left
    articles: int  # that it worked on; from the grouping on, with those of other nights that this one adds to


@dataclass(frozen=True, slots=True)
class ShardSpec:
    """One shard of one step."""

    places: Places
    settings: Settings
    name: str  # of the file, the same in every stage: "00003.arrow"

    def path(self, stage: str, kind: str) -> Path:
        """Return where a stage keeps this shard's records of one kind."""
        return self.places.stage(stage) / kind / self.name


def shard_name(number: int) -> str:
    """Return the file name of the shard with a number from 0."""
    return f"{number:05d}.arrow"


def stage_shards(night: Night, stage: str) -> tuple[Shard, ...]:
    """Return the receipts of all files of a finished stage; raise StoreError when it is not complete."""
    manifest = read_manifest(night.places.stage(stage), night.places.stage_fingerprint(stage))
    if manifest is None:
        folder = night.places.stage(stage)
        raise StoreError(f"{folder}: no longer complete; {remedy(folder)}")
    return manifest.shards


def shard_specs(night: Night, stage: str, kind: str) -> list[ShardSpec]:
    """Return a spec for each shard of one kind that a finished stage left."""
    paths = [PurePosixPath(shard.name) for shard in stage_shards(night, stage)]
    names = [path.name for path in paths if path.parts[0] == kind]
    return [ShardSpec(night.places, night.settings, name) for name in names]


def map_missing(
    function: Callable[[S], object],
    specs: Sequence[S],
    target: Callable[[S], Path],
    engine: EngineSettings,
    watch: Watch,
) -> int:
    """Run a shard function on the specs whose target file is missing; return how many were there."""
    missing = [spec for spec in specs if not target(spec).is_file()]
    for _ in watch(map_shards(function, missing, engine), len(missing)):
        pass
    return len(specs) - len(missing)


def close_stage(night: Night, stage: str, specs: Sequence[ShardSpec], *kinds: str) -> None:
    """Write the manifest of a stage whose shards of some kinds are all there."""
    folder = night.places.stage(stage)
    shards = [receipt(folder, f"{kind}/{spec.name}") for kind in kinds for spec in specs]
    write_manifest(folder, night.places.stage_fingerprint(stage), shards)


def slices(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Cut a sequence into runs of ``size``, the last one shorter; at least one, even if empty."""
    return [items[start : start + size] for start in range(0, max(1, len(items)), size)]
