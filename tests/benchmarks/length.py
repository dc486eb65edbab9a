"""CPU time of extraction by kB of text, for ever longer texts of the same words: linear work costs the same at each.

Run ``python -m tests.benchmarks.length [ARTICLES]``: how many articles of the load set to take (default 128, a
multiple of 64). They are laid out as that many texts, then as a quarter as many of four times the length, and so
on up to 64 times: articles joined by line breaks, joined to one line, and each repeated within its text.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from time import process_time

from pipeline.claims import extract
from pipeline.models import Article
from pipeline.settings import ClaimSettings, load_settings
from tests.benchmarks.throughput import load_set
from tests.shared import REASON, SHARED

TIMES = (1, 4, 16, 64)
_ARTICLES = 128
_ROUNDS = 3  # the quickest counts: what disturbs a run only ever makes it slower


def joined(articles: Sequence[Article], times: int) -> list[Article]:
    """Return texts of so many articles each, one paragraph after the other."""
    return [_as_one(articles[at : at + times], "\n\n") for at in range(0, len(articles), times)]


def in_one_line(articles: Sequence[Article], times: int) -> list[Article]:
    """Return texts of so many articles each, without a line break."""
    return [_as_one(articles[at : at + times], " ") for at in range(0, len(articles), times)]


def repeated(articles: Sequence[Article], times: int) -> list[Article]:
    """Return texts of one article each, so many times over; as much text in all as in the other layouts."""
    return [_as_one([article] * times, "\n\n") for article in articles[::times]]


def _as_one(articles: Sequence[Article], joint: str) -> Article:
    texts = [article.text if joint != " " else " ".join(article.text.split()) for article in articles]
    return replace(articles[0], title=None, text=joint.join(texts), boilerplate=())


LAYOUTS: tuple[Callable[[Sequence[Article], int], list[Article]], ...] = (joined, in_one_line, repeated)


def milliseconds(articles: Sequence[Article], settings: ClaimSettings) -> float:
    """Return milliseconds of CPU a kB (1,000 code points) of extracting the claims of some texts."""
    size = sum(len(article.text) for article in articles) / 1000
    rounds = []
    for _ in range(_ROUNDS):
        start = process_time()
        for article in articles:
            extract(article, settings)
        rounds.append(process_time() - start)
    return 1000 * min(rounds) / size


def main(arguments: list[str]) -> None:
    """Print one row a layout: milliseconds of CPU a kB at each length."""
    if SHARED is None:
        sys.exit(REASON)
    most = int(arguments[0]) if arguments else _ARTICLES
    articles = load_set(SHARED / "eval", most)
    settings = replace(load_settings().claims, max_claims=1_000_000)
    milliseconds(articles, settings)  # lexicons are read, and most words met, once a process
    sys.stdout.write(f"{'':14}{''.join(f'{times:7}x' for times in TIMES)}\n")
    for layout in LAYOUTS:
        each = [milliseconds(layout(articles, times), settings) for times in TIMES]
        sys.stdout.write(f"{layout.__name__:14}{''.join(f'{value:8.3f}' for value in each)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
