"""Levels for quantities: intervals of one unit, counting one thing."""

from __future__ import annotations

import math
from functools import lru_cache

from pipeline.corroboration.levels.level import Level, Sides, days_apart, is_earlier
from pipeline.corroboration.levels.readings import quantity_readings
from pipeline.corroboration.levels.wording import both_told
from pipeline.models import AGE, VAGUE, Claim, QuantityValue
from pipeline.resources import words
from pipeline.text import stem

_COARSE = 4.0  # an interval this many times wider than the other only contains it, it does not repeat it
_OPEN = 2.5  # times the named end that "at least" and "at most" reach
_SAME_END = 1.5  # times; "at least 50" and "more than 60" may be one figure, "at least 50" and "at least 100" are not
_MAGNITUDE = 4.0  # times; an interval this wide names only the order of magnitude
_YEAR = "year"
_HALF = 0.5  # years
_NOISE = 1e-9  # relative; below it two bounds are one number written in two ways


def comparable(sides: Sides) -> bool:
    """Tell whether both count the same thing in one unit."""
    ours, theirs = _values(sides)
    if ours.unit != theirs.unit or sides.ours.negated != sides.theirs.negated:
        return False
    if (sides.ours.rule == AGE) != (sides.theirs.rule == AGE):
        return False
    if ours.counted is None or theirs.counted is None:
        return ours.unit != "1"
    return bool(_counted(ours.counted) & _counted(theirs.counted))


def _values(sides: Sides) -> tuple[QuantityValue, QuantityValue]:
    assert sides.ours.quantity is not None
    assert sides.theirs.quantity is not None
    return sides.ours.quantity, sides.theirs.quantity


@lru_cache(maxsize=10_000)  # the same things again and again
def _counted(words: str) -> frozenset[str]:
    return frozenset(term for word in words.split() if (term := stem(word)))


def _bounds(value: QuantityValue) -> tuple[float, float]:
    """Return both ends; "at least 50" is not said of five hundred, so an open end lies some times further."""
    if value.low is None and value.high is None:
        return -math.inf, math.inf
    if value.high is None:
        assert value.low is not None
        return value.low, max(value.low * _OPEN, value.low)
    low = min(value.high / _OPEN, value.high) if value.low is None else value.low
    return low, value.high


def _exact(sides: Sides) -> str | None:
    (low, high), (their_low, their_high) = map(_bounds, _values(sides))
    if _close(low, their_low) and _close(high, their_high):
        return f"the same figure: {_shown(sides)}"
    return None


def _overlaps(sides: Sides) -> bool:
    ends = _same_open_end(sides)
    if ends is not None:
        return ends[1] < _SAME_END * ends[0]
    (low, high), (their_low, their_high) = map(_bounds, _values(sides))
    slack = _NOISE * max(abs(end) for end in (low, high, their_low, their_high, 1.0) if math.isfinite(end))
    return max(low, their_low) <= min(high, their_high) + slack


def _same_open_end(sides: Sides) -> list[float] | None:
    """Return the named ends, the lesser first, where both say only "at least", or both only "at most"."""
    ours, theirs = _values(sides)
    lows, highs = (ours.low, theirs.low), (ours.high, theirs.high)
    for named, open_ in ((lows, highs), (highs, lows)):
        if open_ == (None, None) and None not in named:
            return sorted(end for end in named if end is not None)
    return None


def _overlap(sides: Sides) -> str | None:
    if not _overlaps(sides) or _is_coarser(sides):
        return None
    return f"figures that agree within their precision: {_shown(sides)}"


def _is_coarser(sides: Sides) -> bool:
    if is_vague(sides.ours) != is_vague(sides.theirs):
        return True
    if _rounds(sides):
        return False
    widths = sorted(high - low for low, high in map(_bounds, _values(sides)))
    return widths[1] > _COARSE * widths[0] and not (widths[1] < _relative_noise(sides))


