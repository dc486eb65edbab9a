"""Announced updates: a text that gives a new figure with the one it takes the place of ("ten weeks instead of six")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from pipeline.corroboration.levels import Agreement, Sides
from pipeline.corroboration.levels.wording import both_told
from pipeline.corroboration.values import ValueKey, value_key
from pipeline.models import Article, Claim
from pipeline.resources import lexicon

UPDATED = "quantity.updated"
_AFTER = 60  # code points after a figure in which the former one is named
_BEFORE = 40  # code points before it
_KINDS = frozenset({"unit", "ten", "scale"})


@dataclass(frozen=True, slots=True)
class Updates:
    """Which figures take the place of which, as the articles of a story say themselves."""

    replaced: Mapping[ValueKey, frozenset[ValueKey]]  # by former figure: those that took its place

    @classmethod
    def of(cls, claims: Iterable[Claim], articles: Mapping[str, Article]) -> Updates:
        """Read the updates that stand beside the figures of a story."""
        found: dict[ValueKey, set[ValueKey]] = defaultdict(set)
        for claim in claims:
            old = _former(claim, articles[claim.article].text) if claim.quantity is not None else None
            if old is not None and (new := value_key(claim)) is not None and old != new:
                found[old].add(new)
        return cls({old: frozenset(new) for old, new in found.items()})

    def replaces(self, new: Claim, old: Claim) -> bool:
        """Tell whether an article says that the one figure took the other's place."""
        if new.quantity is None or not self.replaced:
            return False
        former = value_key(old)
        return former is not None and value_key(new) in self.replaced.get(former, ())

    def settled(self, sides: Sides) -> Agreement | None:
        """Return the level of two figures of which one took the other's place; None where nobody says so."""
        if not (self.replaces(sides.ours, sides.theirs) or self.replaces(sides.theirs, sides.ours)):
            return None
        return Agreement(UPDATED, "supersedes", f"one figure took the other's place: {both_told(sides)}")


def _former(claim: Claim, text: str) -> ValueKey | None:
    """Return the key of the figure that a text names as the one before, in the claim's unit."""
    value, span = claim.quantity, claim.span
    before = text[max(claim.sentence.start, span.start - _BEFORE) : span.start].lower()
    old = _after().match(text[span.end : span.end + _AFTER].lower())
    if old is None and "from " in before:
        old = _before().search(before)
    if value is None or old is None:  # beside most figures stands no other
        return None
    ends = [end for end in (value.low, value.high) if end is not None]
    new = _number().search(text[span.start : span.end].lower())
    if not ends or new is None:
        return None
    size = sum(ends) / len(ends) / (_read(new["number"]) * _scale(new["scale"], None) or 1.0)
    end = _read(old["number"]) * _scale(old["scale"], new["scale"]) * size
    return value_key(replace(claim, quantity=replace(value, low=end, high=end)))


def _read(word: str) -> float:
    """Return a number written in digits, or in one word."""
    return float(word.replace(",", "")) if word[0].isdigit() else float(_values()[word])


def _scale(word: str | None, other: str | None) -> float:
    """Return what "million" multiplies with; a number without such a word has the other's ("3.1 million, up from 2.4")."""
    named = word or other
    return float(_values()[named]) if named else 1.0


@cache
def _values() -> Mapping[str, str]:
    return {row["word"]: row["value"] for row in lexicon("number_words") if row["kind"] in _KINDS}


@cache
def _pattern() -> str:
    """Return what reads a number: sign of a currency, digits or one word, and "million" and the like."""
    kinds = {row["word"]: row["kind"] for row in lexicon("number_words")}
    small, large = (
        "|".join(
            re.escape(word) for word in sorted(_values(), key=len, reverse=True) if (kinds[word] == "scale") is scale
        )
        for scale in (False, True)
    )
    return rf"[$£€]?(?P<number>\d[\d,]*(?:\.\d+)?|\b(?:{small})\b)(?:[ -]?(?P<scale>{large})\b)?"


@cache
def _number() -> re.Pattern[str]:
    return re.compile(_pattern())


@cache
def _after() -> re.Pattern[str]:
    """Return what finds a former figure after a new one: at most two words of praise stand before it ("the planned six")."""
    cues = "|".join(re.escape(row["cue"]) for row in lexicon("replaced"))
    return re.compile(rf"[\s,;:()–—-]{{0,3}}(?:{cues}) (?:[a-z]{{1,12}} ){{0,2}}?{_pattern()}")


@cache
def _before() -> re.Pattern[str]:
    """Return what finds a former figure before a new one: "from 2.4 to"."""
    return re.compile(rf"\bfrom {_pattern()}(?: [a-z]{{1,12}}){{0,2}} to $")
