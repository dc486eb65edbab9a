"""Where quoted words begin and end: one scan over a text's quote marks, a paragraph at a time.

Curly marks name their direction, but pages get them wrong; straight ones do not name any. So the
shape decides first (a mark between a space and a letter opens), the direction second, and
whether a quote is open third.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from pipeline.models import Span, make_span
from pipeline.record import maker, quickly_made
from pipeline.resources import words
from pipeline.text import Document, reach_back

MAX_QUOTE = 3_000  # code points; longer means that a mark was lost

Side = Literal["opens", "closes", "unclear"]

# Runs of marks, by the sign that they begin with: the engine looks for one sign five times as fast as for any of three.
_RUNS = (
    re.compile(r"\"(?<!['\"`].)['\"`]*"),
    re.compile(r"'(?<!['\"`].)(?:(?<![^\W_].)|(?![^\W_]))['\"`]*"),  # no apostrophe inside a word
    re.compile(r"`(?<!['\"`].)['\"`]*"),
)
_DOUBLE = re.compile(r"'{2,3}|``|\"")
_BEFORE_OPENING = frozenset(" \n([{-/:'\"")
_AFTER_CLOSING = frozenset(" \n)]}-/:;,.!?'\"…*")
_OPENING = frozenset("“„‟«`‘‚")
_CLOSING = frozenset("”»’")
_INCHES = re.compile(r"\d'\s?\d{1,2}(?:\.\d)?$")
_LETTERS = re.compile(r"[^\W_]+")


@quickly_made
@dataclass(frozen=True, slots=True)
class Mark:
    """One quote mark: its code points and what its shape and direction say."""

    start: int
    end: int
    side: Side
    certain: bool  # the shape alone decides


_make_mark = maker(Mark)


@quickly_made
@dataclass(frozen=True, slots=True)
class Marked:
    """Quoted words: ``inner`` without the marks and outer spaces, ``outer`` with them."""

    inner: Span
    outer: Span
    closed: bool = True
    single: bool = False
    runs_on: bool = False  # the next paragraph goes on with the same quote


_make_marked = maker(Marked)


def find_marked(doc: Document) -> tuple[Marked, ...]:
    """Return the stretches between quote marks, in order, none inside another."""
    marks, apostrophes = _marks(doc)
    doubles = list(_double_quotes(doc, marks))
    singles = _single_quotes(doc, _outside(apostrophes, doubles))
    return _outermost(doubles, singles)


def _marks(doc: Document) -> tuple[list[Mark], list[int]]:
    """Return the double marks, and where single ones stand that are not inside a word."""
    marks: list[Mark] = []
    apostrophes: list[int] = []
    for start, end in sorted([run.span() for runs in _RUNS for run in runs.finditer(doc.plain)]):
        if end - start > 1:
            marks += _doubled(doc, start, end)
        elif doc.plain[start] == "'":
            apostrophes.append(start)
        elif doc.plain[start] == '"':
            marks.append(_mark(doc, start, end))
    return marks, apostrophes


def _doubled(doc: Document, begin: int, stop: int) -> list[Mark]:
    marks: list[Mark] = []
    for found in _DOUBLE.finditer(doc.plain, begin, stop):
        start, end = found.span()
        if end - start == 3:  # a single and a double one: the double one is the outer one
            opens = start == 0 or doc.plain[start - 1] in _BEFORE_OPENING
            start, end = (start, end - 1) if opens else (start + 1, end)
        twice = bool(marks) and marks[-1].end == start
        if twice:  # two marks in a row are one, set twice, or hold nothing
            start = marks.pop().start
        mark = _mark(doc, start, end)
        if mark.certain or not twice:
            marks.append(mark)
    return marks


def _mark(doc: Document, start: int, end: int) -> Mark:
    before = doc.plain[start - 1] if start else "\n"
    after = doc.plain[end] if end < len(doc.plain) else "\n"
    opens = before in _BEFORE_OPENING and not after.isspace()
    closes = not before.isspace() and (after in _AFTER_CLOSING or not after.isalnum())
    if opens != closes:
        return _make_mark(start, end, "opens" if opens else "closes", certain=True)
    raw = doc.text[start]
    side: Side = "opens" if raw in _OPENING else "closes" if raw in _CLOSING and end - start == 1 else "unclear"
    return _make_mark(start, end, side, certain=False)


def _double_quotes(doc: Document, marks: Sequence[Mark]) -> Iterator[Marked]:
    starts = [mark.start for mark in marks]
    at, runs_on = 0, False
    for number, paragraph in enumerate(doc.paragraphs):
        if at == len(starts):
            return
        if starts[at] >= paragraph.end:
            runs_on = False
            continue
        at = max(at, bisect_right(starts, paragraph.start - 1))
        end = bisect_right(starts, paragraph.end - 1)
        inside = marks[at:end]
        if not inside:
            runs_on = False
            continue
        following = doc.paragraphs[number + 1] if number + 1 < len(doc.paragraphs) else None
        goes_on = following is not None and _begins_quoted(doc, following)
        if runs_on and not goes_on and inside[0].side == "closes":
            rest = _marked(doc, paragraph.start, inside[0].start, paragraph.start, inside[0].end)
            if _holds_words(doc, rest.inner):
                yield rest
            inside = inside[1:]
        quotes, left = _paired(doc, inside)
        yield from quotes
        runs_on = False
        if left is not None:
            runs_on = not goes_on
            unclosed = _unclosed(doc, paragraph, left, runs_on=goes_on)
            if unclosed:
                yield unclosed
        at = end


def _begins_quoted(doc: Document, paragraph: Span) -> bool:
    if doc.plain[paragraph.start] not in "'\"`":
        return False
    found = _DOUBLE.match(doc.plain, paragraph.start)
    return found is not None and not doc.plain[found.end() : found.end() + 1].isspace()


def _paired(doc: Document, marks: Sequence[Mark]) -> tuple[list[Marked], Mark | None]:
    quotes: list[Marked] = []
    opened: Mark | None = None
    depth = 0
    for number, mark in enumerate(marks):
        if opened is None:
            opened = mark if mark.side == "opens" or _may_open(doc, mark) else None
        elif depth:
            depth -= 1
        elif mark.side != "opens" or _closes(mark, marks[number + 1 : number + 3]):
            if not _measures(doc, mark):
                quotes.append(_marked(doc, opened.end, mark.start, opened.start, mark.end))
                opened = None
        elif _nests(marks[number + 1 : number + 3]):
            depth = 1
        else:
            opened = mark
    return [quote for quote in quotes if _holds_words(doc, quote.inner)], opened


def _may_open(doc: Document, mark: Mark) -> bool:
    """Tell whether a mark that does not look like an opening may be one."""
    return mark.side == "unclear" and not doc.plain[reach_back(mark.start, 1) : mark.start].isalnum()


def _closes(mark: Mark, following: Sequence[Mark]) -> bool:
    """Tell whether a mark that looks like an opening is a sloppy closing, which ends the open quote."""
    if mark.certain and following:
        return False
    return not following or (following[0].side == "opens" and not mark.certain)


def _nests(following: Sequence[Mark]) -> bool:
    return len(following) == 2 and all(mark.side == "closes" for mark in following)


def _measures(doc: Document, mark: Mark) -> bool:
    number = doc.plain[mark.start - 1].isdigit()  # there is one: the mark that it would close stands before it
    return number and _INCHES.search(doc.plain, reach_back(mark.start, 8), mark.start) is not None


def _unclosed(doc: Document, paragraph: Span, opened: Mark, *, runs_on: bool) -> Marked | None:
    lead = doc.plain[paragraph.start : opened.start].rstrip()[-1:]
    if not (runs_on or lead in ("", ":", ",")):
        return None
    quote = _marked(doc, opened.end, paragraph.end, opened.start, paragraph.end)
    return replace(quote, closed=False, runs_on=runs_on) if _holds_words(doc, quote.inner) else None


def _marked(doc: Document, start: int, end: int, outer_start: int, outer_end: int) -> Marked:
    return _make_marked(_trimmed(doc.plain, start, end), make_span(outer_start, outer_end))


def _trimmed(text: str, start: int, end: int) -> Span:
    inside = text[start:end].lstrip()
    begin = end - len(inside)
    return make_span(begin, begin + len(inside.rstrip()))


def _holds_words(doc: Document, inner: Span) -> bool:
    return inner.end - inner.start <= MAX_QUOTE and _LETTERS.search(doc.plain, inner.start, inner.end) is not None


def _single_quotes(doc: Document, apostrophes: Iterable[int]) -> Iterator[Marked]:
    """Yield 'British' quotes; an apostrophe closes one only where it can't be a possessive."""
    opened: int | None = None
    weak: int | None = None
    line_end = 0
    for start in apostrophes:
        if opened is not None and (start >= line_end or start - opened > MAX_QUOTE):
            yield from _single(doc, opened, weak)
            opened = weak = None
        if _opens_single(doc, start):
            if opened is not None and weak is not None:
                yield from _single(doc, opened, weak)
                opened = weak = None
            if opened is None:
                opened, line_end = start, doc.plain.find("\n", start) % (len(doc.plain) + 1)
        elif opened is not None and not doc.plain[start - 1].isspace():
            if doc.plain[start - 1] in "sS" and doc.plain[start + 1 : start + 2] == " ":
                weak = weak if weak is not None else start
            else:
                yield from _single(doc, opened, start)
                opened = weak = None
    if opened is not None:
        yield from _single(doc, opened, weak)


