"""Pairs of claims that are known to speak of one matter, or of two: what ``same_topic`` is fitted on.

In honest news of one event, two claims that carry one value nearly always speak of one matter, and two that exclude
each other nearly always of two; ECB+ marks by hand which words of different texts tell one event. Neither the values
nor the marks are an input of the form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from pipeline.claims import extract
from pipeline.corroboration.levels import Sides, agreement
from pipeline.corroboration.levels.person_role import office_of
from pipeline.corroboration.matter import main_places
from pipeline.corroboration.topic import features
from pipeline.models import Article, Claim, Story
from pipeline.settings import Settings
from pipeline.stories import group_stories
from tests.benchmarks.sets import read_articles, rows
from tests.benchmarks.stories import EVENTS

VALUED = ("giveme5w1h", "basil")
_OF_UNLIKE = frozenset({"date.outside"})  # a year and a day outside it are too unlike for two values of one thing
KINDS = ("quantity", "date", "place", "person_role")  # whose values tell pairs apart


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims of one kind from two origins: what is around them, and whether they speak of one matter."""

    kind: str
    story: str
    marked: bool  # by hand (ECB+), not told by the values
    inputs: tuple[float, ...]  # in the order of ``topic.FEATURES``
    same: bool


def value_pairs(evaluation: Path, settings: Settings) -> Iterator[Pair]:
    """Yield the comparable pairs of each story, told by their values; coarser and finer values tell nothing."""
    for name in VALUED:
        articles = {row.id: row for row in read_articles(evaluation / EVENTS[name][0] / "articles.jsonl")}
        claims = {id_: extract(article, settings.claims) for id_, article in articles.items()}
        for story in group_stories(list(articles.values()), settings):
            yield from _of_story(story, claims)


def _of_story(story: Story, claims: dict[str, tuple[Claim, ...]]) -> Iterator[Pair]:
    origin_of = dict(zip(story.articles, story.origins, strict=True))
    main = main_places(claims[id_] for id_ in story.articles)
    by_kind: dict[str, list[Claim]] = defaultdict(list)
    for id_ in story.articles:
        for claim in claims[id_]:
            by_kind[claim.kind].append(claim)
    for kind in KINDS:
        for first, second in combinations(by_kind[kind], 2):
            if origin_of[first.article] == origin_of[second.article]:
                continue
            same = _told(first, second)
            if same is not None:
                both = {(first.article, first.id), (second.article, second.id)} <= main
                yield Pair(kind, story.id, marked=False, inputs=_inputs(first, second, main=both), same=same)


def _inputs(first: Claim, second: Claim, *, main: bool) -> tuple[float, ...]:
    return features(first, second, main=main)


def _told(first: Claim, second: Claim) -> bool | None:
    """Tell by the values whether two claims speak of one matter; None where they tell nothing."""
    if first.place is not None and second.place is not None:
        if not (first.place.event and second.place.event):
            return None
        held = {*first.place.within, *second.place.within}
        if first.place.name == second.place.name:
            return True
        return None if held & {first.place.name, second.place.name} else False
    if first.person_role is not None and second.person_role is not None:
        office = office_of(first.person_role.role or "")
        if office is None or office != office_of(second.person_role.role or ""):
            return None
    found = agreement(Sides(first, second, None, None))
    if found is None or found.relation == "qualifies" or found.level in _OF_UNLIKE:
        return None
    return found.relation == "supports"


def chain_pairs(evaluation: Path, settings: Settings) -> Iterator[Pair]:
    """Yield the pairs of claims in ECB+'s marked sentences, told by the chains of the events next to them."""
    folder = evaluation / "ecbplus"
    articles = {article.id: article for article in read_articles(folder / "articles.jsonl")}
    topic_of = {row["article_id"]: row["topic"] for row in rows(folder / "gold.docs.jsonl")}
    events = _events(folder, articles)
    by_topic: dict[tuple[str, str], list[tuple[Claim, str | None]]] = defaultdict(list)
    for id_, article in articles.items():
        for claim in extract(article, settings.claims):
            marked = [event for event in events[id_] if claim.sentence.start <= event[0] < claim.sentence.end]
            if marked and claim.kind != "quote":
                nearest = min(marked, key=lambda event: abs(event[0] - claim.span.start))
                by_topic[topic_of[id_], claim.kind].append((claim, nearest[1]))
    for (topic, kind), found in sorted(by_topic.items()):
        for (first, chain), (second, other_chain) in combinations(found, 2):
            if first.article != second.article and _of_one_unit(first, second):
                same = chain is not None and chain == other_chain
                yield Pair(kind, f"ecb-{topic}", marked=True, inputs=_inputs(first, second, main=False), same=same)


def _events(folder: Path, articles: dict[str, Article]) -> dict[str, list[tuple[int, str | None]]]:
    """Return where each text tells an event, and the chain of the events of several texts."""
    chains = {row["chain"] for row in rows(folder / "gold.chains.jsonl") if row["kind"] == "event"}
    events: dict[str, list[tuple[int, str | None]]] = defaultdict(list)
    for row in _actions(rows(folder / "gold.mentions.jsonl.gz")):
        title = articles[row["article_id"]].title
        shift = len(title) + 2 if title and row["field"] == "text" else 0
        chain = row["chain"] if row["chain"] in chains else None
        events[row["article_id"]].append((row["spans"][0][0] + shift, chain))
    return events


def _actions(mentions: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (row for row in mentions if row["spans"] and row["field"] and "ACTION" in row["class"])


def _of_one_unit(first: Claim, second: Claim) -> bool:
    return first.quantity is None or second.quantity is None or first.quantity.unit == second.quantity.unit
