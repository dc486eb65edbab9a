"""Where values stand in the bytes of a JSON document: a scan over strings and brackets, linear, that never raises.

Parsers tell what a document holds but not where; a rejected record must be found again by its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import orjson

# A string, also one that is never closed (the rest of the document is in it), or a bracket.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_SCALAR = re.compile(rb"[^\s,:\[\]{}\"]*+")
_BETWEEN = re.compile(rb"[\s,:]*+")


def starts_of_list(data: bytes, keys: Sequence[str], start: int = 0) -> list[int]:
    """Return where the elements of a list stand: of the list at ``start``, or behind keys of an object there.

    Of a key that is repeated the last value counts, as parsers have it. Empty where no list is.
    """
    at: int | None = skip(data, start)
    for key in keys:
        at = None if at is None else _value_of(data, at, key)
    if at is None or data[at : at + 1] != b"[":
        return []
    return [start for start, _ in _elements(data, at)]


def end_of_value(data: bytes, start: int) -> int:
    """Return where the value that begins at ``start`` ends; the end of the data where it is never closed."""
    first = data[start : start + 1]
    if first not in (b"{", b"["):
        found = (_STRING if first == b'"' else _SCALAR).match(data, start)
        return found.end() if found else start
    depth = 0
    for token in _TOKEN.finditer(data, start):
        mark = data[token.start()]
        depth += (mark in b"{[") - (mark in b"}]")
        if depth == 0:
            return token.end()
    return len(data)


def skip(data: bytes, at: int, between: re.Pattern[bytes] = _BETWEEN) -> int:
    """Return where the next value may begin: past what stands between values."""
    found = between.match(data, at)
    return found.end() if found else at


def _elements(data: bytes, opening: int) -> Iterator[tuple[int, int]]:
    at = skip(data, opening + 1)
    while at < len(data) and data[at] not in b"]}":
        end = end_of_value(data, at)
        yield at, end
        at = skip(data, max(end, at + 1))


def _value_of(data: bytes, opening: int, key: str) -> int | None:
    if data[opening : opening + 1] != b"{":
        return None
    found, name = None, None
    for number, (start, end) in enumerate(_elements(data, opening)):
        if number % 2 == 0:
            name = _decoded(data[start:end])
        elif name == key:
            found = start
    return found


def _decoded(key: bytes) -> object:
    try:
        return orjson.loads(key)
    except orjson.JSONDecodeError:
        return None
