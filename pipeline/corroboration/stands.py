"""Where another article stands on a claim: same thing first, then same value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.corroboration.alignment import align, difference, tokens
from pipeline.corroboration.carried import CarriedWords
from pipeline.corroboration.levels import agreement
from pipeline.corroboration.levels.level import Sides
from pipeline.corroboration.topic import overlap, same_topic
from pipeline.models import Article, Claim, Relation, Span
from pipeline.settings import CorroborationSettings

_RANK: dict[Relation | None, int] = {"supports": 0, "supersedes": 1, "qualifies": 2, "contradicts": 3, None: 4}
_AROUND = 20  # code points on both sides of carried words in which a changed first or last word stands
_SCOPED = ("quantity", "date")
_PERSONAL = ("quantity.age",)


@dataclass(frozen=True, slots=True)
class Stand:
    """One article's strongest word on a claim; no relation: it fills the slot and says nothing on the value."""

    article: str
    relation: Relation | None
    level: str
    same_topic: float
    span: Span
    reason: str
    superseding: bool  # it is the later side of a count that grew

    @property
    def rank(self) -> tuple[float, float, int]:
        """Order of strength: relation, then how surely it is the same thing, then place in the text.

        Of quotes the best aligned pair speaks: a passage that also agrees in part excuses no change in it.
        """
        relation = _RANK[self.relation]
        if self.level.startswith("quote."):
            return (-self.same_topic, relation, self.span.start)
        return (relation, -self.same_topic, self.span.start)


def main_places(claims: Iterable[tuple[Claim, ...]]) -> frozenset[tuple[str, str]]:
    """Return the first place of a happening in each article: where it says that the main event was."""
    firsts = (next((claim for claim in made if _tells_event(claim)), None) for made in claims)
    return frozenset((claim.article, claim.id) for claim in firsts if claim)


def _tells_event(claim: Claim) -> bool:
    return claim.rule.startswith("place.event") and claim.speaker is None