def _rounds(sides: Sides) -> bool:
    """Tell whether one figure is the other said roughly: "about 3.5 million" for 3.5 million."""
    ours, theirs = _values(sides)
    if None in (ours.low, ours.high, theirs.low, theirs.high) or not (ours.approximate or theirs.approximate):
        return False
    (low, high), (their_low, their_high) = map(_bounds, _values(sides))
    narrower = min(high - low, their_high - their_low)
    return abs((low + high) - (their_low + their_high)) <= narrower + _NOISE * abs(high)


def is_vague(claim: Claim) -> bool:
    """Tell whether a figure is a mere order of magnitude: "dozens", "hundreds more wounded"."""
    value = claim.quantity
    if value is None or value.low is None or value.high is None:
        return False
    return claim.rule == VAGUE or value.high >= _MAGNITUDE * value.low > 0


def _relative_noise(sides: Sides) -> float:
    """Rounding of a sum: "40" for 41 is a repetition, not a coarser statement."""
    highs = [abs(high) for _, high in map(_bounds, _values(sides)) if math.isfinite(high)]
    return 0.1 * max(highs, default=0.0)


def _coarser(sides: Sides) -> str | None:
    covers = _overlaps(sides) or _in_whole_years(sides)
    return f"one figure is coarser and covers the other: {_shown(sides)}" if covers else None


def _in_whole_years(sides: Sides) -> bool:
    """Tell whether one duration is the other told in whole years: "two years" for 22 months."""
    ours, theirs = _values(sides)
    ends = [value.low for value in (ours, theirs) if value.low is not None and value.low == value.high]
    if ours.unit != _YEAR or AGE in (sides.ours.rule, sides.theirs.rule) or len(ends) < len(_values(sides)):
        return False
    whole = [end >= 1.0 and _close(end, round(end)) for end in ends]
    return whole[0] != whole[1] and abs(ends[0] - ends[1]) < _HALF


def _grows(sides: Sides) -> str | None:
    """A count of what a story counts up, later and higher, supersedes the earlier one."""
    ours, theirs = _values(sides)
    if not _counted_up(sides):
        return None
    first = is_earlier(sides.our_time, sides.their_time)
    early, late = (ours, theirs) if first else (theirs, ours)
    known = first or is_earlier(sides.their_time, sides.our_time)
    grew = known and _bounds(late)[0] > _bounds(early)[0]
    return f"a count that grew: {_shown(sides)}" if grew else None


def _same_day(sides: Sides) -> str | None:
    """Two like counts of one day tell nothing against each other: what an article says may be hours older than it is."""
    if not _counted_up(sides) or sides.our_time is None or sides.their_time is None:
        return None
    lesser, greater = sorted(_bounds(value)[0] for value in _values(sides))
    if days_apart(sides.our_time, sides.their_time) > 1 or greater > _SAME_END * lesser:
        return None
    return f"counts of one day, of which either may be the older: {_shown(sides)}"


def _counted_up(sides: Sides) -> bool:
    ours, theirs = _values(sides)
    return ours.unit == "1" and all(_can_grow(value.counted or "") for value in (ours, theirs)) and not _overlaps(sides)


def _can_grow(counted: str) -> bool:
    return not words("growing").isdisjoint(counted.split())


def _conflict(sides: Sides) -> str | None:
    return None if _overlaps(sides) else f"different figures for one thing: {_shown(sides)}"


def _close(first: float, second: float) -> bool:
    return first == second or math.isclose(first, second, rel_tol=_NOISE)


def _shown(sides: Sides) -> str:
    return both_told(sides, quantity_readings)


QUANTITY_LEVELS = (
    Level("quantity.exact", "supports", _exact),
    Level("quantity.overlap", "supports", _overlap),
    Level("quantity.coarser", "qualifies", _coarser),
    Level("quantity.growing", "supersedes", _grows),
    Level("quantity.same-day", "qualifies", _same_day),
    Level("quantity.conflict", "contradicts", _conflict),
)
