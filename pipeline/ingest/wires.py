"""Which agencies an article is credited to: in the by-line, the dateline, a note at its end, its fields."""

from __future__ import annotations

import re
from functools import cache

from pipeline.models import Boilerplate
from pipeline.resources import lexicon

_HEAD, _TAIL = 400, 600  # characters where credits stand
_LINE = 250  # characters; a by-line that names an agency is shorter
PICTURE = "boilerplate.photo-credit"  # the rule of what credits a picture
# What must be there for a look to be worth it, and the grammar of the credit around its {wire}.
_AT_HEAD = (
    ("(", r"\({wire}\) ?[-–—:]|^\({wire}\)"),  # BERLIN (Reuters) -; not "Psychological Association (APA)"
    ("\n", r"^(?:By )?(?:[^\n]{{1,80}}(?:, |/| \| | for ))?{wire}$"),  # a by-line of its own
    ("/", r"^[A-Z][^\n()/]{{2,60}} /{wire}/"),  # BERLIN, Dec. 10 /TASS/
)
_AT_TAIL = (
    ("(", r"(?:^|[.!?\"”’] ?)\({wire}\)$"),
    ("©", r"©[^\n]{{0,20}}?\b{wire}\b"),
    ("opyright", r"[Cc]opyright[^\n]{{0,20}}?\b{wire}\b"),
    ("contributed", r"\b{wire}(?:['’]s?)?(?: [\w .,]{{1,60}})? contributed\b"),
    ("\n", r"^{wire}\.?$"),
    (":", r"^(?:Source|Contributing|With): (?:the )?{wire}\b"),
    ("ith ", r"[Ww]ith (?:reporting|files|inputs|agencies|information) (?:by|from) (?:the )?{wire}\b"),
)


def find_wires(
    body: str, authors: tuple[str, ...], source: str | None, marks: tuple[Boilerplate, ...] = ()
) -> tuple[str, ...]:
    """Return the names of the agencies credited, sorted, each once.

    ``marks`` are stretches of ``body``; those that credit a picture don't count for the text.
    """
    tail_at = max(0, len(body) - _TAIL)
    tail = _without_pictures(body, marks, tail_at)
    found = [*_credits(body[:_HEAD], _AT_HEAD), *_credits(tail, _AT_TAIL)]
    for field in (*authors, source or ""):
        found += re.split(r"\s{0,3}[,/;]\s{0,3}|\s-\s", field)
    return tuple(sorted({name for spelling in found if (name := _names().get(spelling.strip().lower()))}))


def _credits(stretch: str, patterns: tuple[tuple[str, str], ...]) -> list[str]:
    found = []
    for needle, template in patterns:
        if needle in stretch and (needle != "\n" or _ends_a_line(stretch)):
            found += [str(match[match.lastindex or 0]) for match in _pattern(template).finditer(stretch)]
    return found


def _ends_a_line(stretch: str) -> bool:
    """Tell whether a short line ends with an agency's name; other lines aren't worth a look for by-lines."""
    return any(len(line) <= _LINE and line.endswith(_endings()) for line in stretch.split("\n"))


def _without_pictures(body: str, marks: tuple[Boilerplate, ...], start: int) -> str:
    parts, done = [], start
    for mark in marks:
        if mark.rule == PICTURE and mark.end > done:
            parts.append(body[done : max(done, mark.start)])
            done = mark.end
    return "".join(parts) + body[done:]


@cache
def _names() -> dict[str, str]:
    return {spelling.lower(): row["name"] for row in lexicon("wires") for spelling in row["words"].split("|")}


@cache
def _spellings() -> tuple[str, ...]:
    return tuple(spelling for row in lexicon("wires") for spelling in row["words"].split("|"))


@cache
def _endings() -> tuple[str, ...]:
    return tuple(f"{spelling}{stop}" for spelling in _spellings() for stop in ("", "."))


@cache
def _pattern(template: str) -> re.Pattern[str]:
    longest_first = sorted(_spellings(), key=lambda spelling: (-len(spelling), spelling))
    return re.compile(template.format(wire=f"({'|'.join(map(re.escape, longest_first))})"), re.MULTILINE)
