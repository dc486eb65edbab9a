"""Quote spans, speakers and attributions against PolNeAR, which is read where it lies and never shipped.

Run ``python -m tests.benchmarks.polnear``. How each figure is counted stands with the field of ``Figures``.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.claims.attributions import find_attributions
from pipeline.claims.draft import Draft
from pipeline.claims.names import Name, find_names
from pipeline.claims.quotes import find_quotes
from pipeline.models import Article
from pipeline.text import Document, document, fold
from tests.benchmarks.sets import Measured, article_of
from tests.shared import REASON, SHARED

Piece = tuple[int, int]
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"[A-Z][\w-]+")
_EDGES = " \n\t\"'"
_OVERLAP = 0.8  # share of tokens, of the longer of two spans
_PRONOUNS = frozenset(["he", "she", "they", "it", "who", "i", "we"])
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "sen",
        "rep",
        "gov",
        "gen",
        "president",
        "senator",
        "secretary",
        "former",
        "the",
        "a",
        "an",
        "of",
        "for",
        "in",
        "at",
    ]
)


@dataclass(frozen=True, slots=True)
class Gold:
    """One attribution of the gold: whose words, and where they stand in ``Article.text``."""

    source: str | None
    source_start: int | None
    pieces: tuple[Piece, ...]
    is_quote: bool
    has_quote: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured, shares 0..1 and counts."""

    quotes: int  # wholly quoted gold pieces, cut at paragraphs
    recall_exact: float  # of these, found to the code point, marks and spaces at the ends aside
    recall_overlap: float  # of these, found by at least 80 % of the tokens
    precision: float  # found quotes of 3 words or more, not partial, inside gold contents that hold a quote mark
    f1_exact: float
    f1_overlap: float
    named: int  # exactly found gold quotes whose gold source is no pronoun
    speaker_named: float  # of these, the speaker shares a name with the gold source (a noun, where it has no name)
    pronouns: int  # exactly found gold quotes whose gold source is a pronoun
    speaker_pronoun: float  # of these, the speaker is a name that stands before the pronoun: an upper bound
    speaker: float  # both together
    indirect: int  # gold attributions with a source that are not wholly quoted
    indirect_recall: float  # of these, half the content's code points covered by one attribution or quote
    attributions: int  # found
    attribution_precision: float  # of these, half the content lies in gold contents


def measure(folder: Path) -> Figures:
    """Return the figures on the PolNeAR folder; raise OSError where it can't be read."""
    tally = _Tally()
    for article, gold in load(folder):
        tally.add(article, gold)
    return tally.figures()


def figures(evaluation: Path) -> dict[str, Measured]:
    """Return the figures that the gate holds."""
    found = measure(evaluation / "polnear")
    return {
        "quotes.f1_exact": Measured(found.f1_exact, found.quotes),
        "quotes.f1_overlap": Measured(found.f1_overlap, found.quotes),
        "quotes.speaker": Measured(found.speaker, found.named + found.pronouns),
        "attributions.recall": Measured(found.indirect_recall, found.indirect),
        "attributions.precision": Measured(found.attribution_precision, found.attributions),
    }


