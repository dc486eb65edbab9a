"""JSON: one object, an array, an envelope, or one object a line."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import orjson

from pipeline.ingest.lines import Line, decode, split_lines
from pipeline.ingest.mapping import reach
from pipeline.ingest.reasons import Fault
from pipeline.ingest.records import Record
from pipeline.ingest.streams import gather_prefix, until_fault
from pipeline.settings import IngestSettings, Route, load_formats

_ENVELOPE_HEAD = 300  # characters in which the list of an envelope begins
_LOOKED_AT = 8  # lines read to tell JSON Lines from a document
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
    values, fault = _document(data, broken)
    number = 0
    routes = load_formats(settings.formats).envelopes
    for number, record in enumerate(chain.from_iterable(expand(value, routes) for value in values), start=1):
        yield Record(record, number, None)
    if fault:
        yield Record(None, number + 1, None, fault)


def _document(data: bytes, broken: Fault | None) -> tuple[list[Any], Fault | None]:
    """Return the JSON values of a document, and why there aren't more."""
    if broken:
        return _salvage(data.decode("utf-8", "ignore")), broken
    try:
        return [parse(data)], None
    except Fault as fault:
        if fault.reason != "json.syntax":
            return [], fault
        values = _salvage(decode(data))
        detail = f"{fault.detail}; {len(values)} whole objects were read"
        return values, Fault("json.syntax", detail if values else fault.detail)


def _of_line(line: Line, settings: IngestSettings) -> Iterator[Record]:
    if line.data is None:
        fault = Fault("line.too-long", f"more than {settings.max_line_bytes} bytes")
        yield Record(None, line.number, line.offset, fault)
        return
    if not line.data.strip():
        return
    try:
        value = parse(line.data)
    except Fault as fault:
        yield Record(None, line.number, line.offset, fault)
        return
    for record in expand(value, load_formats(settings.formats).envelopes) if isinstance(value, dict) else [value]:
        yield Record(record, line.number, line.offset)


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


def _salvage(text: str) -> list[Any]:
    """Return the whole objects before a break: of a list, of an envelope's list, or written in a row."""
    values = _objects(text, 0)
    opened = text.find("[", 0, _ENVELOPE_HEAD)
    return values or (_objects(text, opened) if opened > 0 else [])


def _objects(text: str, at: int) -> list[Any]:
    values: list[Any] = []
    at = _skip(text, at)
    while at < len(text) and text[at] == "{":
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        values.append(value)
        at = _skip(text, end)
    return values


_BETWEEN = re.compile(r"[\s\[\],]*")


def _skip(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def expand(value: Any, envelopes: tuple[Route, ...]) -> list[Any]:
    """Return the records of a JSON value: itself, its elements, or what its envelope holds."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return [value]
    if isinstance(value.get("@graph"), list):
        return _articles_of_graph(value["@graph"])
    for route in envelopes:
        inner = reach(value, route)
        if inner and all(isinstance(item, dict) for item in inner) and _is_list(value, route):
            return inner
    return [value]


def _is_list(value: dict[str, Any], route: Route) -> bool:
    holder = value
    for step in route[:-1]:
        holder = holder[step.key] if isinstance(holder.get(step.key), dict) else {}
    return isinstance(holder.get(route[-1].key), list)


def _articles_of_graph(graph: list[Any]) -> list[Any]:
    """Return the article nodes of a JSON-LD graph, with what they refer to by @id put in place."""
    nodes = [node for node in graph if isinstance(node, dict)]
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    found = [node for node in nodes if _ARTICLE_TYPES.search(_type(node))]
    return [{key: _resolved(value, known) for key, value in node.items()} for node in found] or [graph]


def _resolved(value: Any, known: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_resolved(item, known) for item in value] if len(value) <= 100 else value
    if isinstance(value, dict) and len(value) == 1 and isinstance(value.get("@id"), str):
        return known.get(value["@id"], value)
    return value


def _type(node: dict[str, Any]) -> str:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return next((str(each) for each in kinds if _ARTICLE_TYPES.search(str(each))), "")
