"""From a subject as written to a speaker: full names, "he" and "the minister" resolved."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.claims.gazetteer import is_place
from pipeline.claims.names import Name
from pipeline.claims.names_words import organisation_heads, partisans
from pipeline.claims.speakers_beside import set_beside
from pipeline.claims.speakers_bodies import body_named
from pipeline.claims.speakers_fits import is_single, may_be
from pipeline.claims.speakers_nouns import Subject, label_of, make_subject
from pipeline.claims.speakers_roles import PAST, bearers_of, foremost
from pipeline.claims.speakers_scene import Scene, looks_personal
from pipeline.claims.speakers_surnames import bearer, is_mistitled, is_shouted, is_title
from pipeline.claims.speakers_words import (
    PREPOSITIONS,
    Gender,
    aliases_of_person,
    bynames,
    is_person,
    pronouns,
    renames,
    titles,
)
from pipeline.record import maker, quickly_made
from pipeline.text import reach_back

_FAR = 1_600  # code points: a pronoun further from its name than this is left alone
_NEAR = 500  # so is "they" or "it" further from its speaker than this
_NAMES_BACK = 30
_JOINT = re.compile(r"[\s-]+")
_INDEFINITE = re.compile(r"\b(?:an?|one|another)(?: [\w'-]+){0,3}$")
_INTRODUCED = 40  # code points from "a" to its noun
_LONGEST_BYNAME = 5  # words: "the former New York mayor"
_LAWMAKERS = frozenset(("Senator", "Congressman", "Congresswoman", "Governor"))


@quickly_made
@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: ``label`` as the report will show it, ``name`` where the article names one."""

    label: str
    name: Name | None


make_speaker = maker(Speaker)


