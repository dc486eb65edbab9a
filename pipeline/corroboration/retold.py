"""One sentence told in two articles: the other way round, of somebody else, or alike."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from pipeline.corroboration.briefs import Brief
from pipeline.corroboration.conflicts import RENAMED, REVERSED
from pipeline.corroboration.frames import VERBATIM, Laid, Words, lay, lowered, stemmed
from pipeline.corroboration.levels.table import Agreement
from pipeline.corroboration.levels.wording import here_and_there
from pipeline.corroboration.negations import negates
from pipeline.corroboration.renamed import lies_in, renamed
from pipeline.corroboration.replaced import parts, surest
from pipeline.corroboration.reversal import content, reversal
from pipeline.models import PlaceValue
from pipeline.settings import CorroborationSettings

SAME = "statement.same-words"
REPLACED = "statement.replaced"
_NAMED_BITS = 20.0  # bits; what little is shared in a headline leaves it open whether a name is another's


@dataclass(frozen=True, slots=True)
class Retelling:
    """What two articles make of one sentence, and how much of it they share."""

    share: float  # of the shorter sentence's words
    agreed: Agreement


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a statement, with what is asked of its article."""

    words: Words
    lower: Words
    hedged: bool
    text: str  # of the article
    places: tuple[PlaceValue, ...]
    main: bool  # of headline or lede
    brief: Brief | None  # its text, if that tells one thing throughout

    def retold(self, other: Sentence, settings: CorroborationSettings, *, alone: bool) -> Retelling | None:
        """Return what the other one makes of this sentence; None where they are two, or no more than reworded.

        ``alone``: nobody but these two origins tells the story.
        """
        laid = self._laid(other, settings)
        if laid and (agreed := self._otherwise(other, laid) or _alike(laid)):
            return Retelling(laid.share, agreed)
        return self._replaced(other, settings) if alone else None

    def _laid(self, other: Sentence, settings: CorroborationSettings) -> Laid | None:
        least = settings.frame_share * min(len(self.words), len(other.words))
        if LCSseq.similarity(self.lower, other.lower, score_cutoff=int(least)) < least:
            return None
        laid = lay(self.words, other.words)
        return laid if laid.bits >= settings.statement_bits else None

    def _otherwise(self, other: Sentence, laid: Laid) -> Agreement | None:
        if self.hedged != other.hedged:
            return None
        if turned := reversal(laid):
            return Agreement(REVERSED, "contradicts", f"told the other way round: {here_and_there(*turned)}")
        names = renamed(laid, (self.text, other.text)) if laid.bits >= _NAMED_BITS else None
        if names and not lies_in(names, (*self.places, *other.places)):
            return Agreement(RENAMED, "contradicts", f"told of another in the same words: {here_and_there(*names)}")
        return None

    def _replaced(self, other: Sentence, settings: CorroborationSettings) -> Retelling | None:
        if self.brief is None or other.brief is None or self.hedged != other.hedged:
            return None
        laid = lay(self.words, other.words, stemmed)
        if laid.share < settings.replaced_share or laid.bits < settings.replaced_bits:
            return None
        found = parts(laid, (self.brief, other.brief), main=self.main and other.main)
        part = surest(found, settings.replaced, settings.replaced_likely)
        if part is None or lies_in(
            names := (" ".join(part.ours), " ".join(part.theirs)), (*self.places, *other.places)
        ):
            return None
        reason = f"another part in the same words: {here_and_there(*names)}"
        return Retelling(laid.share, Agreement(REPLACED, "contradicts", reason))


def _alike(laid: Laid) -> Agreement | None:
    """Return the support of a sentence that has the same words, and perhaps some more."""
    if laid.share < VERBATIM or any(_differ(*pair) for pair in laid.differing):
        return None
    return Agreement(SAME, "supports", "the same words")


def _differ(ours: Words, theirs: Words) -> bool:
    if bool(content(ours)) and bool(content(theirs)):
        return True
    return negates(lowered(ours)) != negates(lowered(theirs))
