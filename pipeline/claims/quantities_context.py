"""The words before a number: bounds ("at least") and hedges ("reportedly")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.record import maker, quickly_made
from pipeline.resources import lexicon, words
from pipeline.text import reach_back

REACH = 80  # code points before a number that are read, at most to the start of its clause
MAX_BOUND_WORDS = 5
_TAIL = 8  # words before a number that are looked at one by one
_LAST_STOP = re.compile(r"(?s:.*)(?:\n|[.?!][\"']? |; )")


@quickly_made
@dataclass(frozen=True, slots=True)
class Clause:
    """What stands before a number in its clause, without the space before the number."""

    written: str
    low: str
    tail: tuple[str, ...]  # its last words, lower case

    @property
    def last(self) -> str:
        """Return the last word, "" where the number opens the clause."""
        return self.tail[-1] if self.tail else ""


_make_clause = maker(Clause)


@quickly_made
@dataclass(frozen=True, slots=True)
class Bound:
    """How words beside a number loosen it: shares of the value; infinity is unbounded."""

    start: int  # where the words begin, or the number if there are none
    below: float = 0.0
    above: float = 0.0


make_bound = maker(Bound)


@cache
def context_words(role: str) -> frozenset[str]:
    """Return the words beside numbers that play one role."""
    return words("number_context", role=role)


def clause_before(plain: str, low: str, start: int) -> Clause:
    """Return the clause before a number, at most REACH code points of it."""
    floor = reach_back(start, REACH)
    before = low[floor:start]
    stop = _LAST_STOP.match(before)
    begin = stop.end() if stop else 0
    lowered = before[begin:].rstrip(" ")
    return _make_clause(
        plain[floor + begin : floor + begin + len(lowered)], lowered, tuple(lowered.rsplit(None, _TAIL)[-_TAIL:])
    )


@cache
def bounds() -> dict[str, tuple[float, float]]:
    """Return the phrases that loosen a number with the shares that it may lie lower or higher."""
    return {row["phrase"]: (float(row["below"]), float(row["above"])) for row in lexicon("bounds")}


@cache
def _last_words() -> frozenset[str]:
    return frozenset(phrase.rpartition(" ")[2] for phrase in bounds())


def bound_before(clause: Clause, start: int, *, small: bool = False) -> Bound:
    """Return the bound that the last words before ``start`` set; the longest phrase wins.

    ``small``: a number in words up to twelve, before which "over" or "around" is rather a place or a subject.
    """
    last = clause.last.lstrip("\"'([-")
    if last not in _last_words() or (small and last in context_words("place")):
        return make_bound(start)
    for length in range(min(MAX_BOUND_WORDS, len(clause.tail)), 0, -1):
        phrase = " ".join(clause.tail[-length:]).lstrip("\"'([-")
        shares = bounds().get(phrase)
        if shares and clause.low.endswith(phrase):
            return make_bound(start if shares == (0.0, 0.0) else start - 1 - len(phrase), *shares)
    return make_bound(start)


@cache
def _hedges() -> frozenset[str]:
    plain = words("hedges")
    return plain | frozenset(word + "," for word in plain)


def is_hedged(clause: Clause, following: str) -> bool:
    """Return whether a hedge stands shortly before a number in its clause, or an afterthought right after it."""
    hedges = _hedges()
    if not hedges.isdisjoint(clause.tail):
        softened = hedges.intersection(clause.tail)
        if not (softened == {"may"} and "May" in clause.written):
            return True
    return not context_words("afterthought").isdisjoint(following.replace(",", " ").split(None, 4)[:4])
