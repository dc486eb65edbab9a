"""One story's claims heard against each other: the way from claims to findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.corroboration.candidates import Candidates, Told
from pipeline.corroboration.carried import carried_words
from pipeline.corroboration.cast import Cast
from pipeline.corroboration.certainty import Certainty
from pipeline.corroboration.conflicts import Conflicts
from pipeline.corroboration.credits import CIRCULAR, OTHER_CREDIT, Credits
from pipeline.corroboration.crowds import Crowd
from pipeline.corroboration.doubt import doubted_articles
from pipeline.corroboration.independence import Independence
from pipeline.corroboration.matter import Matter, main_places
from pipeline.corroboration.meetings import Meetings
from pipeline.corroboration.occasions import Occasions
from pipeline.corroboration.opportunity import could_speak, first_days, first_times
from pipeline.corroboration.slots import Slots
from pipeline.corroboration.stands import Court, Stand
from pipeline.corroboration.statements import Statements, specifics
from pipeline.corroboration.tongues import Tongues
from pipeline.corroboration.updates import Updates
from pipeline.corroboration.verdicts import Counted, Outcome, Weighing, count
from pipeline.corroboration.written import compared_in_part, not_compared, written, written_alike
from pipeline.models import Article, Claim, Evidence, Finding, Span, Story
from pipeline.record import maker
from pipeline.settings import CorroborationSettings, Settings

_evidence = maker(Evidence)


def corroborate(
    story: Story,
    articles: Mapping[str, Article],
    claims: Mapping[str, tuple[Claim, ...]],
    settings: Settings,
) -> tuple[Finding, ...]:
    """Return a finding for every claim of a story's articles, in the order of article and claim.

    ``articles`` and ``claims`` hold at least the story's own, by article id. An article never
    corroborates itself, nor its own origin.
    """
    asked = _asked(story, claims)
    if len(set(story.origins)) == 1:
        return _unheard(story, {id_: articles[id_] for id_ in story.articles}, asked, settings.corroboration)
    told = hearing(story, articles, claims, settings)
    found = tuple(told.finding(claim) for claim in asked)
    doubted = doubted_articles(asked, found, settings.score.headline_contradictors)
    return _without(doubted, told, asked, found) if doubted else found


def _asked(story: Story, claims: Mapping[str, tuple[Claim, ...]]) -> list[Claim]:
    return [claim for id_ in story.articles for claim in claims.get(id_, ())]


def _unheard(
    story: Story, articles: Mapping[str, Article], claims: Sequence[Claim], settings: CorroborationSettings
) -> tuple[Finding, ...]:
    """Return the findings of a story that one origin alone tells: most of a night, and nothing to hear."""
    origin_of = dict(zip(story.articles, story.origins, strict=True))
    nobody = count({}, origin_of, frozenset())
    outcome = Weighing(Independence.of(()), story.origins[0], settings).outcome(nobody)
    if {claim.outlet for claim in claims} <= {None}:
        return tuple(written_alike(claims, outcome, settings))
    named = Credits.of(articles, {}, origin_of)
    return tuple([written(claim, named.rule(claim, {}) or claim.rule, outcome, (), settings) for claim in claims])


def hearing(
    story: Story,
    articles: Mapping[str, Article],
    claims: Mapping[str, tuple[Claim, ...]],
    settings: Settings,
) -> Hearing:
    """Lay out what a story's articles and claims tell, once for all of its claims."""
    present = {id_: articles[id_] for id_ in story.articles}
    made = {id_: claims.get(id_, ()) for id_ in story.articles}
    asked = _asked(story, claims)
    crowd = Crowd.of(specifics(asked), present, settings.corroboration.heard)
    origin_of = dict(zip(story.articles, story.origins, strict=True))
    readable = {id_: _is_readable(present[id_], settings) for id_ in story.articles}
    days = first_days(story, present)
    matter = Matter(main_places(made.values()), settings.corroboration.topic)
    court = _court(story, present, crowd.heard, matter, settings.corroboration)
    statements, index = Statements.of(story, present, asked, settings.corroboration), court.conflicts.slots.index
    return Hearing(
        articles=present,
        origin_of=origin_of,
        credits=Credits.of(present, made, origin_of),
        able={id_: could_speak(id_, days, origin_of, readable) for id_ in story.articles},
        index=index,
        crowd=crowd,
        court=court,
        statements=statements,
        independence=Independence.of(story.overlaps),
        settings=settings.corroboration,
        complete=not (crowd.left or court.carried.common or statements.left) and index.is_complete(),
    )


