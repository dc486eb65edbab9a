"""How many altered pairs are noticed against how many honest ones, from strict to loose: ``python -m tests.benchmarks.altered_curve``."""

from __future__ import annotations

import sys
from dataclasses import replace

from pipeline.settings import Settings
from tests.benchmarks.altered import false_if_brief, noticed
from tests.benchmarks.stories import EVENTS, FNC, open_window
from tests.shared import REASON, SHARED

_STEPS = (1.0, 0.5, 0.4, 0.34, 0.3, 0.2)
_SETS = (*EVENTS, FNC)


def loosened(settings: Settings, likely: float) -> Settings:
    """Return settings that ask for such a probability that a part of a brief text was replaced."""
    return replace(settings, corroboration=replace(settings.corroboration, replaced_likely=likely))


def main() -> None:
    """Print one row a probability."""
    if SHARED is None:
        sys.stdout.write(f"curve: nothing measured: {REASON}\n")
        return
    evaluation = SHARED / "eval"
    sys.stdout.write(f"| replaced_likely | altered pairs | honest pairs cut short: {' | '.join(_SETS)} |\n")
    for likely in _STEPS:
        settings = loosened(open_window(), likely)
        values = [noticed(evaluation, settings), *(false_if_brief(evaluation, name, settings) for name in _SETS)]
        sys.stdout.write(f"| {likely} | {' | '.join(f'{value.value:.3f}' for value in values)} |\n")


if __name__ == "__main__":
    main()
