"""Words of two quotes, aligned: what is shared, what differs, and whether it turns the meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from pipeline.corroboration.negations import denies, is_negation, rules_out
from pipeline.corroboration.spelling import ORDINAL, in_one_spelling
from pipeline.record import quickly_made
from pipeline.resources import words
from pipeline.text import fold, lower_in_place, stem

_TOKEN = re.compile(r"[^\W_]+(?:(?=[.,'])(?:[.,][0-9]+)*(?:'[^\W_]+)*|)")
_ASCII_TOKEN = re.compile(r"[0-9A-Za-z]+(?:(?=[.,'])(?:[.,][0-9]+)*(?:'[0-9A-Za-z]+)*|)")  # the same, a third sooner
NEAR = 0.7  # containment from which one quote is a variant of the other
LONG = 6  # words; fewer coincide by chance
_RAISED = re.compile(r"\[([^\W\d_])\](?=[^\W_])")  # "[N]o": a letter that an editor makes large or small
_INSERTED = re.compile(r"\[[^\[\]]{0,80}\]|\([^()]{0,80}\)")  # "[the minister]": an editor's words for the speaker's
_VERBATIM = 0.8  # containment from which a quote of some length is told in the same words but for one place
_AT_LENGTH = 2 * LONG  # words
_NUMBERED = re.compile(r"\bno\. ?(?=[0-9])")  # "No. 1", no negation
_EDGE = 3  # words beside the common part that are looked at
_STUMP = 4  # letters; a shorter start is another word ("no", "not")
_BROKEN = 3  # unbroken stretches from which another way to lay two sequences may break them less
_PIECES = 2  # of a word whose middle is left out
_DENYING = ("un", "in", "im", "ir", "il", "dis", "non")
_FILLERS = frozenset({"and", "the", "a", "an"})
_SPELLING = 80.0  # rapidfuzz ratio, 0..100, from which two words are one word spelt in two ways


def token(text: str) -> re.Pattern[str]:
    """Return what finds the words of a folded text: letters and digits, with what joins them inside a word."""
    return _ASCII_TOKEN if text.isascii() else _TOKEN


@lru_cache(maxsize=50_000)
def tokens(quote: str) -> tuple[str, ...]:
    """Return the words of a quote, folded and in lower case, without punctuation and what an editor put in."""
    plain = fold(quote)
    if "[" in plain or "(" in plain:
        plain = _INSERTED.sub(" ", _RAISED.sub(r"\1", plain))
    plain = lower_in_place(plain)
    if "no." in plain:
        plain = _NUMBERED.sub("number ", plain)
    return tuple(token(plain).findall(plain))


class Stretch(NamedTuple):
    """Words that two sequences have in common, without a break: where in each."""

    src_start: int
    src_end: int
    dest_start: int
    dest_end: int


@quickly_made
@dataclass(frozen=True, slots=True)
class Alignment:
    """How two word sequences lie on each other."""

    shorter: int  # words
    shared: int  # words in common, in order
    run: int  # longest unbroken stretch in common, words
    changed: tuple[tuple[str, str], ...]  # stretches that differ inside the common part (ours, theirs)
    denials: tuple[int, int]  # negations in and beside the common part (ours, theirs)

    @property
    def containment(self) -> float:
        """Share of the shorter side's words found in the other, in order, 0..1."""
        return self.shared / self.shorter if self.shorter else 0.0


