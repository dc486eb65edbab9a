"""What only shows across records: repeats, and ids given twice. Independent of the order of input."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Generic

from pipeline.ingest.reasons import Fault, reject
from pipeline.ingest.slips import F, Filed, digest, key, place
from pipeline.ingest.sniff import stem
from pipeline.ingest.versions import latest, superseded
from pipeline.models import DumpLocation, Duplicate, Rejected
from pipeline.moments import instant


@dataclass(frozen=True, slots=True)
class Settled(Generic[F]):
    """Every article of the input, in exactly one of the three; sorted by id, then by place."""

    articles: tuple[F, ...]
    duplicates: tuple[Duplicate, ...]
    rejected: tuple[Rejected, ...]


def settle(articles: Iterable[F]) -> Settled[F]:
    """Set repeats aside and give every article an id of its own.

    The same text under another source and another id is kept: a syndicated copy has its own report. Of
    several versions of one article the last is kept, and the others are set aside as what it supersedes.
    """
    kept, repeats = _without_repeats(sorted(articles, key=_order))
    named = _text_files_by_path(kept)
    later = superseded(named)
    winners, losers = _one_an_id([article for article in named if key(article) not in later])
    duplicates = [
        Duplicate(id=copy.id, of=_last(named[first], later).id, location=copy.location, reason=reason)
        for copy, first, reason in repeats
    ]
    duplicates += [
        Duplicate(id=old.id, of=_last(old, later).id, location=old.location, reason="duplicate.superseded-version")
        for old in named
        if key(old) in later
    ]
    return Settled(
        articles=tuple(sorted(winners, key=lambda article: article.id)),
        duplicates=tuple(sorted(duplicates, key=lambda row: (row.id, place(row.location)))),
        rejected=tuple(sorted(losers, key=lambda row: place(row.location))),
    )


def _last(article: F, later: Mapping[tuple[object, ...], F]) -> F:
    while (version := later.get(key(article))) is not None:
        article = version
    return article


def _order(article: Filed) -> tuple[object, ...]:
    return instant(article.published), article.id, *place(article.location), article.sha256


def _without_repeats(ordered: list[F]) -> tuple[list[F], list[tuple[F, int, str]]]:
    """Return what is kept, and what repeats it: each with the place of the first in the kept, and why."""
    owners: dict[int, int] = {}  # by mark
    kept: list[F] = []
    repeats: list[tuple[F, int, str]] = []
    for article in ordered:
        marks = [(digest(mark), mark[0]) for mark in _marks(article)]
        found = next(((owners[mark], reason) for mark, reason in marks if mark in owners), None)
        if found is None:
            kept.append(article)
        else:
            repeats.append((article, *found))
        for mark, _ in marks:
            owners.setdefault(mark, found[0] if found else len(kept) - 1)
    return kept, repeats


def _marks(article: Filed) -> list[tuple[str, str, str]]:
    """Return what a repeat shares with its original, each under the reason it gives."""
    marks = [("duplicate.same-record", article.id, article.sha256)]
    if article.source:
        marks.append(("duplicate.same-source", article.source.casefold(), article.sha256))
    if article.canonical_url:
        marks.append(("duplicate.same-url", article.canonical_url, article.sha256))
    return marks


def _text_files_by_path(articles: list[F]) -> list[F]:
    """Name text files whose stem is another article's id by their path, and by their full name if that isn't enough."""
    for path_of in (_short_path, _full_path):
        shared = _shared_ids(articles)
        articles = [
            replace(article, id=path_of(article.location))
            if article.id in shared and _is_text_file(article)
            else article
            for article in articles
        ]
    return articles


def _is_text_file(article: Filed) -> bool:
    return article.location.line is None


def _shared_ids(articles: Iterable[Filed]) -> frozenset[str]:
    seen: set[str] = set()
    shared: set[str] = set()
    for article in articles:
        (shared if article.id in seen else seen).add(article.id)
    return frozenset(shared)


def _by_id(articles: Iterable[F]) -> dict[str, list[F]]:
    groups: dict[str, list[F]] = defaultdict(list)
    for article in articles:
        groups[article.id].append(article)
    return groups


def _short_path(location: DumpLocation) -> str:
    if location.member is None:
        return stem(location.file)
    return f"{location.file}/{stem(location.member)}"


def _full_path(location: DumpLocation) -> str:
    return location.file if location.member is None else f"{location.file}/{location.member}"


def _one_an_id(articles: list[F]) -> tuple[list[F], list[Rejected]]:
    shared = _shared_ids(articles)
    winners = [article for article in articles if article.id not in shared]
    losers: list[Rejected] = []
    for id_, group in _by_id(article for article in articles if article.id in shared).items():
        winner = latest(group)
        winners.append(winner)
        for article in group:
            if article is not winner:
                detail = f"id {id_[:200]!r} names another text, published {winner.published or 'at no given time'}"
                losers.append(reject(article.location, Fault("id.conflict", detail)))
    return winners, losers
