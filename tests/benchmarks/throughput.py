"""CPU time an article of each extractor and of whole stages, and of a spaCy model beside them.

Run ``python -m tests.benchmarks.throughput [ARTICLES] [MODEL]``: how many articles of the load set to take (default
500), and the import name of a spaCy model with ``tok2vec`` and ``ner``. Without spaCy its row is left out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from time import process_time
from typing import TypeVar

from pipeline.claims import extract_all
from pipeline.claims.attributions import attributions_beside
from pipeline.claims.dates import find_dates
from pipeline.claims.names import find_names
from pipeline.claims.people import find_person_roles
from pipeline.claims.places import find_places
from pipeline.claims.quantities import find_quantities
from pipeline.claims.quotes import quotes_in, stage
from pipeline.corroboration import corroborate
from pipeline.models import Article
from pipeline.settings import Settings, load_settings
from pipeline.stories import group_stories
from pipeline.text import document
from tests.benchmarks.sets import read_articles
from tests.shared import REASON, SHARED

_ARTICLES = 500
_MODEL = "en_core_web_sm"
_SPACY_ARTICLES = 200  # enough for a steady figure: a model takes some 50 ms an article
_SPACY_BATCH = 256
_WARM = 50  # articles read before the clock starts: lexicons are loaded once a process
_In = TypeVar("_In")
_Out = TypeVar("_Out")


def measure(articles: Sequence[Article], settings: Settings) -> dict[str, float]:
    """Return CPU seconds an article of each piece of work; the first ``_WARM`` articles are read before."""
    list(extract_all(articles[:_WARM], settings.claims))
    clock = _Clock(len(articles) - _WARM)
    articles = articles[_WARM:]
    (found,) = clock.each("claims: all kinds", lambda whole: list(extract_all(whole, settings.claims)), [articles])
    claims = dict(zip(_ids(articles), found, strict=True))
    by_id = dict(zip(_ids(articles), articles, strict=True))
    (stories,) = clock.each("stories and origins", lambda whole: group_stories(whole, settings), [articles])
    clock.each("corroboration", lambda story: corroborate(story, by_id, claims, settings), stories)
    _pieces(clock, articles)
    return clock.seconds


def _ids(articles: Sequence[Article]) -> list[str]:
    return [article.id for article in articles]


def _pieces(clock: _Clock, articles: Sequence[Article]) -> None:
    """Measure the extractors one after the other; what they remember of words is warm by now."""
    docs = clock.each("  document", document, articles)
    names = clock.each("  names", find_names, docs)
    read = list(zip(docs, names, strict=True))
    staged = clock.each("  who speaks", lambda pair: stage(*pair), read)
    quotes = clock.each("  quotes", quotes_in, staged)
    clock.each("  attributions", lambda pair: attributions_beside(*pair), list(zip(quotes, staged, strict=True)))
    clock.each("  quantities", find_quantities, docs)
    dated = list(zip(docs, articles, strict=True))
    clock.each("  dates", lambda pair: find_dates(pair[0], pair[1].published), dated)
    clock.each("  places", lambda pair: find_places(*pair), read)
    clock.each("  person roles", lambda pair: find_person_roles(*pair), read)


class _Clock:
    """CPU seconds of this process an article, by what was done."""

    def __init__(self, articles: int) -> None:
        self.seconds: dict[str, float] = {}
        self._articles = articles

    def each(self, label: str, work: Callable[[_In], _Out], items: Sequence[_In]) -> list[_Out]:
        """Do the work on each item under the clock and return what it made."""
        start = process_time()
        made = [work(item) for item in items]
        self.seconds[label] = (process_time() - start) / self._articles
        return made


def spacy_seconds(articles: Sequence[Article], model: str) -> float | None:
    """Return the model's CPU seconds an article, names only; None where spaCy or the model is not installed."""
    try:
        loaded = import_module(model).load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
    except ImportError:
        return None
    texts = [article.text for article in articles[:_SPACY_ARTICLES]]
    list(loaded.pipe(texts[:10]))
    start = process_time()
    for _ in loaded.pipe(texts, batch_size=_SPACY_BATCH):
        pass
    return (process_time() - start) / len(texts)


def load_set(evaluation: Path, most: int) -> list[Article]:
    """Return the first articles of the load set."""
    files = sorted((evaluation / "load").glob("articles-*.jsonl.gz"))
    return list(islice((article for file in files for article in read_articles(file)), most))


def main(arguments: list[str]) -> None:
    """Print one row a piece of work: milliseconds an article, articles a second and core."""
    if SHARED is None:
        sys.exit(REASON)
    most = int(arguments[0]) if arguments else _ARTICLES
    articles = load_set(SHARED / "eval", most + _WARM)
    seconds = measure(articles, load_settings())
    spacy = spacy_seconds(articles[_WARM:], arguments[1] if len(arguments) > 1 else _MODEL)
    if spacy is not None:
        seconds["spaCy, names only"] = spacy
    for label, each in seconds.items():
        sys.stdout.write(f"{label:22}{1e3 * each:8.2f} ms{1 / each:8.0f} /s\n")
    if spacy is not None:
        sys.stdout.write(
            f"spaCy by all kinds of claims: {spacy / seconds['claims: all kinds']:.1f} times the CPU time\n"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
