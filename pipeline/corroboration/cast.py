"""Who and where is named in a story, and in what company: the words around a name tell whose place it has taken."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.corroboration.levels.person_role import holds_alone, is_of_its_time, office_of
from pipeline.corroboration.surnames import name_words, surname
from pipeline.corroboration.topic import overlap
from pipeline.models import Article, Claim, PersonRoleValue
from pipeline.settings import CorroborationSettings
from pipeline.text import Document, document, terms

_WORD = re.compile(r"\w+")
_ASCII_WORD = re.compile(r"[0-9A-Za-z_]+")  # the same in ASCII, in little more than half the time
_KNOWN = 2.0  # times as alike must be the words around a holder of a named country's office
_Named = tuple[str, str]  # article, surname or place
_Held = tuple[str, str]  # office, surname


@dataclass(frozen=True, slots=True)
class Cast:
    """The people and places of one story by article; what is read of a text is read when it is asked for, and once."""

    articles: Mapping[str, Article]
    origin_of: Mapping[str, str]
    origins: frozenset[str]
    titles: Mapping[str, Mapping[str, frozenset[str]]]  # by role: the surnames under it, by article
    houses: Mapping[_Held, frozenset[str]]  # by office and surname: of what it is, as any article says
    introduced: frozenset[_Named]  # who is named in full
    settings: CorroborationSettings
    documents: dict[str, Document] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)  # by article: all, as written
    company: dict[_Named, tuple[str, ...]] = field(default_factory=dict)
    naming: dict[str, frozenset[str]] = field(
        default_factory=dict
    )  # by name: the origins that have it among their words
    holders: dict[_Named, frozenset[str]] = field(
        default_factory=dict
    )  # by title and origin: the people that others have under it

    @classmethod
    def of(
        cls,
        articles: Mapping[str, Article],
        origin_of: Mapping[str, str],
        claims: Iterable[Claim],
        settings: CorroborationSettings,
    ) -> Cast:
        """List a story's people by their roles, and where they belong."""
        titles: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        houses: dict[_Held, set[str]] = defaultdict(set)
        introduced: set[_Named] = set()
        for claim in claims:
            if claim.person_role is None or not claim.person_role.role:
                continue
            if len(name_words(claim.person_role.person)) > 1:
                introduced.add((claim.article, surname(claim.person_role.person).casefold()))
            titles[_title(claim)][claim.article].add(surname(claim.person_role.person).casefold())
            if claim.person_role.organisation:
                houses[_held(claim.person_role)].add(claim.person_role.organisation.casefold())
        frozen = {role: {id_: frozenset(some) for id_, some in held.items()} for role, held in titles.items()}
        known = {name: frozenset(some) for name, some in houses.items()}
        return cls(articles, origin_of, frozenset(origin_of.values()), frozen, known, frozenset(introduced), settings)

    def names(self, article: str, name: str) -> bool:
        """Tell whether an article has a surname among its words."""
        if article not in self.words:
            text = self.articles[article].text
            self.words[article] = frozenset((_ASCII_WORD if text.isascii() else _WORD).findall(text))
        return self.words[article].issuperset(_WORD.findall(name))

    def in_ones_place(self, claim: Claim, other: Claim) -> bool:
        """Tell whether a person that no other origin names stands where another article has somebody else.

        The words of all sentences that name either are held against each other; the more people a story has under
        the title, the more likely some of them are alike by chance. Whom everybody knows by a surname has a place of his own
        ("President Clinton"), and so has one of whose rival most other origins say nothing.
        """
        assert claim.person_role is not None
        assert other.person_role is not None
        ours, theirs = surname(claim.person_role.person), surname(other.person_role.person)
        if self._others_naming(claim, ours) or self.names(claim.article, theirs):
            return False
        if (claim.article, ours.casefold()) not in self.introduced:
            return False
        if self._naming(claim, other) < self.settings.one_place_named:
            return False
        if self._of_two_houses(claim.person_role, other.person_role):
            return False
        alike = overlap(self._company(claim.article, ours), self._company(other.article, theirs))
        rivals = self.settings.one_place_rival * math.log(self._holders(claim, ours))
        return alike >= self._least(claim.person_role, other.person_role) + rivals

    def _naming(self, claim: Claim, other: Claim) -> float:
        """Return the share of the other origins that name somebody, 0..1: by surname, or by several names before it ("Kim Jong-")."""
        assert other.person_role is not None
        name = other.person_role.person
        given = " ".join(name_words(name)[:-1])
        calls = (surname(name), *([given] if " " in given else []))
        naming = frozenset().union(*(self._others_naming(claim, call) for call in calls))
        return len(naming) / (len(self.origins) - 1)

    def _of_two_houses(self, ours: PersonRoleValue, theirs: PersonRoleValue) -> bool:
        """Tell whether the story knows of what either holds the office, and it is not one: the presidents of two countries."""
        one, two = (self.houses.get(_held(value), frozenset()) for value in (ours, theirs))
        return bool(one) and bool(two) and one.isdisjoint(two)

    def _least(self, ours: PersonRoleValue, theirs: PersonRoleValue) -> float:
        """Return how alike the words around two people must be, for one to stand in the other's place.

        Of an office that one person holds, less, but where it is said to be that of another time; more where a country
        or organisation is named, and nobody says of what the other one holds it.
        """
        if not all(holds_alone(value) and not is_of_its_time(value) for value in (ours, theirs)):
            return self.settings.one_place
        apart = ours.organisation is not None and _held(theirs) not in self.houses
        return _KNOWN * self.settings.one_place if apart else self.settings.one_post

    def alike_around(self, claim: Claim, other: Claim) -> float:
        """Return how alike the sentences are that name two places, 0..1; 0 where a text doesn't have one by its name."""
        assert claim.place is not None
        assert other.place is not None
        here, there = claim.place.name, other.place.name
        return overlap(self._company(claim.article, here), self._company(other.article, there))

    def is_known(self, claim: Claim) -> bool:
        """Tell whether another origin names a claim's place, for whatever."""
        assert claim.place is not None
        return bool(self._others_naming(claim, claim.place.name))

    def _others_naming(self, claim: Claim, name: str) -> frozenset[str]:
        """Return the origins beside the claim's own that have a name among their words."""
        if name not in self.naming:
            self.naming[name] = frozenset(self.origin_of[id_] for id_ in self.origin_of if self.names(id_, name))
        return self.naming[name] - {self.origin_of[claim.article]}

    def _holders(self, claim: Claim, name: str) -> int:
        """Return how many people the other origins have under the claim's title, at least one."""
        title, own = _title(claim), self.origin_of[claim.article]
        if (title, own) not in self.holders:
            held = self.titles.get(title, {})
            others = (people for id_, people in held.items() if self.origin_of[id_] != own)
            self.holders[title, own] = frozenset().union(*others)
        people = self.holders[title, own]
        return max(1, len(people) - (name.casefold() in people))

    def _company(self, article: str, name: str) -> tuple[str, ...]:
        """Return the terms of all sentences of an article that name somebody, without the name."""
        if (article, name) not in self.company:
            if article not in self.documents:
                self.documents[article] = document(self.articles[article])
            doc, named = self.documents[article], re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
            told = dict.fromkeys(doc.sentence_at(found.start()) for found in named.finditer(doc.plain))
            self.company[article, name] = terms(named.sub(" ", " ".join(doc.plain[at.start : at.end] for at in told)))
        return self.company[article, name]


def _title(claim: Claim) -> str:
    assert claim.person_role is not None
    return (claim.person_role.role or "").casefold()


def _held(value: PersonRoleValue) -> _Held:
    role = value.role or ""
    return office_of(role) or role.casefold(), surname(value.person).casefold()
