"""What a run would read from a dump, and how: counted part by part, with the first articles of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from pipeline.ingest.plan import DumpFile
from pipeline.ingest.read import Reading, read_parts
from pipeline.models import Article, DumpLocation, Rejected
from pipeline.settings import IngestSettings

Precision = Literal["day", "second", "second, zone not given"]
_DAY = len("2025-01-31")
_ZONE = re.compile(r"(?:Z|[+-]\d\d:\d\d)$", re.ASCII)


@dataclass(slots=True)
class Inspected:
    """One part of a dump, read to its end."""

    location: DumpLocation  # the file, and the member if there is one
    packing: tuple[str, ...]
    format: str | None
    dialects: Counter[str] = field(default_factory=Counter)
    articles: list[Article] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


def inspect_files(files: Iterable[DumpFile], settings: IngestSettings) -> Iterator[Inspected]:
    """Yield every part of the files as a run would read it. Never raises, whatever the bytes."""
    for file in files:
        for reading in read_parts(file, settings):
            yield _inspected(reading)


def precision(published: str | None) -> Precision | None:
    """Return how exactly a publication time is known."""
    if published is None:
        return None
    if len(published) == _DAY:
        return "day"
    return "second" if _ZONE.search(published) else "second, zone not given"


def _inspected(reading: Reading) -> Inspected:
    found = Inspected(reading.location, reading.packing, reading.format)
    for outcome in reading.outcomes:
        if outcome.dialect:
            found.dialects[outcome.dialect] += 1
        if isinstance(outcome.result, Article):
            found.articles.append(outcome.result)
        else:
            found.rejected.append(outcome.result)
    return found
