"""Statements: what headlines and ledes say in nearly the same words, and one of them the other way round.

Most news turns on verbs and names, which no specific holds. A sentence at the head of an article becomes a claim where an
article of another origin tells it turned round, or of somebody else: only then is there anything to hold it against, for
one piece of news is told in many words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from pipeline.corroboration.briefs import Brief
from pipeline.corroboration.frames import Words, lowered, words_of
from pipeline.corroboration.likeliest import Chosen, Whereabouts, from_both
from pipeline.corroboration.openings import is_brief, main_sentences
from pipeline.corroboration.opportunity import first_days
from pipeline.corroboration.postings import Numbers, Postings, Rows
from pipeline.corroboration.retold import Retelling, Sentence
from pipeline.corroboration.stands import Stand, hear
from pipeline.corroboration.topic import weight
from pipeline.models import Article, Claim, PlaceValue, Story
from pipeline.settings import CorroborationSettings, Settings

_BLOCK_CELLS = 200_000  # pairs looked at together: some megabytes
_PAIR = 2  # origins
_Key = tuple[str, str]  # article and claim id
_order = attrgetter("span.start", "span.end", "kind")


def with_statements(
    story: Story, articles: Mapping[str, Article], claims: Mapping[str, tuple[Claim, ...]], settings: Settings
) -> dict[str, tuple[Claim, ...]]:
    """Return the claims of a story's articles, with the statements of which another origin tells the contrary."""
    made = {id_: tuple(specifics(claims.get(id_, ()))) for id_ in story.articles}
    if len(set(story.origins)) == 1:  # an origin does not deny what it says itself
        return made
    brief = settings.corroboration.brief_words if _are_alone(story) else 0
    read = [articles[id_] for id_ in story.articles if articles[id_].language in settings.claims.languages]
    drafts = [claim for article in read for claim in main_sentences(article, brief)]
    heard = Statements.of(story, articles, [*chain(*made.values()), *drafts], settings.corroboration)
    denied = [draft for draft in drafts if heard.denies(draft)]
    told = {claim.article for claim in denied}
    return made | {id_: in_order([*made[id_], *(own for own in denied if own.article == id_)]) for id_ in sorted(told)}


def _are_alone(story: Story) -> bool:
    """Tell whether nobody but two origins tells a story: then nobody is scored, and nobody else can be asked."""
    return len(set(story.origins)) == _PAIR


