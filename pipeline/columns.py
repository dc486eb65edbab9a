"""Records (frozen dataclasses with slots) to Arrow columns and back.

The schema of a record comes from its type hints alone, never from the data: a column of nothing
but ``None`` keeps its type. Work is done a column at a time; no Python object is built a cell but
the value itself.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Sequence, Sized
from dataclasses import dataclass, is_dataclass, replace
from itertools import chain, compress, repeat
from operator import attrgetter, is_not
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.record import maker_of_part

R = TypeVar("R")

_SCALARS = {str: pa.string(), bytes: pa.binary(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}

_NUMBERS = (pa.int64(), pa.float64())


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a type hint says about a column."""

    kind: Literal["scalar", "list", "record"]
    arrow: pa.DataType
    cls: type[Any] | None = None  # of a record
    items: _Shape | None = None  # of a list
    parts: tuple[tuple[str, _Shape], ...] = ()  # name and shape of each field of a record


_TEXT = 400  # bytes; longer strings are texts, of which few are equal, and to ask costs more than to have them twice

_known: dict[type[Any], _Shape] = {}  # hints never change
_makers: dict[tuple[type[Any], tuple[str, ...]], Callable[..., Any]] = {}  # by class and the fields that are read


def schema(cls: type[Any]) -> pa.Schema:
    """Return the Arrow schema of a record class; raise TypeError for a hint it has no column for."""
    return pa.schema([pa.field(name, shape.arrow) for name, shape in _record_shape(cls).parts])


def to_table(cls: type[R], records: Sequence[R]) -> pa.Table:
    """Return one row a record."""
    parts = _record_shape(cls).parts
    return pa.Table.from_arrays([_encoded(shape, _column(records, name)) for name, shape in parts], schema=schema(cls))


def from_table(cls: type[R], table: pa.Table) -> list[R]:
    """Return one record a row; the table's columns must be those of ``cls``, all or some.

    To ask a record for a field that had no column raises AttributeError.
    """
    batch = table.combine_chunks()
    shape, names = _record_shape(cls), set(batch.column_names)
    if len(names) < len(shape.parts):
        shape = replace(shape, parts=tuple(part for part in shape.parts if part[0] in names))
    columns = [_one_chunk(batch.column(index)) for index in range(batch.num_columns)]
    return _records(shape, columns, batch.num_rows)


def _record_shape(cls: type[Any]) -> _Shape:
    if cls not in _known:
        _known[cls] = _read_shape(cls)
    return _known[cls]


def _read_shape(cls: type[Any]) -> _Shape:
    hints = get_type_hints(cls)
    parts = tuple((name, _shape(hint)) for name, hint in hints.items())
    return _Shape("record", pa.struct([pa.field(name, shape.arrow) for name, shape in parts]), cls, parts=parts)


def _shape(hint: Any) -> _Shape:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {types.UnionType, typing.Union}:
        (hint,) = (argument for argument in arguments if argument is not types.NoneType)
        return _shape(hint)
    if origin is Literal:
        return _Shape("scalar", pa.string())
    if origin is tuple and arguments[1:] == (Ellipsis,):
        items = _shape(arguments[0])
        return _Shape("list", pa.list_(items.arrow), items=items)
    if is_dataclass(hint) and isinstance(hint, type):
        return _record_shape(hint)
    if hint in _SCALARS:
        return _Shape("scalar", _SCALARS[hint])
    raise TypeError(f"no Arrow column for {hint!r}")


def _column(records: Sequence[object], name: str) -> list[Any]:
    return list(map(attrgetter(name), records))


def _encoded(shape: _Shape, values: list[Any]) -> pa.Array:
    if shape.kind == "scalar":
        return pa.array(values, shape.arrow)
    present = [value for value in values if value is not None]
    dense = _encoded_lists(shape, present) if shape.kind == "list" else _encoded_structs(shape, present)
    return dense if len(present) == len(values) else dense.take(_scattered(values))


def _encoded_lists(shape: _Shape, values: list[tuple[Any, ...]]) -> pa.Array:
    assert shape.items is not None
    items = list(chain.from_iterable(values))
    flat = _packed(items) if shape.items.arrow == pa.string() else _encoded(shape.items, items)
    return pa.ListArray.from_arrays(pa.array(_offsets(values)), flat, type=shape.arrow)


