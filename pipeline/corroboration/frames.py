"""The sentences around two claims, laid on each other: nearly the same words, with what they differ in.

Two texts that tell one thing in nearly the same words and differ in a value, or in one word that turns it round, leave
little doubt that they mean one thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from pipeline.corroboration.alignment import token
from pipeline.corroboration.topic import weight
from pipeline.models import Article, Claim, Span
from pipeline.record import quickly_made
from pipeline.text import fold, stem

VERBATIM = 0.8  # share of the words, around two values or in all, from which two sentences are one
REACH = 20  # words before and after a claim, of its sentence
Words = tuple[str, ...]
Form = Callable[[Words], Words]


def lowered(words: Words) -> Words:
    """Return words in lower case."""
    return tuple(map(str.lower, words))


def stemmed(words: Words) -> Words:
    """Return the stems of words; of one without, the word in lower case."""
    return tuple(stem(low) or low for low in lowered(words))


@quickly_made
@dataclass(frozen=True, slots=True, order=True)
class Frame:
    """The words of a sentence before and after a claim; of an attribution, the words that hang on it."""

    before: Words
    after: Words


@quickly_made
@dataclass(frozen=True, slots=True)
class Laid:
    """How two frames lie on each other."""

    share: float  # of the shorter frame's words that the other has in the same order, 0..1
    bits: float  # rarity of the content words that both have
    beside: bool  # the last word before both claims, or the first one after both, is the same
    differing: tuple[tuple[Words, Words], ...]  # the stretches between shared words, as written (ours, theirs)

    def turned(self) -> Laid:
        """Return the same, seen from the other claim."""
        return Laid(self.share, self.bits, self.beside, tuple((two, one) for one, two in self.differing))


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of a story's claims, each cut out once."""

    articles: Mapping[str, Article]
    known: dict[tuple[str, str], Frame] = field(default_factory=dict)
    lower: dict[tuple[str, str], Frame] = field(default_factory=dict)  # the same in lower case

    def share(self, claim: Claim, other: Claim, reach: int = REACH) -> float:
        """Return the share of what ``laid`` would return, which few pairs are alike enough to be asked for."""
        ours, theirs = (_within(self._lowered(row), reach) for row in (claim, other))
        sides = ((ours.before, theirs.before), (ours.after, theirs.after))
        shorter = sum(min(len(one), len(two)) for one, two in sides)
        return sum(LCSseq.similarity(one, two) for one, two in sides) / shorter if shorter else 0.0

    def laid(self, claim: Claim, other: Claim, reach: int = REACH) -> Laid:
        """Lay the frames of two claims on each other, up to ``reach`` words on both sides; the same from both claims."""
        ours, theirs = (_within(self._frame(row), reach) for row in (claim, other))
        return _on_each_other(ours, theirs)

    def _lowered(self, claim: Claim) -> Frame:
        key = (claim.article, claim.id)
        if key not in self.lower:
            frame = self._frame(claim)
            self.lower[key] = Frame(lowered(frame.before), lowered(frame.after))
        return self.lower[key]

    def _frame(self, claim: Claim) -> Frame:
        key = (claim.article, claim.id)
        if key not in self.known:
            self.known[key] = _cut(claim, self.articles[claim.article].text)
        return self.known[key]


def lay(ours: Words, theirs: Words, form: Form = lowered) -> Laid:
    """Lay two sentences on each other, words of one form taken for the same; the same from both."""
    return _on_each_other(Frame((), ours), Frame((), theirs), form)


def _on_each_other(ours: Frame, theirs: Frame, form: Form = lowered) -> Laid:
    return _laid(ours, theirs, form) if ours <= theirs else _laid(theirs, ours, form).turned()


def _cut(claim: Claim, text: str) -> Frame:
    if claim.attribution is not None and claim.attribution.content is not None:
        return Frame((), words_of(text, claim.attribution.content))
    before = Span(claim.sentence.start, max(claim.sentence.start, claim.span.start))
    after = Span(claim.span.end, max(claim.span.end, claim.sentence.end))
    return Frame(words_of(text, before)[-REACH:], words_of(text, after)[:REACH])


def words_of(text: str, span: Span) -> Words:
    """Return the words of a stretch of text, as written, without punctuation."""
    plain = fold(text[span.start : span.end])
    return tuple(token(plain).findall(plain))


def _within(frame: Frame, reach: int) -> Frame:
    return Frame(frame.before[-reach:], frame.after[:reach])


@lru_cache(maxsize=1024)  # copies of two texts lay the same frames on each other, hundreds of times
def _laid(ours: Frame, theirs: Frame, form: Form) -> Laid:
    shorter = min(len(ours.before), len(theirs.before)) + min(len(ours.after), len(theirs.after))
    shared: list[str] = []
    differing: list[tuple[Words, Words]] = []
    for one, two in ((ours.before, theirs.before), (ours.after, theirs.after)):
        for equal, stretches in _stretches(one, two, form):
            shared += equal
            if any(stretches):
                differing.append(stretches)
    return Laid(
        share=len(shared) / shorter if shorter else 0.0,
        bits=sum(weight(term) for word in shared if (term := stem(word.lower()))),
        beside=_same(ours.before[-1:], theirs.before[-1:]) or _same(ours.after[:1], theirs.after[:1]),
        differing=tuple(differing),
    )


def _same(ours: Words, theirs: Words) -> bool:
    return ours != () and lowered(ours) == lowered(theirs)


def _stretches(ours: Words, theirs: Words, form: Form) -> Iterator[tuple[Words, tuple[Words, Words]]]:
    """Yield each stretch that both have, with what stands before it on both sides; at last what stands after all."""
    done = (0, 0)
    for block in LCSseq.opcodes(form(ours), form(theirs)):
        if block.tag == "equal":
            yield (
                ours[block.src_start : block.src_end],
                (ours[done[0] : block.src_start], theirs[done[1] : block.dest_start]),
            )
            done = (block.src_end, block.dest_end)
    yield (), (ours[done[0] :], theirs[done[1] :])
