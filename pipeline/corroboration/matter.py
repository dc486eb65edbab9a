"""The probability that two claims of one story speak of one matter, with what the story knows of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.corroboration.alignment import align, tokens
from pipeline.corroboration.topic import same_topic
from pipeline.models import EVENT_PLACES, Claim
from pipeline.settings import TopicSettings

_RUN = 3  # words in a row that two quotes must share to be one


@dataclass(frozen=True, slots=True)
class Matter:
    """What a story adds to the words of two claims: who tells of its main event."""

    main: frozenset[tuple[str, str]]  # (article, claim): where each article says the main event happened
    settings: TopicSettings

    def tells_event(self, first: Claim, second: Claim) -> bool:
        """Tell whether both are where their articles say that the main event happened."""
        return {(first.article, first.id), (second.article, second.id)} <= self.main

    def shared(self, first: Claim, second: Claim) -> float:
        """Return the probability, 0..1, symmetric, that both speak of one matter."""
        main = self.tells_event(first, second)
        topic = same_topic(first, second, self.settings, main=main)
        if first.quote is None or second.quote is None:
            return topic
        # The matter of a quote is that these words were said: shared words are the same thing.
        aligned = align(tokens(first.quote.words), tokens(second.quote.words))
        return max(topic, aligned.containment if aligned.run >= _RUN else 0.0)


def main_places(claims: Iterable[tuple[Claim, ...]]) -> frozenset[tuple[str, str]]:
    """Return the first place of a happening in each article: where it says that the main event was."""
    firsts = (next((claim for claim in made if _tells_event(claim)), None) for made in claims)
    return frozenset((claim.article, claim.id) for claim in firsts if claim)


def _tells_event(claim: Claim) -> bool:
    return claim.rule in EVENT_PLACES and claim.speaker is None
