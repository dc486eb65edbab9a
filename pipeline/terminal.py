"""Standard output and error that take whatever is said, in any encoding, also where they were closed."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO


def ready_streams() -> None:
    """Have both streams spell out what their encoding lacks, code by code, and swallow all where they were closed."""
    sys.stdout, sys.stderr = _ready(sys.stdout), _ready(sys.stderr)


def _ready(stream: TextIO | None) -> TextIO:
    if stream is None:  # closed by who started us
        return Path(os.devnull).open("w", encoding="utf-8")
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream


def say(words: str) -> None:
    """Write a line for whoever watches a run; a log that is full or gone fails no run, for its files say the same."""
    with suppress(OSError):
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()
