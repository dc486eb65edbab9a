"""What two claims are to each other, whoever of them is asked: same thing first, then same value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.corroboration.coincidence import least_topic, raised, with_agreement
from pipeline.corroboration.conflicts import RENAMED, REVERSED, Conflicts
from pipeline.corroboration.levels import Agreement, agreement
from pipeline.corroboration.levels.level import Sides
from pipeline.corroboration.matter import Matter
from pipeline.corroboration.updates import UPDATED, Updates
from pipeline.models import Article, Claim, Relation
from pipeline.record import quickly_made
from pipeline.settings import CorroborationSettings

_MOST_WAITING = 100_000  # meetings that are kept until the other claim is asked: some 20 megabytes
_Pair = tuple[str, str, str, str]  # article and id of one claim and of the other


@quickly_made
@dataclass(frozen=True, slots=True)
class Meeting:
    """How surely two claims speak of one matter, and how their values agree; no relation where these can't be compared."""

    topic: float
    relation: Relation | None
    level: str


@dataclass(frozen=True, slots=True)
class Meetings:
    """The meetings of a story's claims: each is worked out for the claim that is asked first and handed to the other one."""

    articles: Mapping[str, Article]
    times: Mapping[str, str | None]  # at which each article's text first appeared
    matter: Matter
    conflicts: Conflicts
    updates: Updates
    settings: CorroborationSettings
    waiting: dict[_Pair, Meeting | None] = field(default_factory=dict)

    def of(self, claim: Claim, other: Claim) -> Meeting | None:
        """Return what two claims are to each other, symmetric; None where they are not of one matter."""
        turned = other.article, other.id, claim.article, claim.id
        if turned in self.waiting:
            return self.waiting.pop(turned)
        met = self._met(claim, other)
        if len(self.waiting) < _MOST_WAITING:
            self.waiting[claim.article, claim.id, other.article, other.id] = met
        return met

    def reason(self, claim: Claim, other: Claim, level: str) -> str:
        """Return why two claims that met are at a level, in the words of both, those of the first before."""
        texts = self.articles[claim.article].text, self.articles[other.article].text
        found = self._agreed(self._sides(claim, other, texts), turnable=level in (REVERSED, RENAMED))
        return found.reason if found else ""

    def _met(self, claim: Claim, other: Claim) -> Meeting | None:
        topic = self.matter.shared(claim, other)
        enough, least = self.settings.same_topic, least_topic(claim.kind, self.settings)
        if claim.quantity is None and topic < min(enough, least):  # what equal figures add is still to come
            return None
        found = self._agreed(self._sides(claim, other), turnable=topic >= enough)
        relation, level = (found.relation, found.level) if found else (None, "")
        if level == UPDATED:
            topic = raised(claim, other, topic, self.settings)
        elif relation == "supports":
            topic = with_agreement(claim, other, topic, self.settings)
        if topic < (least if relation == "contradicts" else enough):
            return None
        return Meeting(topic, relation, level)

    def _sides(self, claim: Claim, other: Claim, texts: tuple[str, str] = ("", "")) -> Sides:
        return Sides(claim, other, self.times[claim.article], self.times[other.article], texts)

    def _agreed(self, sides: Sides, *, turnable: bool) -> Agreement | None:
        """Return how two values agree; ``turnable``: of one matter, so that one may be told the other way round."""
        found = agreement(sides)
        if turnable:
            found = self.conflicts.reversed(sides, found) or found
        if found is None or found.relation != "contradicts":
            return found
        return self.updates.settled(sides) or found
