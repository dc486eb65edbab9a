"""Quantities: a number, what bounds it, its unit and what it counts, as an interval in a canonical unit.

Rules: ``quantity.percent``, ``.points`` (percentage points), ``.money``, ``.measure``, ``.duration``, ``.age``,
``.ratio`` ("one in five": a percentage), ``.casualties`` (counted "killed", "injured", ...), ``.count`` and ``.vague``
("dozens"). Scores of games, years, dates, times, names with a number and codes are no quantities.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import cache

from pipeline.claims.draft import Draft
from pipeline.claims.numerals import Numeral, digits_at, number_words, tidy, vague_words, words_at
from pipeline.claims.quantities_context import (
    Bound,
    Clause,
    bound_before,
    clause_before,
    interval,
    is_code,
    is_day_of_month,
    is_designation,
    is_hedged,
    is_idiom,
    is_month,
    is_year,
)
from pipeline.claims.quantities_counted import (
    Counted,
    casualties_after,
    casualties_before,
    counted_after,
    known_noun,
    members_after,
    share_of,
)
from pipeline.claims.quantities_ratio import HALF_POINT, Ratio, fraction_at, ratio_at
from pipeline.claims.quantities_units import Unit, currency_before, is_calibre, named_unit, unit_after
from pipeline.claims.scan import any_of, lower, spaced
from pipeline.models import QuantityValue, Span
from pipeline.text import Document

_DIGIT = re.compile(r"[0-9][0-9.,]*")
_RANGE = re.compile(r"(?: ?- ?|-to-| to | and | or )(?=[$€£¥₹a-z0-9])")
_MORE = re.compile(
    r"(?P<plus>\+|-plus\b| plus\b| or (?:more|over|older|higher|above)\b| and (?:over|older|up)\b)"
    r"|(?P<less> or (?:less|fewer|under|younger|below)\b| and (?:under|younger)\b)|(?P<so> or so\b)"
)
_CHANGE = frozenset(
    "rose rise risen rises rising fell fall fallen falls falling grew grow grown grows growing climbed climb climbing"
    " dropped drop drops dropping increased increase increases increasing decreased decrease jumped jump jumping raised raise"
    " raises raising cut cuts cutting up down reduced reduce reduces reducing slipped soared surged plunged declined decline"
    " dipped went go gone going lifted lift lowered expanded ramp ramped doubled shrank swelled moved tumbled".split()
)  # fmt: skip
_BARE_AFTER = frozenset("to from at reached hit was is totalled totaled stood numbered of total than by least".split())
_AGO = re.compile(r" (?:ago|earlier|later|before|after|hence|from now|on)\b")
_AGE_AFTER_NAME = re.compile(r"[a-z'.)\"]+,$")
_FRACTION = re.compile(r"(?:half|third|quarter|fifth|tenth)(?![a-z])")
APPROXIMATE = 0.1  # share of the value that "or so" leaves open, as "about" does in bounds.csv
_ONE = Unit("1", 1.0, 0.0, "count", "")
_CONFIDENCE = {"percent": 0.95, "points": 0.95, "money": 0.95, "measure": 0.9, "duration": 0.8, "age": 0.85}
_AGED = re.compile(r"(?:\baged?|\bage of|\bages|\bturned|\bturns|\bturning)$")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number with its range, currency and unit, before its context is read."""

    start: int
    end: int
    first: Numeral
    second: Numeral | None
    unit: Unit | None


def find_quantities(doc: Document) -> list[Draft]:
    """Return the quantities of a text in the order of their spans."""
    low = lower(doc.plain)
    drafts: list[Draft] = []
    done = 0
    for start in _starts(low):
        if start < done:
            continue
        draft, end = _read(doc, low, start)
        done = max(done, end)
        if draft is not None:
            drafts.append(draft)
    return drafts


@cache
def _word_scan() -> re.Pattern[str]:
    plain = [*number_words("unit"), *number_words("ten"), *number_words("scale")]
    parts = ["half", "third", "quarter", "fifth", "tenth"]
    return re.compile(rf" ({any_of([*plain, *parts, *vague_words()])})(?![a-z])")


def _starts(low: str) -> list[int]:
    digits = [match.start() for match in _DIGIT.finditer(low)]
    return sorted(digits + [match.start() for match in _word_scan().finditer(spaced(low))])