@dataclass(slots=True)
class Voices:
    """Who has spoken so far, in the order of the text; the memory that pronouns need."""

    scene: Scene
    heard: list[tuple[int, Speaker]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)  # keys of the names of who spoke
    counts: Counter[str] = field(default_factory=Counter)  # how often each person is named, likewise

    def hear(self, offset: int, speaker: Speaker) -> None:
        """Remember that somebody spoke at an offset; offsets come in order."""
        self.heard.append((offset, speaker))
        if speaker.name is not None:
            self.known.add(speaker.name.key)

    def resolve(self, subject: Subject, barred: frozenset[str] = frozenset()) -> Speaker | None:
        """Return who the subject is; None where the text does not tell.

        ``barred``: keys of the names in what is said, none of which a "he" or "she" can be ("He said Larsen was ill").
        """
        if subject.name is not None and (is_title(subject.name.words) or self._is_byname(subject.name)):
            noun = _JOINT.split(subject.name.words.lower())[-1]
            return self._described(make_subject(subject.span, noun=noun), barred, definite=True)
        if subject.name is not None:
            name = bearer(self.scene, subject.name)
            return (
                make_speaker(subject.name.words, None)
                if is_mistitled(self.scene, subject.name, name)
                else make_speaker(name.full, name)
            )
        if subject.pronoun is not None:
            gender = pronouns()[subject.pronoun]
            return (
                self._they(subject.span.start, subject.pronoun)
                if gender == "n"
                else self.latest(subject.span.start, gender, barred=barred)
            )
        return self._described(subject, barred)

    def _is_byname(self, name: Name) -> bool:
        """Tell whether a run of capitals is no name, but what somebody named elsewhere is: "the Ohio Democrat"."""
        _, several, last = name.words.rpartition(" ")
        if not several or (last not in partisans() and last not in _LAWMAKERS):
            return False
        definite = self.scene.narrative[reach_back(name.span.start, 4) : name.span.start].lower() == "the "
        return definite and not looks_personal(name)

    def latest(
        self,
        offset: int,
        gender: Gender,
        *,
        low: int = 0,
        barred: frozenset[str] = frozenset(),
        named: bool = False,
    ) -> Speaker | None:
        """Return the person last speaking, or last subject of a sentence, before an offset; ``named``: one with a name."""
        low = max(low, offset - _FAR)
        spoke, spoken_at = None, low
        for at, speaker in reversed(self.heard[-8:]):
            if at < low:
                break
            if named and (speaker.name is None or not self._can_act(speaker.name)):
                continue
            if at < offset and self._fits(speaker, gender) and not (speaker.name and speaker.name.key in barred):
                spoke, spoken_at = speaker, at
                break
        acting = self._acting(spoken_at, offset, gender, barred)
        if spoke is not None and spoke.name is None and gender != "x" and acting is None:
            spoke = self._since_described(spoke, spoken_at, offset, gender)
        found = acting or spoke or self._mentioned(low, offset, gender, barred)
        return found or (self._lone(low, offset, gender, barred) if gender != "x" else None)

    def _fits(self, speaker: Speaker, gender: Gender) -> bool:
        if speaker.name is None:
            return gender == "x" or is_single(speaker.label, gender)
        named = self.scene.is_personal(speaker.name)
        if not named and (
            speaker.name.kind is not None or speaker.name.full.rsplit(" ", 1)[-1] in organisation_heads()
        ):
            return gender == "x"
        if gender != "x" and not named and self.scene.narrative.endswith((" the ", "The "), 0, speaker.name.span.start):
            return False  # "the Founders"
        return gender == "x" or self.scene.gender(speaker.name) in (None, gender)

    def _acting(self, low: int, offset: int, gender: Gender, barred: frozenset[str]) -> Speaker | None:
        """Return the last person between two offsets who is the subject of a sentence."""
        sentence = self.scene.doc.sentence_at(low).start  # of who spoke last: the others in it are spoken of
        found = None
        for name in self.scene.names_in(low + 1, offset)[-_NAMES_BACK:]:
            begins = self.scene.doc.sentence_at(name.span.start).start
            if begins != sentence and not is_shouted(name) and self._can_act(name) and self._leads(name, begins):
                sentence = begins
                if name.key not in barred and (gender == "x" or self.scene.gender(name) in (None, gender)):
                    found = make_speaker(name.full, name)
        return found

    def _can_act(self, name: Name) -> bool:
        """Tell whether a name is a person's, or a lone one that is a first name or bears a title somewhere."""
        if self.scene.is_personal(name):
            return True
        return name.kind is None and " " not in name.full and self.scene.gender(name) is not None

    def _leads(self, name: Name, begins: int) -> bool:
        if self.scene.is_possessive(name):
            return False
        word, start = self.scene.governor(name, begins)
        if word[-1:] == "," and not self.scene.is_personal(name):  # "her children, Jo, a pupil, and Max"
            return False
        body = self.scene.by_end.get(start + len(word))  # "Ohio University professor Jane Doe"
        if body is None and is_person(word):  # "Home Depot cashier Jane Doe"
            body = self.scene.by_end.get(start - 1)
        if body is not None and body.span.start <= begins + len("The "):
            return True
        return word not in PREPOSITIONS and (
            not word or start <= begins or word[-1] in ',"' or word in ("when", "as", "that")
        )

    def _mentioned(self, low: int, offset: int, gender: Gender, barred: frozenset[str]) -> Speaker | None:
        for name in reversed(self.scene.names_in(low, offset)[-_NAMES_BACK:]):
            if (
                name.key not in barred
                and not is_shouted(name)
                and self.scene.is_personal(name)
                and (gender == "x" or self.scene.gender(name) in (None, gender))
            ):
                return make_speaker(name.full, name)
        return None

    def _since_described(self, spoke: Speaker, low: int, offset: int, gender: Gender) -> Speaker | None:
        """Return who is named alone since somebody without a name spoke, whom a "he" means then; None among several."""
        told = self.scene.doc.sentence_at(low).end
        named = [name for name in self.scene.names_in(told, offset)[-_NAMES_BACK:] if self._can_act(name)]
        fitting = {name.key: name for name in named if self.scene.gender(name) in (None, gender)}
        if len(fitting) != 1 or spoke.label.istitle():
            return None if len(fitting) > 1 else spoke
        only = next(iter(fitting.values()))
        word, _ = self.scene.governor(only, self.scene.doc.sentence_at(only.span.start).start)
        return spoke if word in PREPOSITIONS else make_speaker(only.full, only)

    def _lone(self, low: int, offset: int, gender: Gender, barred: frozenset[str]) -> Speaker | None:
        """Return the last lone name that leads a sentence, which has spoken before, where nobody else is in sight."""
        for name in reversed(self.scene.names_in(low, offset)[-_NAMES_BACK:]):
            alone = " " not in name.full and name.kind is None and name.key not in barred and not is_title(name.words)
            if alone and name.key in self.known:
                begins = self.scene.doc.sentence_at(name.span.start).start
                if self._leads(name, begins) and self.scene.gender(name) in (None, gender):
                    return make_speaker(name.full, name)
        return None

    def _they(self, offset: int, pronoun: str) -> Speaker | None:
        """Return the body or group that spoke last, close by."""
        for at, speaker in reversed(self.heard[-4:]):
            if offset - _NEAR <= at < offset and may_be(pronoun, speaker.label, speaker.name):
                return speaker
        return None

    def _described(self, subject: Subject, barred: frozenset[str], *, definite: bool = False) -> Speaker | None:
        beside = set_beside(self.scene, subject)
        if beside is not None:
            return make_speaker(beside.full, beside)
        words = " ".join(self.scene.words(subject.span).split())
        noun = subject.noun or ""
        label, lowered = label_of(words, whole=not noun), words.lower()
        again = definite or lowered.startswith("the ")
        definite = again or lowered.startswith(("his ", "her ", "their "))
        if definite and is_person(noun) and not any(f" {word} " in words for word in ("of", "for", "at", "with")):
            offset = subject.span.start
            role = f"former {noun}" if PAST.search(words) else noun
            named = self._by_role(role, offset, barred)
            if named is not None:
                return named
            named_so = (noun in aliases_of_person() or noun.endswith("-year-old")) and not self._is_other(noun, offset)
            renamed = named_so and len(words.split()) <= _LONGEST_BYNAME and not self._names_one(subject)
            if again and renamed:
                latest = self.latest(offset, "x", barred=barred, named=True)
                return latest if latest is not None and self._may_bear(latest, role) else make_speaker(label, None)
        body = body_named(self.scene, noun, subject.span.start) if again and label.lower() == noun else None
        return make_speaker(label, None) if body is None else make_speaker(body.full, body)

    def _may_bear(self, speaker: Speaker, noun: str) -> bool:
        """Tell whether a noun can be somebody named: of a title ("the president"), only who is given it somewhere."""
        bearers = bearers_of(self.scene, noun)
        own = noun.removeprefix("former ")
        return speaker.name is not None and (
            own in renames()
            or own not in titles()
            or any(name.key == speaker.name.key for name in bearers)
            or (not bearers and own in bynames() and self._is_foremost(speaker.name))
        )

    def _is_foremost(self, person: Name) -> bool:
        """Tell whether nobody is named more often in the article."""
        if not self.counts:
            self.counts.update(Counter(name.key for name in self.scene.names if self._can_act(name)))
        return self.counts[person.key] == max(self.counts.values(), default=0)

    def _names_one(self, subject: Subject) -> bool:
        inside = self.scene.names_in(subject.span.start, subject.span.end)
        return any(name.span.end < subject.span.end and not self._is_home(name) for name in inside)

    def _is_other(self, noun: str, offset: int) -> bool:
        """Tell whether somebody without a name was introduced by a noun: "A senator said ... The senator added"."""
        if any(at < offset and other.name is None and other.label.endswith(noun) for at, other in self.heard[-8:]):
            return True
        low = max(0, offset - _FAR)
        at = self.scene.narrative.rfind(f" {noun}", low, offset)
        while at >= 0:
            words = self.scene.narrative[max(low, at - _INTRODUCED) : at].lower()
            if _INDEFINITE.search(words):
                return True
            at = self.scene.narrative.rfind(f" {noun}", low, at)
        return False

    def _is_home(self, name: Name) -> bool:
        return name.kind == "place" or (is_place(name.key) and self.scene.surnamed(name.words) is None)

    def _by_role(self, noun: str, offset: int, barred: frozenset[str]) -> Speaker | None:
        bearers = bearers_of(self.scene, noun)
        before = bisect_left(bearers, offset, key=lambda name: name.span.start)
        others = [name for name in bearers[:before] if name.key not in barred]
        if not others:
            return None
        named = foremost(others) or self._last_heard(others, offset)
        return make_speaker(named.full, named) if named else None

    def _last_heard(self, bearers: Sequence[Name], offset: int) -> Name | None:
        """Return who has spoken last, close by, if it is one of several bearers of a role."""
        named = [(at, other.name) for at, other in self.heard[-4:] if other.name is not None and at < offset]
        at, last = named[-1] if named else (0, None)
        return (
            last if last is not None and at >= offset - _NEAR and last.key in {name.key for name in bearers} else None
        )
