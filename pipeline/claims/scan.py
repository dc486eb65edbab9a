"""Views of a text that show cheaply where a claim may start, so that grammars run only where they may match.

They are kept for the extractor that reads the text next, of as many texts as go through the extractors together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from string import ascii_lowercase, digits

from pipeline.text import lower_in_place

BATCH = 128  # articles that go through the extractors together, whose texts are kept in both views meanwhile
_BREAKS = frozenset(" \n-([\"'/,")  # what a word may follow
_BREAK = re.compile(rf"[{re.escape(''.join(sorted(_BREAKS)))}]")


@lru_cache(maxsize=BATCH)
def lower(text: str) -> str:
    """Return text in lower case at the same offsets."""
    return lower_in_place(text)


@lru_cache(maxsize=BATCH)
def letters(low: str) -> str:
    """Return a text in lower case with a space for all but "a" to "z", at the same offsets."""
    return low.encode("ascii", "replace").translate(_LETTERS).decode("ascii")


_LETTERS = bytes(code if chr(code) in ascii_lowercase else ord(" ") for code in range(256))


def spaced(phrase: str) -> str:
    """Return a phrase with a space for every sign that may stand between words."""
    return _BREAK.sub(" ", phrase)


def phrases(of: Iterable[str]) -> str:
    """Return a pattern for any of some phrases, whatever sign stands between their words."""
    return any_of(map(spaced, of)).replace(re.escape(" "), _BREAK.pattern)


def begins_word(low: str, start: int) -> bool:
    """Tell whether a word that starts at an offset begins there, and is no end of a code ("x.one", "3d.may")."""
    return start == 0 or low[start - 1] in _BREAKS


@lru_cache(maxsize=BATCH)
def digit_runs(low: str) -> tuple[tuple[int, int], ...]:
    """Return where the runs of ASCII digits start and end: what numbers, years and times of day are looked for at."""
    view, at = low.encode("ascii", "replace").translate(_DIGITS), 0
    found = []
    for run in view.split():  # thrice as quick as a pattern
        start = view.find(run, at)
        at = start + len(run)
        found.append((start, at))
    return tuple(found)


_DIGITS = bytes(code if chr(code) in digits else ord(" ") for code in range(256))


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first, as a prefix tree."""
    tree: dict[str, dict[str, object]] = {}
    for word in sorted(words):
        node: dict[str, dict[str, object]] = tree
        for char in word:
            node = node.setdefault(char, {})  # type: ignore[assignment]  # a tree of itself
        node[""] = {}
    return _branch(tree)


def _branch(tree: dict[str, dict[str, object]]) -> str:
    tails = [re.escape(char) + _branch(node) for char, node in tree.items() if char]  # type: ignore[arg-type]  # as above
    if not tails:
        return ""
    joined = tails[0] if len(tails) == 1 and "" not in tree else f"(?:{'|'.join(tails)})"
    return joined + ("?" if "" in tree else "")
