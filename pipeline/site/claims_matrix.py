"""Claims of a story joined into rows, and what each article says on each."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.site.findings import claim_line
from pipeline.site.passages import TextShown
from pipeline.site.words import VERDICTS

_ROW_WORDS = 140  # characters of a claim in its row


@dataclass(frozen=True, slots=True)
class Fact:
    """What the matrix needs of one claim."""

    article: str
    claim: str
    kind: str
    start: int
    end: int
    words: str
    evidence: tuple[tuple[str, str, int, int], ...]  # article, relation, start, end
    cut: bool  # more evidence is counted than listed


@dataclass(frozen=True, slots=True)
class Cell:
    """What one article says on a row."""

    article: str
    verdict: str  # class that colours it
    symbol: str
    label: str
    href: str | None  # claim of that article


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """Claims that say the same."""

    words: str
    kind: str
    says: int  # origins
    denies: int  # origins
    cells: tuple[Cell, ...]


def facts_of(report: dict[str, Any], shown: TextShown) -> Iterator[Fact]:
    """Yield the facts of one report."""
    for claim in report["claims"]:
        rows = claim["evidence"]
        yield Fact(
            article=report["article"]["id"],
            claim=claim["id"],
            kind=claim["kind"],
            start=claim["span"]["start"],
            end=claim["span"]["end"],
            words=claim_line(claim, report["article"]["text"], shown, _ROW_WORDS),
            evidence=tuple((row["article"], row["relation"], row["span"]["start"], row["span"]["end"]) for row in rows),
            cut=claim["evidence_total"] > len(rows),
        )


def matrix(
    facts: Sequence[Fact],
    origin_of: Mapping[str, str],
    days: Mapping[str, str | None],
    columns: Sequence[str],
) -> tuple[list[MatrixRow], Counter[str]]:
    """Return the rows on which two articles or more speak, the disputed ones first, and how many only one has.

    Claims that support each other are one row. ``days`` holds the day that each article was published.
    """
    rows, alone = [], Counter[str]()
    for members in _joined(facts):
        said = _said(members)
        if len(said) == 1:
            alone[members[0].article] += 1
            continue
        rows.append(_row(members, said, origin_of, days, columns))
    rows.sort(key=lambda row: (-(min(row.says, row.denies) > 0), -row.denies, -row.says, row.kind, row.words))
    return rows, alone


def _joined(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Return groups of facts of which each supports another of its group; in the order of their first members."""
    at = _Places(facts)
    parent = list(range(len(facts)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for number, fact in enumerate(facts):
        for article, relation, start, end in fact.evidence:
            other = at.find(article, fact.kind, start, end) if relation == "supports" else None
            if other is not None:
                low, high = sorted((root(number), root(other)))
                parent[high] = low
    groups: dict[int, list[Fact]] = {}
    for number, fact in enumerate(facts):
        groups.setdefault(root(number), []).append(fact)
    return list(groups.values())


class _Places:
    """Which claim of an article stands where."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._exact: dict[tuple[str, str, int, int], int] = {}
        self._starts: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
        for number, fact in enumerate(facts):
            self._exact[fact.article, fact.kind, fact.start, fact.end] = number
            self._starts.setdefault((fact.article, fact.kind), []).append((fact.start, fact.end, number))
        for places in self._starts.values():
            places.sort()

    def find(self, article: str, kind: str, start: int, end: int) -> int | None:
        """Return the claim of a kind at a span or, failing that, the last one before its end that overlaps it."""
        exact = self._exact.get((article, kind, start, end))
        if exact is not None:
            return exact
        places = self._starts.get((article, kind), [])
        before = bisect_left(places, (end,))
        near = (number for low, high, number in reversed(places[max(0, before - 2) : before]) if start < high)
        return next(near, None)


def _said(members: Sequence[Fact]) -> dict[str, tuple[str, str | None]]:
    """Return by article the relation of what it says to the row, and its claim where it has one."""
    said: dict[str, tuple[str, str | None]] = {}
    for fact in members:
        for article, relation, _, _ in fact.evidence:
            if relation == "contradicts" or said.get(article, ("", None))[0] != "contradicts":
                said[article] = (relation, None)
    return said | {fact.article: ("supports", fact.claim) for fact in members}


def _row(
    members: Sequence[Fact],
    said: Mapping[str, tuple[str, str | None]],
    origin_of: Mapping[str, str],
    days: Mapping[str, str | None],
    columns: Sequence[str],
) -> MatrixRow:
    sides = {
        relation: {origin_of[id_] for id_, (found, _) in said.items() if found == relation}
        for relation, _ in said.values()
    }
    told = [day for fact in members if (day := days[fact.article])]
    first = min(told) if told else None
    cut = any(fact.cut for fact in members)
    return MatrixRow(
        words=members[0].words,
        kind=members[0].kind,
        says=len(sides.get("supports", ())),
        denies=len(sides.get("contradicts", ())),
        cells=tuple(_cell(id_, said.get(id_), days[id_], first, cut=cut) for id_ in columns),
    )


def _cell(article: str, said: tuple[str, str | None] | None, day: str | None, first: str | None, *, cut: bool) -> Cell:
    if said is not None:
        verdict, label = _SAID[said[0]]
        return Cell(article, verdict, VERDICTS[verdict].symbol, label, said[1])
    if day is not None and first is not None and day < first:
        return Cell(article, "", "◁", "published before", None)
    return Cell(article, "", "…", "not listed", None) if cut else Cell(article, "", "·", "silent", None)


_SAID = {
    "supports": ("supported", "says so"),
    "qualifies": ("qualified", "says it more coarsely or finely"),
    "supersedes": ("superseded", "has an earlier or later figure"),
    "contradicts": ("contradicted", "says otherwise"),
}
