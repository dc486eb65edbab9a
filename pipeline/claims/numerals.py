"""Numbers as written, in digits or in words, with how far they are rounded.

A figure with a decimal part or a magnitude word ("2.4 million", "12 thousand") is a rounded one: it stands
for its value plus or minus half a unit of its last written digit. An integer written out ("1,500", "1500",
"twelve", "two hundred") is taken as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from pipeline.claims.scan import any_of
from pipeline.record import maker, quickly_made
from pipeline.resources import lexicon

MAX_DIGITS = 18  # a longer run of digits is a code, not a number
MAX_WORDS = 80  # code points of a number in words
_WHOLE = 1e12  # a smaller whole number has no more than 12 digits
_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{2,3}){1,6}(?!\d)|\d{1,40})(?:\.\d{1,12})?")
_TOKEN = re.compile(r"(?: and |, |[ -])?([a-z]{3,9})(?![a-z])")
_MIXED = re.compile(r"(?:[ -]| and )(?:(?P<half>a half|one-half)|(?P<over>[13])/(?P<under>[248]))(?![\w/])")


@quickly_made
@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at ``start:end`` of a text, for ``value`` plus or minus ``half``."""

    start: int
    end: int
    value: float
    half: float  # half a unit of the last written digit of a rounded figure, else 0
    digits: bool  # written in digits
    bare: bool  # digits alone: no separator, no decimals, no magnitude
    decimals: int = 0
    scale: float = 1.0  # of the magnitude word
    loose: bool = False  # "a million", "half a million", "a dozen": said roughly
    high: float | None = None  # upper end of a vague number ("dozens"), else None


_make_numeral = maker(Numeral)


@cache
def number_words(kind: str) -> dict[str, float]:
    """Return the number words of one kind with their values."""
    return {row["word"]: float(row["value"]) for row in lexicon("number_words") if row["kind"] == kind}


@cache
def counting_words() -> tuple[str, ...]:
    """Return the words that a number may start with, but for those that only go on with one."""
    plain = [*number_words("unit"), *number_words("ten"), *number_words("scale")]
    return (*plain, "half", "third", "quarter", "fifth", "tenth", *vague_words())


@cache
def vague_words() -> dict[str, tuple[float, float]]:
    """Return the vague numbers ("dozens", "several hundred") with the interval that each stands for."""
    rows = (row for row in lexicon("number_words") if row["kind"] == "vague")
    return {row["word"]: (float(row["value"]), float(row["high"])) for row in rows}


def tidy(value: float) -> float:
    """Return a value without the dust of binary fractions (12 significant digits)."""
    if value.is_integer() and abs(value) < _WHOLE:
        return value
    return float(f"{value:.12g}")


def digits_at(low: str, start: int) -> Numeral | None:
    """Read a number in digits, with its magnitude word if one follows."""
    match = _DIGITS.match(low, start)
    if not match or match.end() - start > MAX_DIGITS:
        return None
    written = match.group()
    whole, _, part = written.partition(".")
    numeral = _make_numeral(
        start=start,
        end=match.end(),
        value=float(written.replace(",", "")),
        half=0.5 * 10.0 ** -len(part) if part else 0.0,
        digits=True,
        bare=not part and "," not in whole,
        decimals=len(part),
    )
    return _magnified(low, _with_fraction(low, numeral))


@cache
def _magnitude_pattern() -> re.Pattern[str]:
    spelled, short = number_words("scale"), number_words("short")
    return re.compile(rf"[ -]?({any_of([*spelled, *short])})(?![a-z])")


@cache
def _magnitudes() -> dict[str, float]:
    return number_words("short") | number_words("scale")


def _magnified(low: str, numeral: Numeral) -> Numeral:
    match = _magnitude_pattern().match(low, numeral.end)
    if not match:
        return numeral
    word = match.group(1)
    glued = match.start() == match.start(1)
    if word not in number_words("scale") and not glued and word in {"m", "b", "k", "mil", "cr"}:
        return numeral
    scale = _magnitudes()[word]
    half = numeral.half or 0.5
    second = _magnitude_pattern().match(low, match.end())  # "100 thousand crore"
    if second and second.group(1) in number_words("scale"):
        scale, match = scale * _magnitudes()[second.group(1)], second
    value = tidy(numeral.value * scale)
    return replace(numeral, end=match.end(), value=value, half=tidy(half * scale), bare=False, scale=scale)


def _with_fraction(low: str, numeral: Numeral) -> Numeral:
    """Add the half of "2 1/2" or "two and a half"."""
    match = _MIXED.match(low, numeral.end)
    if not match or numeral.decimals or numeral.value > 1000:
        return numeral
    part = 0.5 if match["half"] else int(match["over"]) / int(match["under"])
    return replace(numeral, end=match.end(), value=numeral.value + part, half=0.05, bare=False, decimals=1)


class _Sum(NamedTuple):
    """A number in words as far as it has been read."""

    total: float = 0.0  # of the closed groups ("two million")
    group: float | None = None  # the open one ("three hundred"), None right after a magnitude
    scale: float = 0.0  # the last magnitude from thousand up


def words_at(low: str, start: int) -> Numeral | None:
    """Read a number in words: "twenty-three thousand five hundred", "one and a half million"."""
    found, end = _Sum(), start
    match = _TOKEN.match(low, start)
    if not match or match.start(1) != start:
        return None
    while match and end - start < MAX_WORDS:
        more = _add(found, match.group(1), match.group().removesuffix(match.group(1)))
        if more is None:
            break
        found, end = more, match.end()
        match = _TOKEN.match(low, end)
    if end == start:
        return None
    half = 0.5 * found.scale if found.group is None else 0.0
    value = tidy(found.total + (found.group or 0.0))
    numeral = _make_numeral(start, end, value, half, digits=False, bare=True, scale=2 * half or 1.0)
    mixed = numeral if found.scale else _with_fraction(low, numeral)
    return _magnified(low, mixed) if mixed is not numeral else numeral


def _add(found: _Sum, word: str, joint: str) -> _Sum | None:
    """Return the sum with one more word; None where the word doesn't go on with the number."""
    scale = number_words("scale").get(word)
    if scale is not None:
        return _times(found, scale) if len(joint) < 2 else None
    group = found.group
    if (joint == " and " and not found.scale and (group or 0.0) < 100) or (joint == ", " and group is not None):
        return None
    ten, unit = number_words("ten").get(word), number_words("unit").get(word)
    if ten is None and unit is None:
        return None
    value = ten or unit or 0.0
    open_ten = unit is not None and 0 < value < 10 and group is not None and group % 100 >= 20 and group % 10 == 0
    if group is None or open_ten or (group >= 100 and group % 100 == 0):
        return found._replace(group=(group or 0.0) + value)
    return None


def _times(found: _Sum, scale: float) -> _Sum | None:
    """Return the sum with its open group in hundreds, dozens, thousands, millions, ..."""
    if found.group == 0.0 or (found.group is None and found.scale):
        return None
    size = (found.group or 1.0) * scale
    if scale <= 100:
        return found._replace(group=size)
    if found.scale and scale >= found.scale:
        return None
    return _Sum(found.total + size, None, scale)
