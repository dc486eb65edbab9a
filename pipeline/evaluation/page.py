"""The evaluation as a page: one file, no script, nothing fetched, light and dark."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_TEMPLATES = Path(__file__).with_name("templates")
_SIDE = 300.0  # of a diagram's field, in its own units
_LEFT, _TOP = 44.0, 12.0  # where the field begins


def render(table: dict[str, Any]) -> str:
    """Return the page of an evaluation's table."""
    style = (_TEMPLATES / "evaluation.css").read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    page = _environment().get_template("evaluation.html.j2")
    return page.render(
        table,
        style=Markup(style),  # noqa: S704 - our own file, no value of a dump in it
        style_digest=digest,
        reliability=Markup(reliability_svg(table)),  # noqa: S704 - rendered with autoescape
        risk=Markup(risk_svg(table)),  # noqa: S704 - rendered with autoescape
    )


def reliability_svg(table: dict[str, Any]) -> str:
    """Return the reliability diagram: the share of true claims against the mean probability, bin by bin."""
    bins = table["calibration"]["bins"]
    most = max((row["true"]["of"] for row in bins), default=1)
    dots = [
        {
            "x": _x(row["mean_probability"]),
            "y": _y(row["true"]["share"]),
            "low": _y(row["true"]["interval"]["low"]),
            "high": _y(row["true"]["interval"]["high"]),
            "left": _x(row["low"]),
            "height": round(_SIDE / 5 * row["true"]["of"] / most, 1),
            "claims": row["true"]["of"],
        }
        for row in bins
    ]
    return _diagram("reliability.svg.j2", dots=dots)


def risk_svg(table: dict[str, Any]) -> str:
    """Return the risk-coverage curve; its risk axis ends at one half."""
    points = table["risk_coverage"]["points"]
    line = " ".join(f"{_x(one['coverage'])},{_y(min(1.0, 2 * one['risk']))}" for one in points)
    return _diagram("risk.svg.j2", line=line)


def _diagram(template: str, **values: Any) -> str:
    field = {"left": _LEFT, "top": _TOP, "side": _SIDE, "right": _LEFT + _SIDE, "bottom": _TOP + _SIDE}
    ticks = [{"x": _x(tick / 5), "y": _y(tick / 5), "share": tick / 5} for tick in range(6)]
    return _environment().get_template(template).render(field=field, ticks=ticks, **values)


def _x(share: float) -> float:
    return round(_LEFT + _SIDE * share, 1)


def _y(share: float) -> float:
    return round(_TOP + _SIDE * (1 - share), 1)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["figure"] = _figure
    made.filters["percent"] = _percent
    made.filters["reach"] = _reach
    return made


def _figure(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _percent(count: dict[str, Any]) -> str:
    return "–" if count["share"] is None else f"{100 * count['share']:.0f} %"


def _reach(interval: dict[str, float] | None, digits: int = 2) -> str:
    return "" if interval is None else f"{interval['low']:.{digits}f} to {interval['high']:.{digits}f}"
