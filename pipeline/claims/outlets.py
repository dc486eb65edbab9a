"""News outlets by name: one canonical name an outlet, whatever it is called in the text."""

from __future__ import annotations

import re
from functools import cache

from pipeline.remembered import remembered
from pipeline.resources import lexicon, words

_EDGES = re.compile(r"^(?:the|a)\s+|(?:'s|')$", re.IGNORECASE)
_ARTICLE_STARTS = frozenset("tTaA")


def outlet_of(name: str) -> str | None:
    """Return the canonical name of the outlet that ``name`` names ("the BBC", "DW.com's"), else None."""
    plain = name.strip().replace("’", "'")
    bare = _bare(plain)
    return _outlets().get(bare.casefold()) or (_outlets().get(plain.casefold()) if bare != plain else None)


def _bare(name: str) -> str:
    """Return a name without article and possessive ending, which few have."""
    return _EDGES.sub("", name) if name[:1] in _ARTICLE_STARTS or "'" in name[-3:] else name


@remembered(100_000)
def outlet_named(full: str) -> str | None:
    """Return the outlet that a name means, in its fullest form: a listed one, or one whose first or last word says so."""
    listed = outlet_of(full)  # of "Hill" in its fullest form alone: it may be Fiona Hill
    if listed:
        return listed
    plain = _bare(full)
    first, _, last = plain.partition(" ")
    if last and (last.rsplit(" ", 1)[-1] in outlet_words("last") or first in outlet_words("first")):
        return plain
    return None


@cache
def outlet_words(side: str) -> frozenset[str]:
    """Return the words of one kind that mark an outlet: first, last, job or part."""
    return words("outlet_words", side=side)


@cache
def _outlets() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in lexicon("outlets"):
        for alias in (row["name"], row["domain"], *row["aliases"].split("|")):
            if alias:
                table.setdefault(_EDGES.sub("", alias).casefold(), row["name"])
    return table
