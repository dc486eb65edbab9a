"""The pages that are not of one article or story: the night's own, lists, sources, rules, documents."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from pipeline.published import Revision
from pipeline.site import addresses, nights
from pipeline.site.documents import document
from pipeline.site.pager import Section
from pipeline.site.press import Press

Row = dict[str, Any]

_SHOWN_FINDINGS = 5  # of one article on the night's page
_SHOWN_STORIES = 20  # on the night's page


def by_story(rows: Sequence[Row]) -> list[list[Row]]:
    """Return score rows by story, in the order of the stories' ids."""
    ordered = sorted(rows, key=lambda row: (row["story"], row["article"]))
    return [list(some) for _, some in groupby(ordered, key=lambda row: str(row["story"]))]


def write_lists(press: Press, revision: Revision, rows: Sequence[Row]) -> None:
    """Write every page that is made of rows; ``rows`` are those of scores.jsonl."""
    stories = nights.story_rows(by_story(rows))
    _night(press, revision.summary, rows, stories)
    ordered = sorted(rows, key=nights.by_score)
    alone = "Lowest first; an article with too little to compare with has no score, which says nothing against it."
    _list(press, addresses.ARTICLES, "Articles", nights.listed("all", "Articles", "articles", "scored", ordered), alone)
    _list(press, addresses.STORIES, "Stories", nights.listed("all", "Stories", "stories", "story_row", stories))
    sources = nights.by_source(rows)
    numbers = [nights.source_row(name, some) for name, some in sources.items()]
    _list(press, addresses.SOURCES, "Sources", nights.source_sections(numbers), *_source_words(rows))
    for name, some in sources.items():
        line = _median_words(nights.source_row(name, some))
        sections = nights.listed("all", "Articles", "articles", "scored", some)
        _list(press, addresses.source_page(name), name, sections, line)
    rejected = list(revision.rows("quarantine"))
    told = "Records that could not be read. Nothing is dropped without a row here."
    _list(
        press,
        addresses.QUARANTINE,
        "Quarantine",
        nights.listed("all", "Records", "quarantine", "rejected", rejected),
        told,
    )
    press.page("rules.html.j2", addresses.RULES)
    for page, name in ((addresses.METHOD, "method.md"), (addresses.READING, "report.md")):
        title, body = document(name)
        press.page("document.html.j2", page, title=title, body=body)


def _night(press: Press, summary: Row, rows: Sequence[Row], stories: Sequence[nights.StoryRow]) -> None:
    press.page(
        "night.html.j2",
        addresses.NIGHT,
        summary=summary,
        worst=nights.worst_articles(summary["worst_findings"]),
        scores={row["article"]: row["score"] for row in rows},
        sources={row["article"]: row["source"] for row in rows},
        stories=[row for row in stories if row.articles > 1][:_SHOWN_STORIES],
        shown_findings=_SHOWN_FINDINGS,
        most=max(1, *(row["articles"] for row in summary["histogram"])),
    )


def _list(press: Press, path: str, title: str, sections: list[Section], *lines: str) -> None:
    press.pages("list.html.j2", path, sections, title=title, lines=lines)


def _source_words(rows: Sequence[Row]) -> list[str]:
    unnamed = sum(row["source"] is None for row in rows)
    told = ["A score is of one article on one night. These medians are no rating of anybody."]
    return told + ([f"Of {unnamed} articles the dump names no publisher."] if unnamed else [])


def _median_words(row: nights.SourceRow) -> str:
    if not row.scored:
        return f"{row.articles} articles, none of them scored."
    few = " Too few to compare with other sources." if row.scored < nights.RANKED_FROM else ""
    return f"{row.articles} articles, {row.scored} scored, median {row.median:.2f}.{few}"
