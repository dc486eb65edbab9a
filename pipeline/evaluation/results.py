"""Trials to the table that `evaluation.json` holds and the page shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from statistics import fmean
from typing import Any

from pipeline.evaluation.measures import (
    Drop,
    Forecast,
    Interval,
    area,
    auroc_of,
    brier,
    brier_score,
    over_stories,
    risk_coverage,
    wilson,
)
from pipeline.evaluation.nulls import NULL_FORMS
from pipeline.evaluation.planting import CHANGES
from pipeline.evaluation.run import LEAST_ORIGINS, PLANS, Trials
from pipeline.evaluation.trials import NullTrial, Trial, Untouched, Way
from pipeline.models import ClaimKind

OUTCOME = (
    "False: every planted claim that was read, with its probability after planting. True: every claim that was picked "
    "to be falsified, with its probability before, when two other independent origins or more bore it out and none "
    "denied it. True therefore means borne out by others, not checked in the world; and as the picking looks at who "
    "bears a claim out, the true ones have high probabilities by design: what the figures test is how far the false "
    "ones fall, and they hold for this mixture of the two, not for the rate of false claims in the dump."
)
NOTHING = (
    f"No story of the dump has {LEAST_ORIGINS} independent origins or more that agree on anything, so nothing can be planted whose "
    "truth others know: take a larger dump, or several nights of it, or open [stories] window_days."
)
READ_AS: Mapping[str, ClaimKind] = {kind: change.claim_kinds[0] for kind, change in CHANGES.items()}
_DIGITS = 4
_SHOWN_MISSES = 10

Table = dict[str, Any]


def tabulate(trials: Trials, run: Table) -> Table:
    """Return everything as plain values; figures that nothing could be counted for are null."""
    untouched = _untouched(trials.untouched)
    drops = {way: _drops(trials, way) for way in ("changed", "inserted")}
    return {
        "schema_version": "1.0",
        "run": run,
        "sampling": asdict(trials.sampling) | {"planted": len(trials.planted), "null_edits": len(trials.null)},
        "message": None if trials.planted else NOTHING,
        "fabrications": [
            _fabrication(trials.planted, kind, way) | {"false_alarms": _false_alarms(untouched, kind)}
            for kind, way in PLANS
        ],
        "overall": [_overall(trials.planted, way) for way in ("changed", "inserted")],
        "null_edits": [_null_form(trials.null, form) for form in NULL_FORMS],
        "untouched": untouched,
        "score_drop": [_score_drop(way, rows, run["seed"]) for way, rows in drops.items()],
        "calibration": _calibration(forecasts(trials.planted), run["seed"]),
        "risk_coverage": _risk_coverage(forecasts(trials.planted)),
        "misses": [_trial(trial) for trial in _telling_misses(trials.planted)],
        "trials": [_trial(trial) for trial in trials.planted],
    }


def forecasts(planted: Iterable[Trial]) -> list[Forecast]:
    """Return the probabilities of planted claims and of those that stood there before, with what is known of them."""
    rows = []
    for trial in planted:
        if trial.after is not None:
            rows.append(Forecast(trial.story, trial.after, outcome=False))
        if trial.before is not None:
            rows.append(Forecast(trial.story, trial.before, outcome=True))
    return rows


def _drops(trials: Trials, way: Way) -> list[Drop]:
    planted = [
        Drop(row.story, row.drop, planted=True) for row in trials.planted if row.way == way and row.drop is not None
    ]
    return planted + [Drop(row.story, row.drop, planted=False) for row in trials.null if row.drop is not None]


def _fabrication(planted: Sequence[Trial], kind: str, way: Way) -> Table:
    return {"kind": kind, **_recall([row for row in planted if (row.kind, row.way) == (kind, way)], way)}


def _overall(planted: Sequence[Trial], way: Way) -> Table:
    return _recall([row for row in planted if row.way == way], way)


def _recall(rows: Sequence[Trial], way: Way) -> Table:
    after = [row.after for row in rows if row.after is not None]
    lost = [row.drop for row in rows if row.drop is not None]
    return {
        "way": way,
        "planted": len(rows),
        "read": sum(row.verdict is not None for row in rows),
        "alarmed": _share([row.alarmed for row in rows]),
        "not_borne_out": _share([row.verdict is not None and not row.borne_out for row in rows]),
        "mean_probability": _mean(after),
        "mean_drop": _mean(lost),
    }


def _null_form(null: Sequence[NullTrial], form: str) -> Table:
    rows = [row for row in null if row.form == form]
    lost = [row.drop for row in rows if row.drop is not None]
    claims = sum(row.claims for row in rows)
    return {
        "form": form,
        "articles": len(rows),
        "moved": _counted(sum(row.moved for row in rows), claims),
        "alarmed": _counted(sum(row.alarmed for row in rows), claims),
        "score_moved": _share([drop != 0 for drop in lost]),
        "mean_move": _mean([abs(drop) for drop in lost]),
    }


def _untouched(rows: Iterable[Untouched]) -> list[Table]:
    claims: Counter[ClaimKind] = Counter()
    contradicted: Counter[ClaimKind] = Counter()
    not_sourced: Counter[ClaimKind] = Counter()
    for row in rows:
        claims[row.claim_kind] += row.claims
        contradicted[row.claim_kind] += row.contradicted
        not_sourced[row.claim_kind] += row.not_sourced
    return [
        {
            "claim_kind": kind,
            "contradicted": _counted(contradicted[kind], claims[kind]),
            "not_sourced": _counted(not_sourced[kind], claims[kind]),
        }
        for kind in sorted(claims)
    ]


def _false_alarms(untouched: Sequence[Table], kind: str) -> Table:
    """Return the alarms of a fabrication's sort on claims of its kind that nobody touched."""
    which = "not_sourced" if kind == "credit" else "contradicted"
    rows = [row[which] for row in untouched if row["claim_kind"] == READ_AS[kind]]
    return _counted(sum(row["count"] for row in rows), sum(row["of"] for row in rows))


