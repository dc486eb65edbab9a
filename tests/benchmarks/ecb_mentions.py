"""Which of the dates, places and people marked in ECB+ are seen: recall only, for two sentences a text are marked."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from pipeline.claims import extract
from pipeline.claims.names import find_names
from pipeline.models import Article, Span
from pipeline.settings import load_settings
from pipeline.text import Document, document, stem
from tests.benchmarks.sets import Measured, read_articles, rows, share

_NAMED = ("LOC_GEO", "LOC_FAC", "HUMAN_PART_PER")
_CAPITAL = re.compile(r"[A-Z][\w'’-]*")


def measure(evaluation: Path) -> dict[str, Measured]:
    """Return the share of marked dates met by a date claim, and of marked names met by any name."""
    folder = evaluation / "ecbplus"
    marks = defaultdict(list)
    for row in rows(folder / "gold.mentions.jsonl.gz"):
        if row["field"] == "text":  # a title's capitals say nothing
            marks[row["article_id"]].append(row)
    hits: dict[str, list[bool]] = {kind: [] for kind in ("TIME_DATE", *_NAMED)}
    settings = load_settings().claims
    for article in read_articles(folder / "articles.jsonl"):
        dates = [claim.span for claim in extract(article, settings) if claim.date]
        _add_dates(article, marks[article.id], dates, hits)
        _add_names(article, marks[article.id], hits)
    return {f"ecb.{kind.lower()}": share(found) for kind, found in hits.items()}


def _add_dates(article: Article, marks: list[dict[str, Any]], dates: list[Span], hits: dict[str, list[bool]]) -> None:
    for row in marks:
        if row["class"] == "TIME_DATE":
            pieces = _pieces(article, row)
            hits["TIME_DATE"].append(any(a < date.end and date.start < b for a, b in pieces for date in dates))


def _add_names(article: Article, marks: list[dict[str, Any]], hits: dict[str, list[bool]]) -> None:
    doc = document(article)
    spans = [name.span for name in find_names(doc)]
    for row in marks:
        if row["class"] in _NAMED and (capitals := _capitals(doc, _pieces(article, row))):
            seen = sum(any(span.start <= start < span.end for span in spans) for start in capitals)
            hits[row["class"]].append(2 * seen >= len(capitals))


def _pieces(article: Article, row: dict[str, Any]) -> list[tuple[int, int]]:
    shift = len(article.title) + 2 if article.title else 0
    return [(start + shift, end + shift) for start, end in row["spans"]]


def _capitals(doc: Document, pieces: list[tuple[int, int]]) -> list[int]:
    """Return where a mention's capitalised words start; a sentence's first word counts only with another one."""
    words = [
        match for start, end in pieces for match in _CAPITAL.finditer(doc.text, start, end) if stem(match[0].lower())
    ]
    starts = [word.start() for word in words]
    return [] if len(starts) == 1 and doc.sentence_at(starts[0]).start == starts[0] else starts
