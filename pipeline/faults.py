"""Errors of this program that a text brought up: where in the program, and whether a text is to blame at all."""

from __future__ import annotations

from traceback import walk_tb

_PROGRAM = __name__.partition(".")[0]
_MACHINE = (OSError, MemoryError, ImportError)  # a disk or memory that gave out, a package that is not there


def where_raised(error: Exception) -> str:
    """Return what a text made the program raise, and where: "KeyError in pipeline.claims.dates, line 120".

    Raises the error anew where no text is to blame for it. What the error says is left out: it may hold an address
    in memory, and two runs leave the same bytes.
    """
    if isinstance(error, _MACHINE):
        raise error
    frames = [(frame.f_globals.get("__name__", ""), line) for frame, line in walk_tb(error.__traceback__)]
    module, line = [place for place in frames if place[0].startswith(f"{_PROGRAM}.")][-1]
    return f"{type(error).__name__} in {module}, line {line}"