def _read(doc: Document, low: str, start: int) -> tuple[Draft | None, int]:
    """Return the quantity whose number starts at ``start``, if it is one, and where to read on."""
    numeral = _numeral(low, start)
    if numeral is None:
        return _fraction(doc, low, start)
    if numeral.digits and is_code(low, start, numeral.end):
        return None, _code_end(low, numeral.end)
    ratio = ratio_at(low, numeral)
    if ratio is not None:
        return _ratio_draft(doc, low, ratio), ratio.end
    sign = currency_before(low, numeral.start)
    clause = clause_before(doc.plain, low, sign[1] if sign else numeral.start)
    figure = _figure(low, numeral, sign, clause)
    if _is_name(doc, low, figure, clause):
        return None, figure.end
    draft = _measured(low, figure, clause) if figure.unit else _counted(low, figure, clause)
    return draft, max(figure.end, draft.span.end if draft else 0)


def _numeral(low: str, start: int) -> Numeral | None:
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


_HALF_A = re.compile(r"(half|quarter of) an? (dozen|hundred|thousand|million|billion|trillion)(?![a-z])")


def _spelled(low: str, start: int) -> Numeral | None:
    half = _HALF_A.match(low, start)
    if half:
        part = 0.5 if half.group(1) == "half" else 0.25
        scale = number_words("scale")[half.group(2)]
        return Numeral(start, half.end(), part * scale, 0.05 * scale, digits=False, bare=False)
    numeral = words_at(low, start)
    if numeral is None:
        return None
    first = low[start : numeral.end].partition(" ")[0].partition("-")[0]
    if first in number_words("scale"):
        if low[max(0, start - 2) : start] != "a ":
            return None
        numeral = replace(numeral, start=start - 2, bare=False)
    round_word = "dozen" in low[start : numeral.end] or first == "hundred"
    return replace(numeral, half=0.1 * numeral.value) if round_word and not numeral.half else numeral


def _code_end(low: str, end: int) -> int:
    while end < len(low) and (low[end].isalnum() or low[end] in "-_/:@"):
        end += 1
    return end


def _figure(low: str, numeral: Numeral, sign: tuple[str, int] | None, clause: Clause) -> _Figure:
    start = sign[1] if sign else numeral.start
    money = Unit(sign[0], 1.0, 0.0, "money", "") if sign else None
    second = _second(low, numeral.end, numeral, clause)
    unit, end = (money, numeral.end) if second else _unit(low, numeral, money)
    if second is None and unit is not None:
        second = _second(low, end, numeral, clause)
    if second is None:
        return _Figure(start, end, numeral, None, unit)
    last, end = _unit(low, second, money)
    return _Figure(start, end, _scaled(numeral, second), second, unit or last)


def _unit(low: str, numeral: Numeral, money: Unit | None) -> tuple[Unit | None, int]:
    """Return the unit of a number and where it ends; a sign before the number wins over words after it."""
    found = unit_after(low, numeral.end, magnified=numeral.scale >= 1e6)
    if found and (money is None or found[0].kind == "money"):
        return money or found[0], found[1]
    return money, numeral.end


def _second(low: str, end: int, first: Numeral, clause: Clause) -> Numeral | None:
    """Return the upper number of a range, where one follows: "-5", " to 3.5", " and 5"."""
    match = _RANGE.match(low, end)
    if not match or first.high is not None or not _joins(match.group().strip(), first, clause):
        return None
    at = match.end()
    while at < len(low) and low[at] in "$€£¥":
        at += 1
    second = digits_at(low, at) if low[at : at + 1].isdigit() else words_at(low, at)
    if second is None or low[at : at + 3] in ("hun", "tho", "mil", "bil", "doz"):
        return None
    return second if _scaled(first, second).value < second.value or match.group().strip() == "-" else None


def _joins(joint: str, first: Numeral, clause: Clause) -> bool:
    """Return whether a word between two numbers makes a range of them."""
    if joint == "and":
        return clause.tail[-1:] == ("between",)
    if joint == "or":
        return not first.digits and first.value <= 12
    if joint == "to":
        return not ("from" in clause.tail[-2:] and not _CHANGE.isdisjoint(clause.tail))
    return True


