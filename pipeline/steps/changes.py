"""What a night changed about the articles of the nights before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.company import Company, company_of
from pipeline.models import Score
from pipeline.report import Json, Renewal, Standing, change_of
from pipeline.runs import SCORE, Places
from pipeline.settings import Settings
from pipeline.steps.cases import Case, cases, records_of
from pipeline.steps.frame import ShardSpec
from pipeline.window import Nights


def changes_by(nights: Nights, date: str, about: Iterable[str]) -> list[Json]:
    """Return a row for each article of some earlier nights that a night changed the score or a verdict of."""
    found = []
    for near in (near for near in about if near < date):
        for before, articles in _by_view_before(nights, near, date).items():
            views = _View(nights.scored_at(before), nights.settings), _View(nights.scored_at(date), nights.settings)
            rows = (change_of(renewal) for renewal in _renewals(*views, near, articles))
            found += [row for row in rows if row is not None]
    return found


@dataclass(frozen=True, slots=True)
class _View:
    """The scores of one night."""

    places: Places
    settings: Settings

    @property
    def company(self) -> Company:
        return company_of(self.places)

    def read(self, articles: list[str]) -> Iterator[tuple[Case, Standing]]:
        """Yield some articles as the night saw them."""
        for name in sorted({self.company.members[article].shard for article in articles}):
            spec = ShardSpec(self.places, self.settings, name)
            scores = {row.article: row for row in records_of(spec.path(SCORE, "scores"), Score, "article", articles)}
            for case in cases(spec, articles):
                yield case, Standing.of(scores[case.article.id], case.claims, case.findings, case.story.articles)


def _by_view_before(nights: Nights, near: str, date: str) -> dict[str, list[str]]:
    """Return the articles of a night that a later one scored anew, by the night that had scored them last."""
    found: dict[str, list[str]] = {}
    for article, order in nights.revision(near).renewed.items():
        if date in order:
            found.setdefault(order[order.index(date) - 1], []).append(article)
    return found


def _renewals(before: _View, after: _View, night: str, articles: list[str]) -> Iterator[Renewal]:
    old = {case.article.id: standing for case, standing in before.read(articles)}
    for case, standing in after.read(articles):
        yield Renewal(
            article=case.article,
            night=night,
            by=after.places.date,
            before=old[case.article.id],
            after=standing,
        )
