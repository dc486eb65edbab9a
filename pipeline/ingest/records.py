"""What a reader hands on: a record not yet mapped, or the fault in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.ingest.reasons import Fault
from pipeline.record import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file: the foreign value, or why there is none."""

    value: Any
    line: int | None  # 1-based line, or element of a list
    byte_offset: int | None
    fault: Fault | None = None
    element: str | None = None  # the XML element that it was; None: no XML
    repairs: tuple[str, ...] = ()  # codes of what was mended before it could be read
