"""The part of a person's name that tells people apart in running text."""

from __future__ import annotations

import re

from pipeline.remembered import remembered

_WORD = re.compile(r"\w+")
_VOWELS = re.compile(r"[aeiouy]")
_TWICE = re.compile(r"(.)\1+")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def name_words(person: str) -> list[str]:
    """Return the words of a name without a suffix ("Jr."), as written; none for a name without letters."""
    found = _WORD.findall(person)
    while len(found) > 1 and found[-1].casefold() in _SUFFIXES:
        found.pop()
    return found


def sounds(name: str) -> str:
    """Return the consonants of a name, each once in a row: what is left of it in all transcriptions ("Fouad", "Fuad")."""
    return _TWICE.sub(r"\1", _VOWELS.sub("", name.casefold())) or name.casefold()


@remembered(50_000)  # a story has the same people again and again
def surname(person: str) -> str:
    """Return the last word of a name, as written; the whole where it has no word."""
    found = name_words(person)
    return found[-1] if found else person
