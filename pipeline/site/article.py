"""An article's page: score, waterfall, findings side by side, the marked text, and what it cannot tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.site.addresses import article_page, web_address
from pipeline.site.findings import FindingView, findings, grouped
from pipeline.site.marks import Paragraph, chunked, marked_paragraphs
from pipeline.site.pager import Block, Section
from pipeline.site.passages import Texts, TextShown
from pipeline.site.waterfall import Step, waterfall
from pipeline.site.words import VERDICTS, VerdictWords


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What the page's head shows."""

    report: dict[str, Any]
    path: str
    url: str | None  # only one that may be followed
    steps: tuple[tuple[Step, FindingView | None], ...]
    counts: tuple[tuple[VerdictWords, int], ...]
    shown: TextShown


def article_view(report: dict[str, Any], texts: Texts, shown: TextShown) -> tuple[ArticleView, list[Section]]:
    """Return an article's head, and its sections in blocks."""
    views = findings(report, texts, shown)
    by_claim = {view.claim["id"]: view for view in views}
    head = ArticleView(
        report=report,
        path=article_page(report["article"]["id"]),
        url=web_address(report["article"]["url"]),
        steps=tuple((step, by_claim.get(step.claim or "")) for step in waterfall(report["score"])),
        counts=tuple((words, report["counts"][name]) for name, words in VERDICTS.items()),
        shown=shown,
    )
    return head, [*_finding_sections(views), *_text_section(report, shown)]


def _finding_sections(views: list[FindingView]) -> list[Section]:
    return [
        Section(
            id=group.id,
            title=group.title,
            note=group.note,
            total=len(some),
            frame="cards" if group.with_evidence else "rows",
            blocks=tuple(Block("card" if group.with_evidence else "row", view, (_anchor(view),)) for view in some),
        )
        for group, some in grouped(views)
    ]


def _anchor(view: FindingView) -> str:
    return f"f-{view.claim['id']}"


def _text_section(report: dict[str, Any], shown: TextShown) -> list[Section]:
    if shown != "full":
        return []
    chunks = chunked(marked_paragraphs(report["article"], report["claims"]))
    blocks = tuple(Block("text", chunk, _marks(chunk)) for chunk in chunks)
    note = "Underlined: a specific; its number leads to what was found on it."
    return [Section(id="text", title="The text", frame="text", blocks=blocks, note=note)]


def _marks(chunk: list[Paragraph]) -> tuple[str, ...]:
    return tuple(f"t-{mark.claim}" for paragraph in chunk for segment in paragraph for mark in segment.begins)