def _scaled(first: Numeral, second: Numeral) -> Numeral:
    """Give the first number of "3-5 million" the magnitude of the second."""
    scale = second.scale
    if first.scale > 1.0 or scale == 1.0 or first.value * scale >= second.value:
        return first
    return replace(first, value=tidy(first.value * scale), scale=scale, bare=False)


def _is_name(doc: Document, low: str, figure: _Figure, clause: Clause) -> bool:
    """Return whether a number names something, or is a day, a year, a score or a piece of an idiom."""
    first, second = figure.first, figure.second
    written = doc.plain[first.start : first.end]
    headline = first.start < doc.title_end
    if not first.digits and is_idiom(low, first.start, first.end):
        return True
    if is_calibre(low, first.end):
        return True
    if figure.unit is not None and (figure.unit.kind in ("money", "percent", "points") or first.decimals):
        return False
    if second is not None and second.value <= first.value:
        return True
    if first.digits and first.bare and figure.unit is None:
        if is_day_of_month(low, clause, first.value, first.end):
            return True
        if is_year(first.value, clause, counted=_known_head(low, first.end)):
            return True
    plain = first.bare or not first.digits
    return plain and is_designation(clause, digits=first.digits, written=written, headline=headline)


def _known_head(low: str, end: int) -> bool:
    head = counted_after(low, end, partitive=False)
    return head is not None and known_noun(head.name)


def _measured(low: str, figure: _Figure, clause: Clause) -> Draft | None:
    unit = figure.unit
    assert unit is not None
    if unit.kind == "duration" and _is_when(low, figure, clause):
        return None
    bound = bound_before(clause, figure.start)
    rule, end, counted = unit.kind, figure.end, None
    if unit.kind in ("percent", "money"):
        share = share_of(low, figure.end, money=unit.kind == "money")
        counted, end = (share.name, share.end) if share else (None, end)
    elif unit.kind == "age" or _AGED.search(clause.low):
        rule, counted = "age", "age"
    return _draft(low, figure, clause, bound, rule=rule, counted=counted, end=end, confidence=_CONFIDENCE[rule])


def _is_when(low: str, figure: _Figure, clause: Clause) -> bool:
    """Return whether a time span says when, which is a date's affair ("three weeks ago", "within five years")."""
    if _AGO.match(low, figure.end) or not {"within", "next", "last", "past", "previous", "coming"}.isdisjoint(
        clause.tail[-1:]
    ):
        return True
    return (
        figure.first.value == 1
        and not figure.first.digits
        and low[figure.first.end] == " "
        and clause.tail[-1:] != ("for",)
    )


def _counted(low: str, figure: _Figure, clause: Clause) -> Draft | None:
    first, end = figure.first, figure.end
    if clause.tail[-1:] == ("magnitude",) or clause.low.endswith("magnitude of"):
        figure = replace(figure, unit=named_unit("magnitude"))
        return _draft(
            low, figure, clause, Bound(figure.start, 0.0, 0.0), rule="measure", counted=None, end=end, confidence=0.9
        )
    if _is_age(low, figure, clause):
        figure = replace(figure, unit=named_unit("year"))
        return _draft(
            low, figure, clause, Bound(figure.start, 0.0, 0.0), rule="age", counted="age", end=end, confidence=0.85
        )
    bound = bound_before(clause, figure.start)
    partitive = first.high is not None or first.scale > 1.0
    head = (
        _casualties(low, figure, clause, bound)
        or counted_after(low, end, partitive=partitive)
        or members_after(low, end)
    )
    if first.decimals and first.scale == 1.0 and head is None:
        return None
    if not _is_count(figure, clause, bound, head, low):
        return None
    rule = "casualties" if head and head.casualties else "vague" if first.high is not None else "count"
    sure = 0.5 if head is None else 0.85 if head.casualties or known_noun(head.name) else 0.7
    return _draft(
        low,
        figure,
        clause,
        bound,
        rule=rule,
        counted=head.name if head else None,
        end=max(end, head.end if head else 0),
        confidence=sure,
    )


def _is_age(low: str, figure: _Figure, clause: Clause) -> bool:
    first = figure.first
    if not first.bare or not 0 < first.value < 120 or figure.second:
        return False
    if _AGED.search(clause.low):
        return True
    named = _AGE_AFTER_NAME.search(clause.low) if first.digits else None
    if not named or low[figure.end : figure.end + 1] not in (",", ".", ";"):
        return False
    return clause.written[named.start()].isupper() and not is_month(named.group().strip(".,"))


