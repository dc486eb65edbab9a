"""What a summary needs of some articles: small, and the same however the articles were cut into shards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.models import Story
from pipeline.report.article_report import independent_origins
from pipeline.report.run import VERDICTS, Json

WORST_FINDINGS = 20
LARGEST_STORIES = 20

_FINDING = (
    "article", "claim", "kind", "rule", "verdict", "points", "text", "reason",
    "level", "evidence_article", "evidence_text",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """Sums over some articles, with the heads of the long lists."""

    scores: list[int] = field(default_factory=list)  # hundredths of points, one a scored article
    statuses: dict[str, int] = field(default_factory=dict)  # articles
    unscored: dict[str, int] = field(default_factory=dict)  # articles, by the reason for which they have no score
    bands: dict[str, int] = field(default_factory=dict)  # articles
    verdicts: dict[str, int] = field(default_factory=dict)  # claims
    rule_claims: dict[str, int] = field(default_factory=dict)  # claims that cost something
    rule_points: dict[str, int] = field(default_factory=dict)  # hundredths, never positive
    worst: list[dict[str, Any]] = field(default_factory=list)  # findings, dearest first
    stories: int = 0
    alone: int = 0  # stories of one article
    largest: list[dict[str, Any]] = field(default_factory=list)  # stories, of most origins first


def glance_at(scores: Sequence[Json], claims: Sequence[Json], stories: Sequence[Story]) -> Glance:
    """Return the glance of some rows of ``scores.jsonl``, and of all stories that these tell.

    ``claims`` are the articles' rows of ``claims.jsonl``; those that cost nothing may be left out.
    """
    costly = [row for row in claims if _points(row) < 0]
    points: Counter[str] = Counter()
    for row in costly:
        points[str(row["rule"])] += _hundredths(row["points"])
    return Glance(
        scores=[_hundredths(row["score"]) for row in scores if row["score"] is not None],
        statuses=_counted(scores, "status"),
        unscored=_counted([row for row in scores if row["reason"] is not None], "reason"),
        bands=_counted(scores, "band"),
        verdicts=_verdicts(scores),
        rule_claims=_counted(costly, "rule"),
        rule_points=dict(points),
        worst=_worst(costly, {row["article"]: row["title"] for row in scores}),
        stories=len(stories),
        alone=sum(len(story.articles) == 1 for story in stories),
        largest=_largest(_story_rows(stories, scores)),
    )


def together(glances: Iterable[Glance]) -> Glance:
    """Return the glance of all articles of some glances that share none."""
    parts = list(glances)
    return Glance(
        scores=[score for part in parts for score in part.scores],
        statuses=_summed(part.statuses for part in parts),
        unscored=_summed(part.unscored for part in parts),
        bands=_summed(part.bands for part in parts),
        verdicts=_summed(part.verdicts for part in parts),
        rule_claims=_summed(part.rule_claims for part in parts),
        rule_points=_summed(part.rule_points for part in parts),
        worst=_dearest(row for part in parts for row in part.worst),
        stories=sum(part.stories for part in parts),
        alone=sum(part.alone for part in parts),
        largest=_largest(row for part in parts for row in part.largest),
    )


def _counted(rows: Sequence[Json], column: str) -> dict[str, int]:
    return dict(Counter(str(row[column]) for row in rows))


def _verdicts(scores: Sequence[Json]) -> dict[str, int]:
    counts = {verdict: [row[verdict] for row in scores] for verdict in VERDICTS}
    return {verdict: sum(count for count in column if isinstance(count, int)) for verdict, column in counts.items()}


def _summed(tables: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for table in tables:
        total.update(table)
    return dict(total)


def _worst(costly: Sequence[Json], titles: Mapping[object, object]) -> list[dict[str, Any]]:
    """Return the dearest claims; a supported one costs something too, but leaves an editor nothing to do."""
    open_ = _dearest(row for row in costly if row["verdict"] != "supported")
    return [{"title": titles.get(row["article"]), **{name: row[name] for name in _FINDING}} for row in open_]


def _dearest(rows: Iterable[Json]) -> list[dict[str, Any]]:
    ordered = sorted(rows, key=lambda row: (_points(row), str(row["article"]), str(row["claim"])))
    return ordered[:WORST_FINDINGS]


def _story_rows(stories: Sequence[Story], scores: Sequence[Json]) -> Iterable[dict[str, Any]]:
    values: dict[object, list[float]] = {}
    for row in scores:
        if isinstance(row["score"], float):
            values.setdefault(row["story"], []).append(row["score"])
    for story in stories:
        if len(story.articles) > 1:
            yield {
                "id": story.id,
                "articles": len(story.articles),
                "independent_origins": independent_origins(story),
                "lowest": min(values.get(story.id, ()), default=None),
                "highest": max(values.get(story.id, ()), default=None),
            }


def _largest(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the stories of most origins; one that two nights tell, some of its articles each, as the fuller has it."""
    ordered = sorted(rows, key=lambda row: (-row["independent_origins"], -row["articles"], row["id"]))
    fullest: dict[str, dict[str, Any]] = {}
    for row in ordered:
        fullest.setdefault(row["id"], row)
    return list(fullest.values())[:LARGEST_STORIES]


def _points(row: Json) -> float:
    points = row["points"]
    assert isinstance(points, float)
    return points


def _hundredths(number: object) -> int:
    assert isinstance(number, float)
    return round(number * 100)
