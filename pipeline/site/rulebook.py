"""What each rule, level and reason says, from docs/rules.md: their one home."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.resources import folder

_SECTION = re.compile(r"^## ", re.MULTILINE)
_ROW = re.compile(r"^\| `([a-z_.-]+)` \| (.*) \|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the book."""

    id: str
    relation: str | None  # of a comparison level alone
    words: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One table of the book."""

    title: str
    rules: tuple[Rule, ...]


@cache
def rulebook() -> tuple[Chapter, ...]:
    """Return the book's tables in their order."""
    text = (folder("docs") / "rules.md").read_text(encoding="utf-8")
    return tuple(_chapters(text))


@cache
def rule_words() -> dict[str, str]:
    """Return what each id says."""
    return {rule.id: rule.words for chapter in rulebook() for rule in chapter.rules}


def _chapters(text: str) -> Iterator[Chapter]:
    for section in _SECTION.split(text)[1:]:
        title, _, body = section.partition("\n")
        yield Chapter(title, tuple(_rule(match[1], match[2]) for match in _ROW.finditer(body)))


def _rule(id_: str, cells: str) -> Rule:
    relation, bar, words = cells.rpartition(" | ")
    return Rule(id_, relation if bar else None, words)
