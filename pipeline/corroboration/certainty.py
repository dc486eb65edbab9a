"""How surely a figure or date that others have otherwise is of the thing that they speak of.

Asked of what the rules let pass as a contradiction. They tell which values may stand in one place; two things that are counted
alike pass them as well. What sets these apart is weighed here, by a logistic form that is fitted on values planted into news,
and on the contradictions of news as it was (``tests.benchmarks.fit_conflict``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.corroboration.candidates import Candidates
from pipeline.corroboration.displaced import Displaced, comparable
from pipeline.corroboration.frames import Frames
from pipeline.corroboration.matter import Matter
from pipeline.corroboration.owners import PERSONAL, VICTIMS
from pipeline.corroboration.topic import logistic, overlap
from pipeline.corroboration.values import Said, value_key
from pipeline.models import Article, Claim
from pipeline.settings import ConflictForm, ConflictSettings, CorroborationSettings

_NEXT = 8  # words before and after two values that are laid on each other
_FULL_BITS = 25.0  # rarity of the content words among them from which more tells nothing
_MOST_ODDS = 4.0  # log odds, of either sign
_BORNE = 2  # origins; more that carry the claim's own value tell nothing
# Another origin's claim with the other value, and the probability that it is of the claim's matter.
Voice = tuple[Claim, float]


@dataclass(frozen=True, slots=True)
class Certainty:
    """What a story tells of a value and of the other one that some articles have."""

    said: Said
    matter: Matter
    frames: Frames
    displaced: Displaced
    index: Candidates
    settings: ConflictSettings

    @classmethod
    def of(
        cls,
        claims: Sequence[Claim],
        articles: Mapping[str, Article],
        index: Candidates,
        matter: Matter,
        settings: CorroborationSettings,
    ) -> Certainty:
        """Lay out what a story's claims and articles tell."""
        said = Said.of(claims)
        displaced = Displaced.of(said, index.told.origin_of, settings)
        return cls(said, matter, Frames(articles), displaced, index, settings.conflict)

    def probability(self, claim: Claim, voices: Sequence[Voice]) -> float:
        """Return the probability, 0..1, that a claim is contradicted by those who carry one other value: where half of all are."""
        form: ConflictForm = self.settings.quantity if claim.quantity is not None else self.settings.date
        score = form.bias + sum(getattr(form, name) * told for name, told in self.features(claim, voices).items())
        return logistic(score)

    def features(self, claim: Claim, voices: Sequence[Voice]) -> dict[str, float]:
        """Return what the form weighs, by the name of its coefficient; ``voices``, one and more, carry one value."""
        others = [other for other, _ in voices]
        laid = [self.frames.laid(claim, other, _NEXT) for other in others]
        bits = min(max(lay.bits for lay in laid), _FULL_BITS) / _FULL_BITS
        return {
            "odds": max(_log_odds(self.displaced.probability(claim, other, (topic,))) for other, topic in voices),
            "second": self._second(claim, others),
            "frame": max(lay.share for lay in laid) * bits,
            "beside": float(any(lay.beside for lay in laid)),
            "carried": self._carried(claim, others),
            "borne": min(len(self.displaced.bearers(claim)), _BORNE) / _BORNE,
            "third": max(self._fits(claim, other, self._thirds(claim, other)) for other in others),
            "also": max(self._fits(claim, other, self.said.also(claim, other)) for other in others),
            "choice": min(math.log1p(len({value_key(own) for own in self._own(claim, other)})) for other in others),
            "personal": float(claim.rule in PERSONAL),
            "toll": float(claim.rule == VICTIMS),
        }

    def _second(self, claim: Claim, others: Iterable[Claim]) -> float:
        """Return the overlap of content words with the second nearest of the origins; 0 where there is one."""
        nearest: dict[str, float] = {}
        for other in others:
            origin = self.displaced.origin_of[other.article]
            nearest[origin] = max(nearest.get(origin, 0.0), overlap(claim.terms, other.terms))
        return sorted((0.0, *nearest.values()))[-2]

    def _carried(self, claim: Claim, others: Iterable[Claim]) -> float:
        """Return the share of the other origins that carry the other value, of one more than there are: of two, few tell little."""
        return max(len(self.displaced.carriers(claim, other)) for other in others) / (self.displaced.others + 1)

    def _thirds(self, claim: Claim, other: Claim) -> Iterable[Claim]:
        """Yield the claims of the claim's article with a third value, which could be held against the other as well."""
        return (own for own in self._own(claim, other) if value_key(own) != value_key(other))

    def _own(self, claim: Claim, other: Claim) -> Iterable[Claim]:
        """Yield the claims of the claim's article with another value that the other's can be held against; of a table, those near it."""
        if not self.said.has_many(claim.article, claim):
            return (own for own in self.said.otherwise(claim) if comparable(own, other))
        said = value_key(claim)
        near = self.index.near(other, claim.article)
        return (own for own in near if value_key(own) != said and comparable(own, other))

    def _fits(self, claim: Claim, other: Claim, rivals: Iterable[Claim]) -> float:
        """Return the highest probability that one of the article's other claims is what the other speaks of."""
        return max((self.matter.shared(own, other) for own in rivals if own.id != claim.id), default=0.0)


def _log_odds(probability: float) -> float:
    least = 1.0 / (1.0 + math.exp(_MOST_ODDS))
    held = min(max(probability, least), 1.0 - least)
    return math.log(held / (1.0 - held))
