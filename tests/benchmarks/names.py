"""Names by the rules beside names by a spaCy model: what each costs and what is found with them.

Run ``python -m tests.benchmarks.names rules`` or ``... names spacy MODEL``; docs/ner.md holds the table.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from unittest.mock import patch

from pipeline.claims import assembly, extract
from pipeline.claims.names import Name, find_names
from pipeline.claims.names_spacy import find_names_spacy
from pipeline.settings import load_settings
from pipeline.text import Document, document
from tests.benchmarks import ecb_mentions, five_w, polnear
from tests.benchmarks.sets import read_articles
from tests.night import read_dump, run_night
from tests.shared import REASON, SHARED

Finder = Callable[[Document], tuple[Name, ...]]
_ARTICLES = 200  # read for the clock: every fifth of a file, so that no outlet fills it
_READERS = (assembly, ecb_mentions, polnear)  # modules that call find_names


def finder(arguments: list[str]) -> Finder:
    """Return who finds the names: the rules, or a spaCy model by its import name."""
    return partial(find_names_spacy, model=arguments[1]) if arguments[0] == "spacy" else find_names


def measure(find: Finder, shared: Path) -> dict[str, float | None]:
    """Return the figures with these names: CPU and counts, shares 0..1, scores of the originals in order."""
    with ExitStack() as stack:
        for module in _READERS:
            stack.enter_context(patch.object(module, "find_names", find))
        figures: dict[str, float | None] = dict(cost(find, shared / "eval"))
        for module in (five_w, ecb_mentions):
            figures |= {name: measured.value for name, measured in module.measure(shared / "eval").items()}
        said = polnear.measure(shared / "eval" / "polnear")
        figures |= {name: getattr(said, name) for name in ("speaker", "indirect_recall", "attribution_precision")}
        night = run_night(read_dump(shared / "seeds"))
        return figures | {f"score.{number}": night.scores[id_].value for number, id_ in enumerate(sorted(night.scores))}


def cost(find: Finder, evaluation: Path) -> dict[str, float]:
    """Return CPU seconds an article for the names and for all claims, and the names found an article."""
    articles = read_articles(evaluation / "load" / "articles-000.jsonl.gz")[: 5 * _ARTICLES : 5]
    docs = [document(article) for article in articles]
    settings = load_settings().claims
    for doc in docs[:10]:  # loads lexicons and model
        find(doc)
    start = time.process_time()
    names = sum(len(find(doc)) for doc in docs)
    named = time.process_time()
    for article in articles:
        extract(article, settings)
    done = time.process_time()
    return {
        "cpu.names": (named - start) / len(docs),
        "cpu.claims": (done - named) / len(docs),
        "names": names / len(docs),
    }


if __name__ == "__main__":
    if SHARED is None:
        sys.exit(REASON)
    if sys.argv[1:2] not in (["rules"], ["spacy"]) or (sys.argv[1] == "spacy") != (len(sys.argv) == 3):
        sys.exit(__doc__)
    sys.stdout.write(json.dumps(measure(finder(sys.argv[1:]), SHARED), indent=1) + "\n")
