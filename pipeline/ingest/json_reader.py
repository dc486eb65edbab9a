"""JSON: one object, an array, an envelope, or one object a line."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import orjson

from pipeline.ingest.json_places import end_of_value, skip, starts_of_list
from pipeline.ingest.lines import Line, decode, split_lines
from pipeline.ingest.mapping import reach
from pipeline.ingest.reasons import Fault
from pipeline.ingest.records import Record
from pipeline.ingest.streams import gather_prefix, until_fault
from pipeline.settings import IngestSettings, Route, load_formats

_ENVELOPE_HEAD = 300  # characters in which the list of an envelope begins
_LOOKED_AT = 8  # lines read to tell JSON Lines from a document
_MARKS = b"\xef\xbb\xbf\x1e"  # before a line: a byte order mark of files put together, RFC 7464's record separator
_BETWEEN = re.compile(rb"[\s\[\],]*+")  # records that a list holds, or lines
_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|Analysis)$")


def read_json_lines(chunks: Iterator[bytes], settings: IngestSettings) -> Iterator[Record]:
    """Yield the records of a stream, one object (or envelope) a line; constant memory."""
    for line in split_lines(chunks, settings.max_line_bytes):
        yield from _of_line(line, settings)


def read_json(chunks: Iterator[bytes], settings: IngestSettings) -> Iterator[Record]:
    """Yield the records of a stream that begins like JSON, whether a document or JSON Lines."""
    lines, chunks = _peek(chunks, settings)
    if _line_by_line(lines):
        yield from read_json_lines(chunks, settings)
        return
    data, broken = gather_prefix(chunks, settings.max_document_bytes)
    document = _document(data, broken)
    number = 0
    routes = load_formats(settings.formats).envelopes
    for value in document.values:
        for record, offset in _located(data, value, routes):
            number += 1
            yield Record(record, number, offset, value.fault)
    if document.fault:
        yield Record(None, number + 1, document.end, document.fault)


@dataclass(frozen=True, slots=True)
class _Value:
    """A JSON value and where it stands."""

    value: Any
    start: int
    fault: Fault | None = None  # why there is no value here


@dataclass(frozen=True, slots=True)
class _Document:
    """The JSON values of a document, and why and where there aren't more."""

    values: list[_Value]
    end: int = 0
    fault: Fault | None = None


def _document(data: bytes, broken: Fault | None) -> _Document:
    if broken:
        return _salvage(data, broken)
    try:
        return _Document([_Value(parse(data), 0)])
    except Fault as fault:
        if fault.reason != "json.syntax":
            return _Document([], 0, fault)
        rest = _salvage(data, fault)
        whole = sum(value.fault is None for value in rest.values)
        if whole < len(rest.values) and data.find(b"{", rest.end) < 0:
            return _Document(rest.values)  # all that is broken has been named
        detail = f"{fault.detail}; {whole} whole objects were read"
        return _Document(rest.values, rest.end, Fault("json.syntax", detail) if rest.values else fault)


def _located(data: bytes, value: _Value, envelopes: tuple[Route, ...]) -> Iterator[tuple[Any, int | None]]:
    """Yield the records of a value, each with its place."""
    opened = expand(value.value, envelopes)
    if opened.keys is None:
        yield from ((record, value.start) for record in opened.records)
        return
    starts = starts_of_list(data, opened.keys, value.start)
    for record, number in zip(opened.records, opened.numbers, strict=True):
        yield record, starts[number] if number < len(starts) else None


def _of_line(line: Line, settings: IngestSettings) -> Iterator[Record]:
    if line.data is None:
        fault = Fault("line.too-long", f"more than {settings.max_line_bytes} bytes")
        yield Record(None, line.number, line.offset, fault)
        return
    data = line.data.lstrip(_MARKS)
    if not data.strip():
        return
    offset = line.offset + len(line.data) - len(data)
    envelopes = load_formats(settings.formats).envelopes
    found = _document(data, None)
    for value in found.values:
        records = expand(value.value, envelopes).records if _holds_objects(value.value) else [value.value]
        for record in records:
            yield Record(record, line.number, offset + value.start, value.fault)
    if found.fault and (not found.values or skip(data, found.end, _BETWEEN) < len(data)):
        yield Record(None, line.number, offset + found.end, found.fault)


def _holds_objects(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)
    )


def _peek(chunks: Iterator[bytes], settings: IngestSettings) -> tuple[list[bytes], Iterator[bytes]]:
    """Return the first lines that aren't blank, as far as one line may reach, and the stream again."""
    held: list[bytes] = []
    size = breaks = 0
    broken: list[Fault] = []
    for chunk in until_fault(chunks):
        if isinstance(chunk, Fault):
            broken.append(chunk)
            break
        held.append(chunk)
        size, breaks = size + len(chunk), breaks + chunk.count(b"\n")
        if breaks >= _LOOKED_AT or size > settings.max_line_bytes:
            break
    lines = (line for line in b"".join(held).split(b"\n") if line.strip())
    return list(islice(lines, _LOOKED_AT)), chain(held, chunks, _raising(broken))


