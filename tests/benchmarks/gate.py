"""The quality gate: no figure on the labelled sets may fall below its floor unnoticed.

``python -m tests.benchmarks.gate`` measures and compares with ``floors.json``; it exits with 1 where a figure is on the
wrong side of its floor or the gold is not the one that the floor was pinned on. ``--update`` pins what is measured and
renews the table of ``docs/quality.md``; it raises floors freely and lowers none unless ``--allow-regression`` is given.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from tests.benchmarks.figures import BENCHMARKS, Benchmark, Figure
from tests.benchmarks.pins import DOCUMENT, FLOORS, Pin, document_with, read_pins, write_pins
from tests.benchmarks.sets import Measured
from tests.shared import REASON, SHARED

# A changed library or one more rule flips a claim here and there on sets of some hundreds of items; what is worse than
# that is a regression. Where a set is so small that one item weighs more, one item may flip.
EPSILON = 0.005


class RegressionRefusedError(ValueError):
    """An update would lower a floor; the message names the figures."""


def digest(evaluation: Path, files: Iterable[str]) -> str:
    """Return the SHA-256 over names and bytes of the files that a benchmark reads."""
    whole = sha256()
    for name in sorted(files):
        content = (evaluation / name).read_bytes()
        whole.update(f"{name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def slack(figure: Figure, measured: Measured) -> float:
    """Return how far behind the measured value a floor is pinned."""
    return figure.slack if figure.slack is not None else max(EPSILON, 1 / max(1, measured.items))


def limit(figure: Figure, measured: Measured) -> float | None:
    """Return the floor (or ceiling) to pin for a measured value; None for a figure that is only reported."""
    if figure.bound is None:
        return None
    value = measured.value - figure.direction * slack(figure, measured)
    return round(max(0.0, value), 4)


def complaint(figure: Figure, measured: Measured, gold: str, pin: Pin | None) -> str | None:
    """Say what is wrong with a figure, or None."""
    if pin is None:
        return "not pinned: run with --update"
    if gold != pin.gold:
        return "the gold or its articles have changed: look why, then re-pin with --update"
    if _is_behind(figure, measured.value, pin.limit):
        return f"{'below its floor' if figure.bound == 'floor' else 'above its ceiling'} of {pin.limit}"
    return None


def _is_behind(figure: Figure, value: float, pinned: float | None) -> bool:
    return pinned is not None and figure.direction * (value - pinned) < 0


def repinned(figure: Figure, measured: Measured, gold: str, day: str, old: Pin | None) -> Pin:
    """Return the new pin: a better limit, or the old one while the figure still holds it; else a worse one."""
    new = limit(figure, measured)
    holds = old is not None and not _is_behind(figure, measured.value, old.limit)
    if old is not None and old.limit is not None and new is not None and holds:
        new = max(new, old.limit) if figure.bound == "floor" else min(new, old.limit)
    return Pin(
        limit=new,
        measured=round(measured.value, 4),
        items=measured.items,
        date=day,
        gold=gold,
        unit=figure.unit,
        definition=figure.definition,
    )


def update(
    figures: dict[str, Figure],
    measured: dict[str, Measured],
    golds: dict[str, str],
    pins: dict[str, Pin],
    day: str,
    *,
    allow_regression: bool,
) -> dict[str, Pin]:
    """Return the pins of all figures; raise RegressionRefusedError where one would be lowered without leave."""
    lowered = [
        name
        for name, figure in figures.items()
        if name in pins and _is_behind(figure, measured[name].value, pins[name].limit)
    ]
    if lowered and not allow_regression:
        raise RegressionRefusedError(", ".join(lowered))
    return {
        name: repinned(figure, measured[name], golds[name], day, pins.get(name)) for name, figure in figures.items()
    }


def measure_all(evaluation: Path, benchmarks: Sequence[Benchmark]) -> tuple[dict[str, Measured], dict[str, str]]:
    """Return what each figure measures, and the digest of what it was measured on."""
    measured: dict[str, Measured] = {}
    golds: dict[str, str] = {}
    for benchmark in benchmarks:
        found = benchmark.measure(evaluation)
        gold = digest(evaluation, benchmark.files)
        for figure in benchmark.figures:
            measured[figure.name] = found[figure.name]
            golds[figure.name] = gold
    return measured, golds


def table(
    figures: dict[str, Figure], measured: dict[str, Measured], golds: dict[str, str], pins: dict[str, Pin]
) -> tuple[str, bool]:
    """Return the table to print, and whether all is well."""
    lines, well = [f"{'figure':<26}{'measured':>10}{'limit':>10}{'items':>7}"], True
    for name, figure in figures.items():
        pin, found = pins.get(name), measured[name]
        wrong = complaint(figure, found, golds[name], pin)
        shown = "-" if pin is None or pin.limit is None else f"{'>=' if figure.bound == 'floor' else '<='} {pin.limit}"
        lines.append(f"{name:<26}{found.value:>10.4f}{shown:>10}{found.items:>7}  {wrong or ''}".rstrip())
        well = well and wrong is None
    return "\n".join(lines) + "\n", well


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.gate", description=__doc__)
    parser.add_argument("--update", action="store_true", help="pin what is measured")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: floors may be lowered")
    given = parser.parse_args(arguments)
    if SHARED is None:
        sys.stdout.write(f"gate: nothing measured: {REASON}\n")
        return 0
    figures = {figure.name: figure for benchmark in BENCHMARKS for figure in benchmark.figures}
    measured, golds = measure_all(SHARED / "eval", BENCHMARKS)
    pins = read_pins(FLOORS)
    if given.update:
        day = datetime.now(tz=UTC).date().isoformat()
        try:
            pins = update(figures, measured, golds, pins, day, allow_regression=given.allow_regression)
        except RegressionRefusedError as refused:
            sys.stdout.write(table(figures, measured, golds, pins)[0])
            sys.stderr.write(f"gate: would lower {refused}: mend it, or say --allow-regression\n")
            return 1
        write_pins(FLOORS, pins)
        DOCUMENT.write_text(document_with(DOCUMENT.read_text("utf-8"), figures, pins), "utf-8")
    text, well = table(figures, measured, golds, pins)
    sys.stdout.write(text)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
