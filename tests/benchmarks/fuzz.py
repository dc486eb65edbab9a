"""Mutated files of every format through the readers, for as long as one likes: nothing may raise, hang or lie.

    nice python -m tests.benchmarks.fuzz --minutes 10 --seed 1 --keep FOLDER

The inputs that fail are kept as files; their bytes belong into ``tests/cases/fuzzed.json``.
"""

from __future__ import annotations

import argparse
import bz2
import contextlib
import gzip
import io
import json
import lzma
import random
import signal
import sqlite3
import sys
import tarfile
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.ingest import plan, read_file, settle
from pipeline.models import Article, Rejected
from tests.ingest_dump import limited
from tests.test_ingest_laws import _check

HANGS = 20  # CPU seconds for a file of some kilobytes
_LONGEST = 200_000  # bytes of a mutated file
_ROWS = [{"id": str(n), "title": "Bridge opens", "text": f"{n}. The bridge was opened by Ada Quill.", "published": "2026-03-02"} for n in range(4)]  # fmt: skip
_PAGE = (
    b'<!DOCTYPE html><html lang="en"><head><title>Bridge opens</title><link rel="canonical" href="https://a.example/b">'
    b'<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge", "articleBody": "It is open now."}</script>'
    b"</head><body><article><h1>Bridge opens</h1><p>The bridge was opened by Ada Quill on Monday.</p></article></body></html>"
)
_FEED = (
    b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    b"<channel><title>Example</title><item><title>Bridge</title><guid>1</guid><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate>"
    b"<content:encoded><![CDATA[<p>The bridge was opened &amp; closed.</p>]]></content:encoded></item></channel></rss>"
)
_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<rss><channel><item><title>&b;</title><description>&x; The bridge was opened.</description></item></channel></rss>"
)
_ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title><entry><id>urn:1</id><title type="html">A &lt;b&gt;bridge</title>'
    b'<link rel="alternate" href="https://a.example/b"/><updated>2026-03-02T10:00:00Z</updated><author><name>Ada Quill</name></author>'
    b'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The bridge<br/>was opened.</p></div></content></entry></feed>'
)
_NITF = (
    b"<nitf><head><title>Bridge</title></head><body><body.head><hedline><hl1>Bridge</hl1></hedline></body.head>"
    b"<body.content><p>The bridge was opened.</p></body.content></body></nitf>"
)
TOKENS = (
    b"\0", b"\n", b"\r", b'"', b"\\", b"\\u0000", b"\\ud800", b"{", b"}", b"[", b"]", b",", b"NaN", b"1e400", b"-0", b"null", b"true",
    b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xed\xa0\x80", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<!DOCTYPE", b"&a;",
    b"&#0;", b"&#x110000;", b"</p>", b"<p>", b"<item>", b"</item>", b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"PAR1", b"WARC/1.0\r\n",
    b"Content-Length: 99999999999\r\n", b"Content-Length: -1\r\n", b"9" * 400, b"(" * 200, b"word " * 200, b"\xcc\x81" * 60,
)  # fmt: skip
_NAMES = (
    "a",
    "a.txt",
    "a.json",
    "a.jsonl",
    "a.csv",
    "a.tsv",
    "a.xml",
    "a.html",
    "a.parquet",
    "a.db",
    "a.warc",
    "a.gz",
    "a.zip",
)


def _zip(data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("day/a", data)
        archive.writestr("b.txt", "The bridge was opened.")
    return packed.getvalue()


def _tar(data: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        info = tarfile.TarInfo("day/a")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def _parquet() -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(_ROWS), sink, compression="snappy")
    return bytes(sink.getvalue().to_pybytes())


def _sqlite() -> bytes:
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.execute("create table newsdata (id text, source text, title text, content text, published text)")
        rows = [(row["id"], "Example", row["title"], row["text"], row["published"]) for row in _ROWS]
        database.executemany("insert into newsdata values (?, ?, ?, ?, ?)", rows)
        database.commit()
        return bytes(database.serialize())


def _warc() -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _PAGE
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-03-02T10:00:00Z\r\n"
        b"WARC-Target-URI: https://a.example/b\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
    )
    return (head % len(page) + page + b"\r\n\r\n") * 2


def seeds() -> list[bytes]:
    """Return a small good file of every format, plain."""
    lines = b"".join(json.dumps(row).encode() + b"\n" for row in _ROWS)
    table = b"id,title,text\n1,Bridge,\"The bridge, 'it' was\nopened.\"\n2,Bridge,The bridge was closed.\n"
    nested = {
        "@graph": [
            {"@type": "NewsArticle", "headline": "Bridge", "articleBody": "It is open.", "author": {"@id": "#a"}}
        ]
    }
    plain = (
        lines, json.dumps(_ROWS, indent=1).encode(), json.dumps({"articles": {"results": _ROWS}}).encode(), json.dumps(nested).encode(),
        table, table.replace(b",", b"\t"), _PAGE, _FEED, _BOMB, _parquet(), _sqlite(), _warc(), lines.decode().encode("utf-16"),
        b"Bridge opens in town\n\nThe bridge was opened by Ada Quill.\n\nTags\n\n1 COMMENT\n",
    )  # fmt: skip
    return list(plain)