def _raising(faults: list[Fault]) -> Iterator[bytes]:
    yield from ()
    for fault in faults:
        raise fault


def _line_by_line(lines: list[bytes]) -> bool:
    """Tell JSON Lines: a whole object in the first line and more after it, or in a line of its own later."""
    if len(lines) < 2 or not lines[0].lstrip().startswith(b"{"):
        return False
    if any(line.lstrip().startswith(b"]") for line in lines):  # objects with the rests of lists between them
        return False
    return any(line.startswith(b"{") and _whole_object(line) for line in lines) and lines[0].strip() != b"{"


def _whole_object(line: bytes) -> bool:
    try:
        return isinstance(parse(line), dict)
    except Fault:
        return False


def parse(data: bytes) -> Any:
    """Return one JSON value, numbers that aren't finite as None; raise Fault."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return _parse_leniently(decode(data))


def _parse_leniently(text: str) -> Any:
    """Read what orjson refuses but tools write: NaN, 1e400, lone surrogates, control characters."""
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise Fault("json.syntax", f"{error.msg} (character {error.pos})") from error
    except RecursionError as error:
        raise Fault("json.limit", "nested too deeply") from error
    except ValueError as error:
        raise Fault("json.limit", "a number of thousands of digits") from error


def _finite(number: str) -> float | None:
    value = float(number)
    return value if math.isfinite(value) else None


_DECODER = json.JSONDecoder(parse_constant=lambda _: None, parse_float=_finite, strict=False)


def _salvage(data: bytes, fault: Fault) -> _Document:
    """Return the whole objects before a break: of a list, of an envelope's list, or written in a row."""
    found = _objects(data, 0, fault)
    opened = data.find(b"[", 0, _ENVELOPE_HEAD)
    return found if found.values or opened <= 0 else _objects(data, opened, fault)


def _objects(data: bytes, at: int, fault: Fault) -> _Document:
    values: list[_Value] = []
    at = skip(data, at, _BETWEEN)
    while data[at : at + 1] == b"{":
        end = end_of_value(data, at)
        try:
            values.append(_Value(parse(data[at:end]), at))
        except Fault as broken:
            if end >= len(data):
                break
            values.append(_Value({}, at, broken))
        at = skip(data, end, _BETWEEN)
    return _Document(values, at, fault)


@dataclass(frozen=True, slots=True)
class _Opened:
    """The records of a JSON value, and where it holds them."""

    records: list[Any]
    keys: tuple[str, ...] | None = None  # of the list that holds them; None: the value itself is the record
    numbers: Sequence[int] = ()  # of the records in that list


def expand(value: Any, envelopes: tuple[Route, ...]) -> _Opened:
    """Return the records of a JSON value: itself, its elements, or what its envelope holds."""
    if isinstance(value, list):
        return _Opened(value, (), range(len(value)))
    if not isinstance(value, dict):
        return _Opened([value])
    if rows := _of_frame(value):
        return _Opened(rows)
    if isinstance(value.get("@graph"), list):
        return _articles_of_graph(value["@graph"])
    for route in envelopes if any(map(_has_object, value.values())) else ():
        inner = reach(value, route)
        if inner and all(isinstance(item, dict) for item in inner) and _is_list(value, route):
            return _Opened(inner, tuple(step.key for step in route), range(len(inner)))
    return _Opened([value])


def _has_object(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, dict) for item in value))


def _of_frame(value: dict[str, Any]) -> list[Any]:
    """Return the rows of a data frame written by column or by row, its index numbers; none for anything else."""
    if not value or not all(isinstance(inner, dict) and inner for inner in value.values()):
        return []
    if all(key.isdigit() for key in value):
        return list(value.values())
    index = next(iter(value.values())).keys()
    if all(key.isdigit() for key in index) and all(column.keys() == index for column in value.values()):
        return [{name: column[key] for name, column in value.items()} for key in index]
    return []


def _is_list(value: dict[str, Any], route: Route) -> bool:
    holder = value
    for step in route[:-1]:
        holder = holder[step.key] if isinstance(holder.get(step.key), dict) else {}
    return isinstance(holder.get(route[-1].key), list)


def _articles_of_graph(graph: list[Any]) -> _Opened:
    """Return the article nodes of a JSON-LD graph, with what they refer to by @id put in place."""
    nodes = [(number, node) for number, node in enumerate(graph) if isinstance(node, dict)]
    known = {node["@id"]: node for _, node in nodes if isinstance(node.get("@id"), str)}
    found = [(number, node) for number, node in nodes if article_type(node)]
    records = [{key: _resolved(value, known) for key, value in node.items()} for _, node in found]
    return _Opened(records, ("@graph",), [number for number, _ in found]) if found else _Opened([graph])


def _resolved(value: Any, known: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_resolved(item, known) for item in value] if len(value) <= 100 else value
    if isinstance(value, dict) and len(value) == 1 and isinstance(value.get("@id"), str):
        return known.get(value["@id"], value)
    return value


def article_type(node: dict[str, Any]) -> str:
    """Return the schema.org type of a node if it is one of articles, "" if it is another."""
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return next((str(each) for each in kinds if _ARTICLE_TYPES.search(str(each))), "")
