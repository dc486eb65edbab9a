"""Brief statements of which a part was replaced: nearly the same sentence, with other words in one place.

Two outlets that each tell a thing in their own words share few of them in a row; who has another's sentence with a part
of it exchanged for what that text says nowhere tells something else. It may still be the same in other words: this is
for texts that nobody else can be asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import product

from rapidfuzz import fuzz

from pipeline.corroboration.alignment import TOKEN
from pipeline.corroboration.frames import Laid, Words, stemmed
from pipeline.corroboration.spelling import in_one_spelling
from pipeline.resources import lexicon, words
from pipeline.text import fold, stem

_MOST = 6  # content words of a part; a longer one is another thought
_LONGER = 2  # content words that one part may have more than the other
_SPELLING = 65.0  # rapidfuzz ratio, 0..100, from which two words may be forms of one
_SHORTEST = 2  # letters of an abbreviation
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})  # what follows describes, and replaces nothing


def replaced(laid: Laid, texts: tuple[str, str]) -> tuple[str, str] | None:
    """Return the words that stand in each other's place, neither known to the other text; None where there are none.

    ``texts``: of both articles, brief ones. Figures, names for a description and forms of one word replace nothing.
    """
    known = [_stems(text) for text in texts]
    for ours, theirs in laid.differing:
        one, two = ([*_content(side)] for side in (ours, theirs))
        if not _are_of_a_size(one, two) or _describes(ours) or _describes(theirs):
            continue
        if not known[1].isdisjoint(stemmed(tuple(one))) or not known[0].isdisjoint(stemmed(tuple(two))):
            continue
        if not _are_forms(one, two) and not _are_reworded(stemmed(tuple(one)), stemmed(tuple(two))):
            return " ".join(ours), " ".join(theirs)
    return None


def _are_of_a_size(ours: list[str], theirs: list[str]) -> bool:
    """Tell whether two parts have words that tell something, few, and about as many: else one has more to tell."""
    less, more = sorted((len(ours), len(theirs)))
    return less > 0 and more <= min(_MOST, less + _LONGER)


def _describes(part: Words) -> bool:
    return part[0].lower() in _RELATIVE


def _content(stretch: Words) -> Iterator[str]:
    return (word for word in stretch if (term := stem(word.lower())) is not None and term not in _slight())


def _are_forms(ours: list[str], theirs: list[str]) -> bool:
    """Tell whether two parts may say one thing: as figures, spelt or shaped otherwise, by initials or by a name."""
    if any(char.isdigit() for word in (*ours, *theirs) for char in in_one_spelling(word.lower())):
        return True
    if any(_initials(one) & _short_forms(two) for one, two in ((ours, theirs), (theirs, ours))):
        return True
    pairs = [("".join(ours), "".join(theirs)), *product(ours, theirs)]
    return any(fuzz.ratio(one.lower(), two.lower()) >= _SPELLING for one, two in pairs)


def _initials(part: list[str]) -> set[str]:
    """Return the first letters of neighbouring words: of "assistant general manager" those of "general manager" too."""
    letters = "".join(word[0] for word in part).lower()
    return {letters[start:end] for start in range(len(letters)) for end in range(start + _SHORTEST, len(letters) + 1)}


def _short_forms(part: list[str]) -> set[str]:
    return {word.lower() for word in part if word.isupper()}


def _are_reworded(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Tell whether a word of one part is one that news exchanges for a word of the other."""
    groups = _rewordings()
    return any(
        not groups[one].isdisjoint(groups[two]) for one, two in product(ours, theirs) if one in groups and two in groups
    )


@cache
def _slight() -> frozenset[str]:
    named = (words("date_words", kind=kind) for kind in ("month", "weekday", "season"))
    counted = (words("number_words", kind=kind) for kind in ("unit", "scale"))
    return frozenset(stemmed(tuple(words("slight").union(*named, *counted))))


@cache
def _rewordings() -> dict[str, frozenset[int]]:
    """Return, for each stem, the numbers of the groups that it belongs to."""
    found: dict[str, set[int]] = {}
    for number, row in enumerate(lexicon("rewordings")):
        for word in stemmed(tuple(row["words"].split("|"))):
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@lru_cache(maxsize=16)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stemmed(tuple(TOKEN.findall(fold(text)))))
