"""Units of measure and currencies beside a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.claims.scan import any_of
from pipeline.resources import lexicon
from pipeline.text import reach_back

# "155mm shells", "a 9mm pistol", "a 35mm lens": a calibre, the name of a kind of thing.
_CALIBRE = re.compile(
    r"[ -]?mm[ -](?:[a-z-]+ )?(?:artillery|shells?|howitzers?|rounds?|guns?|cannons?|cali(?:ber|bre)|ammunition|lens(?:es)?"
    r"|film|camera|mortars?|pistols?|handguns?|rifles?|semi-?automatic|glock|beretta|bullets?|munitions?|rockets?)"
)
_MILLIMETRES = ("mm", " mm", "-mm")  # how it starts
_SIGN_REACH = 8  # code points before a number in which a currency sign and a space find room


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written: ``value * factor + offset`` is in ``name``, the canonical one."""

    name: str
    factor: float
    offset: float
    kind: str  # percent, points, measure, duration, age, money
    written: str


@cache
def _units() -> dict[str, Unit]:
    return {
        row["word"]: Unit(row["unit"], float(row["factor"]), float(row["offset"] or 0), row["kind"], row["word"])
        for row in lexicon("units")
    }


@cache
def _unit_pattern() -> re.Pattern[str]:
    return re.compile(rf"[ -]?({any_of(_units())})(?![a-z0-9])")


@cache
def _signs() -> dict[str, str]:
    return {row["sign"]: row["currency"] for row in lexicon("currency_signs")}


@cache
def _sign_ends() -> frozenset[str]:
    return frozenset(sign[-1] for sign in _signs())


@cache
def _before_number() -> tuple[str, ...]:
    return tuple(sign + space for space in ("", " ") for sign in _signs())


@cache
def _sign_pattern() -> re.Pattern[str]:
    longest_first = sorted(_signs(), key=len, reverse=True)
    return re.compile(rf"(?<![a-z])({'|'.join(map(re.escape, longest_first))}) ?$")


def unit_after(low: str, end: int, *, magnified: bool) -> tuple[Unit, int] | None:
    """Return the unit that follows a number at ``end`` and where it ends.

    ``magnified``: the number has a magnitude word, which makes pounds money and bare "m" no metre.
    """
    match = _unit_pattern().match(low, end)
    if not match:
        return None
    unit = _units()[match.group(1)]
    if magnified and unit.written in ("pound", "pounds"):
        return Unit("GBP", 1.0, 0.0, "money", unit.written), match.end()
    return unit, match.end()


def is_calibre(low: str, end: int) -> bool:
    """Return whether what follows a number makes it a calibre ("155mm shells")."""
    return low.startswith(_MILLIMETRES, end) and _CALIBRE.match(low, end) is not None


def currency_before(low: str, start: int) -> tuple[str, int] | None:
    """Return the ISO code of the currency sign before a number and where the sign starts."""
    if start == 0 or not (low[start - 1] in " $€£¥₹₽₩₪₺₦₴₱฿" or low[start - 1].isalpha() or low[start - 1] == "."):
        return None
    if low[start - 1 if low[start - 1] != " " or start == 1 else start - 2] not in _sign_ends():
        return None
    if not low.endswith(_before_number(), 0, start):
        return None
    match = _sign_pattern().search(low[reach_back(start, _SIGN_REACH) : start])
    if not match:
        return None
    return _signs()[match.group(1)], start - len(match.group())


def unit_words() -> tuple[str, ...]:
    """Return all units as written."""
    return tuple(_units())


def named_unit(word: str) -> Unit:
    """Return a unit by a name of the lexicon."""
    return _units()[word]
