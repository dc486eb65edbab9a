"""Who could have carried a claim: silence counts only for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.models import Article, Claim


def could_speak(
    claim: Claim,
    supporters: Iterable[str],
    articles: Mapping[str, Article],
    origin_of: Mapping[str, str],
    readable: Mapping[str, bool],
) -> frozenset[str]:
    """Return the other origins with an article that is readable, long enough and not too early.

    Too early is an article of a day before the claim first appeared, in this article or in one
    that supports it. An unknown day is no excuse for silence, and none against it.
    """
    own = origin_of[claim.article]
    days = [day for id_ in (claim.article, *supporters) if (day := _day(articles[id_]))]
    first = min(days) if _day(articles[claim.article]) else None
    return frozenset(
        origin_of[id_]
        for id_, article in articles.items()
        if origin_of[id_] != own and readable[id_] and not _is_before(_day(article), first)
    )


def _day(article: Article) -> str | None:
    return article.published[:10] if article.published else None


def _is_before(day: str | None, first: str | None) -> bool:
    return day is not None and first is not None and day < first
