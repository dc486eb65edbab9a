"""Lines that are not the article: marked with the rule that says so, never deleted.

A false mark hides claims, so rules look at whole lines or at their beginnings, and of a caption
only the credit is marked. The lines are in ``config/lexicon/boilerplate.csv``; what needs more than
words (credits, authors' notes, a headline said twice) is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.ingest.byline import author_note
from pipeline.models import Boilerplate
from pipeline.resources import lexicon, words
from pipeline.text import fold

_LONGEST = 400  # characters; a longer line is prose
_FRAME = " \"'()[]{}<>*•·-–—_|>»«.…:;!#▶►"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_CUT = re.compile(r"(?:…|\.\.\.)?\s?\[\+\d{1,7} chars\]$")
_RULED = re.compile(r"[\s*_•·=~#.–—-]{1,200}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that isn't blank, trimmed, with its place in the text."""

    start: int
    end: int
    text: str
    key: str  # as the lexicon spells it; empty for a line too long to be looked up


@dataclass(frozen=True, slots=True)
class _Rule:
    rule: str
    words: str
    longest: int
    where: str


@dataclass(frozen=True, slots=True)
class _Rules:
    lines: dict[str, _Rule]
    starts: dict[str, tuple[_Rule, ...]]  # by the first four characters
    holds: tuple[_Rule, ...]


def find_boilerplate(text: str, title: str | None, authors: tuple[str, ...]) -> tuple[Boilerplate, ...]:
    """Return the stretches of an article's text that are not the article, in order, apart."""
    body_at = len(title) if title else 0
    lines = _lines(text, body_at)
    marks: dict[int, Boilerplate] = {}
    rest = _listed(lines, text, marks)
    for number in range(rest, len(lines)):
        marks.setdefault(number, _mark(lines[number], marks[rest].rule))
    if title and lines and lines[0].key == key_of(title):
        marks[0] = _mark(lines[0], "boilerplate.repeated-headline")
    for number in author_note([line.text for line in lines[:rest]], authors, text):
        marks.setdefault(number, _mark(lines[number], "boilerplate.author-note"))
    found = list(marks.values())
    for number, line in enumerate(lines):
        if number not in marks:
            found += _within(line)
    return tuple(sorted(found, key=lambda mark: mark.start))


def key_of(line: str) -> str:
    """Return a line as the lexicon spells it: lower case, plain quotes, digits as #, frame left out."""
    return _NUMBER.sub("#", fold(line).lower()).strip(_FRAME)


def _lines(text: str, start: int) -> list[Line]:
    found = []
    for line in text[start:].split("\n"):
        trimmed = line.strip()
        if trimmed:
            at = start + line.index(trimmed[0])
            key = key_of(trimmed) if len(trimmed) <= _LONGEST else ""
            found.append(Line(at, at + len(trimmed), trimmed, key))
        start += len(line) + 1
    return found


def _mark(line: Line, rule: str) -> Boilerplate:
    return Boilerplate(start=line.start, end=line.end, rule=rule)


def _listed(lines: list[Line], text: str, marks: dict[int, Boilerplate]) -> int:
    """Mark the lines that the lexicon lists; return the number of the line from which all are out."""
    low = fold(text).lower()
    holds = tuple(rule for rule in _rules().holds if rule.words in low)
    first, last = len(lines) / 3, len(lines) * 2 / 3
    for number, line in enumerate(lines):
        rule = _rule_of(line, holds)
        if rule is None or (rule.where == "tail" and number < last):
            continue
        marks[number] = _mark(line, rule.rule)
        if rule.where == "rest" and number >= max(1, first):
            return number
    return len(lines)


def _rule_of(line: Line, holds: tuple[_Rule, ...]) -> _Rule | None:
    key = line.key
    if not key:
        return None
    if rule := _rules().lines.get(key):
        return rule
    length = len(line.text)
    for rule in _rules().starts.get(key[:4], ()):
        # A line may end where the words end: the frame took the colon.
        if length <= rule.longest and key.startswith(rule.words):
            return rule
    return next((rule for rule in holds if length <= rule.longest and rule.words in key), None)


@cache
def _rules() -> _Rules:
    lines: dict[str, _Rule] = {}
    starts: dict[str, list[_Rule]] = {}
    holds: list[_Rule] = []
    for row in lexicon("boilerplate"):
        rule = _Rule(row["rule"], row["words"].lstrip("("), int(row["longest"]), row["where"])
        if row["match"] == "line":
            lines[key_of(rule.words)] = rule
        elif row["match"] == "start":
            starts.setdefault(rule.words[:4], []).append(rule)
        else:
            holds.append(rule)
    return _Rules(lines, {key: tuple(rules) for key, rules in starts.items()}, tuple(holds))


def _within(line: Line) -> Iterator[Boilerplate]:
    """Mark the part of a line that isn't the article: a credit, a cut mark; or a ruled line."""
    if _RULED.fullmatch(line.text):
        yield _mark(line, "boilerplate.rule-line")
        return
    tail = line.text[-200:]
    shift = line.end - len(tail)
    if cut := _CUT.search(tail):
        yield Boilerplate(start=shift + cut.start(), end=line.end, rule="boilerplate.cut-mark")
    elif len(line.text) <= 1_000 and (credit := _credit().search(tail)):
        yield Boilerplate(start=shift + credit.start(), end=line.end, rule="boilerplate.photo-credit")


@cache
def _credit() -> re.Pattern[str]:
    """A credit at the end of a line: "(Photo by X/Agency)", "(X/Agency)", "Photo: X", "X/Agency"."""
    agencies = "|".join(
        re.escape(name) for name in sorted(words("photo_agencies", "words"), key=lambda n: (-len(n), n))
    )
    name = r"[A-Z][\w.'’-]{0,20}(?: [\w.'’-]{1,20}){0,4}"
    return re.compile(
        rf"\((?:Photo|Photos|Photograph|Image|Picture|Credit|Photo credit|Illustration)(?: by|:) [^()\n]{{1,120}}\)$"
        rf"|\((?:{name} ?/ ?)?(?:[A-Z]\w{{1,20}} ?/ ?)?(?:AP Photo|(?:{agencies}))(?: ?/ ?{name})?(?:, File)?\)$"
        rf"|(?:Photo|Photograph|Image|Picture|Credit|Photo credit): ?[^\n.:]{{1,80}}$"
        rf"|{name} ?/ ?(?:[A-Z]\w{{1,20}} ?/ ?)?(?:{agencies})$"
        rf"|\| ?(?:{agencies})$"
    )
