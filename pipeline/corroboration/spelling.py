"""One spelling for words that say the same: "eleventh" and "11th", "three" and "3", "Sen." and "Senator"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.remembered import remembered
from pipeline.resources import lexicon

ORDINAL = re.compile(r"([0-9]{1,4})(?:st|nd|rd|th)")


@remembered(50_000)
def in_one_spelling(word: str) -> str:
    """Return a word in lower case as all its spellings are compared."""
    found = ORDINAL.fullmatch(word)
    return f"{found[1]}th" if found else _spellings().get(word, word)


@cache
def _spellings() -> dict[str, str]:
    numbers = {row["word"]: row["value"] for row in lexicon("number_words") if row["kind"] in ("unit", "ten")}
    ordinals = {row["word"]: f"{row['value']}th" for row in lexicon("ordinals")}
    titles = {
        row["word"].casefold().removesuffix("."): row["role"]
        for row in lexicon("titles")
        if row["word"].endswith(".") and row["role"] and " " not in row["role"]
    }
    return numbers | ordinals | titles
