"""Where another article stands on a claim: same thing first, then same value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.corroboration.alignment import LONG, align, difference, tokens
from pipeline.corroboration.carried import CarriedWords, is_quoted, with_edges
from pipeline.corroboration.coincidence import least_topic, raised, with_agreement
from pipeline.corroboration.conflicts import OTHER_POST, OTHER_SPEAKER, RENAMED, REVERSED, Conflicts
from pipeline.corroboration.displaced import SCOPED
from pipeline.corroboration.levels import agreement
from pipeline.corroboration.levels.level import Sides, is_earlier
from pipeline.corroboration.levels.person_role import office_of
from pipeline.corroboration.levels.quote import cuts_at
from pipeline.corroboration.levels.wording import here_and_there
from pipeline.corroboration.matter import Matter
from pipeline.corroboration.sayings import is_one_saying, speakers_at
from pipeline.corroboration.tongues import Tongues
from pipeline.corroboration.updates import UPDATED, Updates
from pipeline.corroboration.values import ValueKey, held_keys, value_key
from pipeline.models import Article, Claim, Relation, Span
from pipeline.record import quickly_made
from pipeline.settings import CorroborationSettings

STRENGTH: dict[Relation | None, int] = {"supports": 0, "supersedes": 1, "qualifies": 2, "contradicts": 3, None: 4}
_ALTERED, _REWORDED = "quote.altered", "quote.reworded"
_NEGATED = "quote.negation"
_VERBATIM = 2 * LONG  # words; fewer without quote marks may be a report's own, of which it changes what it likes
_CARRIED, _SAME_WORDS = "quote.words-carried", "quote.same-words"


@quickly_made
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
    doubtful: bool = False  # it is not enough to call a claim contradicted, where nobody else says so: who of two is right, nobody knows
    unsure: bool = False  # nor where others say so too: they may all speak of something else

    @property
    def rank(self) -> tuple[float, float, int]:
        """Order of strength: relation, then how surely it is the same thing, then place in the text.

        Of quotes the best aligned pair speaks: a passage that also agrees in part excuses no change in it.
        """
        relation = STRENGTH[self.relation]
        if self.level.startswith("quote."):
            return (-self.same_topic, relation, self.span.start)
        return (relation, -self.same_topic, self.span.start)


@dataclass(frozen=True, slots=True)
class _Objection:
    """A claim with another value; it need not be enough by itself."""

    claim: Claim
    stand: Stand

    @property
    def values(self) -> frozenset[ValueKey]:
        """Return what another origin must say as well for both to count."""
        role = self.claim.person_role
        if role is not None and self.stand.level == OTHER_POST:
            return frozenset({("office", office_of(role.role or "") or "")})
        return frozenset(held_keys(self.claim))


@dataclass(frozen=True, slots=True)
class Court:
    """What is needed to hear one story's articles on its claims."""

    articles: Mapping[str, Article]
    origin_of: Mapping[str, str]
    times: Mapping[str, str | None]  # at which each article's text first appeared
    carried: CarriedWords
    matter: Matter
    conflicts: Conflicts
    updates: Updates
    tongues: Tongues
    settings: CorroborationSettings

    def stands(self, claim: Claim, others: Sequence[Claim]) -> dict[str, Stand]:
        """Return each other article's strongest stand on a claim, for those that have one."""
        heard: dict[str, Stand] = {}
        for article, span in self.carried.by(claim).items():
            heard[article] = self._in_doubt(claim, self._carried_stand(claim, article, span), others)
        objections: list[_Objection] = []
        for other in others:
            stand = self._stand(claim, other)
            if stand is None:
                continue
            stand = self._in_doubt(claim, stand, (other,))
            if stand.relation == "contradicts":
                if stand.level == _NEGATED and (self._has_both(claim, other) or self._has_both(other, claim)):
                    continue
                enough = self.conflicts.alone(claim, other, stand.same_topic, stand.level)
                if claim.quote is None or not enough:  # one that is enough by itself backs the others as well
                    objections.append(_Objection(other, stand))
                if not enough:
                    stand = _unheard(stand)
            if stand.relation or stand.same_topic >= self.settings.conflict_topic:  # else it may fill another slot
                hear(heard, stand)
        for stand in self._joined(claim, objections, heard):
            hear(heard, stand)
        return (
            self._as_translated(claim, others, heard)
            if claim.kind not in SCOPED
            else self._weighed(claim, objections, heard)
        )

    def _weighed(self, claim: Claim, objections: Iterable[_Objection], heard: dict[str, Stand]) -> dict[str, Stand]:
        """Leave out the other values of a figure or date that are rather of another thing, and mark those that may be."""
        groups: dict[ValueKey | None, list[_Objection]] = defaultdict(list)
        for objection in objections:
            if heard.get(objection.claim.article) == objection.stand and objection.stand.level not in (
                REVERSED,
                RENAMED,
            ):
                groups[value_key(objection.claim)].append(objection)
        weighed = dict(heard)
        carriers = self.conflicts.displaced.carriers
        for group in groups.values():
            voices = [(objection.claim, objection.stand.same_topic) for objection in group]
            sure = self.conflicts.certainty.probability(claim, voices)
            carried = max(len(carriers(claim, other)) for other, _ in voices) >= self.settings.joint_origins
            for stand in (objection.stand for objection in group):
                weighed[stand.article] = replace(
                    stand,
                    relation=stand.relation if sure >= self.settings.conflict_least else None,
                    doubtful=not carried,
                    unsure=sure < self.settings.conflict_sure,
                )
        return weighed

    def _in_doubt(self, claim: Claim, stand: Stand, others: Iterable[Claim]) -> Stand:
        """Mark an objection to a quote that is surely of one saying in nothing but some of its words."""
        if claim.quote is None or stand.relation != "contradicts":
            return stand
        words = self.articles[stand.article].text[stand.span.start : stand.span.end]
        speakers = speakers_at(stand.article, stand.span, others)
        return replace(stand, doubtful=not is_one_saying(claim, words, speakers, self.settings.one_saying))

    def _as_translated(self, claim: Claim, others: Sequence[Claim], heard: dict[str, Stand]) -> dict[str, Stand]:
        """Take another word in a translated quote for what it is, but where two origins have it otherwise."""
        changed = {id_: stand for id_, stand in heard.items() if stand.level == _ALTERED}
        if not changed or len({self.origin_of[id_] for id_ in changed}) >= self.settings.joint_origins:
            return heard
        theirs = (row for row in others if row.article in changed and row.span == changed[row.article].span)
        if not self.tongues.translated([claim, *theirs]):
            return heard
        return heard | {
            id_: replace(stand, relation="qualifies", level=_REWORDED, reason=f"as after a translation: {stand.reason}")
            for id_, stand in changed.items()
        }

    def _has_both(self, claim: Claim, other: Claim) -> bool:
        """Tell whether an article has the other's wording of a quote as well, elsewhere: then it is another sentence."""
        found = self.carried.by(other).get(claim.article)
        if found is None or (found.start < claim.span.end and claim.span.start < found.end):
            return False
        text = self.articles[claim.article].text[found.start : found.end]
        assert other.quote is not None
        same = align(tokens(other.quote.words), tokens(text))
        return same.shared == same.shorter and not same.changed

    def _joined(self, claim: Claim, objections: list[_Objection], heard: Mapping[str, Stand]) -> list[Stand]:
        """Return the objections whose value enough origins carry, none of which backs the claim as well."""
        if not objections:
            return []
        for_it = {self.origin_of[article] for article, stand in heard.items() if stand.relation == "supports"}
        unbacked = [objection for objection in objections if not self._backed(objection, for_it)]
        joint = [
            objection
            for objection in unbacked
            if self.conflicts.jointly(claim, objection.claim, objection.stand.same_topic, objection.stand.level)
        ]
        agreed = frozenset(held_keys(claim))  # two places of one country are not one place against a third of it
        enough = self.conflicts.displaced.are_enough
        voices = self._voices(unbacked if claim.quantity is not None else joint, agreed)
        sure = self._voices(joint, agreed)
        return [
            objection.stand
            for objection in joint
            if any(enough(claim, objection.claim, voices[key], len(sure[key])) for key in objection.values - agreed)
        ]

    def _voices(
        self, objections: Iterable[_Objection], agreed: frozenset[ValueKey]
    ) -> dict[ValueKey, dict[str, float]]:
        """Return by value, and by origin that carries it, the surest of its topics."""
        voices: dict[ValueKey, dict[str, float]] = defaultdict(dict)
        for objection in objections:
            origin, topic = self.origin_of[objection.claim.article], objection.stand.same_topic
            for key in objection.values - agreed:
                voices[key][origin] = max(topic, voices[key].get(origin, 0.0))
        return voices

    def _backed(self, objection: _Objection, for_it: set[str]) -> bool:
        """Tell whether an objection is answered by who says the same as the claim.

        Who has a quote's words may give them to another; two titles of which each is known to others are both right.
        """
        if objection.stand.level == OTHER_POST:
            return bool(for_it)
        return objection.claim.quote is None and self.origin_of[objection.claim.article] in for_it

    def _carried_stand(self, claim: Claim, article: str, span: Span) -> Stand:
        """Say how a text that has a quote's words has them: as they are, or changed."""
        assert claim.quote is not None
        theirs = with_edges(self.articles[article].text, span)
        changed = difference(align(tokens(claim.quote.words), tokens(theirs)))
        if changed is None or (changed[0] == _ALTERED and cuts_at(claim.quote, changed[1][0])):
            return Stand(article, "supports", _CARRIED, 1.0, span, "the other text has these words", superseding=False)
        level, words = changed
        reason = f"the other text has the words otherwise: {here_and_there(*words)}"
        short = len(tokens(claim.quote.words)) < _VERBATIM
        if level == _ALTERED and short and not is_quoted(self.articles[article].text, span):
            return Stand(article, "qualifies", "quote.near", 1.0, span, reason, superseding=False)
        return Stand(article, "contradicts", level, 1.0, span, reason, superseding=False)

    def _stand(self, claim: Claim, other: Claim) -> Stand | None:
        topic = self.matter.shared(claim, other)
        least = least_topic(claim.kind, self.settings)
        if claim.quantity is None and topic < min(
            self.settings.same_topic, least
        ):  # what equal figures add is still to come
            return None
        texts = self.articles[claim.article].text, self.articles[other.article].text
        sides = Sides(claim, other, self.times[claim.article], self.times[other.article], texts)
        found = agreement(sides)
        if topic >= self.settings.same_topic and (turned := self.conflicts.reversed(sides, found)):
            found = turned
        if found and found.relation == "contradicts":
            found = self.updates.settled(sides) or found
        relation, level, reason = (found.relation, found.level, found.reason) if found else (None, "", "")
        if level == UPDATED:
            topic = raised(claim, other, topic, self.settings)
        elif relation == "supports":
            topic = with_agreement(claim, other, topic, self.settings)
        if topic < (least if relation == "contradicts" else self.settings.same_topic):
            return None
        return Stand(
            article=other.article,
            relation=relation,
            level=level,
            same_topic=round(topic, 4),
            span=other.span,
            reason=reason,
            superseding=relation == "supersedes" and self._takes_its_place(sides, level),
            doubtful=level in (REVERSED, RENAMED),
        )

    def _takes_its_place(self, sides: Sides, level: str) -> bool:
        """Tell whether the other side is the one that supersedes: as announced, or as it is of a later day."""
        if level == UPDATED:
            return self.updates.replaces(sides.theirs, sides.ours)
        return is_earlier(sides.our_time, sides.their_time)


def _unheard(stand: Stand) -> Stand:
    """Return what an objection says that does not count: nothing, but that words were said, by whomever."""
    if stand.level == OTHER_SPEAKER:
        return replace(stand, relation="supports", level=_SAME_WORDS, reason="the same words")
    return replace(stand, relation=None)


def hear(heard: dict[str, Stand], stand: Stand) -> None:
    """Keep an article's strongest stand; that it has the words is no support where it gives them to another speaker."""
    known = heard.get(stand.article)
    if known is None or stand.rank < known.rank or _names_another_speaker(stand, known):
        heard[stand.article] = stand


def _names_another_speaker(stand: Stand, known: Stand) -> bool:
    """Tell whether the words that were found in a text are those that it puts in another mouth."""
    if (stand.relation, stand.level) != ("contradicts", OTHER_SPEAKER) or known.level not in (_CARRIED, _SAME_WORDS):
        return False
    return known.span.start < stand.span.end and stand.span.start < known.span.end
