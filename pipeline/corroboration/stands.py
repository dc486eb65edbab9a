"""Where another article stands on a claim: same thing first, then same value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.corroboration.alignment import LONG, align, difference, tokens
from pipeline.corroboration.carried import CarriedWords, is_quoted, with_edges
from pipeline.corroboration.conflicts import OTHER_POST, OTHER_SPEAKER, RENAMED, REVERSED, Conflicts
from pipeline.corroboration.displaced import SCOPED
from pipeline.corroboration.levels.level import is_earlier
from pipeline.corroboration.levels.person_role import office_of
from pipeline.corroboration.levels.quote import cuts_at
from pipeline.corroboration.levels.wording import here_and_there
from pipeline.corroboration.meetings import Meetings
from pipeline.corroboration.sayings import is_one_saying, speakers_at
from pipeline.corroboration.tongues import Tongues
from pipeline.corroboration.updates import UPDATED, Updates
from pipeline.corroboration.values import ValueKey, held_keys, value_key
from pipeline.models import Article, Claim, Relation, Span
from pipeline.record import maker_with, quickly_made
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
    by: Claim | None = None  # the claim that takes it, whose reason is still to be told: of most stands nobody asks it

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


_Valued = tuple[_Objection, frozenset[ValueKey]]  # with its values, but those that agree with the claim
_related = maker_with(Stand, [name for name in Stand.__slots__ if name != "relation"], ["relation"])
_explained = maker_with(Stand, [name for name in Stand.__slots__ if name not in {"reason", "by"}], ["reason", "by"])


@dataclass(frozen=True, slots=True)
class Court:
    """What is needed to hear one story's articles on its claims."""

    articles: Mapping[str, Article]
    origin_of: Mapping[str, str]
    times: Mapping[str, str | None]  # at which each article's text first appeared
    carried: CarriedWords
    meetings: Meetings
    conflicts: Conflicts
    updates: Updates
    tongues: Tongues
    settings: CorroborationSettings

    def stands(self, claim: Claim, others: Sequence[Claim]) -> dict[str, Stand]:
        """Return each other article's strongest stand on a claim, for those that have one."""
        heard: dict[str, Stand] = {}
        carried = self.carried.by(claim)
        if not (carried or others):  # of most claims nobody else speaks
            return heard
        for article, span in carried.items():
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
        if claim.kind in SCOPED:
            heard = self._weighed(claim, objections, heard)
        told = {id_: self._with_reason(claim, stand) for id_, stand in heard.items()}
        return self._as_translated(claim, others, told)

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
        agreed = frozenset(held_keys(claim))  # two places of one country are not one place against a third of it
        unbacked = [
            (objection, objection.values - agreed) for objection in objections if not self._backed(objection, for_it)
        ]
        carried = self._carried(claim, unbacked)
        joint = [
            (objection, values)
            for objection, values in unbacked
            if not carried.isdisjoint(values)
            and self.conflicts.jointly(claim, objection.claim, objection.stand.same_topic, objection.stand.level)
        ]
        enough = self.conflicts.displaced.are_enough
        sure = self._voices(joint)
        voices = self._voices(unbacked) if joint and claim.quantity is not None else sure
        return [
            objection.stand
            for objection, values in joint
            if any(enough(claim, objection.claim, voices[key], len(sure[key])) for key in values)
        ]

    def _carried(self, claim: Claim, objections: Iterable[_Valued]) -> frozenset[ValueKey]:
        """Return the values that origins enough carry: of a figure all that do count, else those that object.

        What few carry comes to nothing, and need not be asked what it is of, which is dear.
        """
        if claim.quantity is None:
            carriers = self._voices(objections).items()
            return frozenset(key for key, origins in carriers if len(origins) >= self.settings.joint_origins)
        by_value = {key: objection.claim for objection, values in objections for key in values}
        carried_by = self.conflicts.displaced.carriers
        return frozenset(
            key for key, other in by_value.items() if len(carried_by(claim, other)) >= self.settings.joint_origins
        )

    def _voices(self, objections: Iterable[_Valued]) -> dict[ValueKey, dict[str, float]]:
        """Return by value, and by origin that carries it, the surest of its topics."""
        voices: dict[ValueKey, dict[str, float]] = defaultdict(dict)
        for objection, values in objections:
            origin, topic = self.origin_of[objection.claim.article], objection.stand.same_topic
            for key in values:
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
        met = self.meetings.of(claim, other)
        if met is None:
            return None
        return Stand(
            article=other.article,
            relation=met.relation,
            level=met.level,
            same_topic=round(met.topic, 4),
            span=other.span,
            reason="",
            superseding=met.relation == "supersedes" and self._takes_its_place(claim, other, met.level),
            doubtful=met.level in (REVERSED, RENAMED),
            by=other,
        )

    def _takes_its_place(self, claim: Claim, other: Claim, level: str) -> bool:
        """Tell whether the other claim is the one that supersedes: as announced, or as it is of a later day."""
        if level == UPDATED:
            return self.updates.replaces(other, claim)
        return is_earlier(self.times[claim.article], self.times[other.article])

    def _with_reason(self, claim: Claim, stand: Stand) -> Stand:
        if stand.by is None or stand.relation is None:
            return stand
        return _explained(stand, self.meetings.reason(claim, stand.by, stand.level), None)


def _unheard(stand: Stand) -> Stand:
    """Return what an objection says that does not count: nothing, but that words were said, by whomever."""
    if stand.level == OTHER_SPEAKER:
        return replace(stand, relation="supports", level=_SAME_WORDS, reason="the same words", by=None)
    return _related(stand, None)


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
