"""The pinned figures: ``floors.json``, and the table of them in ``docs/quality.md``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.figures import Figure

FLOORS = Path(__file__).resolve().parent / "floors.json"
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "quality.md"
_TABLE = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- end of figures -->)", re.DOTALL)
_HEAD = "| figure | measured | limit | aim | items | date | what it is |\n|---|---:|---:|---|---:|---|---|\n"


@dataclass(frozen=True, slots=True)
class Pin:
    """A figure as last pinned."""

    limit: float | None  # floor or ceiling, in the figure's unit; None: only reported
    measured: float
    items: int
    date: str  # YYYY-MM-DD
    gold: str  # SHA-256 over the files it was measured on
    unit: str
    definition: str


def read_pins(path: Path) -> dict[str, Pin]:
    """Return the pins by figure; none where there is no file yet."""
    if not path.exists():
        return {}
    return {name: Pin(**row) for name, row in json.loads(path.read_text("utf-8")).items()}


def write_pins(path: Path, pins: Mapping[str, Pin]) -> None:
    """Write the pins, one field a line, so that a difference reads well."""
    path.write_text(json.dumps({name: asdict(pin) for name, pin in pins.items()}, indent=1) + "\n", "utf-8")


def document_with(text: str, figures: Mapping[str, Figure], pins: Mapping[str, Pin]) -> str:
    """Return the document with its table made from the pins."""
    lines = [_line(figure, pins[name]) for name, figure in figures.items() if name in pins]
    return _TABLE.sub(lambda _: _HEAD + "".join(lines), text)


def _line(figure: Figure, pin: Pin) -> str:
    sign = "≥" if figure.bound == "floor" else "≤"
    limit = "none" if pin.limit is None else f"{sign} {pin.limit:g}"
    unit = "" if figure.unit.startswith("share") else f" ({figure.unit})"
    cells = (f"`{figure.name}`", f"{pin.measured:.4g}", limit, figure.target, str(pin.items), pin.date)
    return f"| {' | '.join(cells)} | {figure.definition}{unit} |\n"
