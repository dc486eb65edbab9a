"""Small dumps for the tests of the ingest stage."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.ingest import OUR_FAULT, DumpFile, read_file
from pipeline.models import Article, DumpLocation, Rejected
from pipeline.settings import IngestSettings, load_settings

SETTINGS = load_settings().ingest
_CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    """Return the rows of one table of cases."""
    rows = json.loads((_CASES / name).read_text(encoding="utf-8"))
    assert isinstance(rows, list)
    return rows


def read(path: Path, data: bytes, **limits: Any) -> list[Article | Rejected]:
    """Write a file and read it back as a dump of one file; nothing in it may be this program's fault."""
    path.write_bytes(data)
    found = list(read_file(DumpFile(name=path.name, path=path), limited(**limits)))
    assert not any(isinstance(one, Rejected) and one.reason == OUR_FAULT for one in found), found
    return found


def limited(**limits: Any) -> IngestSettings:
    """Return the shipped settings with some limits changed."""
    return replace(SETTINGS, **limits)


def articles(outcomes: list[Article | Rejected]) -> list[Article]:
    """Return the outcomes, all of which have to be articles."""
    found = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    assert len(found) == len(outcomes), outcomes
    return found


def body(article: Article) -> str:
    """Return an article's text without its title."""
    return article.text.removeprefix(f"{article.title}\n\n") if article.title else article.text


def article(
    text: str = "The bridge was opened.", *, key: str = "a", file: str = "a.jsonl", line: int | None = 1, **known: Any
) -> Article:
    """Return an article as the readers make it."""
    blank: dict[str, Any] = {"source": None, "url": None, "title": None, "published": None, "language": "en"}
    location = DumpLocation(file=file, member=known.pop("member", None), line=line)
    sha = known.pop("sha256", text)
    fields = blank | {"word_count": len(text.split())} | known
    return Article(id=key, text=text, sha256=sha, location=location, **fields)


def reasons(outcomes: list[Article | Rejected]) -> list[str | None]:
    """Return why each outcome was rejected, None for an article."""
    return [outcome.reason if isinstance(outcome, Rejected) else None for outcome in outcomes]
