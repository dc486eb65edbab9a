"""CPU seconds of stories with ever more claims or articles, and how fast they grow: linear work has an exponent of 1.

Tables of each kind of claim in two articles, stories of ever more articles that tell alike, and revisions of one text under one
address. The exponent of a row is that of its last doubling; the work of a claim grows until it is held against as many as may be.

nice python -m tests.benchmarks.volume
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from math import log2
from time import process_time

from pipeline.claims import extract
from pipeline.corroboration import corroborate, with_statements
from pipeline.models import Article
from pipeline.settings import load_settings
from pipeline.stories import group_stories
from tests.made import made_article, made_story

_SETTINGS = load_settings()
_NOUNS = (
    "river", "council", "bridge", "market", "harbour", "school", "engine", "garden", "winter", "report", "budget",
    "tunnel", "village", "forest", "road", "signal", "stage", "voter", "ballot", "vessel", "cargo", "summit",
    "border", "treaty", "storm", "relief", "police", "court", "judge", "appeal", "striker", "match", "league",
    "season", "trophy",
)  # fmt: skip
_MONTHS = ("January", "February", "March", "April", "June", "July", "August", "October", "November")
_GIVEN = ("Anna", "Bert", "Carla", "Dario", "Elena", "Fritz")
_TABLE = (250, 500, 1_000, 2_000)  # claims of each of two articles: the last is as many as an article may have
_STORY = (10, 20, 40, 80)  # articles
_REVISIONS = (125, 250, 500, 1_000)
_LONGEST = 120.0  # seconds, after which a row ends
_Row = Callable[[random.Random, int], str]


def _words(chance: random.Random, number: int) -> str:
    return " ".join(chance.choice(_NOUNS) for _ in range(number))


def _name(number: int) -> str:
    return "".join(
        "bdfgklmnprstvwxz"[int(digit, 16)] + "aeio"[number % 4] for digit in f"{number * 40_503 % 65_536:04x}"
    ).title()


_ROWS: dict[str, _Row] = {
    "figures": lambda chance, _: f"The {_words(chance, 2)} counted {chance.randint(10, 9_999)} people at the {_words(chance, 2)}.",
    "shares": lambda chance, row: f"{_name(row)} won {chance.randint(1, 99)}.{row % 10} percent of votes.",
    "dates": lambda chance, row: (
        f"The {_words(chance, 2)} opened on {row % 28 + 1} {chance.choice(_MONTHS)} {chance.randint(1950, 2026)}."
    ),
    "people": lambda chance, row: f"Mayor {chance.choice(_GIVEN)} {_name(row)} came.",
    "quotes": lambda chance, row: f"“We saw the {_words(chance, 5)} in the {_words(chance, 3)},” said Anna {_name(row % 97)}.",
    "credits": lambda chance, row: f"According to Anna {_name(row)}, the {_words(chance, 3)} will close.",
}  # fmt: skip


def _told(articles: list[Article]) -> tuple[float, int]:
    """Return the CPU seconds in which the articles of one story are held against each other, and their claims."""
    by_id = {article.id: article for article in articles}
    claims = {article.id: extract(article, _SETTINGS.claims) for article in articles}
    story = made_story({id_: f"o{id_}" for id_ in by_id})
    start = process_time()
    found = corroborate(story, by_id, with_statements(story, by_id, claims, _SETTINGS), _SETTINGS)
    return process_time() - start, len(found)


def _chance(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same made-up text each time


def _tables(row: _Row, size: int) -> tuple[float, int]:
    chances = {id_: _chance(id_) for id_ in "ab"}
    texts = {id_: "\n".join(row(chance, number) for number in range(size)) for id_, chance in chances.items()}
    return _told([made_article(id_, text, published="2026-03-02") for id_, text in texts.items()])


def _article(number: int) -> Article:
    own, rows = _chance(f"article {number}"), list(_ROWS.values())
    told = [rows[fact % len(rows)](_chance(f"fact {fact}"), fact) for fact in range(24)]
    text = " ".join(f"{fact} It was {_words(own, 3)}." for fact in told)
    return made_article(f"a{number:04}", text, published="2026-03-02")


def _alike(size: int) -> tuple[float, int]:
    return _told([_article(number) for number in range(size)])


def _revisions(size: int) -> tuple[float, int]:
    first = _article(1)
    told = [
        made_article(f"a{number:04}", f"{first.text} Now {number} tell.", published="2026-03-02")
        for number in range(size)
    ]
    told = [replace(article, url="https://wire.example/2026/the-bridge-is-open-12345") for article in told]
    start = process_time()
    group_stories(told, _SETTINGS)
    return process_time() - start, size


def _print(label: str, measure: Callable[[int], tuple[float, int]], sizes: tuple[int, ...]) -> None:
    told: list[tuple[float, int]] = []
    for size in sizes:
        told.append(measure(size))
        if told[-1][0] > _LONGEST:
            break
    (before, fewer), (after, more) = told[-2:]
    exponent = log2(after / before) / log2(more / fewer) if more > fewer else 0.0
    shown = "  ".join(f"{number:6} {seconds:7.2f} s" for seconds, number in told)
    sys.stdout.write(f"{label:22} {shown}  exponent {exponent:.2f}\n")
    sys.stdout.flush()


def main() -> None:
    """Print a row a shape: claims and CPU seconds at each size, and the exponent of the last doubling."""
    _tables(_ROWS["figures"], 10)  # lexicons are read once
    for label, row in _ROWS.items():
        _print(f"two tables of {label}", partial(_tables, row), _TABLE)
    _print("articles that tell alike", _alike, _STORY)
    _print("revisions", _revisions, _REVISIONS)


if __name__ == "__main__":
    main()
