"""Ingest in CPU seconds for dumps of 1, 4 and 16 times the size: a reader that is linear keeps the seconds a megabyte.

Of packed dumps the megabytes are those of the file, which packs the better the larger it is.

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
from xml.sax.saxutils import escape

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


def _items(size: int) -> list[str]:
    rows = articles(_STORIES * size)
    return [f"<item><guid>{row['id']}</guid><description>{escape(row['text'])}</description></item>" for row in rows]


def _feed(items: list[str]) -> bytes:
    return f"<rss><channel>{''.join(items)}</channel></rss>".encode()


def _broken_feed(size: int) -> bytes:
    """Return a feed that breaks with its first item, and has a bare ampersand in every tenth."""
    items = _items(size)
    slips = [item.replace(" the ", " & ", 1) if number % 10 == 0 else item for number, item in enumerate(items)]
    return _feed(["<item><guid>x</wrong></item>", *slips])


_DUMPS: dict[str, Callable[[int], bytes]] = {
    "a.jsonl": _lines,
    "utf-16.jsonl": lambda size: _lines(size).decode().encode("utf-16"),
    "a.json": lambda size: json.dumps(articles(_STORIES * size), indent=1).encode(),
    "a.csv": _table,
    "a.jsonl.gz": lambda size: gzip.compress(_lines(size), 1),
    "one-line.jsonl": lambda size: _lines(size).replace(b"\n", b" "),
    "list-on-each-line.jsonl": lambda size: b"".join(b"[%s]\n" % line for line in _lines(size).splitlines()),
    "broken-objects.json": lambda size: (
        b"[" + b",".join(b'{"id": bare}, ' + line for line in _lines(size).splitlines()) + b"]"
    ),
    "preamble.csv": lambda size: b"sep=,\n# exported\n" + _table(size),
    "stray-quotes.csv": lambda size: _table(size).replace(b" the ", b' "the ', 2_000 * size),
    "a.xml": lambda size: _feed(_items(size)),
    "broken.xml": _broken_feed,
    "unclosed.xml": lambda size: b"<rss><channel>" + b"<item><guid>1</guid><description>The bridge " * (5_000 * size),
    "brackets.xml": lambda size: b"<rss><channel><item>" + b"<" * (40_000 * size),
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
            sys.stdout.write(f"{name:24} {len(dumps[-1]) / 1e6:7.1f} MB  {shown}  x{rates[-1] / rates[0]:.2f}\n")


if __name__ == "__main__":
    main()
