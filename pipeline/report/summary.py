"""The night at a glance, from the flat rows of its scores and claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from pipeline.models import Duplicate, Rejected, Story
from pipeline.report.article_report import independent_origins
from pipeline.report.index import Counts, counts_json
from pipeline.report.limits import ALWAYS
from pipeline.report.run import SCHEMA_VERSION, VERDICTS, Json, Run, hundredths, run_json

BANDS = ("high", "medium", "low", "none")
WORST_FINDINGS = 20
LARGEST_STORIES = 20
LARGEST_CHANGES = 100

_BIN_WIDTH = 10  # points; ten bins, the last one closed at 100
_FINDING = (
    "article", "claim", "kind", "rule", "verdict", "points", "text", "reason",
    "level", "evidence_article", "evidence_text",
)  # fmt: skip
_SCORE_COLUMNS = ("article", "score", "band", "story")


def build_summary(  # noqa: PLR0913 - one keyword a table of the night
    run: Run,
    *,
    counts: Counts,
    scores: Sequence[Json],
    claims: Sequence[Json],
    stories: Sequence[Story],
    rejected: Sequence[Rejected] = (),
    duplicates: Sequence[Duplicate] = (),
    previous: Sequence[Json] | None = None,
) -> Json:
    """Return ``summary.json`` from the rows of ``scores.jsonl`` and ``claims.jsonl``.

    ``previous`` holds the score rows of the revision that this run supersedes, None when there is
    none. The order of the rows has no effect. Of the long lists the heads are kept and the totals given.
    """
    table = pd.DataFrame.from_records(list(scores), columns=_SCORE_COLUMNS).sort_values("article")
    values = pd.to_numeric(table["score"]).dropna()
    changes = _changes(previous, scores)
    return {
        "schema_version": SCHEMA_VERSION,
        "run": run_json(run),
        "counts": counts_json(counts),
        "score": _centre(values),
        "histogram": _histogram(values),
        "bands": _totals(table["band"], BANDS),
        "verdicts": _totals(pd.Series([row["verdict"] for row in claims], dtype=object), VERDICTS),
        "rules": _rules(claims),
        "worst_findings": _worst_findings(claims, {row["article"]: row["title"] for row in scores}),
        "stories": _stories(stories, table),
        "quarantine": _by_reason([row.reason for row in rejected]),
        "duplicates": [_duplicate(row) for row in sorted(duplicates, key=_place)],
        "changes_total": len(changes),
        "changes": changes[:LARGEST_CHANGES],
        "limits": [ALWAYS],
    }


def _centre(values: pd.Series) -> Json:
    measures = {"mean": values.mean(), "median": values.median(), "lowest": values.min(), "highest": values.max()}
    return {name: hundredths(float(measure)) if len(values) else None for name, measure in measures.items()}


def _histogram(values: pd.Series) -> list[Json]:
    bins = (values // _BIN_WIDTH).clip(upper=9).astype(int).value_counts()
    return [{"from": _BIN_WIDTH * n, "to": _BIN_WIDTH * (n + 1), "articles": int(bins.get(n, 0))} for n in range(10)]


def _totals(column: pd.Series, names: Sequence[str]) -> dict[str, int]:
    found = column.value_counts()
    return {name: int(found.get(name, 0)) for name in names}


def _rules(claims: Sequence[Json]) -> list[Json]:
    """Return what each rule cost the night, dearest first."""
    rows = [(row["rule"], row["points"]) for row in claims if _points(row) < 0]
    table = pd.DataFrame(rows, columns=["rule", "points"]).astype({"points": float})
    cost = table.groupby("rule")["points"].agg(["size", "sum"]).reset_index()
    cost["sum"] = cost["sum"].round(2)
    ordered = cost.sort_values(["sum", "rule"])
    return [
        {"rule": rule, "claims": int(size), "points": hundredths(points)}
        for rule, size, points in ordered.itertuples(index=False)
    ]


def _worst_findings(claims: Sequence[Json], titles: dict[object, object]) -> list[Json]:
    """Return the dearest claims; a supported one costs something too, but leaves an editor nothing to do."""
    costly = sorted(
        (row for row in claims if _points(row) < 0 and row["verdict"] != "supported"),
        key=lambda row: (_points(row), str(row["article"]), str(row["claim"])),
    )
    return [
        {"title": titles.get(row["article"]), **{name: row[name] for name in _FINDING}}
        for row in costly[:WORST_FINDINGS]
    ]


def _points(row: Json) -> float:
    points = row["points"]
    assert isinstance(points, float)
    return points


def _stories(stories: Sequence[Story], table: pd.DataFrame) -> Json:
    scored = table.assign(score=pd.to_numeric(table["score"])).dropna(subset="score")
    lowest_highest = scored.groupby("story")["score"].agg(["min", "max"])
    ends = {story: (low, high) for story, low, high in lowest_highest.itertuples()}
    shared = [story for story in stories if len(story.articles) > 1]
    largest = sorted(shared, key=lambda story: (-independent_origins(story), -len(story.articles), story.id))
    return {
        "total": len(stories),
        "of_one_article": len(stories) - len(shared),
        "largest": [_story(story, ends) for story in largest[:LARGEST_STORIES]],
    }


def _story(story: Story, ends: dict[str, tuple[float, float]]) -> Json:
    low, high = ends.get(story.id, (None, None))
    return {
        "id": story.id,
        "articles": len(story.articles),
        "independent_origins": independent_origins(story),
        "lowest": low,
        "highest": high,
    }


def _by_reason(reasons: Sequence[str]) -> list[Json]:
    totals = Counter(reasons)
    return [{"reason": reason, "records": totals[reason]} for reason in sorted(totals, key=lambda r: (-totals[r], r))]


def _place(row: Duplicate) -> tuple[str, str, int, str]:
    return (row.location.file, row.location.member or "", row.location.line or 0, row.id)


def _duplicate(row: Duplicate) -> Json:
    place = row.location
    return {
        "id": row.id, "of": row.of, "reason": row.reason,
        "file": place.file, "member": place.member, "line": place.line,
    }  # fmt: skip


def _changes(previous: Sequence[Json] | None, scores: Sequence[Json]) -> list[Json]:
    """Compare with the revision before; a score that abstains is null, and so is an article not there."""
    if previous is None:
        return []
    before = {str(row["article"]): row["score"] for row in previous}
    after = {str(row["article"]): row["score"] for row in scores}
    changes: list[Json] = [
        {"article": article, "change": _change(article, before, after), "before": old, "after": new}
        for article in {**before, **after}
        if (old := before.get(article)) != (new := after.get(article)) or (article in before) != (article in after)
    ]
    return sorted(changes, key=_largest_first)


def _change(article: str, before: Json, after: Json) -> str:
    if article not in before:
        return "added"
    return "rescored" if article in after else "removed"


def _largest_first(change: Json) -> tuple[float, str]:
    old, new = change["before"], change["after"]
    moved = abs(new - old) if isinstance(old, float) and isinstance(new, float) else 0.0
    return (-moved, str(change["article"]))
