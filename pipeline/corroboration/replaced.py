"""Brief statements of which a part was replaced: a sentence told twice, with other words in one place.

Who alters a text that lies before him keeps its cast and much of a sentence, and exchanges a part of it for what that text
says nowhere. Two outlets that each tell a thing in their own words name other people besides, and their sentences
differ in many places. How likely it is the one or the other, a logistic form tells, whose coefficients are settings, fitted
by ``tests.benchmarks.fit_replaced``. It may still be the same in other words: this is for texts that nobody else can be asked about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from itertools import product

from rapidfuzz import fuzz

from pipeline.corroboration.briefs import Brief, bits, content, one_cast
from pipeline.corroboration.frames import Laid, Words, stemmed
from pipeline.corroboration.spelling import in_one_spelling
from pipeline.corroboration.topic import logistic
from pipeline.resources import lexicon
from pipeline.settings import ReplacedForm

_MANY = 8  # places in which two sentences differ; more tell no more
_LONG = 20  # words of two parts together; more tell no more
_SPELLING = 65.0  # rapidfuzz ratio, 0..100, from which two words may be forms of one
_SHORTEST = 2  # letters of an abbreviation
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})  # what follows describes, and replaces nothing


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the form weighs of two parts, each 0..1 and symmetric, by the name of its coefficient."""

    cast: float  # how much of what either text names both have
    places: float  # in how many the two sentences differ
    unknown: float  # share of both parts, by rarity, that the other text has nowhere
    share: float  # of the shorter sentence's words that the other has in the same order
    main: float  # both stand in headline or lede
    length: float  # of both parts, in words


@dataclass(frozen=True, slots=True)
class Part:
    """The words that stand in each other's place."""

    ours: Words
    theirs: Words
    inputs: Inputs

    def likelihood(self, form: ReplacedForm) -> float:
        """Return the probability, 0..1, that one replaced the other, among altered texts and as many honest ones."""
        score = form.bias + sum(getattr(form, name) * value for name, value in asdict(self.inputs).items())
        return logistic(score)


def parts(laid: Laid, briefs: tuple[Brief, Brief], *, main: bool) -> Iterator[Part]:
    """Yield the words that stand in each other's place of two sentences and may not say the same.

    ``briefs``: both texts. Figures, names for a description, forms of one word and what news exchanges replace nothing.
    """
    cast = one_cast(*briefs)
    for ours, theirs in laid.differing:
        one, two = ([word for word in side if any(content((word,)))] for side in (ours, theirs))
        if not one or not two or _describes(ours) or _describes(theirs):
            continue
        stems = frozenset(stemmed(tuple(one))), frozenset(stemmed(tuple(two)))
        if _are_forms(one, two) or _are_reworded(*stems):
            continue
        inputs = Inputs(
            cast=cast,
            places=min(len(laid.differing), _MANY) / _MANY,
            unknown=_unknown(stems, briefs),
            share=laid.share,
            main=float(main),
            length=min(len(ours) + len(theirs), _LONG) / _LONG,
        )
        yield Part(ours, theirs, inputs)


def surest(found: Iterable[Part], form: ReplacedForm, least: float) -> Part | None:
    """Return the likeliest of some parts, the first of equals; None where none is as likely as ``least``."""
    likely = [(part.likelihood(form), part) for part in found]
    best = max(likely, key=lambda row: row[0], default=None)
    return best[1] if best and best[0] >= least else None


def _unknown(stems: tuple[frozenset[str], frozenset[str]], briefs: tuple[Brief, Brief]) -> float:
    new = bits(stems[0] - briefs[1].stems) + bits(stems[1] - briefs[0].stems)
    return new / total if (total := bits(stems[0]) + bits(stems[1])) else 0.0


def _describes(part: Words) -> bool:
    return part[0].lower() in _RELATIVE


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


def _are_reworded(ours: Collection[str], theirs: Collection[str]) -> bool:
    """Tell whether a word of one part is one that news exchanges for a word of the other."""
    groups = _rewordings()
    return any(
        not groups[one].isdisjoint(groups[two]) for one, two in product(ours, theirs) if one in groups and two in groups
    )


@cache
def _rewordings() -> dict[str, frozenset[int]]:
    """Return, for each stem, the numbers of the groups that it belongs to."""
    found: dict[str, set[int]] = {}
    for number, row in enumerate(lexicon("rewordings")):
        for word in stemmed(tuple(row["words"].split("|"))):
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}