def specifics(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims that an article makes by itself: all but statements."""
    return [claim for claim in claims if claim.statement is None]


def in_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return an article's claims in the order of the text."""
    return tuple(sorted(claims, key=_order))


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of a story, heard against each other."""

    heard: Mapping[_Key, Mapping[str, Stand]]  # by statement, and then by article: its strongest stand
    left: Mapping[_Key, int]  # how many others like it a statement was not held against, where there are too many

    @classmethod
    def of(
        cls, story: Story, articles: Mapping[str, Article], claims: Iterable[Claim], settings: CorroborationSettings
    ) -> Statements:
        """Lay the statements among a story's claims on each other, those of two origins told within a few days."""
        claims = tuple(claims)
        said = [claim for claim in claims if claim.statement is not None]
        if not said:
            return cls({}, {})
        places: dict[str, list[PlaceValue]] = defaultdict(list)
        for claim in claims:
            if claim.place is not None:
                places[claim.article].append(claim.place)
        alone = _are_alone(story)
        briefs = _briefs(story, articles, settings) if alone else {}
        sentences = [
            _sentence(claim, articles[claim.article], places[claim.article], briefs.get(claim.article))
            for claim in said
        ]
        days, origin_of = first_days(story, articles), dict(zip(story.articles, story.origins, strict=True))
        where = Whereabouts.of(said, origin_of, {id_: articles[id_].sha256 for id_ in story.articles})
        near = _Nearness.of(said, sentences, where).chosen(settings, brief=len(briefs) > 1)
        heard: dict[_Key, dict[str, Stand]] = defaultdict(dict)
        for one, two in ((one, two) for one, others in enumerate(near.others) for two in others if one < two):
            if not _are_level(sentences[one], sentences[two]):
                continue
            if _apart(days[said[one].article], days[said[two].article]) <= settings.joint_days:
                for row, other, retold in _retold(sentences, one, two, settings, alone=alone):
                    hear(heard[said[row].article, said[row].id], _stand(said[other], retold))
        return cls(heard, {(said[row].article, said[row].id): number for row, number in near.left.items()})

    def stands(self, claim: Claim) -> dict[str, Stand]:
        """Return each other article's strongest stand on a statement, for those that have one."""
        return dict(self.heard.get((claim.article, claim.id), {}))

    def denies(self, claim: Claim) -> bool:
        """Tell whether any other article tells the contrary of a statement."""
        return any(stand.relation == "contradicts" for stand in self.stands(claim).values())


def _briefs(story: Story, articles: Mapping[str, Article], settings: CorroborationSettings) -> dict[str, Brief]:
    """Read the brief texts of a story, by article."""
    told = (articles[id_] for id_ in story.articles)
    return {article.id: Brief.of(article) for article in told if is_brief(article, settings.brief_words)}


def _least(settings: CorroborationSettings, *, brief: bool) -> tuple[float, float]:
    """Return the share of the words, and their bits, that two sentences must have in common."""
    if not brief:
        return settings.frame_share, settings.statement_bits
    return min(settings.frame_share, settings.replaced_share), min(settings.statement_bits, settings.replaced_bits)


def _sentence(claim: Claim, article: Article, places: Sequence[PlaceValue], brief: Brief | None) -> Sentence:
    words = words_of(article.text, claim.span)
    return Sentence(
        words=words,
        lower=lowered(words),
        hedged=claim.hedged,
        text=article.text,
        places=tuple(places),
        main=claim.position != "body",
        brief=brief,
    )


def _are_level(one: Sentence, two: Sentence) -> bool:
    """Tell whether two sentences weigh alike in their articles: two openings, or any two of brief texts."""
    return (one.main and two.main) or (one.brief is not None and two.brief is not None)


def _retold(
    sentences: Sequence[Sentence], one: int, two: int, settings: CorroborationSettings, *, alone: bool
) -> Iterator[tuple[int, int, Retelling]]:
    """Yield what each of two sentences makes of the other; both do, or neither."""
    for row, other in ((one, two), (two, one)):
        if (retold := sentences[row].retold(sentences[other], settings, alone=alone)) is None:
            return
        yield row, other, retold


def _stand(other: Claim, retold: Retelling) -> Stand:
    agreed = retold.agreed
    return Stand(
        article=other.article,
        relation=agreed.relation,
        level=agreed.level,
        same_topic=round(retold.share, 4),
        span=other.span,
        reason=agreed.reason,
        superseding=False,
        doubtful=agreed.relation == "contradicts",
    )


@dataclass(frozen=True, slots=True)
class _Nearness:
    """How many words, and how rare ones, the statements of a story share."""

    bits: Postings  # of the content words
    words: Postings  # of all words, each time it stands there
    lengths: NDArray[np.int64]  # words a statement
    where: Whereabouts

    @classmethod
    def of(cls, said: Sequence[Claim], sentences: Sequence[Sentence], where: Whereabouts) -> _Nearness:
        return cls(
            bits=Postings.of((claim.terms for claim in said), weight),
            words=Postings.of((_numbered(sentence.lower) for sentence in sentences), lambda _: 1.0),
            lengths=np.array([len(sentence.lower) for sentence in sentences]),
            where=where,
        )

    def chosen(self, settings: CorroborationSettings, *, brief: bool) -> Chosen:
        """Return for each statement those of other origins that can have enough of their words in common, and rare ones.

        The words may still stand in another order. Of very many, those with the rarest words in common.
        """
        return from_both(self._pairs(*_least(settings, brief=brief)), self.where, settings.compared)

    def _pairs(self, share: float, bits: float) -> Iterator[tuple[Rows, Numbers]]:
        homes = self.where.origins
        size = max(1, _BLOCK_CELLS // len(homes))
        for first in range(0, len(homes), size):
            last = min(len(homes), first + size)
            shorter = np.minimum.outer(self.lengths[first:last], self.lengths)
            common = self.bits.shared(first, last)
            found = (self.words.shared(first, last) >= share * shorter) & (common >= bits)
            found &= np.not_equal.outer(homes[first:last], homes)
            for kept, rare in zip(found, common, strict=True):
                others = np.flatnonzero(kept)
                yield others, rare[others]


def _numbered(words: Words) -> Iterator[tuple[str, int]]:
    """Yield each word with how often it stood there before: "the" is shared as often as both have it."""
    before: defaultdict[str, int] = defaultdict(int)
    for word in words:
        yield word, before[word]
        before[word] += 1


def _apart(first: str | None, second: str | None) -> int:
    """Return the days between two; of a day that is not known, none."""
    if first is None or second is None:
        return 0
    return abs((date.fromisoformat(first) - date.fromisoformat(second)).days)
