"""Quantities: a number, what bounds it, its unit and what it counts, as an interval in a canonical unit.

Rules: ``quantity.percent``, ``.points`` (percentage points), ``.money``, ``.measure``, ``.duration``, ``.age``,
``.ratio`` ("one in five": a percentage), ``.casualties`` (counted "killed", "injured", ...), ``.count`` and ``.vague``
("dozens"). Scores of games, years, dates, times, names with a number and codes are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pipeline.claims.draft import Draft
from pipeline.claims.numerals import counting_words, number_words
from pipeline.claims.openers import openers
from pipeline.claims.quantities_context import Bound, bound_before, clause_before, context_words
from pipeline.claims.quantities_counted import (
    Counted,
    Following,
    casualties_after,
    casualties_before,
    casualty_words,
    counted_after,
    members_after,
    share_of,
    single_after,
    words_after,
)
from pipeline.claims.quantities_figure import Figure, figure_at, numeral_at
from pipeline.claims.quantities_names import BEFORE_YEAR, is_bare_year, is_code, is_name, is_surely_date, is_year_apart
from pipeline.claims.quantities_ratio import HALF_POINT, Ratio, fraction_at, ratio_at
from pipeline.claims.quantities_units import named_unit, unit_words
from pipeline.claims.quantities_value import draft, interval, quantity
from pipeline.claims.scan import any_of, begins_word, digit_runs, lower, phrases
from pipeline.models import QuantityValue, Span
from pipeline.text import Document, reach_back, stop_words

_GLUE = frozenset("abcdefghijklmnopqrstuvwxyz_@#=&:%+~^*/")  # digits right after one of these are a piece of a code
_FRACTION = re.compile(r"(?:half|third|quarter|fifth|tenth)(?![a-z])")
_AGO = re.compile(r" (?:ago|earlier|later|before|after|hence|from now|on)\b")
_WARMER = re.compile(r" (?:above|below|warmer|cooler|hotter|colder|higher|lower|more|less)\b")
_AGE_AFTER_NAME = re.compile(r"[a-z'.)\"]+,$")
_WAS = re.compile(r"\b(?:he|she|who|i) (?:is|was|am)(?: (?:only|just|now|then))?$|\b(?:he|she)'s$|\bi'm(?: now)?$")
_AGE_ENDS = re.compile(r"[.,;)\n]| (?:when|and|at the time|years old)\b|$")
_AGE_WORDS = ("age", "aged", "age of", "ages", "turned", "turns", "turning")  # how words before an age end
_AGED = re.compile(r"(?:\baged?|\bage of|\bages|\bturned|\bturns|\bturning)$")


def find_quantities(doc: Document) -> list[Draft]:
    """Return the quantities of a text in the order of their spans."""
    low = lower(doc.plain)
    drafts: list[Draft] = []
    done = 0
    for start in _starts(low):
        if start < done:
            continue
        found, end = _read(doc, low, start)
        done = max(done, end)
        if found is not None:
            drafts.append(found)
    return drafts


@cache
def _word_scan() -> re.Pattern[str]:
    return re.compile(rf"(?:{phrases(counting_words())})(?![a-z])")


@cache
def _live_one() -> re.Pattern[str]:
    """Return the pattern of a "one" that counts: before a unit, a magnitude, a part, a casualty."""
    parts = ["half", "third", "quarter", "fifth", "tenth", "in", "out of", "and a half", "or", "person", "people"]
    return re.compile(
        rf"one[ -](?:[a-z]+ )?{any_of([*parts, *unit_words(), *number_words('scale'), *casualty_words()])}(?![a-z])"
    )


def _digits(low: str) -> Iterator[int]:
    """Yield where digits start that no stops and commas join to digits before them, and that are not plainly a year."""
    done = -1
    for start, end in digit_runs(low):
        joined = done >= 0 and low[done] in ".," and not low[done:start].strip(".,")
        if not joined and not is_year_apart(low, start, end):
            yield start
        done = end


_BEHIND_A = ("few", "couple")  # "a few dozen"


def _starts(low: str) -> list[int]:
    found = [start for start in _digits(low) if start == 0 or low[start - 1] not in _GLUE]
    done = 0
    for at, word in openers(low)["number"]:
        start = at - 2 if word in _BEHIND_A and low.startswith("a", at - 2) else at
        match = _word_scan().match(low, start) if start >= done and begins_word(low, start) else None
        if match is None:
            continue
        done = match.end()
        if word != "one" or low[reach_back(start, 6) : start] in ("least ", " than ") or _live_one().match(low, start):
            found.append(start)
    return sorted(found)


def _read(doc: Document, low: str, start: int) -> tuple[Draft | None, int]:
    """Return the quantity whose number starts at ``start``, if it is one, and where to read on."""
    numeral = numeral_at(low, start)
    if numeral is None:
        return _fraction(doc, low, start)
    if numeral.digits and is_code(low, start, numeral.end):
        return None, _code_end(low, numeral.end)
    if numeral.digits and (
        (is_bare_year(low, numeral) and low[reach_back(start, 1) : start] in BEFORE_YEAR)
        or is_surely_date(low, numeral)
    ):
        return None, numeral.end
    ratio = ratio_at(low, numeral)
    if ratio is not None:
        return _ratio(doc, low, ratio)
    figure = figure_at(doc.plain, low, numeral)
    headline = figure.start < doc.title_end
    if _is_score(figure) or is_name(doc.plain, low, figure, headline=headline):
        return None, figure.end
    found = _measured(low, figure) if figure.unit else _counted(low, figure)
    return found, max(figure.end, found.span.end if found else 0)


def _code_end(low: str, end: int) -> int:
    while end < len(low) and (low[end].isalnum() or low[end] in "-_/:@"):
        end += 1
    return end


def _is_score(figure: Figure) -> bool:
    """Return whether two numbers that don't rise are a score or a vote ("won 3-1")."""
    return figure.second is not None and figure.second.value <= figure.first.value


