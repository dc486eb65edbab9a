"""Reads the labelled sets where they lie: rows, articles, stories, and choices that any machine makes alike."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pipeline.models import Article, DumpLocation

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure as measured: its value, and of how many items it speaks."""

    value: float
    items: int


def share(hits: Sequence[bool]) -> Measured:
    """Return the share of true values, 0 where there are none."""
    return Measured(sum(hits) / len(hits) if hits else 0.0, len(hits))


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a JSON Lines file, gzipped where its name says so."""
    reader = gzip.open if path.suffix == ".gz" else open
    with reader(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_articles(path: Path) -> list[Article]:
    """Return the articles of one file of the labelled sets, without those that hold no text."""
    return [article_of(row, path.name) for row in rows(path) if row["text"]]


def article_of(row: dict[str, Any], file: str) -> Article:
    """Return a row as an article, its text laid out as ingest does: title, blank line, body."""
    text = f"{row['title']}\n\n{row['text']}" if row["title"] else row["text"]
    return Article(
        id=row["id"],
        source=row["source"],
        url=row["url"],
        title=row["title"],
        published=row["published"],
        language=row["language"],
        text=text,
        word_count=len(text.split()),
        sha256=sha256(text.encode()).hexdigest(),
        location=DumpLocation(file=file),
    )


def order(*names: str) -> int:
    """Return a number that any machine gives these names: our dice."""
    return int.from_bytes(sha256("\0".join(names).encode()).digest()[:8])


def pick(options: Sequence[_T], *names: str) -> _T:
    """Return one of some options, always the same for the same names."""
    return options[order(*names) % len(options)]
