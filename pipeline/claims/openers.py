"""Where the words stand that may open a date, a number or a report: one pass over a text's words for all extractors.

Most words open nothing. Each extractor tries its patterns only at the words that one of its phrases starts with.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from pipeline.claims.dates_words import date_openers
from pipeline.claims.numerals import counting_words
from pipeline.claims.scan import BATCH, letters
from pipeline.claims.speakers_words import verbs

Opens = Literal["date", "number", "report"]


@lru_cache(maxsize=BATCH)
def openers(low: str) -> dict[Opens, list[tuple[int, str]]]:
    """Return where words stand (runs of "a" to "z") that may open something, and the words, in the order of the text.

    Of "a few dozen" it is the second word: the first one is everywhere.
    """
    table = _table()
    found: dict[Opens, list[tuple[int, str]]] = {"date": [], "number": [], "report": []}
    text, at = f" {letters(low)} ", -1
    for word in filter(_words().__contains__, text.split()):
        alone, kinds = table[word]
        at = text.find(alone, at + 1)
        for kind in kinds:
            found[kind].append((at, word))
    return found


@cache
def _words() -> frozenset[str]:
    return frozenset(_table())  # asked of every word of a text: a set answers quicker than a table


@cache
def _table() -> dict[str, tuple[str, tuple[Opens, ...]]]:
    """Return each word with the spaces around it and what it may open."""
    phrases: dict[Opens, list[str]] = {
        "date": [*date_openers()],
        "number": [phrase.removeprefix("a ") for phrase in counting_words()],
        "report": [word.lower() for word in verbs()],
    }
    opens: dict[str, tuple[Opens, ...]] = {}
    for kind, written in phrases.items():
        for word in dict.fromkeys(_first_letters(phrase) for phrase in written):
            opens[word] = (*opens.get(word, ()), kind)
    return {word: (f" {word} ", kinds) for word, kinds in opens.items()}


def _first_letters(phrase: str) -> str:
    return letters(phrase).split()[0]
