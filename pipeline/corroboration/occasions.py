"""Of which time a figure is: what its sentence dates to another year or week is another matter than today's news."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.corroboration.levels.level import Days, days_apart, days_of
from pipeline.corroboration.topic import overlap
from pipeline.models import Claim, DateValue

_LONG_AGO = 31  # days
_THIS_WEEK = 7  # days
_WRITTEN = "date.absolute"


@dataclass(frozen=True, slots=True)
class Occasions:
    """The dates that each sentence of a story names."""

    named: Mapping[tuple[str, int], tuple[Days, ...]]  # by article and start of the sentence
    days: Mapping[str, str | None]  # on which each article's text first appeared

    @classmethod
    def of(cls, claims: Iterable[Claim], days: Mapping[str, str | None]) -> Occasions:
        """Index the dates among the claims of a story; those that no calendar day is known of are left out."""
        named: dict[tuple[str, int], list[Days]] = defaultdict(list)
        for claim in claims:
            if claim.date is not None and (span := days_of(claim.date)) is not None:
                named[claim.article, claim.sentence.start].append(span)
        return cls({place: tuple(spans) for place, spans in named.items()}, days)

    def are_one(self, claim: Claim, other: Claim, most: int) -> bool:
        """Tell whether two figures, or two dates, are of one time; ``most``: days between articles that tell one news.

        A figure is of the dates in its sentence. A day told from its article's own day ("on Monday") is that article's news; another week has other news.
        """
        if claim.quantity is not None:
            return not self.apart(claim, other, most)
        if claim.date is None or other.date is None:
            return True
        if self.each_its_own(claim, other) or self.at_two_distances(claim, other):
            return False
        ours, theirs = self.days[claim.article], self.days[other.article]
        if ours is None or theirs is None or days_apart(ours, theirs) <= most:
            return True
        return not (_tells_news(claim.date, theirs) or _tells_news(other.date, ours))

    def apart(self, claim: Claim, other: Claim, most: int) -> bool:
        """Tell whether the sentences of two figures name dates more than so many days apart.

        A sentence without a date is of its article's day; there it takes months, for news goes on for weeks, but where
        no day at all may lie between (``most`` is 0).
        """
        ours, theirs = self._named(claim), self._named(other)
        enough = most if (ours and theirs) or not most else max(most, _LONG_AGO)
        ours, theirs = ours or self._day(claim), theirs or self._day(other)
        return bool(ours and theirs) and min(_gap(one, two) for one in ours for two in theirs) > enough

    def are_dated(self, claim: Claim, other: Claim) -> bool:
        """Tell whether the days of both articles are known."""
        return None not in (self.days[claim.article], self.days[other.article])

    def each_its_own(self, claim: Claim, other: Claim) -> bool:
        """Tell whether two dates are each as far from its article's day as the other: each tells the news of its day."""
        ours, theirs = self.days[claim.article], self.days[other.article]
        if ours is None or theirs is None or claim.date is None or other.date is None:
            return False
        if claim.date.earliest is None or other.date.earliest is None:
            return False
        between = (date.fromisoformat(ours) - date.fromisoformat(theirs)).days
        apart = (date.fromisoformat(claim.date.earliest) - date.fromisoformat(other.date.earliest)).days
        return between != 0 and abs(apart - between) <= 1

    def at_two_distances(self, claim: Claim, other: Claim) -> bool:
        """Tell whether two dates are this week's news and its history, or one gone and one to come.

        A weekday or a day of a year of an article whose own day nobody knows is of any week or year: it is held against a day
        that another text writes out, with its year, and against none that is told from another article's day.
        """
        if claim.date is None or other.date is None:
            return False
        ours, theirs = days_of(claim.date), days_of(other.date)
        if ours is None or theirs is None:
            floating, placed = (claim, other) if ours is None else (other, claim)
            return ours != theirs and self.days[floating.article] is None and placed.rule != _WRITTEN
        told = self._day(claim), self._day(other)
        if () in told:
            return False
        nearer, farther = sorted(_gap(days, *day) for days, day in zip((ours, theirs), told, strict=True))
        return (nearer <= _THIS_WEEK and farther > _LONG_AGO) or _one_is_to_come(claim, other, ours, theirs, told)

    def _named(self, claim: Claim) -> tuple[Days, ...]:
        return self.named.get((claim.article, claim.sentence.start), ())

    def _day(self, claim: Claim) -> tuple[Days, ...]:
        day = self.days[claim.article]
        return ((date.fromisoformat(day), date.fromisoformat(day)),) if day else ()


def _one_is_to_come(claim: Claim, other: Claim, ours: Days, theirs: Days, told: tuple[tuple[Days, ...], ...]) -> bool:
    """Tell whether one date lies behind both articles and one before them, and nothing next to them says it is one thing."""
    (first, _), (last, _) = min(told)[0], max(told)[0]
    lesser, greater = sorted((ours, theirs))
    return lesser[1] < first and greater[0] > last and not overlap(claim.near, other.near)


def _tells_news(value: DateValue, their_day: str) -> bool:
    """Tell whether a date is one of its own article's week, or one that the other article came too early for."""
    return value.relative is not None or value.weekday is not None or (value.earliest or "") > their_day


def _gap(one: Days, two: Days) -> int:
    return max(0, (max(one[0], two[0]) - min(one[1], two[1])).days)
