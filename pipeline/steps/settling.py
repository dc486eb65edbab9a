"""After a night's stages: bring every night that shares a window with it in line, and publish it last."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.company import company_of
from pipeline.runs import CORROBORATION, SCORE, STORIES, Night
from pipeline.steps.changes import changes_by
from pipeline.steps.corroboration import corroborate_stories
from pipeline.steps.frame import Progress, ShardSpec, Watch
from pipeline.steps.publication import Edition, publish
from pipeline.steps.reports import ReportSpec
from pipeline.steps.score import score_articles
from pipeline.steps.stories import group_by_story
from pipeline.window import Nights, nights_around

_SCORING: tuple[tuple[str, Callable[[Night, Watch], Progress]], ...] = (
    (STORIES, group_by_story),
    (CORROBORATION, corroborate_stories),
    (SCORE, score_articles),
)


def publish_window(night: Night, watch: Watch) -> Progress:
    """Publish a night, after those around it that it changes something about; return what was done for itself.

    A later night that ran before this one is scored anew with it: where all nights of a set were run, in any
    order, each stands as if they had been run one after the other.
    """
    date = night.places.date
    for near in nights_around(night).around(date):
        nights = nights_around(night)  # looked for anew: each that is scored changes what the next is held against
        if not nights.scored(near):
            score_through(SCORE, nights.night(near), watch)
    nights = nights_around(night)
    stale = [near for near in nights.around(date) if near != date and not nights.is_current(near)]
    for near in stale:
        publish(_edition(nights, near), watch)
    return publish(_edition(nights, date), watch)


def score_through(last: str, night: Night, watch: Watch) -> Progress:
    """Do a stage, and before it those between the claims and it that are not done for the window as it is now."""
    for stage, step in _SCORING:
        if stage == last:
            return step(night, watch)
        if not night.places.is_finished(stage):
            step(night, watch)
    raise ValueError(f"{last} is not a stage of scoring")


def _edition(nights: Nights, date: str) -> Edition:
    revision = nights.revision(date)
    later = [near for near, _ in revision.later]
    brought = changes_by(nights, later[-1], [date]) if later else []
    sources = [date, *later]
    return Edition(
        night=nights.night(date),
        revision=revision,
        sources={source: nights.scored_at(source) for source in sources},
        specs=tuple(spec for source in sources for spec in _specs(nights, date, source)),
        changes=(*changes_by(nights, date, nights.around(date)), *brought),
    )


def _specs(nights: Nights, date: str, source: str) -> Iterator[ReportSpec]:
    """Yield the shards of one night's scores that hold articles of another's dump, or of its own."""
    revision, places = nights.revision(date), nights.scored_at(source)
    shards: dict[str, list[str]] = {}
    others: dict[str, list[tuple[str, str]]] = {}
    for article, member in company_of(places).members.items():
        if member.night != date:
            others.setdefault(member.shard, []).append((article, member.night))
        elif revision.source(article) == source:
            shards.setdefault(member.shard, []).append(article)
    for name in sorted(shards):
        shard = ShardSpec(places, nights.settings, name)
        yield ReportSpec(revision.places, shard, tuple(shards[name]), tuple(others.get(name, ())))
