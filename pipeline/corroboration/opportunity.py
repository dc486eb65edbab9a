"""When each text first appeared, and who could have carried a claim: silence counts only for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time

from pipeline.models import Article, Story

_EQUAL = "origin.equal-text"


def first_days(story: Story, articles: Mapping[str, Article]) -> dict[str, str | None]:
    """Return for each article of a story the day, YYYY-MM-DD, on which its text first appeared.

    A later copy is as old as what it copies: it makes nobody later and gives nobody a second chance to speak.
    """
    return _with_copies(story, {id_: _day(articles[id_].published) for id_ in story.articles})


def first_times(story: Story, articles: Mapping[str, Article]) -> dict[str, str | None]:
    """Return likewise the time, YYYY-MM-DDTHH:MM:SS in UTC; the day alone where the hour is not known."""
    return _with_copies(story, {id_: _time(articles[id_].published) for id_ in story.articles})


def _day(published: str | None) -> str | None:
    return published[:10] if published else None


def _time(published: str | None) -> str | None:
    """Midnight to the second is what is written where no hour is known."""
    if not published:
        return None
    moment = datetime.fromisoformat(published)
    if moment.time() == time():
        return published[:10]
    try:
        return (moment.astimezone(UTC) if moment.tzinfo else moment).isoformat()[:19]
    except OverflowError:  # the last evening of the calendar, west of Greenwich
        return published[:10]


def _with_copies(story: Story, times: dict[str, str | None]) -> dict[str, str | None]:
    for link in story.links:
        known = [first for id_ in (link.first, link.second) if (first := times[id_])]
        if link.rule == _EQUAL and known:
            times[link.first] = times[link.second] = min(known)
    return times


def could_speak(
    article: str, days: Mapping[str, str | None], origin_of: Mapping[str, str], readable: Mapping[str, bool]
) -> frozenset[str]:
    """Return the other origins with an article that is readable, long enough and not of an earlier day.

    An unknown day is no excuse for silence, and none against it. Whether others had a claim before does
    not matter: else one more supporter could make others' silence tell against what it supports.
    """
    own, first = origin_of[article], days[article]
    return frozenset(
        origin_of[id_]
        for id_, day in days.items()
        if origin_of[id_] != own and readable[id_] and not _before(day, first)
    )


def _before(day: str | None, first: str | None) -> bool:
    return day is not None and first is not None and day < first