def align(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Alignment:
    """Align two word sequences by their longest common subsequence; the same from both sides."""
    if ours <= theirs:
        return _align(ours, theirs)
    found = _align(theirs, ours)
    changed = tuple([(one, two) for two, one in found.changed])
    return Alignment(found.shorter, found.shared, found.run, changed, found.denials[::-1])


@lru_cache(maxsize=100_000)
def _align(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Alignment:
    blocks = _blocks(ours, theirs)
    shared = sum(block.src_end - block.src_start for block in blocks)
    run = stretch = 0
    changed = _outside(blocks, ours, theirs)
    for block, after in zip_longest(blocks, blocks[1:]):
        stretch += block.src_end - block.src_start
        run = max(run, stretch)
        if after is None:
            break
        pair = ours[block.src_end : after.src_start], theirs[block.dest_end : after.dest_start]
        if _spelt_alike(*pair):
            shared += min(map(len, pair))
            stretch += min(map(len, pair))
        else:
            stretch = 0
            changed.append((" ".join(pair[0]), " ".join(pair[1])))
    return Alignment(min(len(ours), len(theirs)), shared, run, tuple(changed), _denials(blocks, ours, theirs))


def _blocks(ours: tuple[str, ...], theirs: tuple[str, ...]) -> list[Stretch]:
    """Return the common words in unbroken stretches: laid out from the start or from the end, whichever breaks them less."""
    one, two = tuple(map(in_one_spelling, ours)), tuple(map(in_one_spelling, theirs))
    forth = [
        Stretch(code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in LCSseq.opcodes(one, two)
        if code.tag == "equal"
    ]
    if len(forth) < _BROKEN:
        return forth
    last, end = len(ours), len(theirs)
    back = [
        Stretch(last - code.src_end, last - code.src_start, end - code.dest_end, end - code.dest_start)
        for code in LCSseq.opcodes(one[::-1], two[::-1])
        if code.tag == "equal"
    ][::-1]
    return back if len(back) < len(forth) else forth


def _denials(blocks: list[Stretch], ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[int, int]:
    """Count the negations in the common part of two word sequences, and beside it ("I don't think that")."""
    if not blocks:
        return (0, 0)
    first, last = blocks[0], blocks[-1]
    after = min(_EDGE, len(ours) - last.src_end, len(theirs) - last.dest_end)
    return (
        sum(map(is_negation, ours[max(0, first.src_start - _EDGE) : last.src_end + after])),
        sum(map(is_negation, theirs[max(0, first.dest_start - _EDGE) : last.dest_end + after])),
    )


def _outside(blocks: list[Stretch], ours: tuple[str, ...], theirs: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what differs before and after the common part; a side that just stops there differs in nothing."""
    if not blocks:
        return []
    words = min(_EDGE, blocks[0].src_start, blocks[0].dest_start)
    before = (
        ours[blocks[0].src_start - words : blocks[0].src_start],
        theirs[blocks[0].dest_start - words : blocks[0].dest_start],
    )
    words = min(_EDGE, len(ours) - blocks[-1].src_end, len(theirs) - blocks[-1].dest_end)
    after = ours[blocks[-1].src_end :][:words], theirs[blocks[-1].dest_end :][:words]
    pairs = [pair for pair in (before, after) if all(pair) and not _spelt_alike(*pair) and not _cut_short(*pair)]
    return [(" ".join(one), " ".join(two)) for one, two in pairs]


def _cut_short(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Tell whether one side is the other without its start or end ("work", "workforce"), where a side just stops."""
    short, long = sorted(map(_joined, (ours, theirs)), key=len)
    return len(short) >= _STUMP and (long.startswith(short) or long.endswith(short))


def _spelt_alike(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Tell whether two stretches are the same words in two spellings ("defence", "e mail"), not "million", "billion"."""
    if _are_initials(ours, theirs) or _are_initials(theirs, ours) or _joined(ours) == _joined(theirs):
        return True
    if any(
        _is_masked(*pair) or _is_ordinal_of(*pair) or _denies_alike(*pair) for pair in ((ours, theirs), (theirs, ours))
    ):
        return True
    return len(ours) == len(theirs) and all(
        one[0] == two[0] and not one[0].isdigit() and fuzz.ratio(one, two) >= _SPELLING
        for one, two in zip(ours, theirs, strict=True)
    )


def _joined(stretch: tuple[str, ...]) -> str:
    """Return the letters in a row: "work force" and "workforce", "Ann Lee and" and "@annlee &" are one."""
    return "".join(word for word in stretch if word not in _FILLERS)


def _are_initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether one word is the initials of the others ("dnc"), or one that is left to be guessed ("b")."""
    named = [word for word in long if word not in _FILLERS] or long
    initials = {"".join(word[0] for word in some) for some in (long, named)}
    return len(short) == 1 and bool(long) and short[0].removesuffix("'s") in initials


def _is_masked(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether one side is the other's word with its middle left out ("b****y", which is read as two words)."""
    if len(short) != _PIECES or len(long) != 1 or len(short[0]) != 1:
        return False
    return len(long[0]) > len("".join(short)) and long[0].startswith(short[0]) and long[0].endswith(short[1])


def _is_ordinal_of(place: tuple[str, ...], number: tuple[str, ...]) -> bool:
    """Tell whether one side is the other's number with its ending ("June 12th", "June 12")."""
    found = ORDINAL.fullmatch(place[0]) if len(place) == len(number) == 1 else None
    return found is not None and found[1] == number[0]


def _denies_alike(apart: tuple[str, ...], joined: tuple[str, ...]) -> bool:
    """Tell whether a negation stands before a word on one side and inside it on the other ("not happy", "unhappy")."""
    if not joined or len(apart) != len(joined) + 1 or not is_negation(apart[-2]):
        return False
    return apart[:-2] == joined[:-1] and joined[-1] in {f"{prefix}{apart[-1]}" for prefix in _DENYING}


def turned(alignment: Alignment) -> tuple[str, str] | None:
    """Return the differing stretch in which one side denies what the other says, and nowhere else either."""
    if alignment.denials[0] == alignment.denials[1]:
        return None
    verbatim = alignment.shorter >= _AT_LENGTH and alignment.containment >= _VERBATIM
    for ours, theirs in alignment.changed:
        if denies(tuple(ours.split()), tuple(theirs.split())) or (verbatim and _denies_otherwise(ours, theirs)):
            return ours, theirs
    return None


def _denies_otherwise(ours: str, theirs: str) -> bool:
    """Tell whether one side denies in another build of the sentence ("to pass it", "if they don't pass it")."""
    if not ours or not theirs or rules_out(tuple(ours.split())) == rules_out(tuple(theirs.split())):
        return False
    one, two = (" ".join(word for word in side.split() if not is_negation(word)) for side in (ours, theirs))
    return _content(one) == _content(two)


def is_unsettled(alignment: Alignment) -> bool:
    """Tell whether one side negates where the other has a word or two of its own ("never", "at last").

    Whether that turns the quote round is open, but neither side bears the other out.
    """
    if alignment.denials[0] == alignment.denials[1]:
        return False
    pairs = [(tuple(ours.split()), tuple(theirs.split())) for ours, theirs in alignment.changed]
    short = [(one, two) for one, two in pairs if one and two and len(one) + len(two) <= _EDGE]
    return any(rules_out(one) != rules_out(two) for one, two in short)


def altered(alignment: Alignment) -> tuple[str, str] | None:
    """Return the one stretch in which content words stand for others; a translation differs in several."""
    differing = [pair for pair in alignment.changed if _content(pair[0]) or _content(pair[1])]
    if len(differing) != 1:
        return None
    ours, theirs = differing[0]
    if max(len(ours.split()), len(theirs.split())) > _EDGE:
        return None
    one, two = _content(ours), _content(theirs)
    if one & two and len(ours.split()) == len(
        theirs.split()
    ):  # "looks forward", "look back": one word of them is the same
        one, two = one - two, two - one
    return differing[0] if one and two and not one & two else None


def difference(alignment: Alignment) -> tuple[str, tuple[str, str]] | None:
    """Return the level and the words of a difference that changes what was said."""
    if alignment.containment < NEAR or alignment.shorter < LONG or alignment.run < 3:
        return None
    if words_turned := turned(alignment):
        return "quote.negation", words_turned
    words_altered = altered(alignment)
    return ("quote.altered", words_altered) if words_altered else None


def _content(stretch: str) -> frozenset[str]:
    return frozenset(term for word in stretch.split() if (term := word if _is_number(word) else stem(word)))


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in _number_words()


@cache
def _number_words() -> frozenset[str]:
    return words("number_words")
