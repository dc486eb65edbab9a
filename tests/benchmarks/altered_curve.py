"""How many altered pairs are noticed against how many honest ones, from strict to loose: ``python -m tests.benchmarks.altered_curve``."""

from __future__ import annotations

import sys
from dataclasses import replace

from pipeline.settings import Settings
from tests.benchmarks.altered import false_if_brief, measure
from tests.benchmarks.stories import open_window
from tests.shared import REASON, SHARED

# Probability of one matter that one origin needs, overlap of scopes, share and bits of the words around two values.
_STEPS = (
    (0.95, 0.6, 0.7, 20.0),
    (0.85, 0.4, 0.5, 12.0),
    (0.75, 0.3, 0.4, 9.0),
    (0.65, 0.2, 0.3, 6.0),
    (0.55, 0.1, 0.2, 3.0),
    (0.45, 0.0, 0.0, 0.0),
)


def loosened(settings: Settings, alone: float, scope: float, share: float, bits: float) -> Settings:
    """Return settings that take more or less for a contradiction of one origin alone."""
    of_pairs = replace(
        settings.corroboration,
        alone_topic=alone,
        conflict_topic=min(alone, settings.corroboration.conflict_topic),
        conflict_scope=scope,
        frame_share=share,
        frame_bits=bits,
    )
    return replace(settings, corroboration=of_pairs)


def main() -> None:
    """Print one row a step; the second is what ships."""
    if SHARED is None:
        sys.stdout.write(f"curve: nothing measured: {REASON}\n")
        return
    sys.stdout.write(
        "| alone_topic | conflict_scope | frame_share | frame_bits | altered pairs | honest pairs | cut short |\n"
    )
    for step in _STEPS:
        settings = loosened(open_window(), *step)
        found = measure(SHARED / "eval", settings)
        noticed, false = found["altered.noticed"].value, found["altered.false"].value
        brief = false_if_brief(SHARED / "eval", settings).value
        sys.stdout.write(f"| {' | '.join(map(str, step))} | {noticed:.3f} | {false:.3f} | {brief:.3f} |\n")


if __name__ == "__main__":
    main()
