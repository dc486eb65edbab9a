"""Counts and probabilities to figures with intervals: shares, AUROC, Brier score and its parts, risk against coverage."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_Z95 = 1.959964  # standard deviations on each side of a 95 % interval
_RESAMPLES = 1_000
_BINS = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """A probability, what happened, and the story it happened in: the unit of resampling."""

    story: str
    probability: float  # 0..1
    outcome: bool


@dataclass(frozen=True, slots=True)
class Drop:
    """Points that an article lost, whether for a fabrication, and the story."""

    story: str
    points: float
    planted: bool


Row = TypeVar("Row", Forecast, Drop)


@dataclass(frozen=True, slots=True)
class Bin:
    """The forecasts of one tenth of the scale."""

    low: float
    high: float
    forecasts: int
    mean: float  # probability, 0..1
    true: int


@dataclass(frozen=True, slots=True)
class Brier:
    """The Brier score and its parts: ``score = reliability - resolution + uncertainty + within_bins``."""

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within_bins: float  # what the width of the bins hides from the first two
    bins: tuple[Bin, ...]  # those that hold any forecast


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the risk-coverage curve: judged are the claims at least so sure."""

    confidence: float  # max(P, 1 - P)
    coverage: float  # share of the claims judged
    risk: float  # share of these judged wrongly


def wilson(count: int, of: int) -> Interval | None:
    """Return the 95 % score interval of a share (Wilson 1927), None of nothing."""
    if not of:
        return None
    share, square = count / of, _Z95**2 / of
    centre = (share + square / 2) / (1 + square)
    reach = _Z95 * math.sqrt(share * (1 - share) / of + square / (4 * of)) / (1 + square)
    return Interval(max(0.0, centre - reach), min(1.0, centre + reach))


def auroc(planted: Sequence[float], null: Sequence[float]) -> float | None:
    """Return how often a planted article loses more than a null one, a tie as a half; None without both.

    The Mann-Whitney form of the area under the ROC curve (Hanley and McNeil 1982).
    """
    if not planted or not null:
        return None
    ordered = np.sort(np.asarray(null))
    below = np.searchsorted(ordered, planted, "left")
    ties = np.searchsorted(ordered, planted, "right") - below
    return float(below.sum() + ties.sum() / 2) / (len(planted) * len(null))


def auroc_of(drops: Sequence[Drop]) -> float | None:
    """Return the AUROC of some drops."""
    return auroc([drop.points for drop in drops if drop.planted], [drop.points for drop in drops if not drop.planted])


def brier_score(forecasts: Sequence[Forecast]) -> float | None:
    """Return the mean squared error of the probabilities (Brier 1950), None without forecasts."""
    if not forecasts:
        return None
    return float(np.mean([(row.probability - row.outcome) ** 2 for row in forecasts]))


def brier(forecasts: Sequence[Forecast]) -> Brier | None:
    """Return the Brier score by Murphy's parts (1973) over ten equal bins, None without forecasts.

    Forecasts of one bin differ: what that adds is told apart (Stephenson, Coelho and Jolliffe 2008), so that
    the parts add up to the score.
    """
    if not forecasts:
        return None
    probability = np.array([row.probability for row in forecasts])
    outcome = np.array([float(row.outcome) for row in forecasts])
    place = np.minimum((probability * _BINS).astype(np.int64), _BINS - 1)
    base, whole = float(outcome.mean()), len(forecasts)
    reliability = resolution = 0.0
    bins = []
    for number in range(_BINS):
        here = place == number
        count = int(here.sum())
        if not count:
            continue
        mean, share = float(probability[here].mean()), float(outcome[here].mean())
        reliability += count / whole * (mean - share) ** 2
        resolution += count / whole * (share - base) ** 2
        bins.append(Bin(number / _BINS, (number + 1) / _BINS, count, mean, int(outcome[here].sum())))
    score, uncertainty = float(((probability - outcome) ** 2).mean()), base * (1 - base)
    rest = score - (reliability - resolution + uncertainty)
    return Brier(score, reliability, resolution, uncertainty, rest, tuple(bins))


def risk_coverage(forecasts: Sequence[Forecast]) -> tuple[Point, ...]:
    """Return the risk of taking P from one half for "true", by how sure a claim must be to be judged.

    One point for each confidence that occurs, the surest first (El-Yaniv and Wiener 2010); ties are judged together.
    """
    rows = sorted(
        ((max(row.probability, 1 - row.probability), (row.probability >= 0.5) != row.outcome) for row in forecasts),
        reverse=True,
    )
    points: list[Point] = []
    wrong = 0
    for judged, (confidence, missed) in enumerate(rows, 1):
        wrong += missed
        if judged == len(rows) or rows[judged][0] != confidence:
            points.append(Point(confidence, judged / len(rows), wrong / judged))
    return tuple(points)


def area(points: Sequence[Point]) -> float | None:
    """Return the mean risk over all coverages, 0..1, None without points."""
    if not points:
        return None
    covered = [0.0, *(point.coverage for point in points)]
    return sum((covered[row + 1] - covered[row]) * point.risk for row, point in enumerate(points))


def over_stories(rows: Sequence[Row], figure: Callable[[Sequence[Row]], float | None], seed: int) -> Interval | None:
    """Return a 95 % percentile interval of a figure, resampling whole stories; None for fewer than two.

    What is planted into one story is heard by the same articles, so that stories are the sampling unit.
    """
    by_story: dict[str, list[Row]] = {}
    for row in rows:
        by_story.setdefault(row.story, []).append(row)
    stories = [by_story[name] for name in sorted(by_story)]
    if len(stories) < 2:
        return None
    draws: NDArray[np.int64] = np.random.default_rng(seed).integers(0, len(stories), (_RESAMPLES, len(stories)))
    found = (figure([row for story in draw for row in stories[story]]) for draw in draws)
    values = sorted(value for value in found if value is not None)
    if not values:
        return None
    return Interval(values[int(0.025 * len(values))], values[min(len(values) - 1, int(0.975 * len(values)))])