def _is_small(figure: Figure) -> bool:
    return not figure.first.digits and figure.first.value <= 12


def _measured(low: str, figure: Figure) -> Draft | None:
    """Read a figure with a unit."""
    unit = figure.unit
    if unit is None or (unit.kind == "duration" and _is_when(low, figure)) or (unit.offset and _is_change(low, figure)):
        return None
    small = _is_small(figure) and not _exceeds(figure) and unit.kind != "duration"  # "in about two weeks"
    bound = bound_before(figure.clause, figure.start, small=small)
    if unit.kind == "duration" and figure.clause.low.endswith(" over") and not _exceeds(figure):
        bound = Bound(figure.start)  # "fell by half over 58 days"
    if unit.kind == "age" or _AGED.search(figure.clause.low):
        return quantity(low, figure, bound, rule="age", counted=_age(figure))
    share = share_of(low, figure.end, money=unit.kind == "money") if unit.kind in ("percent", "money") else None
    return quantity(low, figure, bound, rule=unit.kind, counted=share)


def _exceeds(figure: Figure) -> bool:
    """Tell "in over two years" from "over two years": more than them, or all through them."""
    tail = figure.clause.low.split()[-2:]
    return tail[-1:] == ["over"] and tail[0] in context_words("exceeds")


def _age(figure: Figure) -> Counted:
    return Counted("age", figure.end)


def _is_change(low: str, figure: Figure) -> bool:
    """Return whether degrees are a difference ("2 degrees warmer"), which a scale with another zero can't convert."""
    return figure.clause.last in ("by", "of") or _WARMER.match(low, figure.end) is not None


def _is_when(low: str, figure: Figure) -> bool:
    """Return whether a span of time says when, which is a date's affair ("three weeks ago", "within five years")."""
    if _AGO.match(low, figure.end) or figure.clause.last in context_words("when"):
        return True
    one = figure.first.value == 1 and not figure.first.digits and low[figure.first.end] == " "
    return one and figure.clause.last != "for"


def _counted(low: str, figure: Figure) -> Draft | None:
    """Read a figure without a unit: a magnitude, an age, casualties, or a count."""
    if figure.clause.last == "magnitude" or figure.clause.low.endswith("magnitude of"):
        return quantity(low, replace(figure, unit=named_unit("magnitude")), Bound(figure.start), rule="measure")
    if _is_age(low, figure):
        return quantity(
            low, replace(figure, unit=named_unit("year")), Bound(figure.start), rule="age", counted=_age(figure)
        )
    bound = bound_before(figure.clause, figure.start, small=_is_small(figure))
    following = words_after(low, figure.end)
    hurt = _casualties(low, figure, bound, following)
    if hurt:
        return quantity(low, figure, bound, rule="casualties", counted=hurt)
    head = _head(low, figure, following)
    if not _is_count(low, figure, bound, head):
        return None
    return quantity(low, figure, bound, rule="vague" if figure.first.high is not None else "count", counted=head)


