"""Fabrications planted into one story, one at a time, and what the stages make of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.claims import extract
from pipeline.corroboration.levels import agreement
from pipeline.corroboration.levels.level import Sides
from pipeline.evaluation import fabrications, insertions
from pipeline.evaluation.bearers import bearers
from pipeline.evaluation.choices import Choices
from pipeline.evaluation.rewriting import rewrite
from pipeline.evaluation.told import Told, raises_alarm, remarked
from pipeline.evaluation.trials import Trial, Way
from pipeline.models import Article, Claim, ClaimKind, ClaimScore, Finding, Span

_BEARERS = 2  # origins that must carry a claim for its falsification to be known as false
_TRIES = 4  # draws of a new value before a claim is given up
_TRUE_TO = ("supports", "qualifies", "supersedes")
_BORNE_OUT = ("supported", "qualified", "superseded")


@dataclass(frozen=True, slots=True)
class Change:
    """A way to falsify a claim: of which kinds, how, and whether the levels can tell that the value is another."""

    claim_kinds: tuple[ClaimKind, ...]
    make: fabrications.Maker
    compared: bool  # else the rule itself sees to it: another word, office, speaker, outlet
    borne_words: bool = False  # whether the others must carry the very words that are changed, not only the claim


CHANGES: Mapping[str, Change] = {
    "number": Change(("quantity",), fabrications.figures, compared=True),
    "place": Change(("place",), fabrications.place, compared=True),
    "date": Change(("date",), fabrications.date, compared=True),
    "person": Change(("person_role",), fabrications.person, compared=True),
    "role": Change(("person_role",), fabrications.role, compared=False),
    "speaker": Change(("quote",), fabrications.speaker, compared=False),
    "wording": Change(("quote",), fabrications.quote_word, compared=False, borne_words=True),
    "negation": Change(("quote",), fabrications.negation, compared=False, borne_words=True),
    "credit": Change(("quote", "attribution"), fabrications.credit, compared=False),
}


@dataclass(frozen=True, slots=True)
class Plant:
    """A fabrication as it stands in a changed article."""

    kind: str
    way: Way
    claim_kind: ClaimKind
    article: Article
    claims: tuple[Claim, ...]  # of the changed article
    at: Span  # where it stands there
    old: str | None
    new: str
    claim: Claim | None  # what stood there before


@dataclass(frozen=True, slots=True)
class Planter:
    """Plants into one story."""

    told: Told
    choices: Choices

    def plants(self, kind: str, way: Way) -> Iterator[Plant]:
        """Yield fabrications of one kind, in an order that the seed decides, for as long as the story has room."""
        return self._changed(kind) if way == "changed" else self._inserted(kind)

    def _changed(self, kind: str) -> Iterator[Plant]:
        """Falsify claims that two other origins carry and none denies."""
        borne_out = [
            (claim, finding)
            for id_ in self.told.story.articles
            for claim, finding in self.told.pairs(id_)
            if claim.kind in CHANGES[kind].claim_kinds
            and finding.support.origins >= _BEARERS
            and not finding.contradict.origins
        ]
        dice = self.choices.dice
        for claim, finding in dice.shuffled(borne_out, lambda pair: f"{pair[0].article}\0{pair[0].id}", kind):
            plant = self._falsified(kind, claim, finding)
            if plant is not None:
                yield plant

    def _falsified(self, kind: str, claim: Claim, finding: Finding) -> Plant | None:
        change, original = CHANGES[kind], self.told.articles[claim.article]
        for attempt in range(_TRIES):
            edits = change.make(claim, self.told.words(claim), self.choices.values(f"{kind} {attempt}"))
            if not edits:
                return None
            if change.borne_words and not self._is_borne(claim, edits[0]):
                continue
            made = rewrite(original, edits)
            if not made.places:  # a name that the article spells otherwise
                return None
            article = remarked(made.article)
            claims, at = extract(article, self.told.settings.claims), made.now(claim.span)
            now = claim_at(claims, claim.kind, at)
            if not change.compared or now is None or self._is_other(claim, now, finding):
                return Plant(kind, "changed", claim.kind, article, claims, at, *edits[0], claim)
        return None

    def _is_borne(self, claim: Claim, edit: tuple[str, str]) -> bool:
        return bearers(self.told.story, self.told.articles, claim.article, edit) >= _BEARERS

    def _is_other(self, claim: Claim, now: Claim, finding: Finding) -> bool:
        """Tell whether the levels take the new value for another than the old one, and than those that bore it out."""
        borne_out = {(row.article, row.span) for row in finding.evidence if row.relation in _TRUE_TO}
        bearers = [
            other for id_, span in sorted(borne_out, key=_place) for other in self._claims(claim.kind, id_, span)
        ]
        return not any(_agree(now, other) for other in (claim, *bearers))

    def _claims(self, kind: ClaimKind, article: str, span: Span) -> list[Claim]:
        return [claim for claim in self.told.claims[article] if claim.kind == kind and claim.span == span]

    def _inserted(self, kind: str) -> Iterator[Plant]:
        """Put in specifics that nobody has, at most one an article."""
        dice = self.choices.dice
        maker = insertions.Maker(self.told, self.choices.text, self.choices.pool, dice)
        readable = [id_ for id_ in self.told.story.articles if self.told.claims[id_]]
        for id_ in dice.shuffled(readable, str, "insert", kind):
            plants = (self._added(maker.make(kind, id_, str(attempt)), kind, id_) for attempt in range(_TRIES))
            plant = next((plant for plant in plants if plant is not None), None)
            if plant is not None:
                yield plant

    def _added(self, made: insertions.Inserted | None, kind: str, article: str) -> Plant | None:
        added = made and insertions.with_sentence(self.told.articles[article], made)
        if not made or not added:
            return None
        changed, at = added
        claims, claim_kind = extract(changed, self.told.settings.claims), insertions.INSERTIONS[kind]
        now = claim_at(claims, claim_kind, at)
        others = [claim for id_, some in self.told.claims.items() if id_ != article for claim in some]
        if now is not None and claim_kind != "quote" and any(_repeats(now, other) for other in others):
            return None
        return Plant(kind, "inserted", claim_kind, changed, claims, at, None, made.words, None)


def tried(told: Told, plant: Plant) -> Trial:
    """Hear a story with a fabrication in one of its articles."""
    id_ = plant.article.id
    after = told.with_article(plant.article, plant.claims)
    score_before, score_after = told.score(id_), after.score(id_)
    now = claim_at(plant.claims, plant.claim_kind, plant.at)
    found = {row.claim: row for row in after.findings[id_]}.get(now.id) if now else None
    return Trial(
        kind=plant.kind,
        way=plant.way,
        claim_kind=plant.claim_kind,
        story=told.story.id,
        article=id_,
        old=plant.old,
        new=plant.new,
        verdict=found.verdict if found else None,
        rule=found.rule if found else None,
        alarmed=found is not None and raises_alarm(found),
        borne_out=found is not None and found.verdict in _BORNE_OUT and not raises_alarm(found),
        before=_probability(score_before.claims, plant.claim),
        after=_probability(score_after.claims, now),
        score_before=score_before.value,
        score_after=score_after.value,
    )


def _place(row: tuple[str, Span]) -> tuple[str, int, int]:
    return row[0], row[1].start, row[1].end


def claim_at(claims: Sequence[Claim], kind: ClaimKind, at: Span) -> Claim | None:
    """Return the claim of a kind that shares most with a span, None where none touches it."""
    touching = [claim for claim in claims if claim.kind == kind and _shared(claim.span, at) > 0]
    return max(touching, key=lambda claim: (_shared(claim.span, at), -claim.span.start), default=None)


def _shared(first: Span, second: Span) -> int:
    return min(first.end, second.end) - max(first.start, second.start)


def _agree(first: Claim, second: Claim) -> bool:
    """Tell whether the levels let two values stand side by side, as of one day."""
    found = agreement(Sides(first, second, None, None))
    return found is not None and found.relation in _TRUE_TO


def _repeats(first: Claim, second: Claim) -> bool:
    found = agreement(Sides(first, second, None, None))
    return found is not None and found.relation == "supports"


def _probability(scores: Sequence[ClaimScore], claim: Claim | None) -> float | None:
    return next((row.probability for row in scores if claim is not None and row.claim == claim.id), None)
