"""Whether two figures, dates or places fill one slot: of one owner, one time and one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.corroboration.ages import of_one_person, of_two_people
from pipeline.corroboration.apart import told_apart as set_apart
from pipeline.corroboration.candidates import Candidates
from pipeline.corroboration.daily import is_of_its_day
from pipeline.corroboration.displaced import Displaced, comparable
from pipeline.corroboration.levels.level import days_apart
from pipeline.corroboration.matter import Matter
from pipeline.corroboration.occasions import Occasions
from pipeline.corroboration.owners import (
    PERSONAL,
    far_apart,
    is_of_another,
    names_apart,
    owners_apart,
    owners_differ,
)
from pipeline.corroboration.sorts import of_two_sorts
from pipeline.corroboration.stamps import of_one_post, of_two_posts
from pipeline.corroboration.topic import overlap
from pipeline.corroboration.values import Said, value_key
from pipeline.models import Article, Claim
from pipeline.settings import CorroborationSettings

_FAR_LIKELIER = 1.5  # times the probability from which a third figure is what the other speaks of


@dataclass(frozen=True, slots=True)
class Slots:
    """What a story's claims and articles tell of what its figures and dates are of."""

    articles: Mapping[str, Article]
    occasions: Occasions
    said: Said
    matter: Matter
    displaced: Displaced
    index: Candidates
    settings: CorroborationSettings

    def is_one(self, claim: Claim, other: Claim, topic: float) -> bool:
        """Tell whether two values are of one owner and time, and neither article has the other's for its own."""
        if not self.one_time(claim, other) or self.told_apart(claim, other):
            return False
        if claim.rule in PERSONAL:
            return self._one_aged(claim, other, topic)
        if owners_apart(claim, other) or is_of_another(claim, other) or self._is_doubtful(claim, other, topic):
            return False
        if far_apart(claim, other, self.settings.alone_times) or self._fills_another(claim, other, topic):
            return False
        if claim.date and not (_is_day(claim) and _is_day(other)) and topic < self.settings.conflict_topic:
            return False
        return not (self._fits_better(claim, other, topic) or self._fits_better(other, claim, topic))

    def _is_doubtful(self, claim: Claim, other: Claim, topic: float) -> bool:
        """Tell whether two figures that are not surely of one matter have other names beside them, or are of two weeks."""
        if claim.quantity is None or topic >= self.settings.conflict_topic:
            return False
        return names_apart(claim, other) or owners_differ(claim, other) or self._of_two_weeks(claim, other)

    def _one_aged(self, claim: Claim, other: Claim, topic: float) -> bool:
        """Tell whether two ages are one person's: by a name or a word for who it is, or as the one age that the story tells."""
        sides = claim, self.articles[claim.article].text, other, self.articles[other.article].text
        if of_two_people(*sides) or self._fits_better(claim, other, topic) or self._fits_better(other, claim, topic):
            return False
        if overlap(claim.anchors, other.anchors):
            return True
        if self.said.also(claim, other) or self.said.also(other, claim):
            return False
        return of_one_person(*sides) or self.displaced.is_the_one(claim, other)

    def _of_two_weeks(self, claim: Claim, other: Claim) -> bool:
        """Tell whether the articles are too far apart to tell one news: prices and polls move on."""
        days = [self.occasions.days[row.article] for row in (claim, other)]
        return None not in days and days_apart(*filter(None, days)) > self.settings.joint_days

    def _fills_another(self, claim: Claim, other: Claim, topic: float) -> bool:
        """Tell whether either article has a third figure that is far more likely of the other claim's matter than this one."""
        if claim.quantity is None or topic >= self.settings.conflict_topic:
            return False
        return any(
            self.matter.shared(own, two) > _FAR_LIKELIER * topic
            for one, two in ((claim, other), (other, claim))
            for own in self._thirds(one, two)
            if comparable(own, two)
        )

    def _thirds(self, claim: Claim, other: Claim) -> Iterator[Claim]:
        """Yield the figures of the claim's article that may be of the other's matter and say neither what that says nor what the claim says."""
        told = value_key(claim), value_key(other)
        return (own for own in self.index.near(other, claim.article) if value_key(own) not in told)

    def one_scope(self, claim: Claim, other: Claim) -> bool:
        """Whose figure or date it is must be the same; an age is always somebody's."""
        if claim.rule in PERSONAL or other.rule in PERSONAL:
            return claim.subject is not None and claim.subject == other.subject
        if claim.date is not None:
            prominent = claim.position != "body" and other.position != "body"
            if not prominent and overlap(claim.near, other.near) < self.settings.conflict_scope:
                return False
        elif owners_differ(claim, other):
            return False
        if not claim.anchors or not other.anchors:
            return overlap(claim.terms, other.terms) >= self.settings.conflict_scope
        return overlap(claim.anchors, other.anchors) >= self.settings.conflict_scope

    def told_apart(self, claim: Claim, other: Claim) -> bool:
        """Tell whether a word beside one figure sets it apart from the other."""
        if claim.quantity is None:
            return False
        return set_apart(claim, self.articles[claim.article].text, other, self.articles[other.article].text)

    def one_time(self, claim: Claim, other: Claim) -> bool:
        """Tell whether two figures, or two dates, are of one time, and of one sort."""
        ours, theirs = (self.articles[row.article].text for row in (claim, other))
        if claim.date is not None and of_one_post(claim.span, ours, other.span, theirs):
            return True
        daily = is_of_its_day(claim, ours) and is_of_its_day(other, theirs)
        if not self.occasions.are_one(claim, other, 0 if daily else self.settings.joint_days):
            return False
        if claim.date is None:
            return True
        return not (of_two_posts(claim.span, ours, other.span, theirs) or of_two_sorts(claim, ours, other, theirs))

    def _fits_better(self, claim: Claim, other: Claim, topic: float) -> bool:
        """Tell whether the claim's article has the other's value where that fits the other claim as well as this one."""
        enough = self._rival(claim) * topic
        return any(self.matter.shared(own, other) > enough for own in self.said.also(claim, other))

    def _rival(self, claim: Claim) -> float:
        if claim.quantity is not None:
            return self.settings.rival_figure
        return self.settings.rival_place if claim.place is not None else self.settings.rival


def _is_day(claim: Claim) -> bool:
    return claim.date is not None and claim.date.granularity == "day"
