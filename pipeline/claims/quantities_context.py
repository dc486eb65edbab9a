"""The words before a number: bounds ("at least"), hedges ("reportedly"), and what makes it no quantity."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from pipeline.resources import lexicon, words

REACH = 80  # code points before a number that are read, at most to the start of its clause
_STOPS = ("\n", ". ", "? ", "! ", "; ", '." ', '?" ')
_CLOCK = re.compile(r" ?(?:a\.?m|p\.?m|o'clock|noon|midnight|gmt|utc|est|edt|pst|et|cet|bst|hrs|hours gmt)(?![a-z])")
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep sept oct nov dec".split()) | frozenset(
    "january february march april june july august september october november december".split()
)
_DAY_SUFFIX = re.compile(r"(?: (?:of )?| ?- ?[0-9]{1,2} )([a-z]{3,9})\b")
_LIST_MARK = re.compile(r"(?:^|\n)[(\[]?$")
_IN_CODE = re.compile(r"[0-9a-z_@#=&:%+~^*.,/-]$")
_NUMBER_SIGN = re.compile(r"(?:\b(?:no|nos|art|vol|fig|pp|ch|sec|rep|ver|v|op)\.|#|№|§) ?$")
_YEAR_BEFORE = frozenset(
    "in since by until till from during before after the of year mid early late circa between to and through"
    " for around spring summer fall autumn winter fiscal this his her its their our my a an class".split()
)
_TITLE_VERBS = frozenset(
    "kills killed kill injures injured hurts wounds leaves arrests fires hires cuts adds loses wins gets has after for in to"
    " by from with over of at about least than nearly almost and or on up down as are were among between".split()
)


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands before a number in its clause."""

    written: str  # as written, folded, without the space before the number
    low: str
    tail: tuple[str, ...]  # its last words, lower case
    at_start: bool  # the number opens its sentence


@dataclass(frozen=True, slots=True)
class Bound:
    """How a word before a number loosens it: shares of the value; infinity is unbounded."""

    start: int
    below: float
    above: float


def clause_before(plain: str, low: str, start: int) -> Clause:
    """Return the clause before a number, at most REACH code points of it."""
    floor = max(0, start - REACH)
    begin = max([floor, *(at + len(stop) for stop in _STOPS if (at := low.rfind(stop, floor, start)) >= 0)])
    written = plain[begin:start].rstrip(" ")
    lowered = low[begin : begin + len(written)]
    return Clause(written, lowered, tuple(lowered.split()[-8:]), at_start=not written)


@cache
def _bounds() -> dict[str, tuple[float, float]]:
    return {row["phrase"]: (float(row["below"]), float(row["above"])) for row in lexicon("bounds")}


def bound_before(clause: Clause, start: int) -> Bound:
    """Return the bound that the last words before ``start`` set; the longest phrase wins."""
    gap = 1
    for length in range(min(5, len(clause.tail)), 0, -1):
        phrase = " ".join(clause.tail[-length:]).lstrip("\"'([-")
        shares = _bounds().get(phrase)
        if shares and clause.low.endswith(phrase):
            loose = shares != (0.0, 0.0)
            return Bound(start - gap - len(phrase) if loose else start, *shares)
    return Bound(start, 0.0, 0.0)


@cache
def _hedges() -> frozenset[str]:
    low = words("hedges")
    return low | frozenset(word.capitalize() for word in low - {"may"})


def is_hedged(clause: Clause, following: str) -> bool:
    """Return whether a hedge stands in the clause before a number, or right after it."""
    around = clause.written.replace(",", " ").split()[-9:] + following.replace(",", " ").split()[:4]
    return not _hedges().isdisjoint(around)


@cache
def _designators() -> frozenset[str]:
    return words("designators")


@cache
def _idioms() -> tuple[str, ...]:
    return tuple(sorted(words("not_quantities", "phrase")))


def is_idiom(low: str, start: int, end: int) -> bool:
    """Return whether a number word belongs to an idiom ("on its own two feet")."""
    around = low[max(0, start - 12) : end + 20].replace("-", " ")
    return any(idiom in around for idiom in _idioms())


def is_code(low: str, start: int, end: int) -> bool:
    """Return whether digits are a piece of a code, a time, a day, an ordinal or an address."""
    before, after = low[max(0, start - 3) : start], low[end : end + 2]
    if _IN_CODE.search(before) and not _opens(before):
        return True
    if after[:1] in ":/_@" and after[1:].isalnum():
        return True
    if after[:1] == "." and after[1:2].isalnum():
        return True
    return _CLOCK.match(low, end) is not None or _NUMBER_SIGN.search(low[max(0, start - 6) : start]) is not None


def _opens(before: str) -> bool:
    """A dash between words ("left - 12 of them") and a comma before a sign open a new number."""
    return before[-1] == "-" and (len(before) < 2 or before[-2] in " -")


def is_month(word: str) -> bool:
    """Return whether a lower-case word names a month."""
    return word in _MONTHS


def is_day_of_month(low: str, clause: Clause, value: float, end: int) -> bool:
    """Return whether a small number is the day in "10 December" or "Dec. 10"."""
    if not 1 <= value <= 31:
        return False
    last = clause.tail[-1].strip('.,"(') if clause.tail else ""
    if last in _MONTHS and not (last in ("may", "march") and clause.written[-len(last) :].islower()):
        return True
    match = _DAY_SUFFIX.match(low, end)
    return match is not None and match.group(1) in _MONTHS and match.group(1) not in ("may", "march", "mar")


def is_year(value: float, clause: Clause, *, counted: bool) -> bool:
    """Return whether four bare digits are a year."""
    last = clause.tail[-1].strip('"(') if clause.tail else ""
    if 1900 <= value <= 2059:
        return not counted or last in _YEAR_BEFORE or last[:3] in _MONTHS or not last
    return 1000 <= value < 1900 and (last in ("in", "since", "by", "until", "of") or last.rstrip(",") in _MONTHS)


def is_designation(clause: Clause, *, digits: bool, written: str, headline: bool) -> bool:
    """Return whether a number belongs to a name: "Article 5", "France 24", "room 12", "Big Ten"."""
    if not clause.tail or clause.written[-1] in ",:;-)\"'":
        return False
    last = clause.tail[-1]
    if last in _designators():
        return True
    capital = clause.written[-len(last)].isupper() if clause.written.lower().endswith(last) else False
    if digits:
        return capital and len(clause.tail) > 1 and last not in _TITLE_VERBS and last not in _bounds()
    return written[:1].isupper() and not headline and clause.written[-1].isalnum()


def interval(low: float, high: float, half: float, bound: Bound) -> tuple[float | None, float | None]:
    """Return the interval of a number: its rounding, or what the bound leaves, if that is wider."""
    size = max(abs(low), abs(high))
    if math.isinf(bound.above):
        return low, None
    if math.isinf(bound.below):
        return None, high
    if bound.below == bound.above == 0.0:
        return low - half, high + half
    below = max(half, bound.below * size) if bound.below else 0.0
    above = max(half, bound.above * size) if bound.above else 0.0
    return low - below, high + above
