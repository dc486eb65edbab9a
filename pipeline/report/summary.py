"""The night at a glance, as ``summary.json`` says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.models import Duplicate, Rejected
from pipeline.report.glance import Glance
from pipeline.report.index import Counts, counts_json
from pipeline.report.limits import ALWAYS
from pipeline.report.rows import duplicate_row
from pipeline.report.run import VERDICTS, Json, Run, hundredths, run_json
from pipeline.version import SCHEMA_VERSION

if TYPE_CHECKING:
    import pandas as pd

BANDS = ("high", "medium", "low", "none")
LARGEST_CHANGES = 100

_BINS = 10  # of ten points each, the last one closed at 100
_BIN_WIDTH = 10


def build_summary(  # noqa: PLR0913 - one keyword a table of the night
    run: Run,
    *,
    counts: Counts,
    glance: Glance,
    rejected: Sequence[Rejected] = (),
    duplicates: Sequence[Duplicate] = (),
    changes: Sequence[Json] = (),
) -> Json:
    """Return ``summary.json``. Of the long lists the heads are kept and the totals given."""
    import pandas as pd  # noqa: PLC0415 - half a second, which a process that only works on shards need not spend

    scores = pd.Series(glance.scores, dtype="int64")  # hundredths of a point
    return {
        "schema_version": SCHEMA_VERSION,
        "run": run_json(run),
        "counts": counts_json(counts),
        "score": _centre(scores),
        "unscored": _by_reason(glance.unscored, "articles"),
        "histogram": _histogram(scores),
        "bands": {name: glance.bands.get(name, 0) for name in BANDS},
        "verdicts": {name: glance.verdicts.get(name, 0) for name in VERDICTS},
        "rules": _rules(glance),
        "worst_findings": glance.worst,
        "stories": {"total": glance.stories, "of_one_article": glance.alone, "largest": glance.largest},
        "quarantine": _by_reason(Counter(row.reason for row in rejected), "records"),
        "duplicates": [duplicate_row(row) for row in sorted(duplicates, key=_place)],
        "changes_total": len(changes),
        "changes": sorted(changes, key=_weightiest_first)[:LARGEST_CHANGES],
        "limits": [ALWAYS],
    }


def score_changes(run: Run, before: Mapping[str, object], after: Iterable[tuple[str, object]]) -> list[Json]:
    """Compare a night's scores by article; one that abstains is null, and so is an article not there."""
    now = dict(after)
    return [
        {
            "article": article,
            "night": run.date,
            "change": _change(article, before, now),
            "before": old,
            "after": new,
            "by": None,
            "why": [],
        }
        for article in {**before, **now}
        if (old := before.get(article)) != (new := now.get(article)) or (article in before) != (article in now)
    ]


def _centre(scores: pd.Series[int]) -> Json:
    if scores.empty:
        return dict.fromkeys(("mean", "median", "lowest", "highest"))
    measures = {"mean": scores.mean(), "median": scores.median(), "lowest": scores.min(), "highest": scores.max()}
    return {name: hundredths(float(measure) / 100) for name, measure in measures.items()}


def _histogram(scores: pd.Series[int]) -> list[Json]:
    bins = (scores // (100 * _BIN_WIDTH)).clip(upper=_BINS - 1).value_counts()
    return [{"from": _BIN_WIDTH * n, "to": _BIN_WIDTH * (n + 1), "articles": int(bins.get(n, 0))} for n in range(_BINS)]


def _rules(glance: Glance) -> list[Json]:
    """Return what each rule cost the night, dearest first."""
    ordered = sorted(glance.rule_points.items(), key=lambda item: (item[1], item[0]))
    return [
        {"rule": rule, "claims": glance.rule_claims[rule], "points": hundredths(points / 100)}
        for rule, points in ordered
    ]


def _by_reason(totals: Mapping[str, int], unit: str) -> list[Json]:
    return [{"reason": reason, unit: totals[reason]} for reason in sorted(totals, key=lambda r: (-totals[r], r))]


def _place(row: Duplicate) -> tuple[str, str, int, str]:
    return (row.location.file, row.location.member or "", row.location.line or 0, row.id)


def _change(article: str, before: Mapping[str, object], after: Mapping[str, object]) -> str:
    if article not in before:
        return "added"
    return "rescored" if article in after else "removed"


def _weightiest_first(change: Json) -> tuple[bool, bool, float, str, str]:
    """Order changes: an exclusive that was borne out comes before anything else, above all if that gave it its first score."""
    old, new = change["before"], change["after"]
    moved = abs(new - old) if isinstance(old, float) and isinstance(new, float) else 0.0
    newly = old is None and new is not None
    return (change["change"] != "confirmed", not newly, -moved, str(change["article"]), str(change["night"]))
