"""How well events are found by what a cast of one's own weighs: ``python -m tests.benchmarks.stories_curve``.

Last, each set by the weight that the other sets would have chosen: the largest of those that serve them best.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.stories import EVENTS, FNC, grouped, open_window
from tests.shared import REASON, SHARED

_WEIGHTS = (0.0, 0.3, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9, 1.0, 1.2)
_SETS = (*EVENTS, FNC)
_ALIKE = 0.001  # F1 that two weights may differ by and serve alike


def curve(evaluation: Path) -> dict[float, dict[str, float]]:
    """Return B-cubed F1 by weight and set."""
    shipped = open_window()
    steps = {weight: replace(shipped, stories=replace(shipped.stories, cast_weight=weight)) for weight in _WEIGHTS}
    return {
        weight: {name: grouped(evaluation, [name], settings).f1 for name in _SETS} for weight, settings in steps.items()
    }


def chosen_without(found: dict[float, dict[str, float]], held_out: str) -> float:
    """Return the weight that serves the other sets best on average, the largest of those that do."""
    mean = {
        weight: sum(f1 for name, f1 in by_set.items() if name != held_out) / (len(by_set) - 1)
        for weight, by_set in found.items()
    }
    best = max(mean.values())
    return max(weight for weight, value in mean.items() if value >= best - _ALIKE)


def main() -> None:
    """Print one row a weight, then what each set gets by the choice of the others."""
    if SHARED is None:
        sys.stdout.write(f"curve: nothing measured: {REASON}\n")
        return
    found = curve(SHARED / "eval")
    sys.stdout.write(f"| cast_weight | {' | '.join(_SETS)} |\n|---:|{'---:|' * len(_SETS)}\n")
    for weight, by_set in found.items():
        sys.stdout.write(f"| {weight} | {' | '.join(f'{by_set[name]:.3f}' for name in _SETS)} |\n")
    for name in _SETS:
        weight = chosen_without(found, name)
        sys.stdout.write(f"{name}: {found[0.0][name]:.3f} without, {found[weight][name]:.3f} by the others' {weight}\n")


if __name__ == "__main__":
    main()
