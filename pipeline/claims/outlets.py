"""News outlets by name: one canonical name an outlet, whatever it is called in the text."""

from __future__ import annotations

import re
from functools import cache

from pipeline.resources import lexicon

_EDGES = re.compile(r"^(?:the|a)\s+|(?:'s|')$", re.IGNORECASE)


def outlet_of(words: str) -> str | None:
    """Return the canonical name of the outlet that ``words`` name ("the BBC", "DW.com's"), else None."""
    plain = words.strip().replace("’", "'")
    return _outlets().get(_EDGES.sub("", plain).casefold()) or _outlets().get(plain.casefold())


@cache
def _outlets() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in lexicon("outlets"):
        for alias in (row["name"], row["domain"], *row["aliases"].split("|")):
            if alias:
                table.setdefault(_EDGES.sub("", alias).casefold(), row["name"])
    return table
