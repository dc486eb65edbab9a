"""How likely another figure or date stands in the place of a claim's, by what a whole story says.

That both speak of one matter comes first. Then Bayes' rule, over what can be counted: an article that lacks what most of
the others carry rather has it otherwise than not at all; a value that others carry too is one of its own; and of the many
figures of an article that a claim could be held against, only one is of its matter.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.corroboration.levels import Sides, agreement, quantity
from pipeline.corroboration.levels.quantity import is_vague
from pipeline.corroboration.values import Said, ValueKey, value_key
from pipeline.models import AGE, Claim
from pipeline.settings import CorroborationSettings

SCOPED = frozenset({"quantity", "date"})  # kinds whose values many matters share
_LACKED = 3  # values that the others have and an article has not, for each origin that carries one, at which that one still stands out
_ELSEWHERE = 2  # origins; more that carry a claim's own value make it no more of a matter of its own
_MOST_HELD = 4_096  # answers of one sort that are held at a time
_MOST_BEARERS = (
    32  # articles that carry a value of which is asked how many others they have; those with the fewest claims
)
_Sort = tuple[
    str, str | None, bool, bool
]  # what a figure can be compared with hangs on its unit and noun, and whether it is denied, or an age


@dataclass(frozen=True, slots=True)
class Displaced:
    """The figures and dates of a story by value, with the origins that carry them."""

    said: Said
    bearing: Mapping[
        ValueKey, tuple[tuple[Claim, frozenset[str]], ...]
    ]  # one claim of each sort, and the origins that have such
    articles: Mapping[ValueKey, tuple[str, ...]]  # that carry each value
    origin_of: Mapping[str, str]
    others: int  # origins beside a claim's own
    settings: CorroborationSettings
    rivals: dict[tuple[str, str, str, ValueKey], frozenset[ValueKey | None]] = field(default_factory=dict)
    known: dict[tuple[str, str, ValueKey], frozenset[str]] = field(
        default_factory=dict
    )  # by claim: who carries another value
    lacks: dict[tuple[str, str], int] = field(default_factory=dict)  # by claim: the values that its article has not

    @classmethod
    def of(cls, said: Said, origin_of: Mapping[str, str], settings: CorroborationSettings) -> Displaced:
        """Index what a story's articles say."""
        sorts: dict[ValueKey, dict[_Sort | None, tuple[Claim, set[str]]]] = defaultdict(dict)
        articles: dict[ValueKey, dict[str, None]] = defaultdict(dict)
        for (article, key), claims in said.claims.items():
            for claim in (claim for claim in claims if claim.kind in SCOPED):
                sorts[key].setdefault(_sort(claim), (claim, set()))[1].add(origin_of[article])
                articles[key][article] = None
        bearing = {
            key: tuple((claim, frozenset(origins)) for claim, origins in some.values()) for key, some in sorts.items()
        }
        told = {key: tuple(some) for key, some in articles.items()}
        return cls(said, bearing, told, origin_of, len(set(origin_of.values())) - 1, settings)

    def are_enough(self, claim: Claim, other: Claim, voices: Mapping[str, float], sure: int) -> bool:
        """Tell whether origins that carry one other value contradict together; ``voices``: the surest topic of each.

        It is enough that any of those who carry one figure speaks of the claim's matter, but where only one does (``sure``: how many)
        the value must stand out among the story's; of dates, places and people each must.
        """
        if claim.kind not in SCOPED:
            return len(voices) >= self.settings.joint_origins
        figure = claim.quantity is not None
        if len(self.carriers(claim, other) if figure else voices) < self.settings.joint_origins:
            return False
        if figure and sure < self.settings.joint_origins and not self._stands_out(claim, other):
            return False
        least = self.settings.figure_joint if figure else self.settings.date_joint
        return self.probability(claim, other, voices.values()) >= least

    def carriers(self, claim: Claim, other: Claim) -> frozenset[str]:
        """Return the other origins that carry the other claim's value where it can be compared with the claim's."""
        key = value_key(other)
        if key is None:
            return frozenset()
        place = claim.article, claim.id, key
        if place not in self.known:
            if len(self.known) >= _MOST_HELD:
                self.known.clear()
            bearing = self.bearing.get(key, ())
            self.known[place] = self._but_own(claim, (origins for own, origins in bearing if comparable(claim, own)))
        return self.known[place]

    def bearers(self, claim: Claim) -> frozenset[str]:
        """Return the other origins that carry the claim's own value, of whatever matter."""
        key = value_key(claim)
        return self._but_own(claim, (origins for _, origins in self.bearing.get(key, ()))) if key else frozenset()

    def _stands_out(self, claim: Claim, other: Claim) -> bool:
        """Tell whether a value is carried often enough to be what the claim's article lacks, of all that the others have and it has not."""
        if self._choice(claim, other) > 1 or is_vague(claim) or is_vague(other):
            return False
        return self._lacked(claim) <= _LACKED * len(self.carriers(claim, other))

    def _lacked(self, claim: Claim) -> int:
        """Return how many values that other origins have, and a claim could be held against, its article has not."""
        place = claim.article, claim.id
        if place not in self.lacks:
            own = frozenset((self.origin_of[claim.article],))
            told = {value_key(row) for row in self.said.like(claim.article, claim)}
            of = (value_key(claim) or ())[:-1]
            self.lacks[place] = sum(
                any(origins - own and comparable(claim, row) for row, origins in rows)
                for key, rows in self.bearing.items()
                if key[:-1] == of and key not in told
            )
        return self.lacks[place]

    def is_the_one(self, claim: Claim, other: Claim) -> bool:
        """Tell whether most of the other origins carry the other claim's value, and its article no third one that this one lacks."""
        return 2 * len(self.carriers(claim, other)) > self.others and self._choice(claim, other) == 1

    def probability(self, claim: Claim, other: Claim, topics: Iterable[float]) -> float:
        """Return the probability, 0..1, that the other value belongs where the claim stands.

        ``topics``: for each origin that carries the other value, the probability that it speaks of the claim's matter.
        """
        missed = math.prod(1.0 - topic for topic in topics)
        met = (1.0 - missed) * self._lacking(claim, other) / self._choice(claim, other)
        met *= math.exp(-min(_ELSEWHERE, len(self.bearers(claim))))
        return met / (met + missed)  # of many origins, what is missed comes so near 0 that no odds can hold it

    def _lacking(self, claim: Claim, other: Claim) -> float:
        """Return how much likelier an article is to lack a value when it has it otherwise: the more the others carry it.

        Of n others f carry it: who tells of the matter would too with (f + 1) / (n + 2), by Laplace's rule.
        """
        if any(comparable(own, other) for own in self.said.also(claim, other)):
            return 1.0
        return (self.others + 2) / (self.others + 1 - len(self.carriers(claim, other)))

    def _choice(self, claim: Claim, other: Claim) -> int:
        """Return how many figures of an article that carries the other one the claim could be held against, at the least."""
        if claim.quantity is None:
            return 1
        key = value_key(other)
        bearing = self.articles.get(key, ()) if key is not None else ()
        articles = [article for article in bearing if article != claim.article]
        if len(articles) > _MOST_BEARERS:
            articles = sorted(articles, key=lambda id_: (len(self.said.like(id_, other)), id_))[:_MOST_BEARERS]
        return min((self.comparables(claim, other, article) for article in articles), default=1) or 1

    def comparables(self, claim: Claim, other: Claim, article: str) -> int:
        """Return how many figures of an article the claim could be held against; those that its own article has elsewhere are told there."""
        if self.said.has_many(article, other):
            return len(self.said.like(article, other))  # of a table, nobody could tell which is meant
        key = value_key(other)
        rivals = self._rivals(claim, article, key[:-1] if key is not None else ())
        return len(rivals) + (key not in rivals)

    def _rivals(self, claim: Claim, article: str, of: ValueKey) -> frozenset[ValueKey | None]:
        """Return the values of an article that a claim could be held against and its own article has not elsewhere.

        A claim is held against many others, one after the other: what is the same for all of them is found once.
        """
        place = claim.article, claim.id, article, of
        if place not in self.rivals:
            if len(self.rivals) >= _MOST_HELD:
                self.rivals.clear()
            alike = {value_key(own) for own in self.said.alike.get((article, of), ()) if comparable(claim, own)}
            self.rivals[place] = frozenset(alike.difference(map(value_key, self.said.otherwise(claim))))
        return self.rivals[place]

    def _but_own(self, claim: Claim, origins: Iterable[frozenset[str]]) -> frozenset[str]:
        return frozenset().union(*origins) - {self.origin_of[claim.article]}


def _sort(claim: Claim) -> _Sort | None:
    """Return what tells with which figures one can be compared; None of a date, which can be with every other."""
    if claim.quantity is None:
        return None
    return claim.quantity.unit, claim.quantity.counted, claim.negated, claim.rule == AGE


def comparable(claim: Claim, other: Claim) -> bool:
    """Tell whether two figures can be held against each other, which then agree or exclude each other; two dates always can."""
    if claim.quantity is None or other.quantity is None:
        return claim.date is not None or agreement(Sides(claim, other, None, None)) is not None
    return quantity.comparable(Sides(claim, other, None, None))