def _court(
    story: Story,
    articles: Mapping[str, Article],
    claims: Sequence[Claim],
    matter: Matter,
    settings: CorroborationSettings,
) -> Court:
    """Gather what is needed to hear a story's articles on its claims."""
    conflicts = _conflicts(story, articles, claims, matter, settings)
    times, updates = first_times(story, articles), Updates.of(claims, articles)
    return Court(
        articles=articles,
        origin_of=dict(zip(story.articles, story.origins, strict=True)),
        times=times,
        meetings=Meetings(articles, times, matter, conflicts, updates, settings),
        carried=carried_words([claim for claim in claims if claim.quote is not None], articles.values()),
        conflicts=conflicts,
        updates=updates,
        tongues=Tongues(articles),
        settings=settings,
    )


def _conflicts(
    story: Story,
    articles: Mapping[str, Article],
    claims: Sequence[Claim],
    matter: Matter,
    settings: CorroborationSettings,
) -> Conflicts:
    """Gather what tells whether two claims of a story may contradict each other."""
    origin_of = dict(zip(story.articles, story.origins, strict=True))
    told = Told(origin_of, {id_: article.sha256 for id_, article in articles.items()})
    index = Candidates.of(claims, matter.main, told, settings)
    certainty = Certainty.of(claims, articles, index, matter, settings)
    said, displaced = certainty.said, certainty.displaced
    occasions = Occasions.of(claims, first_days(story, articles))
    return Conflicts(
        articles=articles,
        slots=Slots(articles, occasions, said, matter, displaced, index, settings),
        said=said,
        cast=Cast.of(articles, origin_of, claims, settings),
        matter=matter,
        frames=certainty.frames,
        displaced=displaced,
        certainty=certainty,
        settings=settings,
    )


def _without(
    doubted: frozenset[str], told: Hearing, claims: Sequence[Claim], found: Sequence[Finding]
) -> tuple[Finding, ...]:
    """Hear the claims of other articles again that one origin alone contradicts, without what doubted ones object."""
    again = replace(told, doubted=doubted)
    return tuple(
        again.finding(claim) if row.contradict.origins == 1 and claim.article not in doubted else row
        for claim, row in zip(claims, found, strict=True)
    )


def _is_readable(article: Article, settings: Settings) -> bool:
    return article.language in settings.claims.languages and article.word_count >= settings.corroboration.min_words