_PACKINGS: tuple[Callable[[bytes], bytes], ...] = (
    gzip.compress,
    bz2.compress,
    lzma.compress,
    _zip,
    _tar,
    lambda data: bytes(pa.Codec("zstd").compress(data, asbytes=True)),
)


def by_reader() -> dict[str, tuple[tuple[str, ...], list[bytes]]]:
    """Return for each reader the names that lead to it and good files to begin with."""
    lines, listed, envelope, graph, table, tabs, page, feed, bomb, parquet, sqlite, warc, wide, plain = seeds()
    bare = _PAGE.partition(b"<script")[0] + _PAGE.partition(b"</script>")[2]
    packed = [pack(data) for pack in _PACKINGS for data in (lines, _zip(plain), _tar(feed))]
    return {
        "text": (
            ("a", "a.txt", "a.md"),
            [plain, plain.decode().encode("utf-16"), plain.replace(b"The", b"\x93The\x94")],
        ),
        "jsonl": (("a.jsonl", "a.ndjson", "a"), [lines, wide, lines.replace(b"\n", b"\r\n")]),
        "json": (("a.json", "a"), [listed, envelope, graph, b"[" + lines.replace(b"\n", b",")[:-1] + b"]"]),
        "csv": (("a.csv", "a.tsv", "a"), [table, tabs, table.replace(b",", b";"), table.decode().encode("utf-16")]),
        "xml": (("a.xml", "a"), [feed, bomb, _ATOM, _NITF]),
        "html": (("a.html", "a"), [page, bare]),
        "parquet": (("a.parquet", "a"), [parquet]),
        "sqlite": (("a.db", "a"), [sqlite]),
        "warc": (("a.warc", "a"), [warc, gzip.compress(warc)]),
        "packings": (("a", "a.gz", "a.zip"), packed),
    }


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return a file with a few slips of the kind that break readers."""
    found = bytearray(data)
    for _ in range(chance.choice((0, 1, 1, 2, 3, 8))):
        at = chance.randrange(len(found) + 1)
        upto = min(len(found), at + chance.choice((1, 1, 4, 40, 400)))
        match chance.randrange(6):
            case 0:
                found[at:upto] = chance.choice(TOKENS)
            case 1:
                found[at:at] = chance.choice(TOKENS) * chance.choice((1, 1, 3, 50))
            case 2:
                del found[at:upto]
            case 3:
                found[at:at] = found[at:upto] * chance.choice((1, 2, 30))
            case 4:
                found[at:upto] = chance.randbytes(upto - at)
            case _:
                del found[at:]
    return bytes(found[:_LONGEST])


def made(chance: random.Random, good: list[bytes]) -> tuple[str, bytes]:
    """Return the name and bytes of one file to read."""
    data = mutated(chance.choice(good), chance)
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 4))):
        data = (
            mutated(chance.choice(_PACKINGS)(data), chance) if chance.random() < 0.5 else chance.choice(_PACKINGS)(data)
        )
    return chance.choice(_NAMES), data


def read(folder: Path, name: str, data: bytes) -> Counter[str]:
    """Read one file as a dump, hold what came out against the laws of reading, and count it by reason."""
    path = folder / name
    path.write_bytes(data)
    settings = limited(max_article_chars=100_000, max_line_bytes=100_000, max_document_bytes=1_000_000)
    outcomes = [outcome for file in plan(str(path)) for outcome in read_file(file, settings)]
    assert outcomes, "a file vanished"
    for outcome in outcomes:
        _check(outcome)
        outcome.location.file.encode()
    settle(outcome for outcome in outcomes if isinstance(outcome, Article))
    return Counter(outcome.reason if isinstance(outcome, Rejected) else "article" for outcome in outcomes)


def hangs(*_: object) -> None:
    """Raise: the alarm that ends a file which takes too long."""
    raise TimeoutError(f"more than {HANGS} seconds")


def fuzz(minutes: float, seed: int, keep: Path) -> int:
    """Read mutated files until the time is over; return how many of them failed."""
    signal.signal(signal.SIGVTALRM, hangs)
    chance, good = random.Random(seed), seeds()  # noqa: S311 - to be repeated, not to be secret
    totals: Counter[str] = Counter()
    failed = number = 0
    slowest = 0.0
    until = time.monotonic() + minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < until:
            number += 1
            name, data = made(chance, good)
            signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
            start = time.process_time()
            try:
                totals += read(Path(folder), name, data)
            except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
                failed += 1
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{seed}-{number}-{name}").write_bytes(data)
                sys.stdout.write(f"{seed}-{number}-{name}\n{traceback.format_exc()}\n")
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            slowest = max(slowest, time.process_time() - start)
    sys.stdout.write(
        f"{number} files, {failed} failed, the slowest took {slowest:.2f} s of CPU\n{dict(totals.most_common())}\n"
    )
    return failed


def main() -> None:
    """Run from the command line; end with 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"))
    chosen = parser.parse_args()
    sys.exit(1 if fuzz(chosen.minutes, chosen.seed, chosen.keep) else 0)


if __name__ == "__main__":
    main()
