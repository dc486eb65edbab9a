"""Fits how contradictions of figures and dates are weighed and writes ``config/conflict.toml``: ``python -m tests.benchmarks.fit_conflict DATE``.

A logistic form for figures and one for dates, by Newton's method. Planted and honest ones weigh the same, each set as the root of its number.
A slope that points the other way than it must (more origins, less sure) would be chance, and is left out. What is
written on each set was found by forms that had seen nothing of it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline.settings import load_settings
from tests.benchmarks.conflict_pairs import LABELLED, LOAD, Conflict, conflicts, names
from tests.benchmarks.fit_topic import Numbers, newton
from tests.shared import REASON, SHARED

KINDS = ("quantity", "date")
_AGAINST = frozenset({"borne", "third", "also", "choice", "toll"})  # what makes a contradiction less sure
_RIDGE = 3.0
_TARGET = Path(__file__).resolve().parents[2] / "config" / "conflict.toml"


def fitted(found: Sequence[Conflict]) -> Numbers:
    """Return bias and slopes, each slope of the sign that it must have or 0."""
    inputs = np.array([row.inputs for row in found])
    planted = np.array([float(row.planted) for row in found])
    design = np.column_stack([np.ones(len(inputs)), inputs])
    signs = np.array([0, *(-1 if name in _AGAINST else 1 for name in names())])
    used = np.ones(design.shape[1], dtype=bool)
    weights = _weights(found)
    while True:
        form = np.zeros(design.shape[1])
        form[used] = newton(design[:, used], planted, weights, np.zeros(used.sum()), _RIDGE)
        wrong = form * signs < 0
        if not wrong.any():
            return form
        used &= ~wrong


def _weights(found: Sequence[Conflict]) -> Numbers:
    counts = Counter((row.name, row.planted) for row in found)
    weights = np.array([counts[row.name, row.planted] ** -0.5 for row in found])
    planted = np.array([row.planted for row in found])
    for own in (planted, ~planted):
        weights[own] *= len(found) / 2 / weights[own].sum()
    return weights


def chances(form: Numbers, found: Sequence[Conflict]) -> Numbers:
    """Return the probability of each conflict by a form."""
    inputs = np.array([row.inputs for row in found]).reshape(len(found), -1)
    chance: Numbers = 1 / (1 + np.exp(-(form[0] + inputs @ form[1:])))
    return chance


def judged(kind: str, found: Sequence[Conflict]) -> list[str]:
    """Return a line a set: how many of both are left at each threshold of the settings, by a form that saw the other sets alone."""
    shipped = load_settings().corroboration
    lines = []
    for name in (*LABELLED, LOAD):
        form = fitted([row for row in found if row.name != name])
        parts = []
        for planted, told in ((True, "planted"), (False, "honest")):
            own = [row for row in found if row.name == name and row.planted == planted]
            kept = chances(form, own) if own else np.zeros(0)
            least, sure = ((kept >= edge).sum() for edge in (shipped.conflict_least, shipped.conflict_sure))
            parts.append(f"of {len(own)} {told} {least} count, {sure} for sure")
        lines.append(f"{kind}, {name}: {'; '.join(parts)}")
    return lines


def written(forms: dict[str, Numbers], lines: Sequence[str], day: str) -> str:
    """Return the config file: what it was fitted on, how well, and the forms."""
    head = [
        "# Log odds that a figure or date is contradicted: written by python -m tests.benchmarks.fit_conflict, not by hand.",
        f"# Fitted {day}; on each set, by forms that saw the others alone (conflict_least and conflict_sure in scoring.toml):",
        *(f"# {line}" for line in lines),
        "# Each input is what Certainty.features says; it is asked of what the rules let pass as a contradiction.",
    ]
    for kind, form in forms.items():
        head += ["", f"[corroboration.conflict.{kind}]  # log odds by input, as fitted"]
        head += [f"{name:8} = {value:.3f}" for name, value in zip(("bias", *names()), form, strict=True)]
    return "\n".join(head) + "\n"


def main(day: str) -> None:
    """Fit, judge and write."""
    if SHARED is None:
        sys.exit(REASON)
    found = list(conflicts(SHARED / "eval"))
    of_kind = {kind: [row for row in found if row.kind == kind] for kind in KINDS}
    lines = [line for kind, rows in of_kind.items() for line in judged(kind, rows)]
    text = written({kind: fitted(rows) for kind, rows in of_kind.items()}, lines, day)
    _TARGET.write_text(text, "utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main(sys.argv[1])
