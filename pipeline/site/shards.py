"""Whole stories to pages: what one process lays out at a time, one report after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline.published import Revision
from pipeline.site import addresses
from pipeline.site.article import article_view
from pipeline.site.lists import by_story
from pipeline.site.pager import Block, Section
from pipeline.site.passages import Texts, TextShown, texts_of
from pipeline.site.press import Press
from pipeline.site.story import COMPARED_ARTICLES, Fact, StoryView, by_age, facts_of, story_view

Row = dict[str, Any]

_SHARD_ARTICLES = 100
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SiteShard:
    """Some whole stories to lay out."""

    revision: Path
    folder: Path
    shown: TextShown
    data: str | None  # from the site's folder to the index's, where both are published together
    stories: tuple[tuple[Row, ...], ...]  # score rows of each


def site_shards(
    revision: Path, folder: Path, shown: TextShown, data: str | None, rows: Sequence[Row]
) -> Iterator[SiteShard]:
    """Yield shards of about a hundred articles; a story is never torn apart."""
    held: list[tuple[Row, ...]] = []
    for story in by_story(rows):
        held.append(tuple(story))
        if sum(len(some) for some in held) >= _SHARD_ARTICLES:
            yield SiteShard(revision, folder, shown, data, tuple(held))
            held = []
    if held:
        yield SiteShard(revision, folder, shown, data, tuple(held))


@lru_cache(maxsize=1)
def _revision(folder: Path) -> Revision:
    """Return a process's one revision: where its reports lie is read once, not once a shard."""
    return Revision(folder)


def site_shard(shard: SiteShard) -> int:
    """Lay some stories out, with their articles; return how many articles."""
    revision = _revision(shard.revision)
    press = Press(shard.folder, revision.summary["run"], shard.shown)
    for rows in shard.stories:
        _story(press, revision, rows, shard)
    return sum(len(rows) for rows in shard.stories)


def _story(press: Press, revision: Revision, rows: Sequence[Row], shard: SiteShard) -> None:
    paths = {row["article"]: row["report"] for row in rows}
    story, facts = _read_story(revision, rows, shard.shown)
    texts = texts_of(revision, story["other_nights"])
    for row in rows:
        _article(press, revision.report(row["article"]), texts, paths[row["article"]], shard)
    view = story_view(story, [*rows, *_rows_of_other_nights(revision, story)], facts)
    press.pages("story.html.j2", addresses.story_page(view.id), _story_sections(view), story=view)


def _read_story(revision: Revision, rows: Sequence[Row], shown: TextShown) -> tuple[Row, list[Fact]]:
    """Return a story as all its reports together tell it, and the facts of its oldest articles.

    Reports that different nights scored last may know more or fewer articles of their story.
    """
    story: Row = {"articles": []}
    origin_of: dict[str, str] = {}
    nights: dict[str, str] = {}
    ties: dict[tuple[str, str], Row] = {}
    facts: list[Fact] = []
    for number, row in enumerate(sorted(rows, key=by_age)):
        report = revision.report(row["article"])
        story = max(story, report["story"], key=lambda told: len(told["articles"]))
        origin_of |= report["story"]["origin_of"]
        nights |= report["story"]["other_nights"]
        for tie in report["story"]["same_origin"]:
            one, other = sorted((row["article"], tie["article"]))
            ties[one, other] = tie
        if number < COMPARED_ARTICLES:
            facts += facts_of(report, shown)
    return story | {"origin_of": origin_of, "other_nights": nights, "ties": ties}, facts


def _rows_of_other_nights(revision: Revision, story: Row) -> Iterator[Row]:
    """Yield what a list shows of the story's articles that are from other nights."""
    for article, night in story["other_nights"].items():
        report = revision.report_of_night(article, night)
        about = report["article"] if report else {}
        shown = {name: about.get(name) for name in ("title", "source", "published")}
        yield {"article": article, **shown, "score": report["score"]["value"] if report else None}


def _story_sections(view: StoryView) -> list[Section]:
    note = ""
    if view.compared < len(view.tellers):
        note = (
            f"Of {len(view.tellers)} articles the {view.compared} oldest are compared here; their pages have the rest."
        )
    elif len(view.columns) < len(view.tellers):
        note = f"Columns: the {len(view.columns)} oldest articles; the first two columns count the origins of all."
    sections = [Section("articles", "Articles", "tellers", tuple(Block("teller", row) for row in view.tellers))]
    if view.rows:
        rows = tuple(Block("matrix_row", row) for row in view.rows)
        sections.append(Section("matrix", "Who says what", "matrix", rows, note=note))
    return sections


def _article(press: Press, report: Row, texts: Texts, path: str, shard: SiteShard) -> None:
    head, sections = article_view(report, texts, shard.shown)
    language = report["article"]["language"]
    press.pages(
        "article.html.j2",
        head.path,
        sections,
        head=head,
        data=f"../../{shard.data}/{quote(path)}" if shard.data and shard.shown == "full" else None,
        language=language if _LANGUAGE.fullmatch(language) and language != "und" else None,
    )
