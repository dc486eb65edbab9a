"""Are two versions of one piece of news, one with altered facts, told apart from two honest tellings?

Two texts alone do not say which is wrong, so a pair counts as noticed when any claim of either side is contradicted.
The honest pairs are longer, so they have more claims to be wrong about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from pipeline.claims import extract
from pipeline.corroboration import corroborate, with_statements
from pipeline.models import Article, Story
from pipeline.settings import Settings
from pipeline.text import document
from tests.benchmarks.sets import Measured, read_articles, rows, share
from tests.benchmarks.stories import COPIES, EVENTS, open_window

_ALTERED = "fakenews_amt"
_SETTINGS = open_window()
_WORDS = 120  # of an altered item, its headline among them


def measure(evaluation: Path, settings: Settings = _SETTINGS) -> dict[str, Measured]:
    """Return the share of altered pairs, and of honest pairs, with a contradicted claim."""
    return {
        "altered.noticed": noticed(evaluation, settings),
        "altered.false": share([_is_noticed(pair, settings) for pair in _honest_pairs(evaluation)]),
    }


def noticed(evaluation: Path, settings: Settings) -> Measured:
    """Return the share of altered pairs with a contradicted claim."""
    return share([_is_noticed(pair, settings) for pair in _altered_pairs(evaluation / _ALTERED)])


def false_if_brief(evaluation: Path, settings: Settings) -> Measured:
    """Return the share of honest pairs with a contradicted claim where only the length of altered items is left of each."""
    return share([_is_noticed((_cut(one), _cut(two)), settings) for one, two in _honest_pairs(evaluation)])


def _cut(article: Article) -> Article:
    """Return the first sentences of an article, as many as an altered item has words."""
    words, end = 0, len(article.text)
    for span in document(article).sentences:
        words += len(article.text[span.start : span.end].split())
        if words >= _WORDS:
            end = span.end
            break
    marks = tuple(mark for mark in article.boilerplate if mark.end <= end)
    return replace(article, text=article.text[:end], word_count=words, boilerplate=marks)


def _altered_pairs(folder: Path) -> Iterator[tuple[Article, ...]]:
    articles = {article.id: article for article in read_articles(folder / "articles.jsonl")}
    pairs = defaultdict(list)
    for row in rows(folder / "gold.pairs.jsonl"):
        pairs[row["pair"]].append(articles[row["article_id"]])
    yield from (tuple(pair) for _, pair in sorted(pairs.items()))


def _honest_pairs(evaluation: Path) -> Iterator[tuple[Article, Article]]:
    """Yield two articles of different outlets on one event, no copies, for every such two."""
    articles = {article.id: article for article in read_articles(evaluation / COPIES / "articles.jsonl")}
    copies = {frozenset((row["a"], row["b"])) for row in rows(evaluation / COPIES / "silver.copy_pairs.jsonl")}
    events = defaultdict(list)
    for row in rows(evaluation / COPIES / EVENTS["giveme5w1h"][1]):
        events[row["event"]].append(articles[row["article_id"]])
    for _, told in sorted(events.items()):
        for pair in combinations(told, 2):
            if pair[0].source != pair[1].source and {pair[0].id, pair[1].id} not in copies:
                yield pair


def _is_noticed(pair: tuple[Article, ...], settings: Settings) -> bool:
    by_id = {article.id: article for article in pair}
    ids = tuple(sorted(by_id))
    story = Story(id="pair", articles=ids, origins=ids, links=(), overlaps=())
    claims = {id_: extract(article, settings.claims) for id_, article in by_id.items()}
    found = corroborate(story, by_id, with_statements(story, by_id, claims, settings), settings)
    return any(finding.verdict in ("contradicted", "contested") for finding in found)
