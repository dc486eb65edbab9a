"""A revision to a site: lists in this process, articles and stories in the pool, a story at a time."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from pipeline.engines import map_shards
from pipeline.published import Revision
from pipeline.resources import folder
from pipeline.site import addresses, nights
from pipeline.site.article import article_view
from pipeline.site.documents import document
from pipeline.site.pager import Block, Section
from pipeline.site.passages import Texts, TextShown
from pipeline.site.press import TEMPLATES, Press
from pipeline.site.story import COMPARED_ARTICLES, by_age, facts_of, story_view

RECEIPT = "site.json"  # written last: where it is, the site is whole

Row = dict[str, Any]
Watch = Callable[[Iterator[int], int], Any]

_SHARD_ARTICLES = 100
_SHOWN_FINDINGS = 5  # of one article on the night's page
_KEPT = ("article", "title", "source", "published", "story", "score", "band", "reason", "independent_origins", "report")
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SiteShard:
    """Some whole stories to lay out."""

    revision: Path
    folder: Path
    shown: TextShown
    data: str | None  # from the site's folder to the index's, where both are published together
    stories: tuple[tuple[Row, ...], ...]  # score rows of each


def site_digest(fingerprint: str, shown: TextShown) -> str:
    """Return what a site is made of, as a digest: the revision, the way it is shown, our code and templates."""
    parts = [fingerprint, shown]
    files = [*Path(__file__).parent.glob("*.py"), *TEMPLATES.iterdir(), *folder("docs").glob("*.md")]
    parts += [f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sorted(files) if path.is_file()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def is_built(target: Path, digest: str) -> bool:
    """Return whether a folder holds a whole site of that digest."""
    receipt = target / RECEIPT
    return receipt.is_file() and json.loads(receipt.read_bytes()).get("site") == digest


def build_site(  # noqa: PLR0913 - what is shown, where from, where to, and how
    revision: Revision, target: Path, *, shown: TextShown, data: str | None, workers: int, watch: Watch
) -> int:
    """Lay a revision out as a site in ``target``, which is replaced in one step; return the number of articles.

    A target that holds anything but a site is refused with FileExistsError. ``data`` is the way from the
    site to the index's folder, for links to the reports; None: no links.
    """
    if target.exists() and not (target / RECEIPT).is_file() and any(target.iterdir()):
        raise FileExistsError(f"{target}: holds something else than a site; name an empty or new folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".unfinished-{uuid4().hex}")
    try:
        rows = [{name: row[name] for name in _KEPT} for row in revision.rows("scores")]
        shards = list(_shards(revision, unfinished, rows, shown, data))
        for _ in watch(map_shards(site_shard, shards, workers), len(shards)):
            pass
        _lists(Press(unfinished, revision.summary["run"], shown), revision, rows)
        receipt = {"site": site_digest(revision.fingerprint, shown), "text": shown}
        (unfinished / RECEIPT).write_text(json.dumps(receipt) + "\n")
        _take_place(unfinished, target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return len(rows)


def site_shard(shard: SiteShard) -> int:
    """Lay some stories out, with their articles; return how many articles."""
    revision = Revision(shard.revision)
    press = Press(shard.folder, revision.summary["run"], shard.shown)
    for rows in shard.stories:
        _story(press, revision, rows, shard)
    return sum(len(rows) for rows in shard.stories)


def _story(press: Press, revision: Revision, rows: Sequence[Row], shard: SiteShard) -> None:
    paths = {row["article"]: row["report"] for row in rows}
    texts = Texts(lambda article: str(revision.report(article)["article"]["text"]))
    facts, story = [], {}
    for number, row in enumerate(sorted(rows, key=by_age)):
        report = revision.report(row["article"])
        texts.keep(row["article"], report["article"]["text"])
        story = report["story"]
        if number < COMPARED_ARTICLES:
            facts += list(facts_of(report))
    for row in rows:
        _article(press, revision.report(row["article"]), texts, paths[row["article"]], shard)
    view = story_view(story, rows, facts, shard.shown)
    press.pages("story.html.j2", addresses.story_page(view.id), _story_sections(view), story=view)


def _story_sections(view: Any) -> list[Section]:
    note = ""
    if view.compared < len(view.tellers):
        note = f"Of {len(view.tellers)} articles the {view.compared} oldest are compared here; their pages have the rest."
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


def _shards(
    revision: Revision, unfinished: Path, rows: Sequence[Row], shown: TextShown, data: str | None
) -> Iterator[SiteShard]:
    held: list[tuple[Row, ...]] = []
    for story in _by_story(rows):
        held.append(tuple(story))
        if sum(len(some) for some in held) >= _SHARD_ARTICLES:
            yield SiteShard(revision.folder, unfinished, shown, data, tuple(held))
            held = []
    if held:
        yield SiteShard(revision.folder, unfinished, shown, data, tuple(held))


def _by_story(rows: Sequence[Row]) -> list[list[Row]]:
    ordered = sorted(rows, key=lambda row: (row["story"], row["article"]))
    return [list(some) for _, some in groupby(ordered, key=lambda row: str(row["story"]))]


def _lists(press: Press, revision: Revision, rows: Sequence[Row]) -> None:
    stories = nights.story_rows(_by_story(rows))
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
    _list(press, addresses.QUARANTINE, "Quarantine", nights.listed("all", "Records", "quarantine", "rejected", rejected), told)
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
        stories=[row for row in stories if row.articles > 1][:20],
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


def _take_place(unfinished: Path, target: Path) -> None:
    """Put a finished site where the old one stands; a reader sees the one or the other."""
    if target.exists():
        old = target.with_name(f".unfinished-{uuid4().hex}")
        target.rename(old)
        unfinished.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    else:
        unfinished.rename(target)