@dataclass(frozen=True, slots=True)
class Hearing:
    """One story, ready to be asked about each of its claims."""

    articles: Mapping[str, Article]
    origin_of: Mapping[str, str]
    credits: Credits
    able: Mapping[str, frozenset[str]]  # by article: the other origins that could have carried what it says
    index: Candidates
    crowd: Crowd
    court: Court
    statements: Statements
    independence: Independence
    settings: CorroborationSettings
    doubted: frozenset[str] = frozenset()  # articles whose word alone contradicts nobody
    complete: bool = False  # all that may be of one matter is compared
    unheard: dict[str, Outcome] = field(default_factory=dict)  # by article: of claims on which nobody speaks
    outcomes: dict[tuple[str, Counted], Outcome] = field(
        default_factory=dict
    )  # by the claim's own origin and the count

    def finding(self, claim: Claim) -> Finding:
        """Return what the other origins say on a claim."""
        if (claim.article, claim.id) in self.crowd.left:
            outcome = self._weighing(claim).outcome(count({}, self.origin_of, frozenset()))
            return not_compared(written(claim, claim.rule, outcome, (), self.settings), self.settings.heard)
        stands = self._stands(claim) if claim.statement is None else self.statements.stands(claim)
        carriers = {id_: stand.span for id_, stand in stands.items() if stand.relation == "supports"} if stands else {}
        uncompared = 0 if self.complete else self._uncompared(claim)
        credited = None if uncompared else self.credits.rule(claim, carriers)  # who may carry it is not all known
        if credited == CIRCULAR:  # they have the words, and are no source for them
            stands = {id_: replace(stand, relation=None) if id_ in carriers else stand for id_, stand in stands.items()}
        elif carriers and claim.outlet is not None:
            stands = self._with_credits(claim, stands, carriers)
        if self.doubted:
            stands = {id_: self._believed(stand) for id_, stand in stands.items()}
        outcome, evidence = self._outcome(claim, stands), self._evidence(stands) if stands else ()
        return compared_in_part(written(claim, credited or claim.rule, outcome, evidence, self.settings), uncompared)

    def _uncompared(self, claim: Claim) -> int:
        """Return how many claims that may be of a claim's matter are not compared with it, for there are too many."""
        key = (claim.article, claim.id)
        if claim.statement is not None:
            return self.statements.left.get(key, 0)
        return self.index.left_of(claim)[0] or int(key in self.court.carried.common)

    def _stands(self, claim: Claim) -> dict[str, Stand]:
        """Return where each article of another origin stands on a claim."""
        heard = self.court.stands(claim, self.index.of_claim(claim))
        if not heard:  # on most claims nobody speaks
            return heard
        own = self.origin_of[claim.article]
        return {id_: stand for id_, stand in heard.items() if self.origin_of[id_] != own}

    def _believed(self, stand: Stand) -> Stand:
        return (
            replace(stand, relation=None)
            if stand.relation == "contradicts" and stand.article in self.doubted
            else stand
        )

    def _with_credits(
        self, claim: Claim, stands: Mapping[str, Stand], carriers: Mapping[str, Span]
    ) -> dict[str, Stand]:
        """Turn those who credit a quote to another outlet against it; who credits none bears its words out."""
        outlets = self.credits.otherwise(claim, carriers, self.settings.joint_origins)
        turned = {
            id_: replace(
                stands[id_],
                relation="contradicts",
                level=OTHER_CREDIT,
                reason=f"the same words, credited to another outlet: here {claim.outlet}, there {outlet}",
            )
            for id_, outlet in outlets.items()
        }
        return {**stands, **turned}

    def _outcome(self, claim: Claim, stands: Mapping[str, Stand]) -> Outcome:
        """Weigh the stands on a claim; on most nobody speaks, and all these of an article have one outcome.

        Who tells a statement in other words is not silent on it: only those who speak count.
        """
        article = claim.article
        able = self._able(claim)
        usual = not stands and able is self.able[article]
        if usual and article in self.unheard:
            return self.unheard[article]
        counted, own = count(stands, self.origin_of, able), self.origin_of[article]
        if (own, counted) not in self.outcomes:
            self.outcomes[own, counted] = self._weighing(claim).outcome(counted)
        outcome = self.outcomes[own, counted]
        if usual:
            self.unheard[article] = outcome
        return outcome

    def _able(self, claim: Claim) -> frozenset[str]:
        """Return the origins whose silence on a claim counts: those that were not heard out may have told it."""
        if claim.statement is not None:
            return frozenset()
        able = self.able[claim.article]
        if self.complete:
            return able
        if (claim.article, claim.id) in self.court.carried.common:
            return frozenset()
        left = self.index.left_of(claim)[1]
        unheard = left.union(self.origin_of[id_] for id_ in self.crowd.cut.get(claim.kind, ()))
        return able - unheard if unheard else able

    def _weighing(self, claim: Claim) -> Weighing:
        return Weighing(self.independence, self.origin_of[claim.article], self.settings)

    def _evidence(self, stands: Mapping[str, Stand]) -> tuple[Evidence, ...]:
        speaking = [stand for stand in stands.values() if stand.relation is not None]
        ordered = sorted(speaking, key=lambda stand: (stand.rank, stand.article))
        return tuple(self._row(stand) for stand in ordered)

    def _row(self, stand: Stand) -> Evidence:
        article = self.articles[stand.article]
        assert stand.relation is not None
        return _evidence(
            article=stand.article,
            source=article.source,
            origin=self.origin_of[stand.article],
            relation=stand.relation,
            level=stand.level,
            same_topic=stand.same_topic,
            span=stand.span,
            text=article.text[stand.span.start : stand.span.end],
            reason=stand.reason,
        )
