"""Which pairs of claims are worth comparing: an inverted index over the claims of one story.

A shared key proposes a pair, and what stands around both rules it out where it can't be one matter;
whether two claims speak of the same thing, and agree, is asked afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.corroboration.alignment import tokens
from pipeline.corroboration.coincidence import least_topic
from pipeline.corroboration.levels.person_role import office_of
from pipeline.corroboration.likeliest import Chosen, Whereabouts, from_both
from pipeline.corroboration.nearness import Nearness
from pipeline.corroboration.postings import Numbers, Postings, Rows
from pipeline.corroboration.surnames import surname
from pipeline.models import Claim, ClaimKind, PersonRoleValue, PlaceValue, QuantityValue
from pipeline.rarity import rarity
from pipeline.settings import CorroborationSettings
from pipeline.text import stem

_SHORT = 8  # words; of a shorter quote any three in a row are told apart from others by little else
_PLAIN = 4  # letters; three words in a row of which none is longer are in many quotes
_RARE = 7.0  # bits; words that one article in 128 has
_MOST_KEYS = 40  # keys a claim; bounds the work on a quote of a whole speech
_ROUNDING = 1e-6  # of a probability, far more than sums in another order differ by
_BLOCK_CELLS = 200_000  # pairs looked at together: some megabytes
_FEW = 256  # pairs that share a key; up to so many are asked one by one sooner than a table of all is laid out

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """The claims of one kind that share a key, in the order of article and claim, and whom each is held against."""

    claims: Sequence[Claim]
    rows: Mapping[tuple[str, str], int]  # of each (article, claim)
    origins: Sequence[str]  # by their numbers, which are in the order of the claims
    chosen: Chosen

    @classmethod
    def of(cls, pairs: _Pairs, claims: Sequence[Claim], told: Told, most: int) -> _Kind:
        where = Whereabouts.of(claims, told.origin_of, told.text_of)
        rows = {(claim.article, claim.id): row for row, claim in enumerate(claims)}
        origins = list(dict.fromkeys(told.origin_of[claim.article] for claim in claims))
        return cls(claims, rows, origins, from_both(pairs.of_origins(where.origins), where, most))

    def others(self, claim: Claim) -> list[Claim]:
        row = self.rows.get((claim.article, claim.id))
        return [] if row is None else [self.claims[other] for other in self.chosen.others[row]]

    def near(self, claim: Claim, article: str) -> list[Claim]:
        row = self.rows.get((claim.article, claim.id))
        if row is None:
            return []
        return [own for other in self.chosen.brought[row] if (own := self.claims[other]).article == article]

    def left(self, claim: Claim) -> tuple[int, frozenset[str]]:
        row = self.rows.get((claim.article, claim.id))
        if row is None or row not in self.chosen.left:
            return 0, frozenset()
        return self.chosen.left[row], frozenset(self.origins[number] for number in self.chosen.unheard[row])


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Which of the claims of one kind may be of one matter."""

    size: int  # claims
    keys: Postings
    nearness: Nearness | None  # None for quotes: shared words alone can make them one matter
    least: float  # probability of one topic below which a pair is nothing

    @classmethod
    def of(
        cls,
        keys: Sequence[tuple[Claim, Sequence[_Key]]],
        main: frozenset[tuple[str, str]],
        settings: CorroborationSettings,
    ) -> _Pairs:
        claims = [claim for claim, _ in keys]
        return cls(
            size=len(claims),
            keys=Postings.of((some for _, some in keys), lambda _: 1.0),
            nearness=None if claims[0].quote else Nearness.of(claims, main, settings),
            least=min(settings.same_topic, least_topic(claims[0].kind, settings)) - _ROUNDING,
        )

    def of_origins(self, homes: Rows) -> Iterator[tuple[Rows, Numbers]]:
        """Yield for each row the rows of other origins that may be of its matter, and how likely they are."""
        block = max(1, _BLOCK_CELLS // self.size)
        for first in range(0, self.size, block):
            last = min(self.size, first + block)
            chances = self.keys.shared(first, last)
            found = (chances > 0) & np.not_equal.outer(homes[first:last], homes)
            if self.nearness is not None:
                chances = self.nearness.probabilities(first, last)
                found &= chances >= self.least
            for kept, likely in zip(found, chances, strict=True):
                others = np.flatnonzero(kept)
                yield others, likely[others]


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a story's articles, for the choice of whom a claim is held against."""

    origin_of: Mapping[str, str]  # by article
    text_of: Mapping[str, str]  # a name for the text of each; equal names, equal texts


@dataclass(frozen=True, slots=True)
class _Few:
    """The claims of one kind of which few pairs share a key: all of these pairs, of one topic or not."""

    beside: Mapping[tuple[str, str], list[Claim]]  # by (article, claim), in the order of the index

    @classmethod
    def of(cls, keys: Sequence[tuple[Claim, Sequence[_Key]]], told: Told, most: int) -> _Few | None:
        """Pair the claims; None where that is more work than looking at all of them together, or one could have more than ``most``."""
        holders: dict[_Key, list[int]] = defaultdict(list)
        for row, (_, some) in enumerate(keys):
            for key in some:
                holders[key].append(row)
        if sum(len(rows) ** 2 for rows in holders.values()) > 2 * _FEW:
            return None
        beside: list[set[int]] = [set() for _ in keys]
        for rows in holders.values():
            for row in rows:
                beside[row].update(rows)
        if max(map(len, beside)) > most:
            return None
        claims = [claim for claim, _ in keys]
        homes = [told.origin_of[claim.article] for claim in claims]
        return cls(
            {
                (claim.article, claim.id): [claims[row] for row in sorted(rows) if homes[row] != home]
                for claim, home, rows in zip(claims, homes, beside, strict=True)
            }
        )

    def others(self, claim: Claim) -> list[Claim]:
        return self.beside.get((claim.article, claim.id), [])

    def near(self, claim: Claim, article: str) -> list[Claim]:
        return [other for other in self.others(claim) if other.article == article]

    def left(self, _: Claim) -> tuple[int, frozenset[str]]:
        return 0, frozenset()


@dataclass(frozen=True, slots=True)
class Candidates:
    """The claims of a story by what they could be found by."""

    told: Told
    kinds: Mapping[ClaimKind, _Few | _Kind]  # those of which two articles share a key

    @classmethod
    def of(
        cls, claims: Iterable[Claim], main: frozenset[tuple[str, str]], told: Told, settings: CorroborationSettings
    ) -> Candidates:
        """Index claims in the order given; ``main`` names those that tell the story's main event."""
        by_kind: dict[ClaimKind, list[Claim]] = defaultdict(list)
        for claim in claims:
            by_kind[claim.kind].append(claim)
        shared = {kind: _sharing(some) for kind, some in by_kind.items() if _of_several(some)}
        return cls(told, {kind: _paired(some, main, told, settings) for kind, some in shared.items() if some})

    def of_claim(self, claim: Claim) -> list[Claim]:
        """Return the claims of other origins that share a key, in the order of the index.

        Where they are many, without those that can't be of one topic: whether two are is asked afterwards.
        """
        kind = self.kinds.get(claim.kind)
        return kind.others(claim) if kind else []

    def near(self, claim: Claim, article: str) -> list[Claim]:
        """Return those of them that an article of another origin has, never more than a claim brings."""
        kind = self.kinds.get(claim.kind)
        return kind.near(claim, article) if kind else []

    def is_complete(self) -> bool:
        """Tell whether every claim is compared with all of them."""
        return not any(kind.chosen.left for kind in self.kinds.values() if isinstance(kind, _Kind))

    def left_of(self, claim: Claim) -> tuple[int, frozenset[str]]:
        """Return how many more of them there are than are compared, and the origins of which none is."""
        kind = self.kinds.get(claim.kind)
        return kind.left(claim) if kind else (0, frozenset())


def _paired(
    keys: Sequence[tuple[Claim, Sequence[_Key]]],
    main: frozenset[tuple[str, str]],
    told: Told,
    settings: CorroborationSettings,
) -> _Few | _Kind:
    if few := _Few.of(keys, told, settings.compared):
        return few
    return _Kind.of(_Pairs.of(keys, main, settings), [claim for claim, _ in keys], told, settings.compared)


def _of_several(claims: Sequence[Claim]) -> bool:
    return any(claim.article != claims[0].article for claim in claims)


def _sharing(claims: Sequence[Claim]) -> list[tuple[Claim, list[_Key]]]:
    """Return the claims with a key that another article has too, each with all such keys: the rest can't be met."""
    found = [(claim, _keys(claim)) for claim in claims]
    holders: dict[_Key, str | None] = {}  # the one article that has a key; None: several have
    for claim, keys in found:
        for key in keys:
            if holders.setdefault(key, claim.article) != claim.article:
                holders[key] = None
    shared = ((claim, [key for key in keys if holders[key] is None]) for claim, keys in found)
    return [(claim, keys) for claim, keys in shared if keys]


def _keys(claim: Claim) -> list[_Key]:
    found = dict.fromkeys(_all_keys(claim))
    return sorted(found)[:_MOST_KEYS] if len(found) > _MOST_KEYS else list(found)


def _all_keys(claim: Claim) -> Iterable[_Key]:
    if claim.quantity is not None:
        return _quantity_keys(claim.quantity)
    if claim.place is not None:
        return _place_keys(claim.place)
    if claim.person_role is not None:
        return _person_keys(claim.person_role)
    if claim.quote is not None:
        return _quote_keys(tokens(claim.quote.words), claim.terms)
    if claim.attribution is not None:
        return (("source", claim.attribution.source.casefold().split()[-1]),)
    return (("date",),)


def _quantity_keys(value: QuantityValue) -> Iterator[_Key]:
    unit = value.unit
    if unit != "1":
        yield ("unit", unit)
    for word in (value.counted or "").split():
        term = stem(word)
        if term:
            yield ("counted", unit, term)


def _place_keys(value: PlaceValue) -> Iterator[_Key]:
    yield ("place", value.name.casefold())
    yield from (("place", name.casefold()) for name in value.within)
    if value.event:
        yield ("happening", value.event)


def _person_keys(value: PersonRoleValue) -> Iterator[_Key]:
    yield ("person", surname(value.person).casefold())
    if role := value.role:
        yield ("office", office_of(role) or role.casefold())
        if value.organisation:
            yield ("organisation", value.organisation.casefold())


def _quote_keys(words: tuple[str, ...], terms: tuple[str, ...]) -> list[_Key]:
    """Return each three words in a row, for two quotes that share three may be one quote, and each rare word."""
    short = len(words) <= _SHORT
    keys: list[_Key] = [
        ("words", one, two, three)
        for one, two, three in zip(words, words[1:], words[2:], strict=False)
        if short or len(one) > _PLAIN or len(two) > _PLAIN or len(three) > _PLAIN
    ]
    keys += [("term", term) for term in terms if rarity(term) >= _RARE]
    return keys