def _score_drop(way: str, rows: Sequence[Drop], seed: int) -> Table:
    found = auroc_of(rows)
    return {
        "way": way,
        "planted": sum(row.planted for row in rows),
        "null": sum(not row.planted for row in rows),
        "auroc": _rounded(found),
        "interval": None if found is None else _interval(over_stories(rows, auroc_of, seed)),
    }


def _calibration(rows: Sequence[Forecast], seed: int) -> Table:
    parts = brier(rows)
    return {
        "outcome": OUTCOME,
        "true": sum(row.outcome for row in rows),
        "false": sum(not row.outcome for row in rows),
        "brier": _rounded(parts.score if parts else None),
        "interval": _interval(over_stories(rows, brier_score, seed)),
        "reliability": _rounded(parts.reliability if parts else None),
        "resolution": _rounded(parts.resolution if parts else None),
        "uncertainty": _rounded(parts.uncertainty if parts else None),
        "within_bins": _rounded(parts.within_bins if parts else None),
        "bins": [
            {
                "low": bin_.low,
                "high": bin_.high,
                "mean_probability": _rounded(bin_.mean),
                "true": _counted(bin_.true, bin_.forecasts),
            }
            for bin_ in (parts.bins if parts else ())
        ],
    }


def _risk_coverage(rows: Sequence[Forecast]) -> Table:
    points = risk_coverage(rows)
    return {
        "area": _rounded(area(points)),
        "points": [
            {"confidence": _rounded(one.confidence), "coverage": _rounded(one.coverage), "risk": _rounded(one.risk)}
            for one in points
        ],
    }


def _telling_misses(planted: Iterable[Trial]) -> list[Trial]:
    """Return the changed specifics that no alarm met, the most believed first."""
    missed = [row for row in planted if row.way == "changed" and not row.alarmed]
    return sorted(missed, key=lambda row: (-(row.after or 0.0), row.kind, row.article, row.new))[:_SHOWN_MISSES]


def _trial(trial: Trial) -> Table:
    return asdict(trial)


def _share(hits: Sequence[bool]) -> Table:
    return _counted(sum(hits), len(hits))


def _counted(count: int, of: int) -> Table:
    return {
        "count": count,
        "of": of,
        "share": _rounded(count / of) if of else None,
        "interval": _interval(wilson(count, of)),
    }


def _interval(found: Interval | None) -> Table | None:
    return None if found is None else {"low": _rounded(found.low), "high": _rounded(found.high)}


def _mean(values: Sequence[float]) -> float | None:
    return _rounded(fmean(values)) if values else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS) + 0.0  # no "-0.0"
