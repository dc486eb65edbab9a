"""Articles into stories, and stories into origins: who tells of one event, and who tells it independently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.models import Article, Story
from pipeline.settings import Settings
from pipeline.stories.grouping import group, story_id
from pipeline.stories.library import Shelved, open_library, shelve
from pipeline.stories.origins import find_origins, origin_alone

__all__ = ["PlannedStory", "Shelved", "group_stories", "plan_stories", "shelve", "trace_origins"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStory:
    """Who tells of one event; where from is still to be asked."""

    id: str
    articles: tuple[str, ...]  # ids, sorted
    texts: tuple[str, ...]  # by article: a name for its text; equal names, equal texts


def group_stories(articles: Sequence[Article], settings: Settings) -> tuple[Story, ...]:
    """Return the stories of a dump with their origins, sorted by id.

    Every article is in exactly one story, alone if nobody else tells of its event; languages are never mixed,
    and no two dated articles of a story lie further apart than ``settings.stories.window_days``. The order of
    ``articles`` does not matter; their ids must be unique.
    """
    by_id = {article.id: article for article in articles}
    planned = plan_stories(shelve(articles, settings), settings)
    return tuple(trace_origins(story, by_id, settings) for story in planned)


def plan_stories(shelved: Iterable[Shelved], settings: Settings) -> list[PlannedStory]:
    """Return the stories of articles in small, sorted by id; takes some hundred bytes of memory an article."""
    with open_library(shelved) as library:
        groups = group(library, settings.stories)
        cards = {card.id: card for card in library.cards}  # made only now: while texts are linked, memory is scarcest
        stories = [
            PlannedStory(
                id=story_id(ids, cards),
                articles=tuple(ids),
                texts=tuple(cards[key].text for key in ids),
            )
            for ids in groups
        ]
    return sorted(stories, key=lambda story: story.id)


def trace_origins(story: PlannedStory, articles: Mapping[str, Article], settings: Settings) -> Story:
    """Return a story with the origins of its articles, which are given by id, perhaps among others.

    An article that is a story by itself need not be given.
    """
    if len(story.articles) == 1:
        found = origin_alone(story.articles[0])
    else:
        names = dict(zip(story.articles, story.texts, strict=True))
        found = find_origins([articles[key] for key in story.articles], names, settings.origins)
    return Story(
        id=story.id,
        articles=story.articles,
        origins=tuple(found.origin_of[key] for key in story.articles),
        links=found.links,
        overlaps=found.overlaps,
    )
