"""Both sides of a pair in their own words, with a reading in brackets where the words alone would not tell."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.corroboration.levels.level import Sides
from pipeline.text import clipped

_LONGEST = 90  # code points of one side's words
_Readings = Callable[[Sides], tuple[str | None, str | None]]


def both_told(sides: Sides, readings: _Readings | None = None) -> str:
    """Return what both texts say: ``here “11 knots” (20.4 km/h), there “20 km/h”``, once where they say it alike.

    ``readings`` returns what the words of each are read as; None where they say it themselves. Nothing is told of
    sides without texts: most pairs come to nothing, and are never asked for their reason.
    """
    if not any(sides.texts):
        return ""
    read = readings(sides) if readings is not None else (None, None)
    one, other = (_told(words, reading) for words, reading in zip(sides.words, read, strict=True))
    return one if one.casefold() == other.casefold() else f"here {one}, there {other}"


def here_and_there(ours: str, theirs: str) -> str:
    """Return two stretches that differ, of which one may be empty: ``here nothing, there “not”``."""
    one, other = (quoted(words) if words else "nothing" for words in (ours, theirs))
    return f"here {one}, there {other}"


def quoted(words: str) -> str:
    """Return words in quotation marks, on one line, with a mark where they were cut."""
    line = " ".join(words.split()).strip('"“”')
    return f"“{clipped(line, _LONGEST)}”"


def _told(words: str, reading: str | None) -> str:
    return f"{quoted(words)} ({reading})" if reading else quoted(words)
