"""How often the coded answers to "when" and "where" of the main event are among an article's claims."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.claims import extract
from pipeline.models import Article, Claim
from pipeline.settings import load_settings
from pipeline.text import fold, stem
from tests.benchmarks.sets import Measured, read_articles, rows, share

_FOLDER = "giveme5w1h/gold_standard"
_TOKEN = re.compile(r"[^\W_]+")


def measure(evaluation: Path) -> dict[str, Measured]:
    """Return the share of marked phrases that a date or place claim of the article meets."""
    articles = {article.id: article for article in read_articles(evaluation / _FOLDER / "articles.jsonl")}
    settings = load_settings().claims
    when: list[bool] = []
    where: list[bool] = []
    for row in rows(evaluation / _FOLDER / "gold.5w1h.jsonl"):
        article = articles[row["article_id"]]
        claims = extract(article, settings)
        when += _met(row["when"], article, (claim for claim in claims if claim.date))
        where += _met(row["where"], article, (claim for claim in claims if claim.place))
    return {"five_w.when": share(when), "five_w.where": share(where)}


def _met(answers: list[dict[str, Any]], article: Article, claims: Iterable[Claim]) -> list[bool]:
    made = list(claims)
    return [
        any(_same_day(answer.get("parsed"), claim) or _shares_half(answer["text"], article, claim) for claim in made)
        for answer in answers
        if answer["text"]
    ]


def _same_day(parsed: str | None, claim: Claim) -> bool:
    return parsed is not None and claim.date is not None and claim.date.earliest == claim.date.latest == parsed[:10]


def _shares_half(phrase: str, article: Article, claim: Claim) -> bool:
    words = article.text[claim.span.start : claim.span.end]
    if claim.place is not None:
        words = f"{words} {claim.place.name} {claim.place.venue or ''}"
    wanted = _content(phrase)
    return bool(wanted) and 2 * len(wanted & _content(words)) >= len(wanted)


def _content(words: str) -> set[str]:
    """Return the words that are no stop words, small; numbers are content; of "Sunday" and "US", which are, all words."""
    tokens = {token.lower() for token in _TOKEN.findall(fold(words))}
    return {token for token in tokens if token.isdigit() or stem(token) is not None} or tokens
