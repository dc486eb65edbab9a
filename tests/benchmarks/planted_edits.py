"""Edits of an article's text: fabrications that must be noticed, and equal forms that must not be.

A fabrication is a pair (old words, new words), put in everywhere the article has the old words. Which one it is
depends on the claim's names alone, so every machine plants the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256

from pipeline.models import Article, Claim
from tests.benchmarks.sets import pick

Edits = tuple[tuple[str, str], ...]  # (old, new), the words that the changed claim holds first

_CITIES = ("Lima", "Oslo", "Perth", "Nairobi", "Hanoi", "Dallas", "Prague", "Quito")
_PEOPLE = ("Harold Finch", "Maria Lindqvist", "Tom Okafor", "Elena Duarte")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_STRANGE = ("delayed", "worthless", "illegal", "brilliant", "twelve")
_VERBS = frozenset(["is", "are", "was", "were", "will", "can", "should", "have", "has", "do", "must", "would"])
_WORDED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_DAY = re.compile(r"\b\d{1,2}\b(?!:)")


def _number(claim: Claim, words: str) -> Edits | None:
    found = _FIGURE.search(words)
    times = pick((2, 3, 5), claim.article, claim.id)
    if found is None:
        return _number_in_words(words, times)
    old = found[0]
    try:
        value = float(old.replace(",", "")) * times
    except ValueError:  # "1.2.3"
        return None
    new = f"{value:.1f}" if "." in old else f"{value:,.0f}" if "," in old else f"{value:.0f}"
    return ((words, words.replace(old, new, 1)),) if value else None


def _number_in_words(words: str, times: int) -> Edits | None:
    word = next((word for word in words.split() if word.lower() in _WORDED), None)
    if word is None:
        return None
    return ((words, words.replace(word, str(times * (_WORDED.index(word.lower()) + 2)))),)


def _place(claim: Claim, words: str) -> Edits | None:
    if claim.rule != "place.event-city":
        return None
    return ((words, pick([city for city in _CITIES if city != words], claim.article, claim.id)),)


def _day(claim: Claim, words: str) -> Edits | None:
    named = next((day for day in _DAYS if day in words), None)
    if named:
        later = pick((2, 3, 4), claim.article, claim.id)
        return ((words, words.replace(named, _DAYS[(_DAYS.index(named) + later) % 7])),)
    day = _DAY.search(words)
    if day is None or not 1 <= int(day[0]) <= 28:
        return None
    later = pick((5, 9, 12), claim.article, claim.id)
    return ((words, f"{words[: day.start()]}{(int(day[0]) + later) % 28 + 1}{words[day.end() :]}"),)


def _person(claim: Claim, words: str) -> Edits | None:
    person = claim.person_role.person if claim.person_role else ""
    if person not in words or " " not in person:
        return None
    new = pick(_PEOPLE, claim.article, claim.id)
    return ((person, new), (person.rpartition(" ")[2], new.rpartition(" ")[2]))


def _quote_word(claim: Claim, words: str) -> Edits | None:
    said = words.split(" ")
    long = [place for place, word in enumerate(said) if len(word) > 5 and word.isalpha() and word.islower()]
    if len(said) < 6 or not long:
        return None
    said[pick(long, claim.article, claim.id)] = pick(_STRANGE, claim.article, claim.id)
    return ((words, " ".join(said)),)


def _quote_negated(claim: Claim, words: str) -> Edits | None:  # noqa: ARG001 - one signature for all makers
    said = words.split(" ")
    verb = next((place for place, word in enumerate(said) if word in _VERBS and "not" not in said[place:][:2]), None)
    if len(said) < 6 or verb is None:
        return None
    return ((words, " ".join([*said[: verb + 1], "not", *said[verb + 1 :]])),)


# Kind of fabrication: the kind of claim it changes, and its maker; None where it can't be made.
FABRICATIONS: Mapping[str, tuple[str, Callable[[Claim, str], Edits | None]]] = {
    "number": ("quantity", _number),
    "place": ("place", _place),
    "day": ("date", _day),
    "person": ("person_role", _person),
    "quote_word": ("quote", _quote_word),
    "quote_negated": ("quote", _quote_negated),
}


def with_edits(article: Article, edits: Edits) -> Article:
    """Return the article with every whole occurrence of the old words replaced, title included."""
    return _rewritten(article, lambda text: _replaced(text, edits))


def _replaced(text: str, edits: Edits) -> str:
    for old, new in edits:
        text = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new.replace("\\", r"\\"), text)
    return text


def _rewritten(article: Article, change: Callable[[str], str]) -> Article:
    text = change(article.text)
    title = change(article.title) if article.title else None
    return replace(article, text=text, title=title, sha256=sha256(text.encode()).hexdigest())


def _percent(text: str) -> str:
    if re.search(r"\d%", text):
        return re.sub(r"(?<=\d)%", " per cent", text)
    return re.sub(r"(?<=\d) per ?cent\b", "%", text)


def _thousands(text: str) -> str:
    """Drop the comma of 1,500, but not of 1,950, which would read as a year."""
    return re.sub(r"(?<![\d,.])([1-9]),(\d{3})(?![\d,])", _without_comma, text)


def _without_comma(found: re.Match[str]) -> str:
    year = 1_900 <= int(found[1] + found[2]) <= 2_099
    return found[0] if year else found[1] + found[2]


def _quote_marks(text: str) -> str:
    if "“" in text or "’" in text:
        return text.translate({ord("“"): '"', ord("”"): '"', ord("‘"): "'", ord("’"): "'"})
    text = re.sub(r'(?<![^\s(—-])"', "“", text).replace('"', "”")
    return re.sub(r"(?<=\w)'(?=\w)", "’", text)


def _reversed_tail(text: str) -> str:
    """Turn the order of the paragraphs after the title and the first three."""
    paragraphs = text.split("\n\n")
    return "\n\n".join([*paragraphs[:4], *reversed(paragraphs[4:])])


EQUAL_FORMS: Mapping[str, Callable[[Article], Article]] = {
    "percent": lambda article: _rewritten(article, _percent),
    "thousands": lambda article: _rewritten(article, _thousands),
    "quote_marks": lambda article: _rewritten(article, _quote_marks),
    "paragraphs": lambda article: _rewritten(article, _reversed_tail),
}
