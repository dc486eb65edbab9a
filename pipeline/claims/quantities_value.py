"""From a figure, its bound and what it counts to a claim."""

from __future__ import annotations

import math
import re

from pipeline.claims.draft import Draft, make_draft
from pipeline.claims.numerals import tidy
from pipeline.claims.quantities_context import Bound, Clause, is_hedged
from pipeline.claims.quantities_counted import Counted, known_noun
from pipeline.claims.quantities_figure import APPROXIMATE, Figure
from pipeline.claims.quantities_units import Unit
from pipeline.models import QuantityValue, Span, make_span
from pipeline.record import maker

CONFIDENCE = {
    "percent": 0.95, "points": 0.95, "money": 0.95, "measure": 0.9, "duration": 0.8, "age": 0.85, "casualties": 0.85,
    "ratio": 0.8, "vague": 0.7, "count": 0.7,
}  # fmt: skip
_COUNTS = Unit("1", 1.0, 0.0, "count", "")
_value = maker(QuantityValue)
KNOWN = 0.85  # confidence in a count of something that the lexicon knows
BARE = 0.5  # confidence in a number of which the words don't say what it counts
_AFTERTHOUGHT_REACH = 40  # code points after a number in which "reportedly" still belongs to it
_MORE = re.compile(
    r"(?P<plus>\+|-plus\b| plus\b| or (?:more|over|older|higher|above)\b(?! than)| and (?:over|older|up)\b)"
    r"|(?P<less> or (?:less|fewer|under|younger|below)\b(?! than)| and (?:under|younger)\b)|(?P<so> or so\b)"
)


def interval(low: float, high: float, half: float, bound: Bound) -> tuple[float | None, float | None]:
    """Return the interval of a number: its rounding ``half``, or what the bound leaves, if that is wider."""
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


def quantity(low: str, figure: Figure, bound: Bound, *, rule: str, counted: Counted | None = None) -> Draft:
    """Return the claim that a figure makes under a rule."""
    first, last = figure.first, figure.second or figure.first
    end = max(figure.end, counted.end if counted else 0)
    more = _MORE.match(low, figure.end)
    if more:
        bound, end = _bound_after(more, bound), max(end, more.end())
    unit = figure.unit or _COUNTS
    least, most = interval(first.value, first.high or last.value, 0.0 if figure.second else first.half, bound)
    value = _value(
        low=_converted(least, unit),
        high=_converted(most, unit),
        unit=unit.name,
        counted=counted.name if counted else None,
        approximate=_is_loose(bound) or first.loose or first.high is not None,
    )
    start = min(bound.start, figure.start - len(figure.joined))
    return draft(low, make_span(start, end), figure.clause, rule=rule, value=value)


def _confidence(rule: str, value: QuantityValue) -> float:
    if value.unit != "1":
        return CONFIDENCE[rule]
    if value.counted is None:
        return BARE
    return KNOWN if known_noun(value.counted) else CONFIDENCE[rule]


def draft(low: str, span: Span, clause: Clause, *, rule: str, value: QuantityValue) -> Draft:
    """Return a quantity as a claim."""
    following = low[span.end : span.end + _AFTERTHOUGHT_REACH].partition(".")[0]
    return make_draft(
        kind="quantity",
        rule=f"quantity.{rule}",
        span=span,
        confidence=_confidence(rule, value),
        hedged=is_hedged(clause, following),
        quantity=value,
    )


def _is_loose(bound: Bound) -> bool:
    return 0.0 < bound.below < math.inf or 0.0 < bound.above < math.inf


def _bound_after(more: re.Match[str], bound: Bound) -> Bound:
    """Return the bound of words after the number: "or more", "-plus", "or so"."""
    if more["plus"]:
        return Bound(bound.start, 0.0, math.inf)
    if more["less"]:
        return Bound(bound.start, math.inf, 0.0)
    return Bound(bound.start, APPROXIMATE, APPROXIMATE)


def _converted(value: float | None, unit: Unit) -> float | None:
    return None if value is None else tidy(value * unit.factor + unit.offset)
