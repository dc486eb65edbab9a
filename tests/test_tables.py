"""Parquet and SQLite: rows are records, and what a hostile table holds stays in it."""

from __future__ import annotations

import gzip
import io
import sqlite3
import struct
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import Article, Rejected
from tests.ingest_dump import articles, body, read
from tests.packing import PACKERS

_TEXT = "The bridge was opened on Monday."
_ROW = {"id": "007", "title": "NA", "text": _TEXT, "url": "https://www.example.com/a", "date": "None"}


def _parquet(columns: dict[str, Any], **options: Any) -> bytes:
    packed = io.BytesIO()
    pq.write_table(pa.table(columns), packed, **options)
    return packed.getvalue()


def _sqlite(folder: Path, *statements: str) -> bytes:
    path = folder / "made.db"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()
    data = path.read_bytes()
    path.unlink()
    return data


def _news(folder: Path, *more: str) -> bytes:
    return _sqlite(
        folder,
        "CREATE TABLE newsdata (id TEXT, date TEXT, source TEXT, title TEXT, content TEXT, author TEXT, "
        "url TEXT, published TEXT, published_utc INTEGER, collection_utc INTEGER)",
        f"INSERT INTO newsdata VALUES ('007', 'None', 'example', 'NA', '{_TEXT}', 'Jane Doe', "  # noqa: S608 - our own words
        "'https://example.com/a', 'None', 1639128600, 1639131000)",
        *more,
    )


def _reasons(outcomes: list[Article | Rejected]) -> list[str | None]:
    return [outcome.reason if isinstance(outcome, Rejected) else None for outcome in outcomes]


@pytest.mark.parametrize("packer", ["plain", "gz", "zst", "zip", "tar.gz"])
@pytest.mark.parametrize("name", ["a", "a.csv", "a.json"])
def test_parquet_is_told_by_content_and_packed_as_anything_else(packer: str, name: str, tmp_path: Path) -> None:
    data = PACKERS[packer](_parquet({key: [value] for key, value in _ROW.items()}))
    (found,) = articles(read(tmp_path / name, data))
    assert (found.id, found.title, body(found), found.published) == ("007", "NA", _TEXT, None)
    assert found.location.line == 1


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (datetime(2026, 3, 2, 6, 5, 4, tzinfo=UTC), "2026-03-02T06:05:04+00:00"),
        (datetime(2026, 3, 2, 6, 5, 4), "2026-03-02T06:05:04"),  # noqa: DTZ001 - tables hold times without a zone
        (datetime(2026, 3, 2, tzinfo=UTC).date(), "2026-03-02"),
        (1_772_431_504, "2026-03-02T06:05:04Z"),
        (float("nan"), None),
        (None, None),
    ],
)
def test_times_of_a_table_keep_their_precision_and_zone(value: Any, published: str | None, tmp_path: Path) -> None:
    (found,) = articles(read(tmp_path / "a", _parquet({"text": [_TEXT], "date": [value]})))
    assert found.published == published


def test_nested_columns_and_numbers_are_reached(tmp_path: Path) -> None:
    data = _parquet({"id": [7], "text": [_TEXT], "metadata": [{"url": "https://example.com/a", "source": "Example"}]})
    (found,) = articles(read(tmp_path / "a", data))
    assert (found.id, found.url, found.source) == ("7", "https://example.com/a", "Example")


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.dictionary(pa.int32(), pa.string())])
def test_strings_of_any_kind_are_text(kind: pa.DataType, tmp_path: Path) -> None:
    data = _parquet({"id": ["1", "2"], "text": pa.array([_TEXT, _TEXT], pa.string()).cast(kind)})
    assert [body(found) for found in articles(read(tmp_path / "a", data))] == [_TEXT, _TEXT]


def test_a_string_that_is_no_utf8_is_read_as_western_or_refused_alone(tmp_path: Path) -> None:
    cells = pa.array([_TEXT.encode(), "The café was open.".encode("cp1252"), b"\x81\x8d\x9d word word"], pa.binary())
    data = _parquet({"text": pa.Array.from_buffers(pa.string(), 3, cells.buffers())})
    outcomes = read(tmp_path / "a", data)
    assert _reasons(outcomes) == [None, None, "encoding.undecodable"]
    assert isinstance(outcomes[1], Article)
    assert outcomes[1].text == "The café was open."


def test_rows_are_read_over_all_groups_in_order(tmp_path: Path) -> None:
    texts = [f"The bridge number {n} was opened." for n in range(1_000)]
    data = _parquet({"id": [str(n) for n in range(1_000)], "text": texts}, row_group_size=70)
    found = articles(read(tmp_path / "a", data))
    assert [(article.id, article.location.line) for article in found] == [(str(n), n + 1) for n in range(1_000)]


def test_a_table_without_a_body_is_refused_once(tmp_path: Path) -> None:
    assert _reasons(read(tmp_path / "a", _parquet({"id": ["1"] * 9, "number": [1] * 9}))) == ["table.columns"]
    assert _reasons(read(tmp_path / "a", _parquet({"title": ["x"] * 9, "url": ["y"] * 9}))) == ["table.columns"]
    assert _reasons(read(tmp_path / "a", _sqlite(tmp_path, "CREATE TABLE a (id, number)"))) == ["table.columns"]


