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
from pipeline.models import Claim
from pipeline.settings import CorroborationSettings

SCOPED = frozenset({"quantity", "date"})  # kinds whose values many matters share
_LACKED = 3  # values that the others have and an article has not, for each origin that carries one, at which that one still stands out
_ELSEWHERE = 2  # origins; more that carry a claim's own value make it no more of a matter of its own
_MOST_RIVALS = 64  # sets of values that are held at a time


@dataclass(frozen=True, slots=True)
class Displaced:
    """The figures and dates of a story by value, with the origins that carry them."""

    said: Said
    bearing: Mapping[ValueKey, tuple[Claim, ...]]
    origin_of: Mapping[str, str]
    settings: CorroborationSettings
    rivals: dict[tuple[str, str, str, ValueKey], frozenset[ValueKey | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, said: Said, origin_of: Mapping[str, str], settings: CorroborationSettings) -> Displaced:
        """Index what a story's articles say."""
        bearing: dict[ValueKey, list[Claim]] = defaultdict(list)
        for (_, key), claims in said.claims.items():
            bearing[key] += (claim for claim in claims if claim.kind in SCOPED)
        return cls(said, {key: tuple(claims) for key, claims in bearing.items()}, origin_of, settings)

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
        return self._others(claim, (own for own in self._bearing(other) if comparable(claim, own)))

    def bearers(self, claim: Claim) -> frozenset[str]:
        """Return the other origins that carry the claim's own value, of whatever matter."""
        return self._others(claim, self._bearing(claim))

    def _stands_out(self, claim: Claim, other: Claim) -> bool:
        """Tell whether a value is carried often enough to be what the claim's article lacks, of all that the others have and it has not."""
        if self._choice(claim, other) > 1 or is_vague(claim) or is_vague(other):
            return False
        own = self.origin_of[claim.article]
        told = {value_key(row) for row in self.said.like(claim.article, claim)}
        lacked = {
            key
            for key, rows in self.bearing.items()
            if key not in told and any(self.origin_of[row.article] != own and comparable(claim, row) for row in rows)
        }
        return len(lacked) <= _LACKED * len(self.carriers(claim, other))

    def is_the_one(self, claim: Claim, other: Claim) -> bool:
        """Tell whether most of the other origins carry the other claim's value, and its article no third one that this one lacks."""
        others = len(set(self.origin_of.values()) - {self.origin_of[claim.article]})
        return 2 * len(self.carriers(claim, other)) > others and self._choice(claim, other) == 1

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
        others = len(set(self.origin_of.values()) - {self.origin_of[claim.article]})
        return (others + 2) / (others + 1 - len(self.carriers(claim, other)))

    def _choice(self, claim: Claim, other: Claim) -> int:
        """Return how many figures of an article that carries the other one the claim could be held against, at the least."""
        if claim.quantity is None:
            return 1
        articles = {own.article for own in self._bearing(other) if own.article != claim.article}
        return min((self.comparables(claim, other, article) for article in sorted(articles)), default=1) or 1

    def comparables(self, claim: Claim, other: Claim, article: str) -> int:
        """Return how many figures of an article the claim could be held against; those that its own article has elsewhere are told there."""
        key = value_key(other)
        rivals = self._rivals(claim, article, key[:-1] if key is not None else ())
        return len(rivals) + (key not in rivals)

    def _rivals(self, claim: Claim, article: str, of: ValueKey) -> frozenset[ValueKey | None]:
        """Return the values of an article that a claim could be held against and its own article has not elsewhere.

        A claim is held against many others, one after the other: what is the same for all of them is found once.
        """
        place = claim.article, claim.id, article, of
        if place not in self.rivals:
            if len(self.rivals) >= _MOST_RIVALS:
                self.rivals.clear()
            alike = {value_key(own) for own in self.said.alike.get((article, of), ()) if comparable(claim, own)}
            self.rivals[place] = frozenset(alike.difference(map(value_key, self.said.otherwise(claim))))
        return self.rivals[place]

    def _bearing(self, claim: Claim) -> tuple[Claim, ...]:
        key = value_key(claim)
        return self.bearing.get(key, ()) if key is not None else ()

    def _others(self, claim: Claim, bearing: Iterable[Claim]) -> frozenset[str]:
        return frozenset(self.origin_of[own.article] for own in bearing) - {self.origin_of[claim.article]}


def comparable(claim: Claim, other: Claim) -> bool:
    """Tell whether two figures can be held against each other, which then agree or exclude each other; two dates always can."""
    if claim.quantity is None or other.quantity is None:
        return claim.date is not None or agreement(Sides(claim, other, None, None)) is not None
    return quantity.comparable(Sides(claim, other, None, None))
