"""Pairs of brief texts: a piece of news and its altered version, and two honest tellings of one event cut to that length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from pipeline.models import Article
from pipeline.settings import load_settings
from pipeline.stories import group_stories
from pipeline.text import document
from tests.benchmarks.sets import order, read_articles, rows
from tests.benchmarks.stories import COPIES, FNC, labelled

ALTERED = "fakenews_amt"
HONEST = ("giveme5w1h", "basil", "ecbplus", FNC, "load")
_WORDS = 120  # of an altered item, its headline among them
_OF_A_STORY = 12  # pairs of FNC-1, where some stories have hundreds; of the load, a third of that


@dataclass(frozen=True, slots=True)
class BriefPair:
    """Two texts, and what they tell of."""

    story: str
    one: Article
    two: Article


def altered_pairs(evaluation: Path) -> list[BriefPair]:
    """Return each item of FakeNewsAMT with its altered version."""
    articles = {article.id: article for article in read_articles(evaluation / ALTERED / "articles.jsonl")}
    pairs = defaultdict(list)
    for row in rows(evaluation / ALTERED / "gold.pairs.jsonl"):
        pairs[row["pair"]].append(articles[row["article_id"]])
    return [BriefPair(key, *pair) for key, pair in sorted(pairs.items())]


def told_twice(evaluation: Path, name: str) -> list[BriefPair]:
    """Return two articles of different outlets on one event, no copies that are known, for every such two of a set."""
    if name == "load":
        return _of_a_night(evaluation)
    articles, event = labelled(evaluation, name)
    groups: dict[Hashable, list[Article]] = defaultdict(list)
    for article in articles:
        groups[event[article.id]].append(article)
    pairs = [pair for pair in _pairs({str(key): told for key, told in groups.items()}) if name == FNC or _are_two(pair)]
    if name == FNC:
        return _some(pairs, _OF_A_STORY)
    copies = {frozenset((row["a"], row["b"])) for row in rows(evaluation / COPIES / "silver.copy_pairs.jsonl")}
    return [pair for pair in pairs if {pair.one.id, pair.two.id} not in copies]


def cut(article: Article) -> Article:
    """Return the first sentences of an article, as many as an altered item has words."""
    words, end = 0, len(article.text)
    for span in document(article).sentences:
        words += len(article.text[span.start : span.end].split())
        if words >= _WORDS:
            end = span.end
            break
    marks = tuple(mark for mark in article.boilerplate if mark.end <= end)
    return replace(article, text=article.text[:end], word_count=words, boilerplate=marks)


def cut_short(pairs: Iterable[BriefPair]) -> list[BriefPair]:
    """Return pairs of which only the length of altered items is left."""
    return [BriefPair(pair.story, cut(pair.one), cut(pair.two)) for pair in pairs]


def _of_a_night(evaluation: Path) -> list[BriefPair]:
    """Return pairs of two origins of one story, as the pipeline finds them."""
    articles = [article for path in sorted((evaluation / "load").glob("*.gz")) for article in read_articles(path)]
    by_id, pairs = {article.id: article for article in articles}, []
    for story in group_stories(articles, load_settings()):
        origin_of = dict(zip(story.articles, story.origins, strict=True))
        told = _pairs({story.id: [by_id[id_] for id_ in story.articles]})
        pairs += [pair for pair in told if origin_of[pair.one.id] != origin_of[pair.two.id]]
    return _some(pairs, _OF_A_STORY // 3)


def _pairs(groups: Mapping[str, list[Article]]) -> list[BriefPair]:
    return [BriefPair(key, *pair) for key, told in sorted(groups.items()) for pair in combinations(told, 2)]


def _are_two(pair: BriefPair) -> bool:
    return pair.one.source != pair.two.source or pair.one.source is None


def _some(pairs: Iterable[BriefPair], most: int) -> list[BriefPair]:
    """Return some pairs of each story, drawn alike on any machine."""
    by_story = defaultdict(list)
    for pair in sorted(pairs, key=lambda pair: order(pair.one.id, pair.two.id)):
        by_story[pair.story].append(pair)
    return [pair for _, drawn in sorted(by_story.items()) for pair in drawn[:most]]
