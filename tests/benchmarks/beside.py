"""A whole night beside what people would use instead: ``python -m tests.benchmarks.beside [ARTICLES] [MODEL]``.

CPU milliseconds an article, all in one run and on the same articles of the load set, and of retellings of them where more are asked for than it has: the real command from its start to its
index; a spaCy model, names only; MinHash by datasketch for the copies, against our stories and origins; and rapidfuzz over
all pairs of sentences, which grows with the square of the articles and is therefore measured on a few of them, twice.
What is not installed is said to be left out.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import Any

from rapidfuzz import fuzz, process

from pipeline.models import Article
from pipeline.settings import load_settings
from pipeline.stories import group_stories
from pipeline.stories.reading import tokens
from pipeline.text import document
from tests.benchmarks.grown import grow, load_records, write
from tests.benchmarks.throughput import load_set, spacy_seconds
from tests.benchmarks.whole_night import run_night, table
from tests.shared import REASON, SHARED

_FEW = (10, 20)  # articles whose sentences are all held against each other
_SAME = 80  # of 100, from which a pair would count
_SHINGLE = 3  # words
_PERMUTATIONS = 128
_COPY = 0.5  # Jaccard


def fuzzy_pairs(articles: Sequence[Article]) -> int:
    """Hold every sentence against every other and return how many pairs are alike."""
    sentences = [doc.text[span.start : span.end] for doc in map(document, articles) for span in doc.sentences]
    alike = process.cdist(sentences, sentences, scorer=fuzz.token_set_ratio, score_cutoff=_SAME, workers=1)
    return int((alike >= _SAME).sum() - len(sentences)) // 2


def minhash_copies(articles: Sequence[Article], library: Any) -> int:
    """Return how many articles share a bucket with one before them."""
    buckets, found = library.MinHashLSH(threshold=_COPY, num_perm=_PERMUTATIONS), 0
    for article in articles:
        words = tokens(article.text)
        marks = library.MinHash(num_perm=_PERMUTATIONS)
        marks.update_batch({" ".join(words[at : at + _SHINGLE]).encode() for at in range(len(words))})
        found += bool(buckets.query(marks))
        buckets.insert(article.id, marks)
    return found


def main(arguments: Sequence[str]) -> None:
    """Print one row a tool."""
    size, model = [*arguments, *("200", "en_core_web_sm")[len(arguments) :]]
    _compare(int(size), model)


def _compare(size: int, model: str) -> None:
    if SHARED is None:
        sys.exit(REASON)
    articles, settings = load_set(SHARED / "eval", size), load_settings()
    with tempfile.TemporaryDirectory() as folder:
        write(grow(load_records(SHARED), size), Path(folder, "dump"))
        whole = run_night(Path(folder, "dump"), Path(folder, "night"), workers=1)
    stages = sum(stage["cpu_seconds"] for stage in whole.stages.values())
    rows: list[list[object]] = [
        ["twosource, the whole command", _each(whole.cpu, size)],
        ["twosource, its stages", _each(stages, size)],
        ["  of these, extraction", _each(whole.stages["ExtractClaims"]["cpu_seconds"], size)],
    ]
    names = spacy_seconds(articles, model)
    rows.append(["spaCy, names only", f"left out, {model} is not installed" if names is None else 1e3 * names])
    rows.append(["twosource, stories and origins", _timed(partial(group_stories, articles, settings), len(articles))])
    rows.append(["datasketch, copies", _minhash(articles)])
    rows += [
        [f"rapidfuzz, all pairs of {few} articles", _timed(partial(fuzzy_pairs, articles[:few]), few)] for few in _FEW
    ]
    sys.stdout.write(f"{table(['', 'ms of CPU an article'], rows)}\n")
    if names is not None:
        sys.stdout.write(
            f"spaCy by the whole command: {names * size / whole.cpu:.1f}; by its stages: {names * size / stages:.1f}\n"
        )


def _minhash(articles: Sequence[Article]) -> float | str:
    try:
        library = import_module("datasketch")
    except ImportError:
        return "left out, datasketch is not installed"
    return _timed(partial(minhash_copies, articles, library), len(articles))


def _timed(work: Callable[[], object], articles: int) -> float:
    start = process_time()
    work()
    return _each(process_time() - start, articles)


def _each(seconds: float, articles: int) -> float:
    return 1e3 * seconds / articles


if __name__ == "__main__":
    main(sys.argv[1:])
