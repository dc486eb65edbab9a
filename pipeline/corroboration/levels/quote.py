"""Levels for quotes: that the words were said, by whom, and in which wording.

What a quote says is not compared with what others assert: that it was said is one thing, that it
is so is another, and only the first is corroborated by a second outlet that carries it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.corroboration.alignment import NEAR, Alignment, align, difference, is_unsettled, tokens
from pipeline.corroboration.levels.level import Level, Sides
from pipeline.corroboration.levels.person_role import same_person
from pipeline.corroboration.levels.wording import here_and_there
from pipeline.corroboration.topic import overlap
from pipeline.models import QuoteValue
from pipeline.resources import words
from pipeline.text import fold

_SAME = 0.9  # containment from which two quotes have the same words
_MEANING = 0.5  # rarity-weighted overlap of content words from which wording may be a translation
_PART = 0.4  # share of the shorter quote that one unbroken stretch of the same words must be
_LONGER = 2.0  # times; a quote more than this much longer says much that the other does not
_CUTS = ("…", "...", ". . .")
_INNER = re.compile(r"(?<![^\W_])['‘\"“](?=\w)[^\n]{10}")  # words of somebody else inside a quote
_SIGN = re.compile(r"\W")
_STOCK = 4  # words; fewer are a phrase that anybody may use
_SHARED = 3  # content words; fewer in common are the story's own


def comparable(sides: Sides) -> bool:
    """Tell whether both have words to compare."""
    return min(map(len, _words(sides))) > 0


def _words(sides: Sides) -> tuple[tuple[str, ...], tuple[str, ...]]:
    assert sides.ours.quote is not None
    assert sides.theirs.quote is not None
    return tokens(sides.ours.quote.words), tokens(sides.theirs.quote.words)


def _aligned(sides: Sides) -> Alignment:
    return align(*_words(sides))


def _negation(sides: Sides) -> str | None:
    found = None if _of_two_mouths(sides) else difference(_aligned(sides))
    return f"a negation differs: {here_and_there(*found[1])}" if found and found[0] == "quote.negation" else None


def _other_speaker(sides: Sides) -> str | None:
    found = _aligned(sides)
    if found.containment < _SAME or found.shorter < _STOCK or not _different_speakers(sides):
        return None
    if any(quote is not None and _INNER.search(quote.words) for quote in (sides.ours.quote, sides.theirs.quote)):
        return None  # who quotes somebody else's words is no other speaker of them
    return f"the same words from another mouth: here {sides.ours.speaker}, there {sides.theirs.speaker}"


def _names_person(speaker: str) -> bool:
    """Tell whether a speaker can be told from others: no party man ("Georgia Republican"), spokesman, house or office."""
    if speaker in words("countries", "name") or (is_bare(speaker) and speaker in words("places", "name")):
        return False
    return all(word[0].isupper() for word in speaker.split()) and not words("not_persons") & set(speaker.split())


def _different_speakers(sides: Sides) -> bool:
    """Only a full name and another name of a person can be told apart; a title or a house may be either's."""
    ours, theirs = sides.ours.speaker, sides.theirs.speaker
    if ours is None or theirs is None or (is_bare(ours) and is_bare(theirs)):
        return False
    if not (_names_person(ours) and _names_person(theirs)):
        return False
    return not same_person(ours, theirs) and not set(ours.casefold().split()) & set(theirs.casefold().split())


def _of_two_mouths(sides: Sides) -> bool:
    """Tell whether two people say like words, each his own."""
    return _different_speakers(sides) and _aligned(sides).containment < _SAME


def is_bare(speaker: str) -> bool:
    """Tell whether a speaker goes by one word, which may be a surname."""
    return len(speaker.split()) < 2


def is_cut(quote: QuoteValue) -> bool:
    """Tell whether a quote leaves words out and says so: what then follows was said elsewhere."""
    return any(mark in quote.words for mark in _CUTS)


def cuts_at(quote: QuoteValue, stretch: str) -> bool:
    """Tell whether a quote leaves words out inside or right beside a stretch of its words, given in lower case."""
    if not is_cut(quote):
        return False
    words_of, text = r"\W+".join(map(re.escape, stretch.split())), fold(quote.words).lower()
    return any(
        is_cut(replace(quote, words=_with_signs(text, *found.span())))
        for found in re.finditer(rf"\b{words_of}\b", text)
    )


def _with_signs(text: str, start: int, end: int) -> str:
    """Return a stretch of words with the signs on both sides: found from the words on, for a run of signs may be long."""
    while start and _SIGN.match(text[start - 1]):
        start -= 1
    while end < len(text) and _SIGN.match(text[end]):
        end += 1
    return text[start:end]


def _altered(sides: Sides) -> str | None:
    cut = any(is_cut(quote) for quote in (sides.ours.quote, sides.theirs.quote) if quote)
    found = None if cut or _of_two_mouths(sides) else difference(_aligned(sides))
    return f"words differ in one quote: {here_and_there(*found[1])}" if found else None


def _same_words(sides: Sides) -> str | None:
    found = _aligned(sides)
    alike = found.containment >= _SAME and _of_like_length(sides) and not is_unsettled(found)
    return "the same words" if alike else None


def _of_like_length(sides: Sides) -> bool:
    """A short quote inside a long one bears out only its own words, not the rest of the long one."""
    lengths = sorted(map(len, _words(sides)))
    return lengths[1] <= _LONGER * lengths[0]


def _part(sides: Sides) -> str | None:
    return _in_a_row(sides) if _of_like_length(sides) and not is_unsettled(_aligned(sides)) else None


def _fragment(sides: Sides) -> str | None:
    found = _in_a_row(sides)
    return f"{found}, and one quote says much more" if found else None


def _in_a_row(sides: Sides) -> str | None:
    found = _aligned(sides)
    if found.run < 4 or found.run < _PART * found.shorter:
        return None
    return f"{found.run} words in a row are the same"


def _near(sides: Sides) -> str | None:
    found = _aligned(sides)
    if found.containment < NEAR or found.run < 3:
        return None
    some = "all" if found.shared == found.shorter else f"{found.shared} of the"
    return f"{some} {found.shorter} words of the shorter quote are in the other"


def _reworded(sides: Sides) -> str | None:
    ours, theirs = sides.ours.terms, sides.theirs.terms
    if _different_speakers(sides) or len(set(ours) & set(theirs)) < _SHARED or overlap(ours, theirs) < _MEANING:
        return None
    return "like words in another wording, as after a translation"


QUOTE_LEVELS = (
    Level("quote.negation", "contradicts", _negation),
    Level("quote.other-speaker", "contradicts", _other_speaker),
    Level("quote.altered", "contradicts", _altered),
    Level("quote.same-words", "supports", _same_words),
    Level("quote.part", "supports", _part),
    Level("quote.fragment", "qualifies", _fragment),
    Level("quote.near", "qualifies", _near),
    Level("quote.reworded", "qualifies", _reworded),
)
