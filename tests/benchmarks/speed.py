"""What extraction costs, in units of a plain loop over the same articles, so that machines can be compared."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from time import process_time

from pipeline.claims import extract_all
from pipeline.settings import load_settings
from tests.benchmarks.sets import Measured, read_articles

_TOKEN = re.compile(r"\w+|[^\w\s]")
_ROUNDS = 3  # the quickest counts: what disturbs a run only ever makes it slower


def measure(evaluation: Path) -> dict[str, Measured]:
    """Return CPU time of extraction by CPU time of writing, reading and tokenising the texts as JSON."""
    articles = read_articles(evaluation / "basil" / "articles.jsonl")
    settings = load_settings().claims
    list(extract_all(articles[:1], settings))  # lexicons are read once a process

    def reference() -> None:
        for article in articles:
            _TOKEN.findall(json.loads(json.dumps(article.text)))

    def extraction() -> None:
        list(extract_all(articles, settings))

    return {"speed.extract": Measured(_quickest(extraction) / _quickest(reference), len(articles))}


def _quickest(work: Callable[[], None]) -> float:
    """Return CPU seconds of the quickest round."""
    times = []
    for _ in range(_ROUNDS):
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times)
