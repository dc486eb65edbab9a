"""Where the words stand that may open a date, a number or a report: one pass over a text's words for all extractors.

Most words open nothing. Each extractor tries its patterns only at the words that one of its phrases starts with.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.claims.dates_words import date_openers
from pipeline.claims.numerals import counting_words
from pipeline.claims.scan import BATCH, letters
from pipeline.claims.speakers_words import verbs

Opens = Literal["date", "number", "report"]
_HEAD = 8  # letters by which words are told apart at first, all words of a text at once: they fill one number
_PAST = np.uint64(0x4040404040404040)  # the bit of each byte that letters have and spaces do not
_ONE = np.uint64(1)
_SPREAD, _DROPPED = np.uint64(0x9E3779B97F4A7C15), np.uint64(64 - 16)  # a product's first 16 bits are its slot


@lru_cache(maxsize=BATCH)
def openers(low: str) -> dict[Opens, list[tuple[int, str]]]:
    """Return where words stand (runs of "a" to "z") that may open something, and the words, in the order of the text.

    Of "a few dozen" it is the second word: the first one is everywhere.
    """
    known = _table()
    found: dict[Opens, list[tuple[int, str]]] = {"date": [], "number": [], "report": []}
    text = f" {letters(low)}{' ' * _HEAD}"
    for at in _likely(text.encode("ascii")):
        word = text[at : text.find(" ", at)]
        for kind in known.get(word, ()):
            found[kind].append((at - 1, word))
    return found


def _likely(view: bytes) -> list[int]:
    """Return where the words of a view begin whose first letters are those of an opener, and a few others.

    The view, ASCII, has a space in front and one behind for each letter of a head.
    """
    apart = np.frombuffer(view, np.uint8) == ord(" ")
    starts = np.flatnonzero(apart[:-_HEAD] > apart[1 : 1 - _HEAD]) + 1
    heads = np.ndarray(len(view) - _HEAD + 1, "<u8", view, strides=(1,))[starts]
    likely: list[int] = starts[_slots()[_slot(heads)]].tolist()
    return likely


def _slot(heads: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the slot of each word, given as the number that its first letters make, with what follows a shorter one."""
    spaces = ~heads & _PAST
    alone = heads & ((spaces & -spaces) - _ONE)  # what stands before the first space
    return (alone * _SPREAD) >> _DROPPED


@cache
def _slots() -> NDArray[np.bool_]:
    """Return for each slot whether it is that of an opener; one in seventy is."""
    heads = b"".join(f"{word:{_HEAD}}"[:_HEAD].encode("ascii") for word in _table())
    slots = np.zeros(1 << 16, np.bool_)
    slots[_slot(np.frombuffer(heads, "<u8"))] = True
    return slots


@cache
def _table() -> dict[str, tuple[Opens, ...]]:
    """Return what each word may open."""
    phrases: dict[Opens, list[str]] = {
        "date": [*date_openers()],
        "number": [phrase.removeprefix("a ") for phrase in counting_words()],
        "report": [word.lower() for word in verbs()],
    }
    opens: dict[str, tuple[Opens, ...]] = {}
    for kind, written in phrases.items():
        for word in dict.fromkeys(_first_letters(phrase) for phrase in written):
            opens[word] = (*opens.get(word, ()), kind)
    return opens


def _first_letters(phrase: str) -> str:
    return letters(phrase).split()[0]
