"""Precision of claims on real news: draws claims to be read by a person, and counts what was read.

Run ``python -m tests.benchmarks.precision draw SALT [N [KIND ...]]`` to print claims for reading (to the terminal only: the
texts are their publishers'), N in all, or N of each kind that is named, and ``python -m tests.benchmarks.precision`` for the figures of ``precision.csv``, which holds
what was judged, with spans in place of texts.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from pipeline.claims import extract
from pipeline.ingest import plan, read_file
from pipeline.models import Article, Claim
from pipeline.settings import load_settings
from tests.shared import REASON, SHARED

KINDS = ("quantity", "date", "place", "person_role", "quote", "attribution")
LEAST = 25  # claims of each kind, however rare
_SHARE = 16  # one article in so many is read
_TABLE = Path(__file__).with_suffix(".csv")


def order(salt: str, *parts: object) -> str:
    """Return a key that shuffles: the same for the same salt and parts, on any machine."""
    return sha256("\x00".join([salt, *map(str, parts)]).encode()).hexdigest()


def articles(salt: str) -> Iterator[Article]:
    """Yield one in 16 of the real articles, picked by their ids."""
    settings = load_settings()
    for file in plan(str(Path(SHARED or ".") / "eval" / "load")):
        for record in read_file(file, settings.ingest):
            if isinstance(record, Article) and int(order(salt, record.id), 16) % _SHARE == 0:
                yield record


def places_for(counts: dict[str, int], size: int) -> dict[str, int]:
    """Return how many claims of each kind to draw: in proportion to how often it occurs, at least ``LEAST``."""
    rest = size - LEAST * len(counts)
    total = sum(counts.values())
    return {kind: min(count, LEAST + rest * count // total) for kind, count in counts.items()}


def draw(salt: str, size: int, kinds: Sequence[str] = ()) -> list[tuple[Article, Claim]]:
    """Draw claims at random, reproducibly: ``size`` of all kinds together, or ``size`` of each of ``kinds``."""
    settings = load_settings()
    pool: dict[str, list[tuple[str, Article, Claim]]] = defaultdict(list)
    for article in articles(salt):
        for claim in extract(article, settings.claims):
            key = order(salt, article.id, claim.span.start, claim.span.end)
            pool[claim.kind].append((key, article, claim))
    drawn = dict.fromkeys(kinds, size) or places_for({kind: len(pool[kind]) for kind in KINDS}, size)
    return [
        (article, claim)
        for kind in drawn
        for _, article, claim in sorted(pool[kind], key=lambda row: row[0])[: drawn[kind]]
    ]


def shown(article: Article, claim: Claim) -> str:
    """Return a claim as a reader needs it to judge: the span marked in its sentence, value, speaker and outlet."""
    text, span = article.text, claim.span
    start, end = min(claim.sentence.start, span.start), max(claim.sentence.end, span.end)
    marked = f"{text[start : span.start]}[[{text[span.start : span.end]}]]{text[span.end : end]}"
    value = next(row for name in KINDS if (row := getattr(claim, name)) is not None)
    fields = " ".join(f"{name}={field!r}" for name, field in asdict(value).items() if field is not None)
    content = claim.attribution.content if claim.attribution else None
    if content:
        fields += f" words={text[content.start : content.end]!r}"
    return (
        f"{article.id} {span.start} {span.end} {claim.rule} published={article.published}\n  {marked!r}\n"
        f"  {fields} speaker={claim.speaker!r} outlet={claim.outlet!r}"
    )


def figures(rows: Iterable[dict[str, str]]) -> dict[str, tuple[int, int, int, int]]:
    """Return how many of each kind were read, had the right span, the right value, and both."""
    found: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for row in rows:
        judged = (row["span_right"] == "yes", row["value_right"] == "yes")
        for kind in (row["kind"], "all"):
            found[kind].append(judged)
    return {
        kind: (len(pairs), sum(s for s, _ in pairs), sum(v for _, v in pairs), sum(s and v for s, v in pairs))
        for kind, pairs in found.items()
    }


def main(arguments: list[str]) -> None:
    """Print claims to read, or the figures of those that were."""
    if not arguments:
        with _TABLE.open(encoding="utf-8", newline="") as file:
            for kind, (read, span, value, both) in figures(csv.DictReader(file)).items():
                line = f"{kind}: read {read}, span right {span}, value right {value}, both {both} ({both / read:.3f})"
                sys.stdout.write(line + "\n")
        return
    if SHARED is None:
        sys.exit(REASON)
    size = int(arguments[2]) if len(arguments) > 2 else 200
    for number, (article, claim) in enumerate(draw(arguments[1], size, arguments[3:]), 1):
        sys.stdout.write(f"{number}. {claim.kind} {shown(article, claim)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