def _casualties(low: str, figure: _Figure, clause: Clause, bound: Bound) -> Counted | None:
    after = casualties_after(low, figure.end)
    if after:
        return after
    before = (
        clause.low[: len(clause.low) - (figure.start - bound.start)].rstrip()
        if bound.start < figure.start
        else clause.low
    )
    name = casualties_before(before)
    if name is None:
        return None
    head = counted_after(low, figure.end, partitive=True)
    return Counted(name, head.end if head else figure.end, casualties=True)


def _is_count(figure: _Figure, clause: Clause, bound: Bound, head: Counted | None, low: str) -> bool:
    """Return whether a number without a unit counts something."""
    first = figure.first
    loose = bound.below > 0.0 or bound.above > 0.0
    if first.value == 1 and not first.digits and figure.second is None:
        return head is not None and (head.casualties or loose)
    if head is not None:
        return True
    if first.high is not None:
        return False
    if first.scale >= 1000 or (first.digits and not first.bare):
        return low[figure.end : figure.end + 1] != "-"
    changes = not _CHANGE.isdisjoint(clause.tail) or "total" in clause.tail or "number" in clause.tail
    return first.digits and changes and clause.tail[-1] in _BARE_AFTER and low[figure.end : figure.end + 1] in " ,.;\n)"


def _draft(
    low: str,
    figure: _Figure,
    clause: Clause,
    bound: Bound,
    *,
    rule: str,
    counted: str | None,
    end: int,
    confidence: float,
) -> Draft:
    first, last = figure.first, figure.second or figure.first
    more = _MORE.match(low, figure.end)
    if more:
        bound = _bound_after(more, bound)
        end = max(end, more.end())
    half = 0.0 if figure.second else first.half
    least, most = interval(first.value, first.high or last.value, half, bound)
    unit = figure.unit or _ONE
    loose = 0.0 < bound.below < 1.0 or 0.0 < bound.above < 1.0
    value = QuantityValue(
        low=_converted(least, unit),
        high=_converted(most, unit),
        unit=unit.name,
        counted=counted,
        approximate=loose or first.high is not None or (half > 0.0 and not first.digits),
    )
    return Draft(
        kind="quantity",
        rule=f"quantity.{rule}",
        span=Span(bound.start, end),
        confidence=confidence,
        hedged=is_hedged(clause, low[end : end + 40].partition(".")[0]),
        quantity=value,
    )


def _bound_after(more: re.Match[str], bound: Bound) -> Bound:
    if more["plus"]:
        return Bound(bound.start, 0.0, math.inf)
    if more["less"]:
        return Bound(bound.start, math.inf, 0.0)
    return Bound(bound.start, APPROXIMATE, APPROXIMATE)


def _converted(value: float | None, unit: Unit) -> float | None:
    return None if value is None else tidy(value * unit.factor + unit.offset)


def _fraction(doc: Document, low: str, start: int) -> tuple[Draft | None, int]:
    """Read "half of", "a third of", "more than half"."""
    match = _FRACTION.match(low, start)
    if not match:
        return None, start + 1
    clause = clause_before(doc.plain, low, start)
    bound = bound_before(clause, start)
    ratio = fraction_at(low, start, match.group(), clause.tail, bounded=bound.start < start)
    if ratio is None:
        return None, match.end()
    return _ratio_draft(doc, low, ratio), ratio.end


def _ratio_draft(doc: Document, low: str, ratio: Ratio) -> Draft:
    clause = clause_before(doc.plain, low, ratio.start)
    bound = bound_before(clause, ratio.start)
    share = share_of(low, ratio.end, money=False)
    head = share or counted_after(low, ratio.end, partitive=False)
    least, most = interval(ratio.percent, ratio.percent, HALF_POINT, bound)
    value = QuantityValue(
        low=None if least is None else tidy(least),
        high=None if most is None else tidy(most),
        unit="percent",
        counted=head.name if head else None,
        approximate=True,
    )
    return Draft(
        kind="quantity",
        rule="quantity.ratio",
        span=Span(bound.start, head.end if head else ratio.end),
        confidence=0.8,
        hedged=is_hedged(clause, low[ratio.end : ratio.end + 40].partition(".")[0]),
        quantity=value,
    )