def _offsets(values: Sequence[Sized]) -> NDArray[np.int32]:
    """Return where each value starts among the items of all, and at last where they end."""
    offsets = np.zeros(len(values) + 1, np.int32)
    np.cumsum(np.fromiter(map(len, values), np.int32, len(values)), out=offsets[1:])
    return offsets


def _packed(texts: list[str]) -> pa.Array:
    """Return strings, none of them None, as an array: joined ones are its buffer, where a byte is a code point."""
    joined = "".join(texts)
    if not joined.isascii():
        return pa.array(texts, pa.string())
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(_offsets(texts)), pa.py_buffer(joined.encode("ascii")))


def _encoded_structs(shape: _Shape, values: list[object]) -> pa.Array:
    runs = np.fromiter(map(is_not, values, chain((None,), values)), bool, len(values))  # what starts another object
    if 2 * np.count_nonzero(runs) < len(values):
        return _encoded_structs(shape, list(compress(values, runs))).take(pa.array(np.cumsum(runs) - 1))
    columns = [_encoded(part, _column(values, name)) for name, part in shape.parts]
    return pa.StructArray.from_arrays(columns, fields=list(shape.arrow))


def _scattered(values: list[Any]) -> pa.Array:
    """Return for each value its position among those present, or null: where ``take`` finds it."""
    positions = iter(range(len(values)))
    return pa.array([None if value is None else next(positions) for value in values], pa.int64())


def _one_chunk(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else pa.array([], column.type)


def _records(shape: _Shape, columns: list[pa.Array], rows: int) -> list[Any]:
    assert shape.cls is not None
    if not columns:
        return list(map(object.__new__, repeat(shape.cls, rows)))
    runs = _runs(columns, rows)
    if 2 * np.count_nonzero(runs) < rows:  # equal ones in a row are one object, as strings are
        kept = pa.array(np.flatnonzero(runs))
        found = np.array(_records(shape, [column.take(kept) for column in columns], len(kept)), object)
        shared: list[Any] = found.take(np.cumsum(runs) - 1).tolist()
        return shared
    values = [_decoded(part, column) for (_, part), column in zip(shape.parts, columns, strict=True)]
    names = tuple(name for name, _ in shape.parts)
    key = shape.cls, names
    if key not in _makers:
        _makers[key] = maker_of_part(shape.cls, names)
    return list(map(_makers[key], *values))


def _runs(columns: list[pa.Array], rows: int) -> NDArray[np.bool_]:
    """Return which rows of numbers differ from the row before, bit by bit; of other columns, each row does."""
    if any(column.null_count or column.type not in _NUMBERS for column in columns):
        return np.ones(rows, bool)
    runs = np.zeros(rows, bool)
    runs[:1] = True
    for column in columns:
        bits = column.to_numpy().view(np.int64)
        runs[1:] |= bits[1:] != bits[:-1]
    return runs


def _decoded(shape: _Shape, column: pa.Array) -> list[Any]:
    if not column.null_count or pa.types.is_string(column.type):  # strings come with None where they are null
        return _decoded_present(shape, column)
    valid = column.is_valid().to_numpy(zero_copy_only=False).tolist()
    present = iter(_decoded_present(shape, column.drop_null()))
    return [next(present) if flag else None for flag in valid]


def _decoded_present(shape: _Shape, column: pa.Array) -> list[Any]:
    if shape.kind == "record":
        return _records(shape, column.flatten(), len(column))
    if pa.types.is_string(column.type):
        return _strings(column)
    if shape.items is None:
        return list(np.asarray(column.to_numpy(zero_copy_only=False)).tolist())
    flat = _decoded(shape.items, column.flatten())
    ends = np.cumsum(column.value_lengths().to_numpy(zero_copy_only=False)).tolist()
    starts = [0, *ends[:-1]]
    return [tuple(flat[start:end]) for start, end in zip(starts, ends, strict=False)]


def _strings(column: pa.Array) -> list[str | None]:
    """Return strings of which equal ones are one object: less to make and to keep, and hashed once; texts as they come."""
    if column.nbytes > _TEXT * len(column):
        texts: list[str | None] = column.to_numpy(zero_copy_only=False).tolist()
        return texts
    encoded = column.dictionary_encode()
    known = np.array([*encoded.dictionary.to_numpy(zero_copy_only=False).tolist(), None], object)
    places = encoded.indices.fill_null(len(known) - 1) if column.null_count else encoded.indices
    found: list[str | None] = known.take(places.to_numpy()).tolist()
    return found
