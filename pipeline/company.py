"""Who is in whose story, as one night sees it: small enough to be held for all its articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from sys import intern

from pipeline.columns import from_table
from pipeline.runs import STORIES, Places
from pipeline.store import count_rows, read_table

MEMBERS = "members.arrow"  # of a night's stories, beside their shards
_ROWS = 10_000  # of a table that are records at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article of a story that a night tells or adds to."""

    article: str
    night: str  # of the dump that the article came in
    story: str
    shard: str  # name of the file that has the story


@dataclass(frozen=True, slots=True)
class Company:
    """Who is in whose story, as one night sees it."""

    members: dict[str, Member]  # by article
    stories: dict[str, tuple[str, ...]]  # articles by story

    def of(self, article: str) -> frozenset[str]:
        """Return the articles of an article's story, itself included."""
        return frozenset(self.stories[self.members[article].story])

    def from_night(self, night: str) -> Iterator[str]:
        """Yield the articles of one night's dump."""
        return (article for article, member in self.members.items() if member.night == night)


def company_of(places: Places) -> Company:
    """Return who is in whose story, from a night whose stories are there."""
    return _company(places.stage(STORIES) / MEMBERS)


@lru_cache(maxsize=64)  # a file under a fingerprint never changes
def _company(path: Path) -> Company:
    members: dict[str, Member] = {}
    stories: dict[str, list[str]] = {}
    for member in _members(path):
        members[member.article] = member
        stories.setdefault(member.story, []).append(member.article)
    return Company(members, {story: tuple(articles) for story, articles in stories.items()})


def _members(path: Path) -> Iterator[Member]:
    """Yield the members of a night's stories; names that many share are held once."""
    table, story = read_table(path, Member), ""
    for start in range(0, len(table), _ROWS):
        for member in from_table(Member, table.slice(start, _ROWS)):
            story = story if story == member.story else member.story  # a story's members follow each other
            yield replace(member, night=intern(member.night), shard=intern(member.shard), story=story)


def company_size(places: Places) -> int:
    """Return how many articles the stories of a night have."""
    return count_rows(places.stage(STORIES) / MEMBERS)
