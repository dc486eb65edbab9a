"""What figures and dates are read as, for a reader: in units of everyday size, to three digits, by day, month and year."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from pipeline.corroboration.levels.level import Sides
from pipeline.models import VAGUE, Claim, DateValue, QuantityValue
from pipeline.resources import lexicon
from pipeline.text import stem

_PLAIN = frozenset({"1", "percent"})  # units that every text writes alike, as it does currencies
_WIDE = 1.5  # times; an interval whose ends are further apart is told by both
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
_SCALES: dict[str, tuple[tuple[float, str], ...]] = {
    "km": ((1.0, "km"), (1e-3, "m"), (1e-5, "cm"), (1e-6, "mm")),
    "km2": ((1.0, "km²"), (1e-2, "ha"), (1e-6, "m²")),
    "kg": ((1e3, "t"), (1.0, "kg"), (1e-3, "g"), (1e-6, "mg")),
    "l": ((1.0, "l"), (1e-3, "ml")),
    "day": ((1.0, "days"), (1 / 24, "hours"), (1 / 1440, "minutes"), (1 / 86400, "seconds")),
    "byte": ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1.0, "bytes")),
    "W": ((1e9, "GW"), (1e6, "MW"), (1e3, "kW"), (1.0, "W")),
    "Wh": ((1e9, "GWh"), (1e6, "MWh"), (1e3, "kWh"), (1.0, "Wh")),
}  # canonical unit: size of a unit in it and its name, the largest first
_NAMED = {"1": "", "percent": "%", "C": " °C", "percentage point": " percentage points", "year": " years"}
_MILLION = 1e6
_MAGNITUDES = ((1e12, " trillion"), (1e9, " billion"), (_MILLION, " million"))
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def quantity_readings(sides: Sides) -> tuple[str | None, str | None]:
    """Return what each figure is read as, None where its words tell: both in digits, both in one unit."""
    claims, words = (sides.ours, sides.theirs), sides.words
    units = [_units(value.unit, text) for value, text in zip(_quantities(claims), words, strict=True)]
    apart = units[0] != units[1]
    digits = [bool(_DIGIT.search(text)) for text in words]
    ours, theirs = (
        _reading(claim, text, apart=apart, spelled=digits[1 - side] and not digits[side])
        for side, (claim, text) in enumerate(zip(claims, words, strict=True))
    )
    return ours, theirs


def _quantities(claims: Sequence[Claim]) -> list[QuantityValue]:
    return [claim.quantity for claim in claims if claim.quantity is not None]


def _reading(claim: Claim, text: str, *, apart: bool, spelled: bool) -> str | None:
    value = claim.quantity
    assert value is not None
    bare = len(text.split()) == 1 and value.unit == "1" and value.counted
    if not (apart or spelled or bare or claim.rule == VAGUE):
        return None
    told = quantity_told(value)
    if bare and told:  # "two": of what, the sentence says
        return f"{told} {value.counted}"
    return None if told is None or told.split()[0] in re.split(r"[\s\-–%]+", text) else told


def _units(unit: str, text: str) -> frozenset[str]:
    """Return the words of a text that name a measure; none for counts, shares and money."""
    if unit in _PLAIN or (len(unit) == 3 and unit.isupper()):
        return frozenset()
    return frozenset(_stems(text)) & _unit_words(unit)


@cache
def _unit_words(unit: str) -> frozenset[str]:
    return frozenset(word for row in lexicon("units") if row["unit"] == unit for word in _stems(row["word"]))


def _stems(text: str) -> list[str]:
    return [stem(word) or word for word in _WORD.findall(text.casefold())]


def quantity_told(value: QuantityValue) -> str | None:
    """Return a figure as a reader writes it: ``20.4 km/h``, ``24 to 99``, ``at least 50``; None for any at all."""
    if value.low is None or value.high is None:
        end = value.high if value.low is None else value.low
        side = "at most" if value.low is None else "at least"
        return None if end is None else f"{side} {_number(end, value.unit)}"
    if value.low > 0 and value.high > _WIDE * value.low:
        return f"{_number(value.low, value.unit)} to {_number(value.high, value.unit)}"
    return _number((value.low + value.high) / 2, value.unit)


def _number(number: float, unit: str) -> str:
    scales = _SCALES.get(unit)
    if scales is None:
        return f"{_digits(number)}{_NAMED.get(unit, f' {unit}')}"
    size, name = next((scale for scale in scales if abs(number) >= scale[0] * (1 - 1e-9)), scales[-1])
    return f"{_digits(number / size)} {name}"


def _digits(number: float) -> str:
    """Return a number to three significant digits, whole from a thousand on, in millions from a million on."""
    if 1_000 <= abs(number) < _MILLION:
        return f"{number:,.0f}"
    told = float(f"{number:.3g}")
    size, name = next((scale for scale in _MAGNITUDES if abs(told) >= scale[0]), (1.0, ""))
    return f"{Decimal(f'{told / size:.3g}'):,f}{name}"  # a Decimal has no exponent: "1,000", not "1e+03"


def date_readings(sides: Sides) -> tuple[str | None, str | None]:
    """Return which days each date is read as, None where its words name the year or nothing is known."""
    ours, theirs = (
        _days(claim.date, text) for claim, text in zip((sides.ours, sides.theirs), sides.words, strict=True)
    )
    return ours, theirs


def _days(value: DateValue | None, text: str) -> str | None:
    if value is None or value.earliest is None or value.latest is None or value.earliest[:4] in text:
        return None
    return days_told(value.earliest, value.latest)


def days_told(earliest: str, latest: str) -> str:
    """Return a range of ISO days as a reader writes it: ``16 October 2025``, ``October 2025``, ``2025``."""
    first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
    if first == last:
        return _day(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if whole and (first.year, first.month) == (last.year, last.month):
        return f"{_MONTHS[first.month - 1]} {first.year}"
    shared = f"{_MONTHS[last.month - 1]} {last.year}"
    return (
        f"{first.day} to {last.day} {shared}"
        if _day(first).endswith(f" {shared}")
        else f"{_day(first)} to {_day(last)}"
    )


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
