"""The words by which names are told from other capitalised words, out of the lexicons."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal

from pipeline.claims.gazetteer import name_key, place_keys
from pipeline.remembered import remembered
from pipeline.resources import lexicon, words
from pipeline.text import stop_words

NameKind = Literal["person", "place", "organisation", "outlet"]


@cache
def organisations() -> dict[str, NameKind]:
    """Comparing key of a known organisation or outlet, short and long form, to its kind."""
    table: dict[str, NameKind] = {}
    for row in lexicon("organisations"):
        kind: NameKind = "outlet" if row["kind"] == "outlet" else "organisation"
        table[name_key(row["name"])] = kind
        if row["full"]:
            table[name_key(row["full"])] = kind
    return table


def first_words(keys: Iterable[str]) -> frozenset[str]:
    """Return the first words of those keys that have several."""
    return frozenset([key.partition(" ")[0] for key in keys if " " in key])


@cache
def listed_openings() -> frozenset[str]:
    """First words of the comparing keys of known organisations and places that have several."""
    return first_words((*organisations(), *place_keys()))


@remembered(100_000)
def may_open_listed(word: str) -> bool:
    """Tell whether a known organisation or place of several words may begin with a word, as written."""
    first = name_key(word).partition(" ")[0]
    return not first or first in listed_openings()


@cache
def never_names() -> frozenset[str]:
    """Capitalised words that are never a name."""
    return words("name_stop")


@cache
def opening_words() -> frozenset[str]:
    """Words that open a sentence without being part of a name."""
    return stop_words() | words("openers")


@cache
def no_names() -> frozenset[str]:
    """Runs of one word, as written, that hold no name: "The", "However", "Tuesday"."""
    return (never_names() | {word.capitalize() for word in opening_words()}) - {
        row["name"] for row in lexicon("organisations")
    }


@cache
def common_words() -> frozenset[str]:
    """Words that news writes in lower case."""
    return words("common_words")


@cache
def first_names() -> frozenset[str]:
    """First names."""
    return words("first_names")


@cache
def organisation_heads() -> frozenset[str]:
    """Words that make a run an organisation."""
    return words("name_heads", part="organisation")


@cache
def place_heads() -> frozenset[str]:
    """Words that end the name of a building, a road, a stretch of land or water."""
    return words("name_heads", part="place")


@cache
def event_heads() -> frozenset[str]:
    """Words that end the name of an event, a law, a prize."""
    return words("name_heads", part="event")


@cache
def of_heads() -> frozenset[str]:
    """Words that "of" and "for" join to what follows."""
    return words("name_heads", part="of")


@cache
def titles() -> frozenset[str]:
    """Titles and roles written before a name, as written."""
    return words("titles")


@cache
def role_heads() -> frozenset[str]:
    """Nouns that end a role, lower case."""
    return words("roles", part="head")


@cache
def role_words() -> frozenset[str]:
    """Nouns and modifiers of roles, lower case."""
    return words("roles")


@cache
def time_words() -> frozenset[str]:
    """Words that say when somebody had a role, lower case: "former", "acting"."""
    return words("roles", part="time")


@cache
def partisans() -> frozenset[str]:
    """Words for a member of a party, as written: "Jo Doe, New Jersey Republican, said"."""
    return words("parties", part="member")


@cache
def land_heads() -> frozenset[str]:
    """Words that end the name of a stretch of land or water, as opposed to a building."""
    return words("name_heads", part="land")
