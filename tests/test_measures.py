"""Figures of an evaluation, by laws: Brier score, risk and coverage, intervals, dice."""

from __future__ import annotations

import math
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.dice import Dice
from pipeline.evaluation.measures import (
    Drop,
    Forecast,
    area,
    auroc,
    auroc_of,
    brier,
    over_stories,
    risk_coverage,
    wilson,
)

PROBABILITIES = st.lists(
    st.builds(Forecast, st.sampled_from("abc"), st.floats(0, 1), st.booleans()), min_size=1, max_size=40
)


@given(PROBABILITIES)
def test_the_parts_of_the_brier_score_add_up(rows: list[Forecast]) -> None:
    parts = brier(rows)
    assert parts is not None
    whole = parts.reliability - parts.resolution + parts.uncertainty + parts.within_bins
    assert math.isclose(parts.score, whole, abs_tol=1e-9)
    assert sum(bin_.forecasts for bin_ in parts.bins) == len(rows)
    # A mean of equal numbers may differ from them in its last digit.
    assert all(bin_.low - 1e-12 <= bin_.mean <= bin_.high + 1e-12 for bin_ in parts.bins)


def test_forecasts_alike_within_their_bins_leave_nothing_over() -> None:
    """A worked example: 0.9 for three true and one false, 0.2 for one true and three false."""
    rows = [Forecast("a", 0.9, outcome=number > 0) for number in range(4)]
    rows += [Forecast("a", 0.2, outcome=number == 0) for number in range(4)]
    parts = brier(rows)
    assert parts is not None
    assert math.isclose(parts.score, (3 * 0.01 + 0.81 + 3 * 0.04 + 0.64) / 8)
    assert math.isclose(parts.reliability, (0.15**2 + 0.05**2) / 2)
    assert math.isclose(parts.resolution, 0.25**2)
    assert math.isclose(parts.uncertainty, 0.25)
    assert math.isclose(parts.within_bins, 0, abs_tol=1e-12)


@given(PROBABILITIES)
def test_the_risk_curve_ends_with_all_claims_judged_and_knows_no_order(rows: list[Forecast]) -> None:
    points = risk_coverage(rows)
    assert points == risk_coverage(rows[::-1])
    assert points[-1].coverage == 1
    wrong = sum((row.probability >= 0.5) != row.outcome for row in rows)
    assert math.isclose(points[-1].risk, wrong / len(rows))
    assert 0 <= (area(points) or 0.0) <= 1 + 1e-9


@given(st.integers(1, 500), st.data())
def test_wilsons_interval_holds_the_share_and_stays_within_0_and_1(of: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, of))
    found = wilson(count, of)
    assert found is not None
    assert 0 <= found.low <= count / of + 1e-12
    assert count / of - 1e-12 <= found.high <= 1


def test_wilsons_interval_is_that_of_the_books() -> None:
    found = wilson(8, 10)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (0.4902, 0.9433)
    assert wilson(0, 0) is None


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=20), st.lists(st.integers(-5, 5), min_size=1, max_size=20))
def test_the_auroc_counts_pairs(planted: list[int], null: list[int]) -> None:
    won = sum((one > two) + (one == two) / 2 for one in planted for two in null)
    found = auroc(list(map(float, planted)), list(map(float, null)))
    assert found is not None
    assert math.isclose(found, won / (len(planted) * len(null)))


def test_figures_of_nothing_are_none() -> None:
    assert (auroc([], [1.0]), brier([]), area(risk_coverage([]))) == (None, None, None)
    assert over_stories([Drop("a", 1.0, planted=True), Drop("a", 0.0, planted=False)], auroc_of, 0) is None


def test_an_interval_over_stories_holds_a_figure_that_every_story_has() -> None:
    rows = [Drop(story, points, planted=points > 0) for story in "abcdef" for points in (0.0, 3.0)]
    found = over_stories(rows, auroc_of, 1)
    assert found is not None
    assert (found.low, found.high) == (1.0, 1.0)


@given(st.integers(0, 2**32 - 1), st.lists(st.text(max_size=5), max_size=4), st.permutations(list("abcdef")))
def test_dice_fall_by_seed_and_names_alone(seed: int, names: Sequence[str], items: list[str]) -> None:
    assert Dice(seed).roll(*names) == Dice(seed).roll(*names) != Dice(seed + 1).roll(*names)
    assert Dice(seed).shuffled(items, str, *names) == Dice(seed).shuffled(sorted(items), str, *names)
