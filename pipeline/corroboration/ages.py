"""Whose an age is, by what stands next to it: "Lee, 57", "the 57-year-old driver"."""

from __future__ import annotations

import re

from pipeline.models import Claim
from pipeline.resources import words
from pipeline.text import fold, stem

_NEXT = 40  # code points after an age in which its owner is named
_LAST = 30  # code points before it
_NAME_BEFORE = re.compile(r"([A-Z][\w'-]+), (?:an? |aged? )?$")
_NAME_AFTER = re.compile(r"\s(?:(?!of |from |in |at |near )[a-z-]+ ){0,2}([A-Z][\w'.-]*(?: [A-Z][\w'.-]*)*)")
_THEN = re.compile(
    r"\b(?:when|since) (?:he|she|they) (?:was|were|turned) (?:just |only |about )?$|\b(?:at|from|by) (?:the )?age(?: of)? $"
)
_NOUNS = re.compile(r"\s((?:[a-z-]+ ?){1,2})")


def of_two_people(claim: Claim, text: str, other: Claim, their_text: str) -> bool:
    """Tell whether both ages stand next to names, and these are not one; or only one is an age of long ago."""
    if _is_past(claim, text) != _is_past(other, their_text):
        return True
    ours, theirs = _names(claim, text), _names(other, their_text)
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def of_one_person(claim: Claim, text: str, other: Claim, their_text: str) -> bool:
    """Tell whether both ages stand next to one name, or one word for who it is: "driver"."""
    ours, theirs = _names(claim, text), _names(other, their_text)
    if ours and theirs:
        return not ours.isdisjoint(theirs)
    return not _nouns(claim, text).isdisjoint(_nouns(other, their_text))


def _names(claim: Claim, text: str) -> frozenset[str]:
    before = _NAME_BEFORE.search(fold(text[max(0, claim.span.start - _LAST) : claim.span.start]))
    after = _NAME_AFTER.match(_after(claim, text))
    found = [match[1] for match in (before, after) if match]
    return frozenset(word.strip(".") for names in found for word in names.split()) - words("demonyms")


def _is_past(claim: Claim, text: str) -> bool:
    return _THEN.search(text[max(0, claim.span.start - _LAST) : claim.span.start].lower()) is not None


def _nouns(claim: Claim, text: str) -> frozenset[str]:
    found = _NOUNS.match(_after(claim, text))
    return frozenset(term for word in found[1].split() if (term := stem(word))) if found else frozenset()


def _after(claim: Claim, text: str) -> str:
    return fold(text[claim.span.end : claim.span.end + _NEXT])
