"""Does the score follow the verdicts of journalists (BuzzFeed-Webis)? Reported, without a floor.

The score tells what others bear out, not what is true, and these articles are opinions as often as news: nobody should
tune to this figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.benchmarks.sets import Measured, read_articles, rows
from tests.benchmarks.stories import open_window
from tests.night import run_night

_DOUBTED = ("mixture of true and false", "mostly false")
_SAMPLES = 1_000  # of the bootstrap


@dataclass(frozen=True, slots=True)
class Judged:
    """A scored article with the journalists' verdict."""

    score: float
    is_true: bool
    portal: str


def measure(evaluation: Path) -> dict[str, Measured]:
    """Return the AUC of mostly true against doubted articles, its 90 % interval, and how many are scored."""
    folder = evaluation / "buzzfeed_webis"
    judged, articles = _judged(folder)
    generator = np.random.default_rng(0)
    draws = generator.integers(0, len(judged), (_SAMPLES, len(judged)))
    samples = sorted(auc([judged[place] for place in draw]) for draw in draws)
    return {
        "veracity.auc": Measured(auc(judged), len(judged)),
        "veracity.auc_low": Measured(samples[_SAMPLES // 20], len(judged)),
        "veracity.auc_high": Measured(samples[-_SAMPLES // 20], len(judged)),
        "veracity.auc_in_portal": Measured(auc_in_portals(judged), len(judged)),
        "veracity.scored": Measured(len(judged) / articles, articles),
    }


def _judged(folder: Path) -> tuple[list[Judged], int]:
    night = run_night(read_articles(folder / "articles.jsonl.gz"), open_window())
    found, articles = [], 0
    for row in rows(folder / "gold.veracity.jsonl"):
        score = night.scores.get(row["article_id"])
        if score is None or row["veracity"] not in ("mostly true", *_DOUBTED):
            continue
        articles += 1
        if score.value is not None:
            found.append(Judged(score.value, row["veracity"] == "mostly true", row["portal"]))
    return found, articles


def auc(judged: Sequence[Judged]) -> float:
    """Return how often a true article scores above a doubted one, a tie as a half; 0.5 where there are no pairs."""
    better, pairs = _wins(judged)
    return better / pairs if pairs else 0.5


def auc_in_portals(judged: Sequence[Judged]) -> float:
    """Return the same over pairs of one portal, so that knowing the portal helps nobody."""
    wins = [_wins([row for row in judged if row.portal == portal]) for portal in {row.portal for row in judged}]
    pairs = sum(count for _, count in wins)
    return sum(better for better, _ in wins) / pairs if pairs else 0.5


def _wins(judged: Sequence[Judged]) -> tuple[float, int]:
    doubted = np.sort([row.score for row in judged if not row.is_true])
    true = np.array([row.score for row in judged if row.is_true])
    below = np.searchsorted(doubted, true, "left")
    ties = np.searchsorted(doubted, true, "right") - below
    return float(below.sum() + ties.sum() / 2), len(doubted) * len(true)
