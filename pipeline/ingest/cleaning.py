"""Text normalised once, before any offset is taken."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

import numpy as np

from pipeline.text import fits

# C0 and C1 controls, soft hyphen, zero-width and bidi marks, interlinear and tag characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
)
# Most of a text: what stays when these bytes go are the characters that may need mending, and line breaks don't.
_PLAIN = bytes(range(0x20, 0x7F)) + b"\n"
_BLANK = ord(" ")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANK_LINES = re.compile("\n{3,}")
_LONG_RUN = re.compile("[^\x00-\u02ff\u2000-\u2bff]{31}")
_WESTERN = "cp1252"  # it has no combining marks, so that what it has is in NFC already
_MARKS_KEPT = 30  # combining marks on one letter; Unicode's stream-safe limit (UAX 15)


def clean(text: str) -> str:
    """Return text in NFC with plain line breaks, one blank line at most in a row, nothing invisible.

    Idempotent. Lone surrogates become U+FFFD, trailing spaces go, single newlines stay.
    """
    odd = _odd(text)
    plain = odd.isprintable()  # no control, no white space but spaces: most texts
    if not plain:
        text = _INVISIBLE.sub("", _LINE_BREAK.sub("\n", text)).replace("\t", " ")
    if not text.isascii() and not fits(odd if plain else _odd(text), _WESTERN):
        text = _composed(text)
    if not plain or " \n" in text:
        text = "\n".join(line.rstrip() for line in text.split("\n"))
    if "\n\n\n" in text:
        text = _BLANK_LINES.sub("\n\n", text)
    return text.strip()


def one_line(text: str) -> str:
    """Return a headline or name cleaned, on one line."""
    return " ".join(clean(text).split())


def without_surrogates(text: str) -> str:
    """Return text that UTF-8 can write, otherwise untouched."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def count_words(text: str) -> int:
    """Return how many words ``split`` would find in a text that is clean, without making them."""
    if not text or (not text.isascii() and (odd := _odd(text)).split() != [odd]):
        return len(text.split())
    blank = np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8) <= _BLANK
    return int(np.count_nonzero(blank[:-1] & ~blank[1:])) + (not blank[0])


def _odd(text: str) -> str:
    """Return the characters of a text that are neither printable ASCII nor line feeds: few, and quick to look at."""
    return text.encode("utf-8", "surrogatepass").translate(None, _PLAIN).decode("utf-8", "surrogatepass")


def _composed(text: str) -> str:
    text = _SURROGATE.sub("\ufffd", text)
    if _LONG_RUN.search(text):  # sorting a run of marks is quadratic in its length
        text = _mark_run().sub(lambda run: run[0][:_MARKS_KEPT], text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


@cache
def _mark_run() -> re.Pattern[str]:
    marks = (chr(code) for code in range(0x300, sys.maxunicode + 1) if unicodedata.combining(chr(code)))
    return re.compile(f"[{''.join(marks)}]{{{_MARKS_KEPT + 1},}}")
