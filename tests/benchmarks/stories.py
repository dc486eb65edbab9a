"""How well stories and origins are found on the labelled sets: figures, not verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.models import Article
from pipeline.settings import Settings, load_settings
from pipeline.stories import group_stories, plan_stories, shelve
from tests.benchmarks.sets import Measured, article_of, read_articles, rows

EVENTS = {
    "giveme5w1h": ("giveme5w1h/news_cluster", "gold.events.jsonl"),
    "ecbplus": ("ecbplus", "gold.docs.jsonl"),
    "basil": ("basil", "gold.events.jsonl"),
}
FNC = "fnc1"
COPIES = "giveme5w1h/news_cluster"
_MONTHS = 100_000.0  # days; these sets tell of one event over months, so the window is left open


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustering:
    """How predicted groups agree with gold ones, each figure 0..1 (ARI: -1..1)."""

    f1: float  # B-cubed (Bagga and Baldwin 1998)
    precision: float
    recall: float
    ari: float  # adjusted Rand index (Hubert and Arabie 1985)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unions:
    """How origins agree with known copies."""

    recall: float  # share of the copy pairs that share one origin
    false_unions: float  # share of the pairs of different events or publishers, no copies, that share one
    pairs: int  # how many such pairs there are


def clustering(predicted: Sequence[Hashable], gold: Sequence[Hashable]) -> Clustering:
    """Return the agreement of two labellings of the same items."""
    both, ours, theirs = Counter(zip(predicted, gold, strict=True)), Counter(predicted), Counter(gold)
    precision = sum(count * count / ours[pair[0]] for pair, count in both.items()) / len(gold)
    recall = sum(count * count / theirs[pair[1]] for pair, count in both.items()) / len(gold)
    same, one, two = _pairs(both), _pairs(ours), _pairs(theirs)
    chance = one * two / (len(gold) * (len(gold) - 1) / 2)
    return Clustering(
        f1=2 * precision * recall / (precision + recall),
        precision=precision,
        recall=recall,
        ari=(same - chance) / ((one + two) / 2 - chance),
    )


def _pairs(counts: Counter[Any]) -> float:
    return sum(count * (count - 1) / 2 for count in counts.values())


def open_window() -> Settings:
    """Return the shipped settings with the story window left open."""
    settings = load_settings()
    return replace(settings, stories=replace(settings.stories, window_days=_MONTHS))


def labelled(evaluation: Path, name: str) -> tuple[list[Article], dict[str, tuple[str, str]]]:
    """Return the articles of one set, and by id the set and the event that each tells of."""
    if name == FNC:
        return _bodies(evaluation)
    folder, file = EVENTS[name]
    events = {row["article_id"]: (name, row["event"]) for row in rows(evaluation / folder / file)}
    return read_articles(evaluation / folder / "articles.jsonl"), events


def _bodies(evaluation: Path) -> tuple[list[Article], dict[str, tuple[str, str]]]:
    """Return the texts of FNC-1 and the story of each: silver, for a story is what shares headlines."""
    story = {row["body"]: str(row["story"]) for row in reversed(rows(evaluation / FNC / "pairs.jsonl.gz"))}
    blank = {"source": None, "url": None, "title": None, "published": None, "language": "en"}
    articles = [
        article_of({"id": f"fnc1-{body}", "text": text} | blank, FNC) for body, text in enumerate(sorted(story))
    ]
    return articles, {article.id: (FNC, story[article.text]) for article in articles}


def grouped(evaluation: Path, names: Sequence[str], settings: Settings | None = None) -> Clustering:
    """Return how well the events of some sets are found when they come as one dump, by the shipped settings or others."""
    articles: list[Article] = []
    events: dict[str, tuple[str, str]] = {}
    for name in names:
        found, event = labelled(evaluation, name)
        articles += found
        events |= event
    shelved = shelve(articles, settings or open_window())
    stories = plan_stories(shelved, settings or open_window())
    story_of = {key: story.id for story in stories for key in story.articles}
    return clustering([story_of[article.id] for article in articles], [events[article.id] for article in articles])


def unions(evaluation: Path) -> Unions:
    """Return how many known copies share an origin, and how many pairs share one that should not."""
    folder = evaluation / COPIES
    articles = read_articles(folder / "articles.jsonl")
    copies = {frozenset((row["a"], row["b"])) for row in rows(folder / "silver.copy_pairs.jsonl")}
    event = {row["article_id"]: row["event"] for row in rows(folder / EVENTS["giveme5w1h"][1])}
    origin: dict[str, str] = {}
    for story in group_stories(articles, open_window()):
        origin |= dict(zip(story.articles, story.origins, strict=True))
    apart = [
        (one, other)
        for place, one in enumerate(articles)
        for other in articles[place + 1 :]
        if (event[one.id] != event[other.id] or one.source != other.source) and {one.id, other.id} not in copies
    ]
    found = sum(len({origin[key] for key in pair}) == 1 for pair in copies)
    wrong = sum(origin[one.id] == origin[other.id] for one, other in apart)
    return Unions(recall=found / len(copies), false_unions=wrong / len(apart), pairs=len(apart))


def measure(evaluation: Path) -> dict[str, Measured]:
    """Return B-cubed F1 of each set's events, and how copies and strangers share origins."""
    figures = {}
    for name, (folder, file) in EVENTS.items():
        events = len(rows(evaluation / folder / file))
        figures[f"stories.{name}"] = Measured(grouped(evaluation, [name]).f1, events)
    found = unions(evaluation)
    copies = len(rows(evaluation / COPIES / "silver.copy_pairs.jsonl"))
    figures["origins.copies"] = Measured(found.recall, copies)
    figures["origins.false_unions"] = Measured(1_000 * found.false_unions, found.pairs)
    return figures
