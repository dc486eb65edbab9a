"""A figure: a number or a range of two, with the currency before it and the unit after it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from pipeline.claims.numerals import Numeral, digits_at, number_words, tidy, vague_words, words_at
from pipeline.claims.quantities_context import Clause, clause_before, context_words
from pipeline.claims.quantities_units import Unit, currency_before, unit_after
from pipeline.claims.scan import any_of
from pipeline.record import maker, quickly_made

APPROXIMATE = 0.1  # share of the value that "a dozen" or "or so" leaves open, as "about" does in bounds.csv
_RANGE = re.compile(r"(?: ?- ?|-to-| to | and | or )(?=[$€£¥₹a-z0-9])")
_HALF_A = re.compile(
    r"(half|quarter of) an? (dozen|hundred|thousand|million|billion|trillion)(?![a-z])"
    r"|half an?(?= (?:percentage|percent|per|mile|kilomet|degree|century|decade))"
)
_FOREIGN = re.compile(r".{0,4}[€£¥₹]")


@quickly_made
@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or a range of two, in a unit."""

    start: int
    end: int
    first: Numeral
    second: Numeral | None
    unit: Unit | None
    clause: Clause  # the words before it

    @property
    def joined(self) -> str:
        """Return the word and space before a range that belong to it: "between 3 and 5", "from $5 to $10"."""
        return self.clause.last + " " if self.second and self.clause.last in ("between", "from") else ""


_make_figure = maker(Figure)


def numeral_at(low: str, start: int) -> Numeral | None:
    """Read the number that starts at ``start`` in digits, in words, or as a vague word ("dozens")."""
    if low[start].isdigit():
        return digits_at(low, start)
    vague = _vague_pattern().match(low, start)
    if vague:
        least, most = vague_words()[vague.group()]
        return Numeral(start, vague.end(), least, 0.0, digits=False, bare=False, high=most)
    return _spelled(low, start)


@cache
def _vague_pattern() -> re.Pattern[str]:
    return re.compile(rf"{any_of(vague_words())}(?![a-z])")


def _spelled(low: str, start: int) -> Numeral | None:
    half = _HALF_A.match(low, start)
    if half and half.group(2) is None:
        return Numeral(start, half.end(), 0.5, 0.0, digits=False, bare=True)
    if half:
        part, scale = 0.5 if half.group(1) == "half" else 0.25, number_words("scale")[half.group(2)]
        return Numeral(start, half.end(), part * scale, 0.05 * scale, digits=False, bare=False, scale=scale, loose=True)
    numeral = words_at(low, start)
    if numeral is None:
        return None
    written = low[start : numeral.end]
    opening = written.replace("-", " ").partition(" ")[0]
    if opening in number_words("scale"):
        if low[max(0, start - 2) : start] != "a ":
            return None
        numeral = replace(numeral, start=start - 2, bare=False, loose=True)
    if not numeral.half and (opening == "hundred" or "dozen" in written):
        return replace(numeral, half=APPROXIMATE * numeral.value, loose=True)
    return numeral


def figure_at(plain: str, low: str, numeral: Numeral) -> Figure:
    """Read what belongs to a number: its currency, its unit, the upper end of a range."""
    sign = currency_before(low, numeral.start)
    start = sign[1] if sign else numeral.start
    clause = clause_before(plain, low, start)
    money = _money(sign[0]) if sign else None
    second = _second(low, numeral.end, numeral, clause)
    unit, end = (money, numeral.end) if second else _unit(low, numeral, money)
    if second is None and unit is not None:
        second = _second(low, end, numeral, clause)
    if second is None:
        return _make_figure(start, end, numeral, None, unit, clause)
    last, stop = _unit(low, second, None if _FOREIGN.match(low, end) else money)
    if unit is not None and (last is None or last.name != unit.name):
        return _make_figure(start, end, numeral, None, unit, clause)
    return _make_figure(start, stop, _scaled(numeral, second), second, last, clause)


@cache
def _money(currency: str) -> Unit:
    return Unit(currency, 1.0, 0.0, "money", "")


def _unit(low: str, numeral: Numeral, money: Unit | None) -> tuple[Unit | None, int]:
    """Return the unit of a number and where it ends; a sign before the number wins over words after it."""
    partitive = 3 if (numeral.high or numeral.scale > 1.0) and low.startswith(" of ", numeral.end) else 0
    found = unit_after(low, numeral.end + partitive, magnified=numeral.scale >= 1e6)
    if found and (money is None or found[0].kind == "money"):
        return money or found[0], found[1]
    return money, numeral.end


def _second(low: str, end: int, first: Numeral, clause: Clause) -> Numeral | None:
    """Return the upper number of a range, where one follows: "-5", " to 3.5", " and 5"."""
    match = _RANGE.match(low, end)
    if not match or first.high is not None or not _joins(match.group().strip(), first, clause):
        return None
    at = match.end()
    while low[at : at + 1] in ("$", "€", "£", "¥", "₹"):
        at += 1
    if low[at : at + 1].isdigit():
        second = digits_at(low, at)
    else:
        second = None if low[at : at + 3] in ("hun", "tho", "mil", "bil", "doz") else words_at(low, at)
    rises = second is not None and _scaled(first, second).value < second.value
    return second if rises or match.group().strip() == "-" else None


def _joins(joint: str, first: Numeral, clause: Clause) -> bool:
    """Return whether a word between two numbers makes a range of them."""
    if joint == "and":
        return clause.last == "between"
    if joint == "or":
        return first.digits or first.value <= 12
    if joint == "to":
        return clause.last != "from" or not context_words("spread").isdisjoint(clause.tail[-3:-1])
    return True


def _scaled(first: Numeral, second: Numeral) -> Numeral:
    """Give the first number of "3-5 million" the magnitude of the second."""
    scale = second.scale
    if first.scale > 1.0 or scale == 1.0 or first.value * scale >= second.value:
        return first
    return replace(first, value=tidy(first.value * scale), scale=scale, bare=False)
