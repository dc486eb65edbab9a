"""A story's page: who tells it, who shares an origin, and a matrix of claims by articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.site.claims_matrix import Cell, Fact, MatrixRow, facts_of, matrix

MATRIX_ARTICLES = 12  # columns that a page has room for; the others are counted
COMPARED_ARTICLES = 150  # of one story whose claims the matrix joins: bounds memory
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Teller:
    """One article of a story."""

    number: int  # from 1, oldest first
    row: dict[str, Any]  # of scores.jsonl
    origin: str  # letter, or number beyond Z
    night: str | None = None  # of an article that is not from this night: this site has no page of it


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two articles are one origin."""

    earlier: Teller
    later: Teller
    rule: str
    shared: str


@dataclass(frozen=True, slots=True)
class Shared:
    """One origin that several articles share."""

    origin: str
    first: Teller | None  # the oldest, None where a day is missing or two are of one day
    tellers: tuple[Teller, ...]
    ties: tuple[Tie, ...]  # in the order of the later one's number


@dataclass(frozen=True, slots=True)
class StoryView:
    """One story as its page shows it."""

    id: str
    title: str
    tellers: tuple[Teller, ...]
    columns: tuple[Teller, ...]
    origins: int
    shared: tuple[Shared, ...]
    alone: tuple[tuple[Teller, int], ...]  # specifics that only this article carries, nobody denying them
    compared: int
    rows: tuple[MatrixRow, ...] = field(default=())


def story_view(story: dict[str, Any], rows: Sequence[dict[str, Any]], facts: Iterable[Fact]) -> StoryView:
    """Return a story from its ``story``, the score rows of all its articles and the facts of those compared.

    ``story`` is that of a report, with the ``ties`` of all reports by the two articles that they tie.
    """
    tellers = _tellers(story, rows)
    columns = tellers[:MATRIX_ARTICLES]
    days = {teller.row["article"]: (teller.row["published"] or "")[:10] or None for teller in tellers}
    found, alone = matrix(list(facts), story["origin_of"], days, [teller.row["article"] for teller in columns])
    return StoryView(
        id=story["id"],
        title=next((teller.row["title"] for teller in tellers if teller.row["title"]), tellers[0].row["article"]),
        tellers=tuple(tellers),
        columns=tuple(columns),
        origins=story["independent_origins"],
        shared=tuple(_shared(tellers, story["ties"])),
        alone=tuple((teller, alone[id_]) for teller in tellers if (id_ := teller.row["article"]) in alone),
        compared=min(len(tellers), COMPARED_ARTICLES),
        rows=tuple(found),
    )


def by_age(row: dict[str, Any]) -> tuple[bool, str, str]:
    """Order score rows: oldest first, the undated last."""
    return (row["published"] is None, row["published"] or "", row["article"])


def _tellers(story: dict[str, Any], rows: Sequence[dict[str, Any]]) -> list[Teller]:
    letters: dict[str, str] = {}
    tellers = []
    for number, row in enumerate(sorted(rows, key=by_age), start=1):
        origin = story["origin_of"][row["article"]]
        place = len(letters)
        letter = letters.setdefault(origin, _LETTERS[place] if place < len(_LETTERS) else str(place + 1))
        tellers.append(Teller(number, row, letter, story["other_nights"].get(row["article"])))
    return tellers


def _shared(tellers: Sequence[Teller], told: Mapping[tuple[str, str], dict[str, Any]]) -> Iterator[Shared]:
    held: dict[str, list[Teller]] = {}
    for teller in tellers:
        held.setdefault(teller.origin, []).append(teller)
    ties: dict[str, list[Tie]] = {}
    for tie in _ties(tellers, told):
        ties.setdefault(tie.later.origin, []).append(tie)
    for origin, some in held.items():
        if len(some) > 1:
            yield Shared(origin, _first(some), tuple(some), tuple(ties.get(origin, ())))


def _ties(tellers: Sequence[Teller], told: Mapping[tuple[str, str], dict[str, Any]]) -> list[Tie]:
    by_id = {teller.row["article"]: teller for teller in tellers}
    found = []
    for pair, tie in told.items():
        if all(id_ in by_id for id_ in pair):
            earlier, later = sorted((by_id[id_] for id_ in pair), key=lambda teller: teller.number)
            found.append(Tie(earlier, later, tie["rule"], tie["shared"]))
    return sorted(found, key=lambda tie: (tie.later.number, tie.earlier.number))


def _first(tellers: Sequence[Teller]) -> Teller | None:
    published = [teller.row["published"] for teller in tellers]
    oldest, second = published[:2]
    return tellers[0] if None not in published and oldest[:10] != second[:10] else None


__all__ = [
    "COMPARED_ARTICLES",
    "Cell",
    "Fact",
    "MatrixRow",
    "Shared",
    "StoryView",
    "Teller",
    "by_age",
    "facts_of",
    "story_view",
]
