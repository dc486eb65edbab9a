"""Counts in how many articles each stem or number stands: the maker of ``config/lexicon/background_df.csv``.

Run ``python -m tests.benchmarks.background ARTICLES.jsonl.gz... > config/lexicon/background_df.csv``.
Numbers of stems are no texts, so the table may be shipped where the articles may not.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter

from pipeline.stories.reading import tokens
from pipeline.text import stem

_LEAST = 4  # documents; rarer terms weigh as much as unknown ones
_HEADER = """\
# In how many of N news articles of 2012 to 2020 (the row "*") a stem or number stands; those in fewer than 4 left out.
# Made by tests/benchmarks/background.py.
term,df"""


def document_frequencies(paths: list[str]) -> tuple[int, Counter[str]]:
    """Return how many articles there are, and in how many of them each stem stands."""
    total, counts = 0, Counter[str]()
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                words = set(tokens(f"{record['title'] or ''}\n{record['text']}"))
                counts.update({term for word in words if (term := word if word[:1].isdigit() else stem(word))})
                total += 1
    return total, counts


def main() -> None:
    """Write the table to standard output, commonest term first."""
    total, counts = document_frequencies(sys.argv[1:])
    rows = sorted((-count, term) for term, count in counts.items() if count >= _LEAST)
    sys.stdout.write("\n".join([_HEADER, f"*,{total}", *(f"{term},{-count}" for count, term in rows)]) + "\n")


if __name__ == "__main__":
    main()
