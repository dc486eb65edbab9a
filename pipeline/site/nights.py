"""The pages that list: articles, stories, sources, the quarantine; and the night's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Any

from pipeline.site.pager import Block, Section

RANKED_FROM = 5  # scored articles of a source; fewer say nothing about how its median compares


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One story in a list."""

    id: str
    title: str
    articles: int
    origins: int
    lowest: float | None
    highest: float | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source in a list."""

    name: str
    articles: int
    scored: int
    median: float | None


@dataclass(frozen=True, slots=True)
class WorstArticle:
    """An article among the first to look at, with its dearest findings."""

    article: str
    title: str | None
    findings: tuple[dict[str, Any], ...]


def by_score(row: dict[str, Any]) -> tuple[bool, float, str]:
    """Order score rows: lowest first, those without a score last."""
    return (row["score"] is None, row["score"] or 0.0, row["article"])


def story_rows(stories: Iterable[Sequence[dict[str, Any]]]) -> list[StoryRow]:
    """Return a row a story from the score rows of each; most origins first."""
    rows = [_story_row(rows) for rows in stories]
    return sorted(rows, key=lambda row: (-row.origins, -row.articles, row.id))


def _story_row(rows: Sequence[dict[str, Any]]) -> StoryRow:
    scores = [row["score"] for row in rows if row["score"] is not None]
    return StoryRow(
        id=rows[0]["story"],
        title=next((row["title"] for row in rows if row["title"]), rows[0]["article"]),
        articles=len(rows),
        origins=rows[0]["independent_origins"],
        lowest=min(scores, default=None),
        highest=max(scores, default=None),
    )


def by_source(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the score rows of each named source, names in order."""
    named = sorted((row for row in rows if row["source"]), key=lambda row: (row["source"], by_score(row)))
    return {name: list(some) for name, some in groupby(named, key=lambda row: str(row["source"]))}


def source_row(name: str, rows: Sequence[dict[str, Any]]) -> SourceRow:
    """Return one source's numbers."""
    scores = [row["score"] for row in rows if row["score"] is not None]
    return SourceRow(name, len(rows), len(scores), round(median(scores), 2) if scores else None)


def source_sections(rows: Iterable[SourceRow]) -> list[Section]:
    """Return sources in two lists: by median where there is enough to compare, by name where there is not."""
    found = list(rows)
    enough = sorted((row for row in found if row.scored >= RANKED_FROM), key=lambda row: (row.median or 0, row.name))
    few = sorted((row for row in found if row.scored < RANKED_FROM), key=lambda row: row.name)
    note = (
        f"Fewer than {RANKED_FROM} scored articles: too few for a comparison, so these are in the order of their names."
    )
    lists = [
        Section("ranked", "By median", "sources", _blocks("source_row", enough), total=len(enough)),
        Section("few", "Too few articles to compare", "sources", _blocks("source_row", few), note=note, total=len(few)),
    ]
    return [section for section in lists if section.blocks]


def listed(id_: str, title: str, frame: str, macro: str, rows: Sequence[object]) -> list[Section]:
    """Return one list as a section; none where it is empty."""
    return [Section(id_, title, frame, _blocks(macro, rows), total=len(rows))] if rows else []


def _blocks(macro: str, rows: Sequence[object]) -> tuple[Block, ...]:
    return tuple(Block(macro, row) for row in rows)


def worst_articles(findings: Sequence[dict[str, Any]]) -> list[WorstArticle]:
    """Return the summary's worst findings by article, in the order of each one's dearest."""
    held: dict[str, list[dict[str, Any]]] = {}
    for finding in findings:
        held.setdefault(finding["article"], []).append(finding)
    return [WorstArticle(article, rows[0]["title"], tuple(rows)) for article, rows in held.items()]
