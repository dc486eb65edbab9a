"""Ingest in CPU seconds for dumps of 1, 4 and 16 times the size: a reader that is linear keeps the seconds a megabyte.

nice python -m tests.benchmarks.linear
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.ingest import plan, read_file, settle
from pipeline.models import Article
from tests.dumps import articles
from tests.failures import tiny
from tests.ingest_dump import SETTINGS

_TIMES = (1, 4, 16)
_STORIES = 250  # of four articles each, in the smallest dump


def _lines(size: int) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in articles(_STORIES * size))


def _table(size: int) -> bytes:
    written = io.StringIO()
    rows = articles(_STORIES * size)
    writer = csv.DictWriter(written, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


_DUMPS: dict[str, Callable[[int], bytes]] = {
    "a.jsonl": _lines,
    "utf-16.jsonl": lambda size: _lines(size).decode().encode("utf-16"),
    "a.json": lambda size: json.dumps(articles(_STORIES * size), indent=1).encode(),
    "a.csv": _table,
    "a.jsonl.gz": lambda size: gzip.compress(_lines(size), 1),
    "no-full-stop.txt": lambda size: b"the mayor said that 120 people and " * (1_500 * size),
    "brackets.txt": lambda size: b"Open. " + b"([{<\"'" * (9_000 * size),
    "unclosed.json": lambda size: b'[{"id": "1", "text": "' + b'\\"[{' * (20_000 * size),
    "garbage.jsonl": lambda size: b"{broken\n" * (2_000 * size),
    "open-quote.csv": lambda size: b"id,text\n" + b'1,"The bridge\n' * (5_000 * size),
    "tiny.jsonl": lambda size: tiny(2_000 * size),
}


def seconds(folder: Path, name: str, data: bytes) -> float:
    """Return the CPU seconds that reading and settling a dump of one file takes."""
    (folder / name).write_bytes(data)
    start = time.process_time()
    records = [record for file in plan(str(folder / name)) for record in read_file(file, SETTINGS)]
    settle(record for record in records if isinstance(record, Article))
    return time.process_time() - start


def main() -> None:
    """Print one row a kind of dump: seconds a megabyte at each size, and the last over the first."""
    with tempfile.TemporaryDirectory() as folder:
        seconds(Path(folder), "warm.jsonl", _lines(1))  # tables and models are loaded once
        for name, make in _DUMPS.items():
            dumps = [make(size) for size in _TIMES]
            rates = [seconds(Path(folder), name, data) / len(data) * 1e6 for data in dumps]
            shown = "  ".join(f"{rate:8.3f}" for rate in rates)
            sys.stdout.write(f"{name:18} {len(dumps[-1]) / 1e6:7.1f} MB  {shown}  x{rates[-1] / rates[0]:.2f}\n")


if __name__ == "__main__":
    main()