def load(folder: Path) -> Iterator[tuple[Article, list[Gold]]]:
    """Yield each article with its gold, in offsets of ``Article.text`` (title, blank line, body)."""
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    gold = defaultdict(list)
    with gzip.open(folder / "gold.attributions.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            gold[row["doc_id"]].append(row)
    for row in rows:
        shift = len(row["title"]) + 2 if row["title"] else 0
        yield (
            article_of(row, "articles.jsonl"),
            [_gold(mark, shift if mark["field"] == "text" else 0) for mark in gold[row["id"]]],
        )


def _gold(row: dict[str, Any], shift: int) -> Gold:
    return Gold(
        source=row["text"].get("source"),
        source_start=row["source"][0][0] + shift if row["source"] else None,
        pieces=tuple((start + shift, end + shift) for start, end in sorted(row["content"])),
        is_quote=row["content_is_quote"],
        has_quote=row["content_has_quote"],
    )


def joined(text: str, pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces joined over spaces within a paragraph, without the marks and spaces at their ends."""
    whole: list[Piece] = []
    for start, end in pieces:
        gap = text[whole[-1][1] : start] if whole else "-"
        if gap.strip() or "\n\n" in gap:
            whole.append((start, end))
        else:
            whole[-1] = (whole[-1][0], end)
    parts = [part for piece in whole for part in _paragraphs(text, piece)]
    return [span for span in (bare(text, part) for part in parts) if span[0] < span[1]]


def _paragraphs(text: str, piece: Piece) -> Iterator[Piece]:
    start = piece[0]
    for line in text[piece[0] : piece[1]].split("\n"):
        yield (start, start + len(line))
        start += len(line) + 1


def bare(text: str, piece: Piece) -> Piece:
    """Return a piece without the quote marks and spaces at its ends."""
    inside = fold(text[piece[0] : piece[1]])
    lead = len(inside) - len(inside.lstrip(_EDGES))
    return (piece[0] + lead, max(piece[0] + lead, piece[0] + len(inside.rstrip(_EDGES))))


class _Tally:
    """Counts over articles; hits are lists of truth values."""

    def __init__(self) -> None:
        self.hits: dict[str, list[bool]] = defaultdict(list)

    def add(self, article: Article, gold: list[Gold]) -> None:
        doc = document(article)
        names = find_names(doc)
        quotes = find_quotes(doc, names)
        found = {bare(doc.text, (quote.span.start, quote.span.end)): quote for quote in quotes}
        self._spans(doc, gold, found)
        self._speakers(doc, gold, found, names)
        self._indirect(doc, gold, quotes, find_attributions(doc, names, quotes))

    def _spans(self, doc: Document, gold: list[Gold], found: dict[Piece, Draft]) -> None:
        starts = sorted(found)
        for piece in (piece for mark in gold if mark.is_quote for piece in joined(doc.text, mark.pieces)):
            near = starts[max(0, bisect_right(starts, piece) - 2) :][:4]
            self.hits["exact"].append(piece in found)
            self.hits["overlap"].append(any(_alike(doc.text, piece, other) for other in near))
        contents = [piece for mark in gold for piece in mark.pieces if _holds_marks(doc, piece)]
        for (start, end), quote in found.items():
            if quote.quote and not quote.quote.partial and len(quote.quote.words.split()) >= 3:
                self.hits["precise"].append(any(a <= end and start < b for a, b in contents))

    def _speakers(self, doc: Document, gold: list[Gold], found: dict[Piece, Draft], names: tuple[Name, ...]) -> None:
        for mark in gold:
            if not mark.is_quote or mark.source is None or mark.source_start is None:
                continue
            for quote in (found[piece] for piece in joined(doc.text, mark.pieces) if piece in found):
                if mark.source.lower() in _PRONOUNS:
                    before = any(n.full == quote.speaker and n.span.start < mark.source_start for n in names)
                    self.hits["pronoun"].append(before)
                else:
                    self.hits["named"].append(same_speaker(mark.source, quote.speaker))

    def _indirect(self, doc: Document, gold: list[Gold], quotes: list[Draft], drafts: list[Draft]) -> None:
        contents = [d.attribution.content for d in drafts if d.attribution and d.attribution.content]
        spans = [(span.start, span.end) for span in [*contents, *(quote.span for quote in quotes)]]
        everything = [piece for mark in gold for piece in joined(doc.text, mark.pieces)]
        for mark in gold:
            if mark.source is not None and not mark.is_quote:
                pieces = joined(doc.text, mark.pieces)
                size = sum(end - start for start, end in pieces)
                self.hits["indirect"].append(any(2 * _shared(span, pieces) >= size for span in spans))
        for content in contents:
            span = (content.start, content.end)
            self.hits["attributed"].append(2 * _shared(span, everything) >= content.end - content.start)

    def figures(self) -> Figures:
        share = {key: sum(hits) / len(hits) for key, hits in self.hits.items()}
        speakers = self.hits["named"] + self.hits["pronoun"]
        return Figures(
            quotes=len(self.hits["exact"]),
            recall_exact=share["exact"],
            recall_overlap=share["overlap"],
            precision=share["precise"],
            f1_exact=_f1(share["exact"], share["precise"]),
            f1_overlap=_f1(share["overlap"], share["precise"]),
            named=len(self.hits["named"]),
            speaker_named=share["named"],
            pronouns=len(self.hits["pronoun"]),
            speaker_pronoun=share["pronoun"],
            speaker=sum(speakers) / len(speakers),
            indirect=len(self.hits["indirect"]),
            indirect_recall=share["indirect"],
            attributions=len(self.hits["attributed"]),
            attribution_precision=share["attributed"],
        )


def same_speaker(source: str, speaker: str | None) -> bool:
    """Tell whether a speaker shares a name with the gold source, or a noun where that has no name."""
    if speaker is None:
        return False
    said = set(_WORD.findall(fold(speaker).lower()))
    names = [word.lower() for word in _NAME.findall(source) if word.lower() not in _TITLES]
    wanted = names or [word for word in _WORD.findall(source.lower()) if word not in _TITLES]
    return any(part in said for word in wanted for part in _WORD.findall(word))


def _holds_marks(doc: Document, piece: Piece) -> bool:
    inside = fold(doc.text[piece[0] : piece[1]])
    return '"' in inside or "''" in inside


def _alike(text: str, one: Piece, other: Piece) -> bool:
    shared = len(_WORD.findall(text, max(one[0], other[0]), max(0, min(one[1], other[1]))))
    return shared >= _OVERLAP * max(len(_WORD.findall(text, *one)), len(_WORD.findall(text, *other)), 1)


def _shared(span: Piece, pieces: Iterable[Piece]) -> int:
    return sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in pieces)


def _f1(recall: float, precision: float) -> float:
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


if __name__ == "__main__":
    if SHARED is None:
        sys.exit(REASON)
    sys.stdout.write(json.dumps(asdict(measure(SHARED / "eval" / "polnear")), indent=1) + "\n")