def _head(low: str, figure: Figure, following: Following) -> Counted | None:
    partitive = figure.first.high is not None or figure.first.scale > 1.0
    return counted_after(following, partitive=partitive) or members_after(low, figure.end)


def _is_age(low: str, figure: Figure) -> bool:
    first, clause = figure.first, figure.clause
    if not first.bare or not 0 < first.value < 120:
        return False
    aged = (clause.low.endswith(_AGE_WORDS) and _AGED.search(clause.low) is not None) or _is_told_age(low, figure)
    if aged or figure.second:
        return aged
    named = _AGE_AFTER_NAME.search(clause.low) if first.digits and clause.low.endswith(",") else None
    if not named or named.group().strip(".,") in stop_words():
        return False
    following = low[figure.end : figure.end + 3]
    return (following[:2] == ", " and following[2:].isalpha()) or (
        following[:1] in (".", ";") and clause.written[named.start()].isupper()
    )


def _is_told_age(low: str, figure: Figure) -> bool:
    """Tell whether a bare number is somebody's age: "when he was 90,"."""
    told = figure.first.digits and figure.second is None and _WAS.search(figure.clause.low) is not None
    return told and _AGE_ENDS.match(low, figure.end) is not None


def _casualties(low: str, figure: Figure, bound: Bound, following: Following) -> Counted | None:
    after = casualties_after(low, following)
    if after:
        return after
    before = figure.clause.low
    if bound.start < figure.start:
        before = before[: len(before) - (figure.start - bound.start) + 1].rstrip()
    name = casualties_before(before)
    head = counted_after(following, partitive=True) if name else None
    end = head.end if head else single_after(low, figure.end) if figure.first.value == 1 else figure.end
    return Counted(name, end) if name else None


def _is_count(low: str, figure: Figure, bound: Bound, head: Counted | None) -> bool:
    """Return whether a number without a unit counts something."""
    first, clause, following = figure.first, figure.clause, low[figure.end : figure.end + 1]
    if first.value == 1 and not first.digits and figure.second is None:
        return head is not None and bound.start < figure.start
    if head is not None:
        return True
    if first.high is not None or (first.decimals and first.scale == 1.0 and first.value < 1000):
        return False
    if first.scale >= 1000 or (first.digits and not first.bare):
        return following != "-"
    changes = not context_words("change").isdisjoint(clause.tail)
    return (
        first.digits
        and changes
        and clause.last in context_words("bare")
        and following in ("", " ", ",", ".", ";", "\n", ")")
    )


def _fraction(doc: Document, low: str, start: int) -> tuple[Draft | None, int]:
    """Read "half of", "a third of", "more than half"."""
    match = _FRACTION.match(low, start)
    if not match:
        return None, start + 1
    clause = clause_before(doc.plain, low, start)
    bounded = bound_before(clause, start).start < start
    ratio = fraction_at(low, start, match.group(), clause.tail, bounded=bounded)
    return _ratio(doc, low, ratio) if ratio else (None, match.end())


def _ratio(doc: Document, low: str, ratio: Ratio) -> tuple[Draft, int]:
    """Return the claim that a part of a whole makes, and where its words end."""
    clause = clause_before(doc.plain, low, ratio.start)
    bound = bound_before(clause, ratio.start)
    head = share_of(low, ratio.end, money=False) or counted_after(words_after(low, ratio.end), partitive=False)
    least, most = interval(ratio.percent, ratio.percent, HALF_POINT, bound)
    value = QuantityValue(
        low=None if least is None else round(least, 6),
        high=None if most is None else round(most, 6),
        unit="percent",
        counted=head.name if head else None,
        approximate=True,
    )
    span = Span(bound.start, head.end if head else ratio.end)
    return draft(low, span, clause, rule="ratio", value=value), span.end
