"""What extraction costs, in units of a plain loop over the same articles, so that machines can be compared."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from pipeline.claims import extract_all
from pipeline.models import Article
from pipeline.settings import load_settings
from tests.benchmarks.sets import Measured, read_articles

_TOKEN = re.compile(r"\w+|[^\w\s]")
_ROUNDS = 7  # the quickest of each chunk counts: what disturbs a run only ever makes it slower
_CHUNK = 32  # articles; as many as go through the extractors together, and few enough to be left undisturbed once


def measure(evaluation: Path) -> dict[str, Measured]:
    """Return CPU time of extraction by CPU time of writing, reading and tokenising the texts as JSON."""
    articles = read_articles(evaluation / "basil" / "articles.jsonl")
    settings = load_settings().claims
    list(extract_all(articles[:1], settings))  # lexicons are read once a process

    def reference(some: Sequence[Article]) -> None:
        for article in some:
            _TOKEN.findall(json.loads(json.dumps(article.text)))

    def extraction(some: Sequence[Article]) -> None:
        list(extract_all(some, settings))

    chunks = [articles[start : start + _CHUNK] for start in range(0, len(articles), _CHUNK)]
    dear, cheap = (sum(_quickest(work, some) for some in chunks) for work in (extraction, reference))
    return {"speed.extract": Measured(dear / cheap, len(articles))}


def _quickest(work: Callable[[Sequence[Article]], None], some: Sequence[Article]) -> float:
    """Return CPU seconds of the quickest round."""
    times = []
    for _ in range(_ROUNDS):
        start = process_time()
        work(some)
        times.append(process_time() - start)
    return min(times)