@dataclass(frozen=True, slots=True)
class Court:
    """What is needed to hear one story's articles on its claims."""

    articles: Mapping[str, Article]
    claims: Mapping[str, tuple[Claim, ...]]
    days: Mapping[str, str | None]  # on which each article's text first appeared
    carried: CarriedWords
    main: frozenset[tuple[str, str]]  # (article, claim): where each article says the main event happened
    settings: CorroborationSettings

    def stands(self, claim: Claim, others: Iterable[Claim]) -> dict[str, Stand]:
        """Return each other article's strongest stand on a claim, for those that have one."""
        heard: dict[str, Stand] = {}
        for article, span in self.carried.by(claim).items():
            heard[article] = self._carried_stand(claim, article, span)
        for other in others:
            stand = self._stand(claim, other)
            if stand and (other.article not in heard or stand.rank < heard[other.article].rank):
                heard[other.article] = stand
        return heard

    def _carried_stand(self, claim: Claim, article: str, span: Span) -> Stand:
        """Say how a text that has a quote's words has them: as they are, or changed."""
        assert claim.quote is not None
        around = slice(max(0, span.start - _AROUND), span.end + _AROUND)
        theirs = self.articles[article].text[around]
        changed = difference(align(tokens(claim.quote.words), tokens(theirs)))
        if changed is None:
            return Stand(
                article, "supports", "quote.words-carried", 1.0, span, "the words stand in its text", superseding=False
            )
        level, words = changed
        reason = f'its text has the words otherwise: "{words[0]}" / "{words[1]}"'
        return Stand(article, "contradicts", level, 1.0, span, reason, superseding=False)

    def _stand(self, claim: Claim, other: Claim) -> Stand | None:
        topic = self._same_topic(claim, other)
        if topic < self.settings.same_topic:
            return None
        sides = self._sides(claim, other)
        found = agreement(sides)
        relation, level, reason = (found.relation, found.level, found.reason) if found else (None, "", "")
        if relation == "contradicts" and not self._may_contradict(claim, other, topic):
            relation = None
        if relation is None and topic < self.settings.conflict_topic:
            return None  # not sure enough that it fills the same slot
        later = (sides.their_day or "") > (sides.our_day or "")
        return Stand(
            other.article, relation, level, round(topic, 4), other.span, reason, relation == "supersedes" and later
        )

    def _same_topic(self, claim: Claim, other: Claim) -> float:
        main = {(claim.article, claim.id), (other.article, other.id)} <= self.main
        topic = same_topic(claim, other, self.settings.topic, main=main)
        if claim.quote is None or other.quote is None:
            return topic
        # The matter of a quote is that these words were said: shared words are the same thing.
        aligned = align(tokens(claim.quote.words), tokens(other.quote.words))
        return max(topic, aligned.containment if aligned.run > 2 else 0.0)

    def _sides(self, claim: Claim, other: Claim) -> Sides:
        return Sides(claim, other, self.days[claim.article], self.days[other.article])

    def _may_contradict(self, claim: Claim, other: Claim, topic: float) -> bool:
        """A conflict needs more than a support does: one matter for sure, one scope, one voice."""
        if topic < self.settings.conflict_topic or claim.hedged or other.hedged:
            return False
        if claim.kind == "quote":
            return True
        if (claim.speaker or "").casefold() != (other.speaker or "").casefold():
            return False
        if claim.kind in _SCOPED and not self._one_scope(claim, other):
            return False
        return not (self._says_too(claim, other) or self._says_too(other, claim))

    def _one_scope(self, claim: Claim, other: Claim) -> bool:
        """Whose figure or date it is must be the same; an age is always somebody's."""
        if claim.rule in _PERSONAL or other.rule in _PERSONAL:
            return claim.subject is not None and claim.subject == other.subject
        if claim.date is not None:
            prominent = claim.position != "body" and other.position != "body"
            if not prominent and overlap(claim.near, other.near) < self.settings.conflict_scope:
                return False
        elif _owners_differ(claim, other) and not _counts_victims(claim):
            return False
        if not claim.anchors or not other.anchors:
            return overlap(claim.terms, other.terms) >= self.settings.conflict_scope
        return overlap(claim.anchors, other.anchors) >= self.settings.conflict_scope

    def _says_too(self, claim: Claim, other: Claim) -> bool:
        """Tell whether the claim's article has the other's value for another matter: then that one is meant."""
        if other.person_role is not None:
            return other.person_role.person.split()[-1] in self.articles[claim.article].text
        return any(
            own.kind == claim.kind
            and own.id != claim.id
            and _same_value(own, other)
            and (_owners_differ(own, claim) or self._same_topic(own, claim) < self.settings.conflict_topic)
            for own in self.claims[claim.article]
        )


def _counts_victims(claim: Claim) -> bool:
    """The toll of the story's event is nobody's own; the name before it is but a place or a witness."""
    return claim.rule == "quantity.casualties"


def _owners_differ(first: Claim, second: Claim) -> bool:
    """Tell whether the text names who or what each figure belongs to, and not the same."""
    return first.subject is not None and second.subject is not None and first.subject != second.subject


def _same_value(first: Claim, second: Claim) -> bool:
    """Tell whether two claims carry one value, whatever they say it of."""
    if first.quantity and second.quantity:
        one, two = first.quantity, second.quantity
        return one.unit == two.unit and (one.low, one.high) == (two.low, two.high)
    if first.date and second.date:
        one_day, two_day = first.date, second.date
        if one_day.earliest is None or two_day.earliest is None:
            return one_day.weekday is not None and one_day.weekday == two_day.weekday
        return (one_day.earliest, one_day.latest) == (two_day.earliest, two_day.latest)
    if first.place and second.place:
        return first.place.name.casefold() == second.place.name.casefold()
    return False
