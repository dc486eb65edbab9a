"""When two values that exclude each other are a contradiction, and not two values of two things.

A contradiction needs more than a support does. One origin alone must surely fill the same slot, in one voice and of
one scope. Two origins that carry one value between them need less: what one of them could have meant otherwise, two
have not by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from pipeline.corroboration.alignment import LONG, tokens
from pipeline.corroboration.cast import Cast
from pipeline.corroboration.certainty import Certainty
from pipeline.corroboration.displaced import SCOPED, Displaced
from pipeline.corroboration.frames import REACH, VERBATIM, Frames, Laid
from pipeline.corroboration.levels import Agreement, Sides, agreement
from pipeline.corroboration.levels.person_role import holds_alone
from pipeline.corroboration.levels.quote import is_bare
from pipeline.corroboration.levels.wording import here_and_there
from pipeline.corroboration.matter import Matter
from pipeline.corroboration.owners import (
    far_apart,
    owners_differ,
)
from pipeline.corroboration.posts import of_one_person
from pipeline.corroboration.renamed import lies_in, renamed
from pipeline.corroboration.reversal import reversal
from pipeline.corroboration.slots import Slots
from pipeline.corroboration.spots import in_one_spot, is_one_of_several, of_two_spots
from pipeline.corroboration.stamps import is_filed, is_posted
from pipeline.corroboration.surnames import surname
from pipeline.corroboration.values import Said, value_key
from pipeline.models import Article, Claim, PlaceValue
from pipeline.settings import CorroborationSettings

OTHER_SPEAKER = "quote.other-speaker"
OTHER_NAME = "person_role.other-name"
OTHER_POST = "person_role.other-post"
_OUTSIDE = "date.outside"  # a year and a day of one text each are seldom of one thing
_MISDATED = "date.weekday-mismatch"
REVERSED = "statement.reversed"
RENAMED = "statement.renamed"
_NEXT = 8  # words before and after two values that must be the same for them to fill one slot
_BESIDE = 400  # code points before and after a quote in which its speaker is named


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What a story's claims and articles tell of whether a pair of claims may contradict."""

    articles: Mapping[str, Article]
    slots: Slots
    said: Said
    cast: Cast
    matter: Matter
    frames: Frames
    displaced: Displaced
    certainty: Certainty
    settings: CorroborationSettings

    def alone(self, claim: Claim, other: Claim, topic: float, level: str) -> bool:
        """Tell whether one other claim is enough: one matter for sure, one scope, one voice."""
        enough = self.settings.conflict_topic if claim.kind == "quote" else self.settings.alone_topic
        if claim.hedged or other.hedged or level == OTHER_POST:
            return False
        if level in (REVERSED, RENAMED) or self._is_one_for_sure(claim, other, topic, level):
            return True
        if topic < enough or level == _OUTSIDE:
            return False
        if claim.kind == "quote":
            return level != OTHER_SPEAKER or (
                _is_long(claim, other) and _in_full(claim, other) and not self._heard_of_either(claim, other)
            )
        if (
            _voice(claim) != _voice(other)
            or self._of_two(claim, other)
            or self._of_several(claim, other)
            or of_two_spots(self.cast, claim, other, sure=True)
        ):
            return False
        return self._displaces(claim, other, topic, self.settings.alone_likely)

    def reversed(self, sides: Sides, found: Agreement | None) -> Agreement | None:
        """Return the contradiction where both have one value, in statements that are not one: reversed, or of another."""
        ours, theirs = sides.ours, sides.theirs
        if ours.quote is not None or ours.hedged != theirs.hedged:
            return None
        if found is None and ours.negated != theirs.negated:  # "will not" and "will": is all else one?
            found = agreement(replace(sides, theirs=replace(theirs, negated=ours.negated)))
        if found is None or found.relation not in ("supports", "qualifies") or not self._are_near(ours, theirs):
            return None
        laid = self.frames.laid(ours, theirs)
        if not self._is_one(laid) or not _in_one_voice(ours, theirs, laid):
            return None
        if turned := reversal(laid):
            return Agreement(REVERSED, "contradicts", f"told the other way round: {here_and_there(*turned)}")
        names = renamed(laid, (self.articles[ours.article].text, self.articles[theirs.article].text))
        if names and not lies_in(names, chain(self._places(ours, names), self._places(theirs, names))):
            return Agreement(RENAMED, "contradicts", f"told of another in the same words: {here_and_there(*names)}")
        return None

    def _places(self, claim: Claim, names: Iterable[str]) -> Iterator[PlaceValue]:
        """Yield the places of a claim's article that go by one of some names."""
        for name in names:
            found = self.said.claims.get((claim.article, ("place", name.casefold())), ())
            yield from (place.place for place in found if place.place is not None)

    def _are_near(self, claim: Claim, other: Claim, reach: int = REACH) -> bool:
        """Tell whether two claims' sentences have enough words in common: of most pairs they don't, and need not be laid out."""
        return self.frames.share(claim, other, reach) >= self.settings.frame_share

    def _is_one(self, laid: Laid) -> bool:
        return laid.share >= self.settings.frame_share and laid.bits >= self.settings.frame_bits

    def _of_several(self, claim: Claim, other: Claim) -> bool:
        """Tell whether two places, of which either is not where its article's main event was, may be of two of several happenings."""
        if claim.place is None or self.matter.tells_event(claim, other):
            return False
        return any(is_one_of_several(self.said, row) for row in (claim, other))

    def _is_one_for_sure(self, claim: Claim, other: Claim, topic: float, level: str) -> bool:
        """Tell whether both stand in one sentence, or name one day with two weekdays: the calendar tells which it was."""
        if level == _MISDATED and value_key(claim) == value_key(other):
            return topic >= self.settings.conflict_topic
        return self._in_one_frame(claim, other, topic)

    def _in_one_frame(self, claim: Claim, other: Claim, topic: float) -> bool:
        """Tell whether both stand in one place of nearly the same sentence: then their values are of one thing."""
        if claim.quote is not None or topic < self.settings.conflict_topic:
            return False
        if not self._are_near(claim, other, _NEXT):
            return False
        laid = self.frames.laid(claim, other, _NEXT)
        if not (laid.beside and self._is_one(laid) and _in_one_voice(claim, other, laid)):
            return False
        if self.slots.told_apart(claim, other) or not self.slots.one_time(claim, other):
            return False
        return self._displaces(claim, other, topic, self.settings.figure_joint)

    def _displaces(self, claim: Claim, other: Claim, topic: float, enough: float) -> bool:
        """Tell whether a value belongs where the claim stands: neither article says the other's of another matter."""
        if self._says_too(claim, other) or self._says_too(other, claim):
            return False
        return claim.kind not in SCOPED or self.displaced.probability(claim, other, (topic,)) >= enough

    def jointly(self, claim: Claim, other: Claim, topic: float, level: str) -> bool:
        """Tell whether another claim counts where a second origin carries its value too."""
        least = self.settings.figure_likely if claim.quantity is not None else self.settings.joint_topic
        if topic < least or claim.hedged != other.hedged or level == _OUTSIDE:
            return False
        if level == OTHER_POST:
            return self.slots.occasions.are_dated(claim, other) and of_one_person(self.said, claim, other)
        if claim.kind == "quote":
            return (
                level == OTHER_SPEAKER and _is_long(claim, other) and not self._heard_of_either(claim, other, _BESIDE)
            )
        if claim.person_role is not None:
            if level == OTHER_NAME and _voice(claim) != _voice(other):  # what somebody says of a captain is his word
                return False
            return not self._names(other, claim) and self._in_ones_place(claim, other)
        return self.slots.is_one(claim, other, topic) and self._one_spot(claim, other, topic)

    def _in_ones_place(self, claim: Claim, other: Claim) -> bool:
        """Tell whether somebody stands where the other article has another, both told of now."""
        if any(is_filed(row.sentence, self.articles[row.article].text) for row in (claim, other)):
            return False
        return self.cast.in_ones_place(claim, other)

    def _one_spot(self, claim: Claim, other: Claim, topic: float) -> bool:
        return claim.place is None or in_one_spot(
            self.cast, claim, other, topic, main=self.matter.tells_event(claim, other)
        )

    def _of_two(self, claim: Claim, other: Claim) -> bool:
        """Tell whether the values may well be of two things, or of two times."""
        if claim.person_role is not None:
            return not (holds_alone(claim.person_role) and self._in_ones_place(claim, other))
        if claim.kind in SCOPED and not self.slots.one_scope(claim, other):
            return True
        if not self.slots.one_time(claim, other):
            return True
        return self.slots.told_apart(claim, other) or far_apart(claim, other, self.settings.alone_times)

    def _says_too(self, claim: Claim, other: Claim) -> bool:
        """Tell whether the claim's article has the other's value for another matter: then that one is meant."""
        if other.person_role is not None:
            return self._names(claim, other)
        sure = self.settings.conflict_topic
        return any(
            owners_differ(own, claim) or self.matter.shared(own, claim) < sure for own in self.said.also(claim, other)
        )

    def _heard_of_either(self, claim: Claim, other: Claim, beside: int | None = None) -> bool:
        """Tell whether an article names the other's speaker too, near the quote or at all: then either may be misread.

        Who posts what somebody else says may be misread for its speaker as well.
        """
        if any(is_posted(row.span, self.articles[row.article].text) for row in (claim, other)):
            return True
        return self._hears_of(claim, other, beside) or self._hears_of(other, claim, beside)

    def _hears_of(self, claim: Claim, other: Claim, beside: int | None) -> bool:
        assert other.speaker is not None
        text, name = self.articles[claim.article].text, surname(other.speaker)
        if not self.cast.names(claim.article, name):  # a look into the words; the whole text is searched for few
            return False
        if beside is not None:
            text = text[max(0, claim.span.start - beside) : claim.span.end + beside]
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None

    def _names(self, claim: Claim, other: Claim) -> bool:
        assert other.person_role is not None
        return self.cast.names(claim.article, surname(other.person_role.person))


def _in_one_voice(claim: Claim, other: Claim, laid: Laid) -> bool:
    """Tell whether one and the same says both; of one and the same sentence, a speaker that differs was misread."""
    return laid.share >= VERBATIM or _voice(claim) == _voice(other)


def _voice(claim: Claim) -> str:
    return (claim.speaker or "").casefold()


def _is_long(claim: Claim, other: Claim) -> bool:
    """Tell whether a quote is too long for two people to have said it, each for himself."""
    return all(row.quote is not None and len(tokens(row.quote.words)) >= LONG for row in (claim, other))


def _in_full(claim: Claim, other: Claim) -> bool:
    """Tell whether both speakers have their full name; one word may be no person's."""
    return not any(row.speaker is None or is_bare(row.speaker) for row in (claim, other))
