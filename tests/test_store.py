"""Laws of the store: records come back as they went, files are whole or absent, the same gives the same bytes."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import models
from pipeline.columns import from_table, schema, to_table
from pipeline.models import Article, Claim, Duplicate, Finding, Rejected, Score, Story, Tally
from pipeline.storage import UNFINISHED, publish_bytes, sweep
from pipeline.store import (
    MANIFEST,
    StoreError,
    read_manifest,
    read_records,
    read_table,
    receipt,
    write_manifest,
    write_records,
)

RECORDS = (Article, Rejected, Duplicate, Claim, Story, Finding, Score)
SHARD = "rows/00000.arrow"


# Text that UTF-8 can hold, whole numbers of 64 bits, floats that equal themselves.
SCALARS: dict[object, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False),
    bool: st.booleans(),
}


def _values(hint: Any) -> st.SearchStrategy[Any]:
    """Return what a type hint allows."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(_values(arguments[0]), max_size=2).map(tuple)
    if arguments:
        return st.one_of([st.none() if argument is NoneType else _values(argument) for argument in arguments])
    return SCALARS[hint] if hint in SCALARS else _record(hint)


def _record(cls: type[Any]) -> st.SearchStrategy[Any]:
    return st.builds(cls, **{name: _values(hint) for name, hint in get_type_hints(cls).items()})


def _records(cls: type[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(_record(cls), max_size=3)


@pytest.mark.parametrize("cls", RECORDS)
@settings(max_examples=20)
@given(data=st.data())
def test_records_come_back_as_they_went(cls: type[Any], data: st.DataObject) -> None:
    records = data.draw(_records(cls))
    assert from_table(cls, to_table(cls, records)) == records


@pytest.mark.parametrize("cls", RECORDS)
@settings(max_examples=20)
@given(data=st.data())
def test_a_tables_schema_does_not_depend_on_its_rows(cls: type[Any], data: st.DataObject) -> None:
    assert to_table(cls, data.draw(_records(cls))).schema.equals(schema(cls))


@given(records=_records(Claim), numbers=st.randoms(use_true_random=False))
def test_rows_taken_in_any_order_come_back_as_their_records(records: list[Claim], numbers: random.Random) -> None:
    order = list(range(len(records)))
    numbers.shuffle(order)
    taken = to_table(Claim, records).take(pa.array(order, pa.int64()))
    assert from_table(Claim, taken) == [records[index] for index in order]


@settings(max_examples=20)
@given(records=st.lists(_record(Claim), min_size=1, max_size=3), left=st.sets(st.sampled_from(schema(Claim).names)))
def test_a_record_read_in_part_has_the_fields_asked_for_and_refuses_the_others(
    records: list[Claim], left: set[str]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "part.arrow")
        write_records(path, Claim, records)
        read = from_table(Claim, read_table(path, Claim, left))
    asked = [name for name in schema(Claim).names if name not in left]
    if asked:  # a table without columns has no rows
        assert [[getattr(one, name) for name in asked] for one in read] == [
            [getattr(one, name) for name in asked] for one in records
        ]
    for one in read:
        assert not any(hasattr(one, name) for name in left)


@dataclass(frozen=True, slots=True)
class _Counted:
    tally: Tally | None


_TALLIES = st.builds(Tally, origins=st.integers(0, 1), articles=st.just(0), effective=st.sampled_from([0.0, -0.0, 1.0]))


@given(st.lists(st.tuples(st.none() | _TALLIES, st.integers(1, 5)), max_size=6))
def test_records_that_stand_several_times_in_a_row_come_back_each_as_it_went(
    runs: list[tuple[Tally | None, int]],
) -> None:
    shared = [_Counted(tally) for tally, times in runs for _ in range(times)]
    apart = [_Counted(row.tally and replace(row.tally)) for row in shared]
    assert to_table(_Counted, shared).equals(to_table(_Counted, apart))
    assert repr(from_table(_Counted, to_table(_Counted, shared))) == repr(shared)  # -0.0 is no 0.0


def test_every_record_that_crosses_a_stage_has_a_schema() -> None:
    named = [getattr(models, name) for name in models.__all__]
    records = [found for found in named if isinstance(found, type) and is_dataclass(found)]
    assert {models.Article, models.Claim, models.Story, models.Finding, models.Score} <= set(records)
    for cls in records:
        assert schema(cls).names == [field.name for field in fields(cls)]


@dataclass(frozen=True)
class _Odd:
    value: dict[str, int]


def test_a_hint_without_a_column_is_refused() -> None:
    with pytest.raises(TypeError, match="no Arrow column for dict"):
        schema(_Odd)


@dataclass(frozen=True, slots=True)
class _Narrow:
    kind: Literal["a", "b"]
    share: float | None


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    records = [_Narrow("a", 0.5), _Narrow("b", None)]
    for name in ("first", "second"):
        write_records(tmp_path / name, _Narrow, records)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_a_column_of_nothing_but_none_keeps_its_type(tmp_path: Path) -> None:
    write_records(tmp_path / "rows", _Narrow, [_Narrow("a", None)])
    assert read_records(tmp_path / "rows", _Narrow) == [_Narrow("a", None)]
    assert to_table(_Narrow, [_Narrow("a", None)])["share"].type == pa.float64()


def test_records_of_another_class_are_refused_with_the_file_and_what_to_do(tmp_path: Path) -> None:
    write_records(tmp_path / "rows", Duplicate, [])
    with pytest.raises(StoreError, match=r"rows: holds no Rejected of this version; delete .* and run again"):
        read_records(tmp_path / "rows", Rejected)


def test_a_damaged_file_is_refused_with_the_file_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "rows").write_bytes(b"no arrow")
    with pytest.raises(StoreError, match=r"rows: damaged .*; delete .* and run again"):
        read_records(tmp_path / "rows", Rejected)


def test_publishing_replaces_a_file_whole_and_leaves_nothing_else(tmp_path: Path) -> None:
    for data in (b"first", b"second"):
        publish_bytes(tmp_path / "deep" / "file", data)
    assert [path.read_bytes() for path in (tmp_path / "deep").iterdir()] == [b"second"]


def test_a_failed_publication_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken" / "by a folder").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        publish_bytes(tmp_path / "taken", b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_sweeping_removes_what_was_left_unfinished_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in (f"{UNFINISHED}1", "whole"):
        (tmp_path / "deep" / name).write_bytes(b"")
    sweep(tmp_path)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["whole"]


def test_a_stage_is_finished_only_with_its_fingerprint_and_all_its_shards(tmp_path: Path) -> None:
    assert read_manifest(tmp_path, "f1") is None
    write_records(tmp_path / SHARD, _Narrow, [_Narrow("a", 1.0)])
    write_manifest(tmp_path, "f1", [receipt(tmp_path, SHARD)])
    manifest = read_manifest(tmp_path, "f1")
    assert manifest is not None
    assert [(shard.name, shard.rows) for shard in manifest.shards] == [(SHARD, 1)]
    assert read_manifest(tmp_path, "f2") is None
    (tmp_path / SHARD).unlink()
    assert read_manifest(tmp_path, "f1") is None
    assert (tmp_path / MANIFEST).is_file()
