"""A text with overlapping claims, cut at every boundary: what a page can underline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.site.words import VERDICTS

CHUNK_CHARS = 4_000  # a chunk of text is laid out whole: it must be far smaller than a page
CHUNK_MARKS = 60

_GRAVITY = list(VERDICTS)
_FULL = 1.0  # of a chunk


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim that begins here."""

    number: int  # from 1, in the order of the report
    claim: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch that the same claims cover."""

    text: str
    begins: tuple[Mark, ...]
    verdict: str | None  # the gravest of the claims that cover it; None: no claim does
    claims: int  # how many cover it
    boilerplate: bool


Paragraph = tuple[Segment, ...]


def marked_paragraphs(article: dict[str, Any], claims: Sequence[dict[str, Any]]) -> list[Paragraph]:
    """Return a report's text in paragraphs of segments, nothing of it lost but the line breaks.

    One pass over the sorted boundaries: linear in text and claims, however the claims overlap.
    """
    paragraphs: list[Paragraph] = []
    line: list[Segment] = []
    for segment in _segments(article, claims):
        head, *rest = segment.text.split("\n")
        line += [_with_text(segment, head)] if head or segment.begins else []
        for piece in rest:
            paragraphs += [tuple(line)] if line else []
            line = [_with_text(segment, piece, begins=())] if piece else []
    return paragraphs + ([tuple(line)] if line else [])


def _with_text(segment: Segment, text: str, begins: tuple[Mark, ...] | None = None) -> Segment:
    marks = segment.begins if begins is None else begins
    return Segment(text, marks, segment.verdict, segment.claims, segment.boilerplate)


def _segments(article: dict[str, Any], claims: Sequence[dict[str, Any]]) -> Iterator[Segment]:
    text = article["text"]
    begins, ends = _begins(claims), _ends(claims)
    grey = Counter(mark["start"] for mark in article["boilerplate"])
    grey.subtract(mark["end"] for mark in article["boilerplate"])
    cuts = sorted({0, len(text), *begins, *ends, *grey, *range(0, len(text), CHUNK_CHARS)})
    open_: Counter[str] = Counter()
    covered = 0
    for start, end in pairwise(cuts):
        open_.subtract(ends.get(start, ()))
        open_.update(mark.verdict for mark in begins.get(start, ()))
        covered += grey[start]
        claims_here = open_.total()
        gravest = next(verdict for verdict in _GRAVITY if open_[verdict] > 0) if claims_here else None
        many, last = _in_dozens(begins.get(start, ()))
        yield from (Segment("", dozen, None, 0, covered > 0) for dozen in many)
        yield Segment(text[start:end], last, gravest, claims_here, covered > 0)


def _in_dozens(marks: tuple[Mark, ...]) -> tuple[list[tuple[Mark, ...]], tuple[Mark, ...]]:
    """Return the marks of one place in dozens, the last of them apart: no stretch may outgrow a chunk."""
    dozens = [marks[start : start + 12] for start in range(0, len(marks), 12)] or [()]
    return dozens[:-1], dozens[-1]


def _begins(claims: Sequence[dict[str, Any]]) -> dict[int, tuple[Mark, ...]]:
    found: dict[int, list[Mark]] = {}
    for number, claim in enumerate(claims, start=1):
        found.setdefault(claim["span"]["start"], []).append(Mark(number, claim["id"], claim["verdict"]))
    return {start: tuple(marks) for start, marks in found.items()}


def _ends(claims: Sequence[dict[str, Any]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for claim in claims:
        found.setdefault(claim["span"]["end"], []).append(claim["verdict"])
    return found


def chunked(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Return paragraphs in chunks of some thousand characters and some dozens of marks; long ones are cut."""
    chunks: list[list[Paragraph]] = []
    size = _FULL
    for piece in (piece for paragraph in paragraphs for piece in _pieces(paragraph)):
        more = sum(_size(segment) for segment in piece)
        if size + more > _FULL:
            chunks.append([])
            size = 0.0
        chunks[-1].append(piece)
        size += more
    return chunks


def _pieces(paragraph: Paragraph) -> Iterator[Paragraph]:
    piece: list[Segment] = []
    size = 0.0
    for segment in paragraph:
        if piece and size + _size(segment) > _FULL:
            yield tuple(piece)
            piece, size = [], 0.0
        piece.append(segment)
        size += _size(segment)
    if piece:
        yield tuple(piece)


def _size(segment: Segment) -> float:
    return len(segment.text) / CHUNK_CHARS + (1 + len(segment.begins)) / CHUNK_MARKS
