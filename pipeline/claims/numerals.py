"""Numbers as written, in digits or in words, with how far they are rounded.

A figure with a decimal part or a magnitude word ("1.5 million", "12 thousand") is a rounded one: it stands
for its value plus or minus half a unit of its last written digit. An integer written out ("1,500", "1500",
"twelve", "two hundred") is taken as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from pipeline.claims.scan import any_of
from pipeline.resources import lexicon

MAX_DIGITS = 18  # a longer run of digits is a code, not a number
_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{2,3}){1,6}(?!\d)|\d{1,40})(?:\.\d{1,12})?")
_TOKEN = re.compile(r"(?: and |, |[ -])?([a-z]{3,9})(?![a-z])")
_MIXED = re.compile(r"(?:[ -]| and )(?:(?P<half>a half|one-half)|(?P<over>[13])/(?P<under>[248]))(?![\w/])")


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


@cache
def number_words(kind: str) -> dict[str, float]:
    """Return the number words of one kind with their values."""
    return {row["word"]: float(row["value"]) for row in lexicon("number_words") if row["kind"] == kind}


@cache
def vague_words() -> dict[str, tuple[float, float]]:
    """Return the vague numbers ("dozens", "several hundred") with the interval that each stands for."""
    rows = (row for row in lexicon("number_words") if row["kind"] == "vague")
    return {row["word"]: (float(row["value"]), float(row["high"])) for row in rows}


def tidy(value: float) -> float:
    """Return a value without the dust of binary fractions (12 significant digits)."""
    return float(f"{value:.12g}")


def digits_at(low: str, start: int) -> Numeral | None:
    """Read a number in digits, with its magnitude word if one follows."""
    match = _DIGITS.match(low, start)
    if not match or match.end() - start > MAX_DIGITS:
        return None
    written = match.group()
    whole, _, part = written.partition(".")
    numeral = Numeral(
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


def words_at(low: str, start: int) -> Numeral | None:
    """Read a number in words: "twenty-three thousand five hundred", "one and a half million"."""
    first = _TOKEN.match(low, start)
    if not first or first.start(1) != start:
        return None
    total, current, last_scale, end = 0.0, -1.0, 0.0, start
    match: re.Match[str] | None = first
    while match:
        word = match.group(1)
        step = _step(word, current, match.group(), last_scale)
        if step is None:
            break
        current, scale = step
        if scale > 100:
            total, current, last_scale = total + current, 0.0, scale
        elif scale == 0:
            last_scale = last_scale if last_scale == 0 else -abs(last_scale)
        end = match.end()
        match = _TOKEN.match(low, end) if end - start < 80 else None
    if end == start:
        return None
    half = 0.5 * last_scale if last_scale >= 1000 and current == 0 else 0.0
    numeral = Numeral(start, end, tidy(total + max(current, 0.0)), half, digits=False, bare=True, scale=2 * half or 1.0)
    mixed = _with_fraction(low, numeral) if total == 0 else numeral
    return _magnified(low, mixed) if mixed is not numeral else mixed


def _step(word: str, current: float, token: str, last_scale: float) -> tuple[float, float] | None:
    """Return (current, scale) after one more word; None where the word doesn't go on with the number."""
    units, tens, scales = number_words("unit"), number_words("ten"), number_words("scale")
    joined = " and " in token or "," in token
    if word in scales:
        scale = scales[word]
        if joined or current == 0 or (scale > 100 and last_scale and scale >= abs(last_scale)):
            return None
        return (max(current, 1.0) * scale, scale)
    if joined and ((current < 100 and not last_scale) or ("," in token and not last_scale)):
        return None
    if word in tens:
        fits = current <= 0 or (current >= 100 and current % 100 == 0)
        return (max(current, 0.0) + tens[word], 0.0) if fits else None
    if word in units:
        value = units[word]
        after_ten = current > 0 and current % 100 >= 20 and current % 10 == 0 and 0 < value < 10
        fits = current < 0 or after_ten or (current >= 100 and current % 100 == 0) or (current == 0 and last_scale > 0)
        return (max(current, 0.0) + value, 0.0) if fits else None
    return None
