"""Values to bytes of JSON: UTF-8, keys in the order given, a newline at the end, no NaN."""

from __future__ import annotations

import json
import re

import orjson

_LINE_ENDS = (("\u0085".encode(), b"\\u0085"), ("\u2028".encode(), b"\\u2028"), ("\u2029".encode(), b"\\u2029"))
_SURROGATE = re.compile("[\ud800-\udfff]")


def to_json(value: object, *, finite: bool = False) -> bytes:
    """Return one file of JSON, indented by two; raise ValueError for NaN or infinity.

    ``finite``: the caller knows that no number is either.
    """
    return _encoded(value, orjson.OPT_INDENT_2, finite=finite)


def to_json_line(value: object, *, finite: bool = False) -> bytes:
    """Return one line of JSON Lines; raise ValueError for NaN or infinity. ``finite`` is that of ``to_json``.

    What many readers take for the end of a line, though JSON does not, is written escaped.
    """
    line = _encoded(value, 0, finite=finite)
    if line.isascii():
        return line
    for mark, escaped in _LINE_ENDS:
        line = line.replace(mark, escaped)
    return line


def _encoded(value: object, option: int, *, finite: bool) -> bytes:
    try:
        data = orjson.dumps(value, option=option | orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:
        value = without_surrogates(value)
        data = orjson.dumps(value, option=option | orjson.OPT_APPEND_NEWLINE)
    # orjson writes NaN as null, which means something else, so it is not read back as it was; then the standard
    # encoder has the word, and refuses it. To ask it always takes four times as long.
    if not finite and orjson.loads(data) != value:
        json.dumps(value, allow_nan=False)
    return data


def without_surrogates(value: object) -> object:
    """Return the value with U+FFFD for each lone surrogate: offsets stay, and UTF-8 can hold it."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {without_surrogates(key): without_surrogates(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_surrogates(item) for item in value]
    return value
