"""What a run is known by, and the names that every file of a run shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from pipeline.models import ScoreStatus, VerdictName

VERDICTS: tuple[VerdictName, ...] = get_args(VerdictName)

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Run:
    """One night's run: which night, which inputs and config, which program."""

    date: str  # YYYY-MM-DD
    fingerprint: str  # hex; the folder of this revision
    pipeline_version: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's score as one night saw it."""

    night: str  # YYYY-MM-DD; the article's own, or a later one that added to its story
    fingerprint: str  # of the revision that had it first
    value: float | None  # 0..100
    status: ScoreStatus


@dataclass(frozen=True, slots=True)
class Past:
    """What other nights of the window have to do with an article."""

    scored_by: str | None = None  # the later night that scored it last; None: its own
    history: tuple[Reading, ...] = ()  # its scores before that, oldest first
    nights: Mapping[str, str] = field(
        default_factory=dict
    )  # night by article, for those of its story from other nights


def run_json(run: Run) -> Json:
    """Return the ``run`` object of a report or summary."""
    return {"date": run.date, "fingerprint": run.fingerprint, "pipeline_version": run.pipeline_version}


def hundredths(number: float) -> float:
    """Round points or a score to hundredths, without a negative zero."""
    return round(number, 2) + 0.0 if number else 0.0


def share(number: float) -> float:
    """Round a probability, share or effective number to 4 places, without a negative zero."""
    return round(number, 4) + 0.0 if number else 0.0


def share_or_none(number: float | None) -> float | None:
    """Round as ``share`` does; absence stays absence."""
    return None if number is None else share(number)