@pytest.mark.parametrize("codec", ["zstd", "gzip"])
def test_a_table_that_unpacks_without_end_is_stopped(codec: str, tmp_path: Path) -> None:
    data = _parquet({"text": ["word " * 1_000_000] * 400}, compression=codec)
    outcomes = read(tmp_path / "a", data, max_article_chars=100_000_000)
    assert _reasons(outcomes)[-1] == "archive.bomb"
    assert len(outcomes) < 200


def test_a_day_beyond_the_calendar_is_no_day_and_costs_no_row(tmp_path: Path) -> None:
    days = pa.array([2**60, 0, -(2**60)], pa.timestamp("us"))
    data = _parquet({"text": [f"{number} {_TEXT}" for number in range(3)], "date": days})
    assert [found.published for found in articles(read(tmp_path / "a", data))] == [None, "1970-01-01T00:00:00", None]


@given(st.lists(st.tuples(st.integers(0, 5_000), st.binary(max_size=3)), min_size=1), st.integers(4, 5_000))
def test_damaged_parquet_never_raises(edits: list[tuple[int, bytes]], cut: int) -> None:
    damaged = bytearray(_parquet({key: [value] * 9 for key, value in _ROW.items()}))
    for place, data in edits:
        damaged[place % len(damaged) : place % len(damaged) + 1] = data or b"\0"
    with tempfile.TemporaryDirectory() as folder:
        for whole in (damaged, damaged[:cut]):
            assert all(outcome.location.file == "a" for outcome in read(Path(folder) / "a", b"PAR1" + whole[4:]))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_sqlite_is_read_as_it_stands(pack: Any, tmp_path: Path) -> None:
    (found,) = articles(read(tmp_path / "a.db", pack(_news(tmp_path))))
    assert (found.id, found.title, body(found), found.published) == ("007", "NA", _TEXT, "2021-12-10T09:30:00Z")
    assert (found.source, found.authors, found.url) == ("example", ("Jane Doe",), "https://example.com/a")
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_database_that_was_left_with_a_log_is_read(pack: Any, tmp_path: Path) -> None:
    data = bytearray(_news(tmp_path))
    data[18:20] = b"\x02\x02"
    assert len(articles(read(tmp_path / "a.db", pack(bytes(data))))) == 1


def test_only_tables_with_a_body_are_read_and_what_they_compute_is_not(tmp_path: Path) -> None:
    data = _news(
        tmp_path,
        "CREATE TABLE tweet (id, article_id, embedded_tweet)",
        "INSERT INTO tweet VALUES (1, '007', 'A tweet of some words.')",
        "CREATE VIEW more AS SELECT 'x' AS id, 'A view of some words.' AS text",
        "CREATE TABLE other (id TEXT, body TEXT, text TEXT AS (body || ' and more') VIRTUAL)",
        "INSERT INTO other VALUES ('1', 'Another bridge was opened.')",
    )
    found = articles(read(tmp_path / "a.db", data))
    assert [(article.id, article.location.line) for article in found] == [("007", 1), ("1", 2)]
    assert body(found[1]) == "Another bridge was opened."


def test_names_of_tables_and_columns_are_only_data(tmp_path: Path) -> None:
    data = _sqlite(
        tmp_path,
        'CREATE TABLE "a""; DROP TABLE x; --" (id TEXT, text TEXT, "od""d" TEXT)',
        f"INSERT INTO \"a\"\"; DROP TABLE x; --\" VALUES ('1', '{_TEXT}', 'x')",  # noqa: S608 - our own words
    )
    assert len(articles(read(tmp_path / "a.db", data))) == 1


def test_a_database_whose_pages_lead_into_one_another_is_refused(tmp_path: Path) -> None:
    rows = ", ".join(f"('{n}', '{_TEXT * 20}')" for n in range(200))
    insert = f"INSERT INTO a VALUES {rows}"  # noqa: S608 - our own words
    data = bytearray(_sqlite(tmp_path, "CREATE TABLE a (id TEXT, text TEXT)", insert))
    size = struct.unpack(">H", data[16:18])[0]
    (page,) = (at for at in range(size, len(data), size) if data[at] == 5)  # the one interior page of the table
    cell = page + struct.unpack(">H", data[page + 12 : page + 14])[0]
    data[page + 8 : page + 12] = data[cell : cell + 4]
    assert "table.corrupt" in _reasons(read(tmp_path / "a.db", bytes(data)))


@given(st.lists(st.tuples(st.integers(16, 20_000), st.binary(max_size=3)), min_size=1))
def test_damaged_sqlite_never_raises(edits: list[tuple[int, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        damaged = bytearray(_news(Path(folder)))
        for place, data in edits:
            at = 16 + place % (len(damaged) - 16)
            damaged[at : at + 1] = data or b"\0"
        for packed in (bytes(damaged), gzip.compress(damaged)):
            assert all(outcome.location.file == "a" for outcome in read(Path(folder) / "a", packed))
