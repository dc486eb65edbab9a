"""A dump to trials: ingest, stories, a bounded sample of these, and fabrications and null edits in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from pipeline.claims import extract
from pipeline.evaluation.choices import Choices
from pipeline.evaluation.dice import Dice
from pipeline.evaluation.insertions import INSERTIONS
from pipeline.evaluation.nulls import NULL_FORMS, NullEditor
from pipeline.evaluation.planting import CHANGES, Planter, tried
from pipeline.evaluation.pool import Pool, gather
from pipeline.evaluation.told import Told, hear, is_contradicted, is_not_sourced
from pipeline.evaluation.trials import NullTrial, Trial, Untouched, Way
from pipeline.ingest import DumpFile, read_file, settle
from pipeline.models import Article, Story
from pipeline.settings import Settings
from pipeline.stories import group_stories

LEAST_ORIGINS = 3  # with fewer, nobody knows which of two versions is the planted one
_MOST_ARTICLES = 60  # heard of a story: its cost grows with their square
_POOL_ARTICLES = 300  # read for values to fabricate with

PLANS: tuple[tuple[str, Way], ...] = (
    *((kind, "changed") for kind in CHANGES),
    *((kind, "inserted") for kind in INSERTIONS),
)
Watch = Callable[[int], object]  # is told how many fabrications were planted since it was told last


@dataclass(frozen=True, slots=True)
class Sampling:
    """How many articles and stories there are, and how many were looked at."""

    articles: int
    stories: int
    eligible: int  # stories of enough independent origins
    sampled: int


@dataclass(frozen=True, slots=True)
class Trials:
    """All that was tried."""

    sampling: Sampling
    planted: tuple[Trial, ...]
    null: tuple[NullTrial, ...]
    untouched: tuple[Untouched, ...]


def read_dump(files: Sequence[DumpFile], settings: Settings) -> tuple[Article, ...]:
    """Return the articles of a dump as a run reads them, without repeats."""
    records = chain.from_iterable(read_file(file, settings.ingest) for file in files)
    return settle(record for record in records if isinstance(record, Article)).articles


def try_out(articles: Sequence[Article], settings: Settings, seed: int, plants: int, watch: Watch) -> Trials:
    """Plant at most ``plants`` fabrications into the stories of a dump, and null edits beside them.

    The seed decides which; the order of the articles does not matter. One story at a time is in memory with its
    claims, at most 60 articles of it.
    """
    dice = Dice(seed)
    stories = group_stories(articles, settings)
    eligible = [story for story in stories if len(set(story.origins)) >= LEAST_ORIGINS]
    by_id = {article.id: article for article in articles}
    pool = _pool(list(by_id.values()), settings, dice) if eligible else gather((), ())
    planted: list[Trial] = []
    null: list[NullTrial] = []
    untouched: list[Untouched] = []
    sampled, quotas = 0, Quotas.of(plants, len(eligible))
    for story in dice.shuffled(eligible, lambda story: story.id, "stories")[:plants]:
        told = hear(story.id, _told_by(story, by_id, dice), settings)
        if told.origins() < LEAST_ORIGINS:
            continue
        sampled += 1
        found = list(islice(_plant(told, pool, dice, quotas, planted), plants - len(planted)))
        planted += found
        null += _null_edits(told, dice, quotas.a_story("inserted"))
        untouched += _as_it_is(told)
        watch(len(found))
        if len(planted) == plants:
            break
    sampling = Sampling(len(articles), len(stories), len(eligible), sampled)
    return Trials(sampling, tuple(planted), tuple(null), tuple(untouched))


@dataclass(frozen=True, slots=True)
class Quotas:
    """How many fabrications of a kind: twice as many changed as inserted ones, for which there is always room."""

    inserted: int
    stories: int

    @classmethod
    def of(cls, plants: int, stories: int) -> Quotas:
        """Share out so many fabrications over the kinds."""
        return cls(-(-plants // len(PLANS)), max(1, stories))

    def in_all(self, way: Way) -> int:
        """Return how many of a kind are planted in all."""
        return 2 * self.inserted if way == "changed" else self.inserted

    def a_story(self, way: Way) -> int:
        """Return how many of a kind are planted into one story."""
        return -(-self.in_all(way) // self.stories)


def _told_by(story: Story, articles: dict[str, Article], dice: Dice) -> list[Article]:
    chosen = dice.shuffled(story.articles, str, "articles")[:_MOST_ARTICLES]
    return [articles[id_] for id_ in chosen]


def _pool(articles: Sequence[Article], settings: Settings, dice: Dice) -> Pool:
    some = dice.shuffled(articles, lambda article: article.id, "pool")[:_POOL_ARTICLES]
    return gather(articles, chain.from_iterable(extract(article, settings.claims) for article in some))


def _plant(told: Told, pool: Pool, dice: Dice, quotas: Quotas, planted: Sequence[Trial]) -> Iterator[Trial]:
    """Yield the trials of one story, every kind's first before any kind's second."""
    planter = Planter(told, Choices.of(told, pool, dice))
    done = Counter((trial.kind, trial.way) for trial in planted)
    left = {plan: min(quotas.a_story(plan[1]), quotas.in_all(plan[1]) - done[plan]) for plan in PLANS}
    plants = {plan: islice(planter.plants(*plan), room) for plan, room in left.items()}
    for _ in range(max(left.values())):
        for some in plants.values():
            yield from (tried(told, plant) for plant in islice(some, 1))


def _null_edits(told: Told, dice: Dice, share: int) -> Iterator[NullTrial]:
    editor = NullEditor(told, dice)
    return chain.from_iterable(islice(editor.trials(form), share) for form in NULL_FORMS)


def _as_it_is(told: Told) -> list[Untouched]:
    claims = [pair for id_ in told.story.articles for pair in told.pairs(id_)]
    of_kind = Counter(claim.kind for claim, _ in claims)
    contradicted = Counter(claim.kind for claim, finding in claims if is_contradicted(finding))
    not_sourced = Counter(claim.kind for claim, finding in claims if is_not_sourced(finding))
    return [
        Untouched(
            claim_kind=kind,
            story=told.story.id,
            claims=count,
            contradicted=contradicted[kind],
            not_sourced=not_sourced[kind],
        )
        for kind, count in sorted(of_kind.items())
    ]
