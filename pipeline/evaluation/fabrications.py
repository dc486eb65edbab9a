"""Fabrications as rules: how the words of a claim are changed into others of the same kind that say something else.

A rule returns the edits that falsify a claim everywhere in its article, None where it can't be done grammatically.
Which new value it takes is the caller's: ``Values`` holds what there is to choose from, and who chooses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pipeline.corroboration.surnames import surname
from pipeline.evaluation.rewriting import Edits
from pipeline.models import EVENT_CITY, Claim

_T = TypeVar("_T")

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_VERBS = frozenset(["is", "are", "was", "were", "will", "can", "should", "have", "has", "do", "must", "would"])
_MAIN_VERBS = frozenset(["have", "has", "do"])  # that may be no auxiliaries: "do not it again" is no English
_MORE_VERBS = frozenset(["could", "does", "did", "had", "need"])  # that are also said with "n't"
_WORDED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_CONTRACTED = {"won't": "will", "won’t": "will", "can't": "can", "can’t": "can", "cannot": "can"}
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_RANGE = re.compile(r"(\d[\d,.]*\d|\d)(?: to | and |[-–])\$?(\d[\d,.]*\d|\d)")
_DAY = re.compile(r"\b\d{1,2}\b(?!:)")
_OUTLETS = "attribution.outlet"  # the rule of attributions to outlets
_LEAST_QUOTE = 6  # words; a shorter quote with a word changed is another quote, and may be by others too
_LONG_WORD = 5  # letters; shorter words mostly carry no meaning of their own


class Choose(Protocol):
    """Picks one of some options for a claim, always the same one."""

    def __call__(self, options: Sequence[_T], claim: Claim, /) -> _T:
        """Return one option."""
        ...


@dataclass(frozen=True, slots=True)
class City:
    """A city that something can be moved to."""

    name: str
    country: str  # "" where it shall not be named


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What false values are taken from, for a claim and the words it stands in; an empty choice: none is made."""

    choose: Choose
    factors: Callable[[Claim], Sequence[float]]  # what a figure is multiplied with
    cities: Callable[[Claim], Sequence[City]]
    people: Callable[[Claim], Sequence[str]]  # full names
    offices: Callable[[str], Sequence[str]]  # other offices than the one given
    words: Callable[[str], Sequence[str]]  # that could stand in a quote for the one given
    outlets: Callable[[str], Sequence[str]]  # other outlets than the one given


Maker = Callable[[Claim, str, Values], Edits | None]


def number(claim: Claim, words: str, values: Values) -> Edits | None:
    """Multiply the first figure, written in digits or in a word."""
    found = _FIGURE.search(words)
    factors = values.factors(claim)
    if not factors:
        return None
    times = values.choose(factors, claim)
    if found is None:
        return _number_in_words(words, times)
    new = _scaled(found[0], times)
    return ((words, words.replace(found[0], new, 1)),) if new else None


def _scaled(figure: str, times: float) -> str | None:
    """Return a figure so many times as large, as it is written; None for 0 and for what is no figure ("1.2.3")."""
    try:
        value = float(figure.replace(",", "")) * times
    except ValueError:
        return None
    if not value:
        return None
    return f"{value:.1f}" if "." in figure else f"{value:,.0f}" if "," in figure else f"{value:.0f}"


def _number_in_words(words: str, times: float) -> Edits | None:
    word = next((word for word in words.split() if word.lower() in _WORDED), None)
    if word is None:
        return None
    return ((words, words.replace(word, f"{times * (_WORDED.index(word.lower()) + 2):.0f}")),)


def figures(claim: Claim, words: str, values: Values) -> Edits | None:
    """Multiply a figure, or both ends of a range alike."""
    edits = number(claim, words, values)
    ends = _RANGE.search(words)
    if edits is None or ends is None:
        return edits
    times = values.choose(values.factors(claim), claim)
    scaled = [_scaled(end, times) for end in ends.groups()]
    if None in scaled:
        return None
    return (
        (
            words,
            f"{words[: ends.start()]}{scaled[0]}{words[ends.end(1) : ends.start(2)]}{scaled[1]}{words[ends.end() :]}",
        ),
    )


def place(claim: Claim, words: str, values: Values) -> Edits | None:
    """Move what happened to another city; the country named after it follows."""
    if claim.rule != EVENT_CITY or claim.place is None:
        return None
    cities = [city for city in values.cities(claim) if city.name != words]
    if not cities:
        return None
    city = values.choose(cities, claim)
    around = claim.place.within if city.country else ()
    return ((words, city.name), *((f"{words}, {name}", f"{city.name}, {city.country}") for name in around))


def day(claim: Claim, words: str, values: Values) -> Edits | None:
    """Take another day of the week, or another day of the month."""
    named = next((day for day in _DAYS if day in words), None)
    if named:
        later = values.choose((2, 3, 4), claim)
        return ((words, words.replace(named, _DAYS[(_DAYS.index(named) + later) % 7])),)
    found = _DAY.search(words)
    if found is None or not 1 <= int(found[0]) <= 28:
        return None
    later = values.choose((5, 9, 12), claim)
    return ((words, f"{words[: found.start()]}{(int(found[0]) + later) % 28 + 1}{words[found.end() :]}"),)


