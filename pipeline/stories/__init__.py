"""Articles into stories, and stories into origins: who tells of one event, and who tells it independently."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.models import Article, Story
from pipeline.settings import Settings
from pipeline.stories.grouping import group, story_id
from pipeline.stories.library import shelve
from pipeline.stories.origins import find_origins

__all__ = ["group_stories"]


def group_stories(articles: Sequence[Article], settings: Settings) -> tuple[Story, ...]:
    """Return the stories of a dump with their origins, sorted by id.

    Every article is in exactly one story, alone if nobody else tells of its event; languages are never mixed,
    and no two dated articles of a story lie further apart than ``settings.stories.window_days``. The order of
    ``articles`` does not matter; their ids must be unique.
    """
    ordered = sorted(articles, key=lambda article: article.id)
    library = shelve(ordered, settings)
    by_id = {article.id: article for article in ordered}
    stories = []
    for ids in group(ordered, library, settings.stories):
        found = find_origins([by_id[key] for key in ids], library.digests, settings.origins)
        stories.append(
            Story(
                id=story_id(ids, by_id),
                articles=tuple(ids),
                origins=tuple(found.origin_of[key] for key in ids),
                links=found.links,
                overlaps=found.overlaps,
            )
        )
    return tuple(sorted(stories, key=lambda story: story.id))
