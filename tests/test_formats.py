"""One article is the same article in whatever format, packing and encoding it comes."""

from __future__ import annotations

import codecs
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import DumpFile, read_file
from pipeline.models import Article, Rejected
from tests.ingest_dump import SETTINGS, articles, body, read
from tests.packing import PACKERS
from tests.shared import REASON, SHARED
from tests.writers import WRITERS, Row

_BINARY = (".parquet", ".db", ".warc", ".gz")
_WORDS = st.lists(
    st.sampled_from(["bridge", "Zürich", "“open”", "it's", "AT&T", "3 < 4", "€5", "桥", "Đà", "007", "NA", "None", "null", "a,b", 'q"q'])
    , min_size=3, max_size=12,
).map(" ".join)  # fmt: skip
_ROWS = st.lists(
    st.builds(
        lambda title, paragraphs: {"title": title, "text": "\n\n".join(["The bridge was opened.", *paragraphs])},
        _WORDS,
        st.lists(_WORDS, max_size=3),
    ),
    min_size=1,
    max_size=3,
)


def _numbered(rows: list[dict[str, str]]) -> list[Row]:
    return [
        {
            "id": f"00{n}", "url": f"https://www.example.com/news/{n}", "published": f"2026-03-0{n + 1}T06:05:04+01:00",
            "author": "Jane Doe", **row,
        }
        for n, row in enumerate(rows)
    ]  # fmt: skip


@settings(max_examples=30)
@given(_ROWS)
def test_the_format_changes_nothing(made: list[dict[str, str]]) -> None:
    rows = _numbered(made)
    wanted = [(row["title"], row["text"], row["url"], row["published"], ("Jane Doe",)) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        for name, write in WRITERS.items():
            found = articles(read(Path(folder) / "dump", write(rows)))
            held = [(item.title, body(item), item.url, item.published, item.authors) for item in found]
            assert held == wanted, name
            assert [item.id for item in found] == [row["url" if name == "warc" else "id"] for row in rows], name


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("name", WRITERS)
def test_any_format_goes_into_any_packing(name: str, packer: str, tmp_path: Path) -> None:
    rows = _numbered([{"title": "Bridge", "text": "The bridge was opened on Monday."}] * 2)
    found = articles(read(tmp_path / "dump", PACKERS[packer](WRITERS[name](rows))))
    assert [body(item) for item in found] == ["The bridge was opened on Monday."] * 2


def _samples() -> list[tuple[str, str]]:
    if SHARED is None:
        return [("none", "none")]
    wanted = sorted((SHARED / "formats").glob("*/expected.json"))
    return [(path.parent.name, name) for path in wanted for name in json.loads(path.read_text(encoding="utf-8"))]


def _recoded(data: bytes, name: str, encoding: str) -> bytes | None:
    """Return a text file in another encoding, None where the format or the text doesn't permit it."""
    if name.endswith(_BINARY) or (name.endswith(".xml") and encoding == "cp1252"):
        return None
    try:
        return data.decode("utf-8-sig").encode(encoding)
    except UnicodeEncodeError:
        return None


def _big_endian(data: bytes, name: str) -> bytes | None:
    recoded = _recoded(data, name, "utf-16-be")
    return None if recoded is None else codecs.BOM_UTF16_BE + recoded


def _with_crlf(data: bytes, name: str) -> bytes | None:
    return None if name.endswith(_BINARY) else data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


_CHANGES: dict[str, Callable[[bytes, str], bytes | None]] = {
    **{f"in {packer}": lambda data, _, pack=pack: pack(data) for packer, pack in PACKERS.items()},  # type: ignore[misc]
    "with a mark": lambda data, name: _recoded(data, name, "utf-8-sig"),
    "in UTF-16": lambda data, name: _recoded(data, name, "utf-16"),
    "in UTF-16, big end first": _big_endian,
    "in Windows-1252": lambda data, name: _recoded(data, name, "cp1252"),
    "with CRLF": _with_crlf,
}


def _held(outcomes: Iterator[Article | Rejected]) -> list[Any]:
    return [
        outcome.reason
        if isinstance(outcome, Rejected)
        else (outcome.title, outcome.text, outcome.source, outcome.url, outcome.published, outcome.authors)
        for outcome in outcomes
    ]


@pytest.mark.skipif(SHARED is None, reason=REASON)
@pytest.mark.parametrize("change", _CHANGES)
@pytest.mark.parametrize(("folder", "name"), _samples())
def test_a_real_sample_is_read_alike_however_it_is_packed_and_written(
    folder: str, name: str, change: str, tmp_path: Path
) -> None:
    assert SHARED is not None
    path = SHARED / "formats" / folder / name
    changed = _CHANGES[change](path.read_bytes(), name)
    if changed is None:
        return  # not a text file, or not a text of that encoding
    as_it_is = _held(read_file(DumpFile(name=name, path=path), SETTINGS))
    assert _held(iter(read(tmp_path / name, changed))) == as_it_is