def date(claim: Claim, words: str, values: Values) -> Edits | None:
    """Take another day, or where none is named another month."""
    return day(claim, words, values) or _month(claim, words, values)


def _month(claim: Claim, words: str, values: Values) -> Edits | None:
    named = next((month for month in MONTHS if re.search(rf"\b{month}\b", words)), None)
    if named is None:
        return None
    later = values.choose((2, 3, 4, 5, 7, 8, 9, 10), claim)
    return ((words, words.replace(named, MONTHS[(MONTHS.index(named) + later) % 12])),)


def person(claim: Claim, words: str, values: Values) -> Edits | None:
    """Put somebody else in a person's place, by full name and by surname."""
    named = claim.person_role.person if claim.person_role else ""
    if named not in words or " " not in named:
        return None
    return _renamed(named, claim, values)


def speaker(claim: Claim, words: str, values: Values) -> Edits | None:
    """Let somebody else say what was said; a phrase of a few words may be anybody's."""
    named = claim.speaker or "" if len(words.split()) >= _LEAST_QUOTE else ""
    return _renamed(named, claim, values) if " " in named and named[0].isupper() else None


def _renamed(named: str, claim: Claim, values: Values) -> Edits | None:
    people = values.people(claim)
    if not people:
        return None
    new = values.choose(people, claim)
    return ((named, new), (surname(named), surname(new)))


def role(claim: Claim, words: str, values: Values) -> Edits | None:
    """Give a person another office wherever the old one stands before the name, in the letters' case of the old one."""
    held = claim.person_role
    office = held.role if held else None
    found = re.search(rf"(?<!\w){re.escape(office)}(?!\w)", words, re.IGNORECASE) if office else None
    offices = values.offices(office) if office else ()
    if held is None or office is None or found is None or not offices:
        return None
    new = values.choose(offices, claim)
    whole = (words, f"{words[: found.start()]}{_cased(new, found[0])}{words[found.end() :]}")
    others = {
        f"{old} {name}": f"{_cased(new, old)} {name}"
        for old in (office, titled(office))
        for name in (held.person, surname(held.person))
    }
    return (whole, *((old, now) for old, now in others.items() if old not in words))


def _cased(office: str, like: str) -> str:
    return titled(office) if like[0].isupper() else office


def titled(office: str) -> str:
    """Return an office as it stands before a name ("Secretary of State")."""
    return " ".join(word if word in ("of", "for") else word.capitalize() for word in office.split())


def quote_word(claim: Claim, words: str, values: Values) -> Edits | None:
    """Put another word for one of a quote's."""
    said = words.split(" ")
    long = [at for at, word in enumerate(said) if is_long(word) and values.words(word)]
    if len(said) < _LEAST_QUOTE or not long:
        return None
    at = values.choose(long, claim)
    said[at] = values.choose(values.words(said[at]), claim)
    return ((words, " ".join(said)),)


def is_long(word: str) -> bool:
    """Tell whether a word is a plain one in lower case, long enough to carry a meaning of its own."""
    return len(word) > _LONG_WORD and word.isalpha() and word.islower()


def quote_negated(claim: Claim, words: str, values: Values) -> Edits | None:  # noqa: ARG001 - one signature for all makers
    """Put "not" after the first verb of a quote that takes it."""
    return _negated(words, _VERBS)


def _negated(words: str, verbs: frozenset[str]) -> Edits | None:
    said = words.split(" ")
    verb = next((at for at, word in enumerate(said) if word in verbs and "not" not in said[at:][:2]), None)
    if len(said) < _LEAST_QUOTE or verb is None:
        return None
    return ((words, " ".join([*said[: verb + 1], "not", *said[verb + 1 :]])),)


def negation(claim: Claim, words: str, values: Values) -> Edits | None:  # noqa: ARG001 - one signature for all makers
    """Drop a quote's negation, or put one in where it has none."""
    said = words.split(" ")
    if len(said) < _LEAST_QUOTE:
        return None
    for at, word in enumerate(said):
        affirmed = _affirmed(word)
        if affirmed is not None:
            return ((words, " ".join([*said[:at], *affirmed.split(), *said[at + 1 :]])),)
    return _negated(words, _VERBS - _MAIN_VERBS)


def _affirmed(word: str) -> str | None:
    """Return a negation without its "not" ("" for "not" itself), None for another word."""
    if word == "not":
        return ""
    if word in _CONTRACTED:
        return _CONTRACTED[word]
    verb = next((word.removesuffix(end) for end in ("n't", "n’t") if word.endswith(end)), "")
    return verb if verb in _VERBS | _MORE_VERBS else None


def credit(claim: Claim, words: str, values: Values) -> Edits | None:  # noqa: ARG001 - one signature for all makers
    """Credit another outlet."""
    named = claim.attribution.source if claim.attribution and claim.rule == _OUTLETS else claim.outlet
    others = values.outlets(named) if named else ()
    return ((named, values.choose(others, claim)),) if named and others else None
