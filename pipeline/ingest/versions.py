"""Versions of one article: the last one stands for all, so that an article never bears out its own earlier words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from pipeline.ingest.fields import names_one_article
from pipeline.ingest.slips import F, Filed, digest, key, place
from pipeline.moments import instant

_Group = tuple[str, str]


def superseded(articles: Sequence[F]) -> dict[tuple[object, ...], F]:
    """Return which article each earlier version gives way to, by the earlier one's key.

    Versions have one source and one address that names an article, or one source and one id, and are
    of different known times. Where the times don't tell, nothing is decided here.
    """
    later: dict[tuple[object, ...], F] = {}
    for of in (_address, _id):
        for group in _grouped([article for article in articles if key(article) not in later], of):
            newest = latest(group)
            for article in group:
                if float("-inf") < changed(article) < changed(newest):
                    later[key(article)] = newest
    return later


def latest(group: Sequence[F]) -> F:
    """Return the article that was changed last, whatever the order of the group."""
    last = max(map(changed, group))
    return min(
        (article for article in group if changed(article) == last),
        key=lambda article: (article.sha256, place(article.location)),
    )


def changed(article: Filed) -> float:
    """Return when an article was last changed, as far as the dump says, in seconds since 1970; else minus infinity."""
    return max(instant(article.published), instant(article.modified))


def _grouped(articles: Sequence[F], of: Callable[[Filed], _Group | None]) -> Iterator[list[F]]:
    """Yield the articles that share a group; those alone in one, nearly all, are not held."""
    seen: set[int] = set()
    shared: set[int] = set()
    for article in articles:
        if (group := of(article)) is not None:
            mark = digest(group)
            (shared if mark in seen else seen).add(mark)
    groups: dict[_Group, list[F]] = defaultdict(list)
    for article in articles if shared else ():
        if (group := of(article)) is not None and digest(group) in shared:
            groups[group].append(article)
    yield from groups.values()


def _address(article: Filed) -> _Group | None:
    url = article.canonical_url
    return (article.source.casefold(), url) if article.source and url and names_one_article(url) else None


def _id(article: Filed) -> _Group | None:
    return (article.source.casefold(), article.id) if article.source else None
