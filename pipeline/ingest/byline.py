"""The note on the author under an article."""

from __future__ import annotations

import re
from functools import cache

from pipeline.resources import words

_LOOKED_AT = 8  # last lines
_LONGEST = 900  # characters of a note
_NAME = re.compile(r"[A-Z][\w.'’-]{1,20}(?: (?:[a-z]{2,3} )?[A-Z][\w.'’-]{0,20}){1,3}")
_IS = re.compile(
    r"(?P<name>[A-Z][\w.'’-]{1,20}(?: (?:[a-z]{2,3} )?[A-Z][\w.'’-]{0,20}){1,3}),?(?: \(@\w{1,30}\))?,? "
    r"(?:is|was|has been|writes|covers|reports|works|serves)\b(?P<what>[^.]{0,160})"
)
_REACH = re.compile(r"@\w{2,30}|[\w.]{2,30}@[\w.]{2,30}|\bTwitter\b")


def author_note(lines: list[str], authors: tuple[str, ...], text: str) -> list[int]:
    """Return the numbers of the lines at the end that introduce the writer.

    A note says what its subject is to the outlet ("X is the founder and editor of"), and its
    subject is the author, stands alone on the line before, or isn't named anywhere else.
    """
    found: list[int] = []
    for number in range(max(1, len(lines) - _LOOKED_AT), len(lines)):
        note = _IS.match(lines[number]) if len(lines[number]) <= _LONGEST else None
        if note is None or not _introduces(note["what"], lines[number]):
            continue
        headed = lines[number - 1] == note["name"] and _NAME.fullmatch(lines[number - 1]) is not None
        if headed:
            found += [number - 1, number]
        elif note["name"] in authors or text.count(note["name"]) == 1:
            found.append(number)
    return found


def _introduces(what: str, line: str) -> bool:
    told = {word.strip(",;'\"").lower() for word in what.split()}
    return (
        bool(told & _roles())
        and (not told & {"said", "says", "told"})
        and (bool(_REACH.search(line)) or re.match(r" (?:an?|the|our) ", what) is not None)
    )


@cache
def _roles() -> frozenset[str]:
    return words("bio_roles")
