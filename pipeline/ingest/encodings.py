"""In which encoding a stream of text is written, told by its first bytes: marks, the place of NUL bytes, declarations, letters."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

# The mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_.:-]{1,40})[\"']")
# Encodings whose characters are written the same wherever they stand, so that places can be counted back.
_EAST_ASIAN = r"cp9(?:32|49|50)|gbk|gb2312|gb18030|big5(?:hkscs)?|shift_ji\w+|euc[-_]?(?:jp|kr|ji\w+)|johab"
_STATELESS = re.compile(rf"{_EAST_ASIAN}|cp\d+|iso8859[-_]\d+|koi8[-_][rut]|mac[-_][a-z]+")
HEAD = 4_096  # bytes looked at; a shorter head is the whole stream
_FEWEST = 24  # bytes beyond ASCII from which letters tell a language
_MOST_CHAOS = 0.1  # share of unlikely neighbours; the library's own threshold is .2
_WESTERN_SIGNS = frozenset("‘’“”–—…€£ °«»©®™•\u00a0")
_NOT_WRITTEN = frozenset({"Cc", "Cn", "Co", "Cs"})


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a stream is to be recoded."""

    codec: str
    mark: int = 0  # bytes of the byte order mark
    strict: bool = True  # whether bytes that it can't be end the stream; else each becomes a "?"


def told(head: bytes) -> Encoding | None:
    """Return the encoding of a stream by its first kilobytes; None for UTF-8, for Windows-1252 here and there, and where none is told.

    A page of HTML says itself what it is written in, and is not looked at.
    """
    head = head[:HEAD]
    for mark, codec in _MARKS:
        if head.startswith(mark) and len(head) % 4 * codec.startswith("utf-32") == 0:
            return Encoding(codec, len(mark))
    if b"\0" in head:
        return _wide(head)
    if mostly_utf8(head):
        return None
    if found := _DECLARED.match(head):
        return _declared(found[1].decode())
    if head.lstrip()[:1] == b"<":
        return None
    return None if western(head) is not None else _by_letters(head)


def mostly_utf8(data: bytes) -> bool:
    """Tell UTF-8, though a byte in it may be wrong, from another encoding: by what its bytes beyond ASCII make."""
    if data.isascii():
        return True
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd") - (1 if text.endswith("\ufffd") else 0)  # the last character may be cut
    return wrong < sum(char > "\x7f" for char in text) - text.count("\ufffd") or wrong <= 0


def mended_utf8(data: bytes) -> bytes:
    """Return UTF-8 in which each byte that was none is taken as Windows-1252."""
    return data if data.isascii() else data.decode("utf-8", _AS_WESTERN).encode()


def _as_western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_AS_WESTERN = "twosource.western"
codecs.register_error(_AS_WESTERN, _as_western)


def _wide(head: bytes) -> Encoding | None:
    """Tell UTF-16 and UTF-32 without a mark: in Latin letters every second byte, or three in four, are NUL."""
    whole = head[: len(head) // 4 * 4]
    for codec in ("utf-32-le", "utf-32-be"):
        if len(whole) == len(head) and whole and _written(whole, codec):
            return Encoding(codec)
    if len(head) % 2 and len(head) < HEAD:
        return None
    whole = head[: len(head) // 2 * 2]
    even, odd = whole[::2].count(0), whole[1::2].count(0)
    if min(even, odd) == 0 and max(even, odd) * 10 >= len(whole) // 2:
        codec = "utf-16-le" if odd else "utf-16-be"
        return Encoding(codec) if _written(whole, codec) else None
    return None


def _written(data: bytes, codec: str) -> bool:
    """Tell whether these bytes are a text without a character that nobody writes; the last one may be cut."""
    try:
        text = codecs.getincrementaldecoder(codec)().decode(data)
    except UnicodeDecodeError:
        return False
    return all(char in "\t\n\r\f\v" or unicodedata.category(char) not in _NOT_WRITTEN for char in text)


def _declared(name: str) -> Encoding | None:
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    codec = "cp1252" if codec in {"iso8859-1", "ascii", "utf-8"} else codec  # as browsers read it
    return Encoding(codec, strict=False) if _STATELESS.fullmatch(codec) else None


def _by_letters(head: bytes) -> Encoding | None:
    """Tell an alphabet from which letters follow which: charset_normalizer, where it is sure."""
    if sum(byte > 127 for byte in head) < _FEWEST:
        return None
    best = _detector()(head[: head.rfind(b"\n") + 1] or head).best()
    if best is None or best.chaos > _MOST_CHAOS:
        return None
    codec = codecs.lookup(best.encoding).name
    # Which letters are frequent says nothing of scripts with thousands; that all pairs of bytes are characters does.
    sure = best.coherence > 0 or (best.chaos == 0 and re.fullmatch(_EAST_ASIAN, codec))
    return Encoding(codec, strict=False) if sure and _STATELESS.fullmatch(codec) else None


@cache
def _detector() -> Any:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to load, and seldom asked

    return from_bytes


def western(data: bytes) -> str | None:
    """Return bytes as Windows-1252 where that is plausible: mostly ASCII letters and spaces, no control codes."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    if any(code < 9 or 13 < code < 32 for code in set(data)):
        return None
    marked = [char for char in text if ord(char) >= 128]
    return text if len(marked) * 3 <= len(text) and _letters(marked) * 10 >= len(marked) * 8 else None


def _letters(marked: Iterable[str]) -> int:
    return sum(char.isalpha() or char in _WESTERN_SIGNS for char in marked)
