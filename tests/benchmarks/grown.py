"""A dump of any size, grown from the load set: as many stories more, told by as many outlets, copied as often.

Run ``python -m tests.benchmarks.grown ARTICLES FOLDER [WORDS]``. The first 8,000 articles are those of the set; each further
8,000 are the same with their rarer words exchanged, every word for another one of about its frequency and
the same for all articles of that round. What tells a story from others is exactly such words, so each round has its
own stories, in the old proportions of sizes, near and verbatim copies, lengths, quotes and figures. Words of more than
one article in a hundred stay, and so do those that our lexicons know: the texts are no longer true, but cost
the same to read. The result is the same for the same number; it is news of others, and not to be published.
``WORDS`` cuts each text after so many: what a night takes for its number of articles alone is then cheap to measure.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from pipeline.resources import folder, lexicon
from tests.shared import REASON, SHARED

_WORD = re.compile(r"[^\W\d_]+")
_COMMON = 0.2  # share of the articles from which a word stays
_BAND = 256  # words of neighbouring frequency among which one is exchanged
_FILE = 1_000  # articles a file

Record = dict[str, Any]


def shortened(records: Sequence[Record], words: int) -> list[Record]:
    """Return the records with so many words of text at the most."""
    cut = re.compile(rf"\s*(?:\S+\s+){{0,{words - 1}}}\S*")
    return [record | {"text": found[0] if (found := cut.match(record["text"])) else ""} for record in records]


def grow(records: Sequence[Record], size: int) -> Iterator[Record]:
    """Yield ``size`` records: the given ones, then rounds of them with other words and ids of their own."""
    pools = _exchangeable([record["text"] for record in records])
    for number in range(size):
        turn, place = divmod(number, len(records))
        if place == 0:
            words = _exchange(pools, turn)
        record = records[place]
        yield record if turn == 0 else _retold(record, words, turn)


def _exchangeable(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the lower-case words that are not common, the most frequent first: those of our lexicons, and the rest."""
    counts = Counter(word for text in texts for word in set(_WORD.findall(text.lower())))
    known = set(_lexicon_words())
    free = [word for word, count in counts.items() if count <= _COMMON * len(texts)]
    free.sort(key=lambda word: (-counts[word], word))
    return [word for word in free if word in known], [word for word in free if word not in known]


def _lexicon_words() -> Iterator[str]:
    for path in (folder("config") / "lexicon").glob("*.csv"):
        if path.stem != "background_df":  # frequencies of all words, not a list of meanings
            for row in lexicon(path.stem):
                for cell in row.values():
                    yield from _WORD.findall((cell or "").lower())


def _exchange(pools: Sequence[Sequence[str]], turn: int) -> dict[str, str]:
    random = Random(turn)  # noqa: S311 - the same exchange in every run, no secret
    table: dict[str, str] = {}
    for pool in pools:
        for start in range(0, len(pool), _BAND):
            band = pool[start : start + _BAND]
            table.update(zip(band, random.sample(band, len(band)), strict=True))
    return table


def _retold(record: Record, words: Mapping[str, str], turn: int) -> Record:
    def other(match: re.Match[str]) -> str:
        word = match[0]
        new = words.get(word.lower())
        if new is None:
            return word
        return new if word.islower() else new.upper() if word.isupper() else new.capitalize()

    text, title = (_WORD.sub(other, record[key] or "") for key in ("text", "title"))
    url = record["url"] and f"{record['url']}?round={turn}"
    return record | {"id": f"{record['id']}-{turn}", "text": text, "title": title, "url": url}


def write(records: Iterator[Record], there: Path) -> None:
    """Write records as gzipped JSON Lines, ``_FILE`` a file."""
    there.mkdir(parents=True, exist_ok=True)
    lines: list[bytes] = []
    number = 0
    for record in records:
        lines.append(json.dumps(record).encode() + b"\n")
        if len(lines) == _FILE:
            _write_file(there, number, lines)
            number, lines = number + 1, []
    if lines:
        _write_file(there, number, lines)


def _write_file(there: Path, number: int, lines: Sequence[bytes]) -> None:
    (there / f"articles-{number:05d}.jsonl.gz").write_bytes(gzip.compress(b"".join(lines), compresslevel=1, mtime=0))


def load_records(shared: Path) -> list[Record]:
    """Return the records of the load set, in the order of its files."""
    paths = sorted((shared / "eval" / "load").glob("*.jsonl.gz"))
    return [json.loads(line) for path in paths for line in gzip.decompress(path.read_bytes()).splitlines()]


if __name__ == "__main__":
    if SHARED is None:
        raise SystemExit(REASON)
    told = load_records(SHARED)
    if len(sys.argv) > 3:
        told = shortened(told, int(sys.argv[3]))
    write(grow(told, int(sys.argv[1])), Path(sys.argv[2]))