def _outside(found: Iterable[int], doubles: Sequence[Marked]) -> Iterator[int]:
    starts = [quote.outer.start for quote in doubles]
    for mark in found:
        at = bisect_right(starts, mark) - 1
        if at < 0 or doubles[at].outer.end <= mark:
            yield mark


def _opens_single(doc: Document, start: int) -> bool:
    if start and doc.plain[start - 1] not in _BEFORE_OPENING:
        return False
    if doc.text[start] == "’":
        return False
    word = _LETTERS.match(doc.plain, start + 1, start + 12)
    if word is None:
        return (
            doc.plain[start + 1 : start + 2] in ("$", "£", "€", "(", ".") and doc.plain[start + 2 : start + 3].isalnum()
        )
    return not (word.group().lower() in _elisions() or re.match(r"\d\ds?\b", word.group()))


@cache
def _elisions() -> frozenset[str]:
    return words("elisions")


def _single(doc: Document, opened: int, closed: int | None) -> Iterator[Marked]:
    if closed is not None:
        quote = _marked(doc, opened + 1, closed, opened, closed + 1)
        if _holds_words(doc, quote.inner):
            yield replace(quote, single=True)


def _outermost(doubles: Sequence[Marked], singles: Iterable[Marked]) -> tuple[Marked, ...]:
    """Merge in order; what lies inside another quote is part of it."""
    kept: list[Marked] = []
    within = [*singles]
    if not within:
        return tuple(doubles)  # in order, and apart
    for quote in sorted([*doubles, *within], key=lambda quote: (quote.outer.start, -quote.outer.end)):
        if not kept or quote.outer.start >= kept[-1].outer.end:
            kept.append(quote)
    return tuple(kept)
