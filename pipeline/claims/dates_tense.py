"""Whether the clause of a date tells what was or what is to come, for days and months that name no year or week."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Literal

from pipeline.record import maker, quickly_made
from pipeline.remembered import remembered
from pipeline.resources import words
from pipeline.text import reach_back

Way = Literal["past", "ahead", "may", "now"]
_BEFORE, _AFTER = 160, 90  # code points of a clause that are read on either side of a date
_NEAR = 45  # code points between a verb and the date that it surely governs
_OPENS = 16  # code points before a date that opens its clause: "But in "
_END = re.compile(
    r"(?:(?<![A-Za-z.])[a-z][a-z'-]+|[A-Z][a-z]{4,}|[A-Z]{3}|[0-9]{2}|[%)\]\"'])[.!?][\"')]* |\n|[;:] "
)  # of a sentence; "Sen.", "U.S." and "a.m." end none
# How such an end ends; it starts with one class of signs, so that the engine skips to the next.
_SIGN = re.compile(r"[.!?\n;:](?:(?<=\n)|(?<=[;:]) |(?<=[.!?])[\"')]* )")
_WORD = re.compile(r"[A-Za-z](?<![\w'].)[A-Za-z'-]*")
_STEPS = 5  # words after "agreed" in which "to" may follow
_WILL = frozenset(("will", "won't", "shall"))
_MAY = frozenset(("would", "could", "might", "may", "can", "must", "should", "wouldn't", "couldn't", "cannot", "can't"))
_DO = frozenset(("do", "does", "don't", "doesn't"))
_IS = frozenset(("is", "are", "am", "isn't", "aren't"))
_WAS = frozenset(("was", "were", "been"))
_HAS = frozenset(("has", "have", "had", "having", "hasn't", "haven't", "hadn't"))
_LIGHT = frozenset(
    ("not", "never", "only", "also", "now", "then", "still", "be", "been", "being", "get", "just", "soon")
)
_BEFORE_NOUN = frozenset(
    {"a", "an", "the", "his", "her", "its", "their", "this", "these", "those", "our", "my", "enough", "more", "many"}
    | {"some", "any", "no", "all", "of", "previously", "newly"}
)
_AHEAD_OF = re.compile(r"(?:\bfor|as (?:early|soon) as|\bcome|ahead of|\bbetween now and|in time for)(?: the)? $")
_UNTIL = re.compile(r"\b(?:until|till|through|before)(?: the| the end of)? $")
_LEADS = ("for ", "as ", "come ", "of ", "and ", "the ", "until ", "till ", "through ", "before ")  # how both end


@quickly_made
@dataclass(frozen=True, slots=True)
class Tense:
    """What a clause tells: "past", "ahead", "may" (ahead as somebody sees or saw it), "now", None without a verb."""

    way: Way | None
    near: bool  # whether the verb stands close to the date


_make_tense = maker(Tense)


def tense_of(plain: str, start: int, end: int) -> Tense:
    """Return the tense of the clause around a date: of the last verb before it, else of the first one after it."""
    led = plain.endswith(_LEADS, 0, start)
    if led and _AHEAD_OF.search(plain, reach_back(start, 20), start):
        return Tense("ahead", near=True)
    if plain.endswith(("since ", "ollowing "), 0, start):
        return Tense("past", near=True)
    begin = _clause_start(plain, start)
    until = led and _UNTIL.search(plain, reach_back(start, 20), start) is not None
    clause = plain[begin:start]
    verbs = list(_verbs(clause))
    if verbs:
        way, at = verbs[-1][0], begin + _end_of(clause, verbs[-1][1])
        if until and way in ("past", "now"):  # "extended his order until May 15", "served until July"
            return Tense("ahead" if way == "now" else None, near=False)
        return _make_tense(way, near=start - at <= _NEAR)
    following = plain[end : _clause_end(plain, end)]
    first = next(_verbs(following), None)
    if first is None or (until and first[0] == "past"):
        return Tense("ahead" if until and first is None else None, near=False)
    return Tense(first[0], near=start - begin <= _OPENS and _end_of(following, first[1]) <= _NEAR)


def _clause_start(plain: str, start: int) -> int:
    floor = reach_back(start, _BEFORE)
    for sign in reversed(list(_SIGN.finditer(plain, floor, start))):
        if _is_end(plain, floor, sign):
            return sign.end()
    return floor


def _clause_end(plain: str, start: int) -> int:
    reach = min(len(plain), start + _AFTER)
    for sign in _SIGN.finditer(plain, start, reach):
        if _is_end(plain, start, sign):
            return sign.end()
    return reach


def _is_end(plain: str, floor: int, sign: re.Match[str]) -> bool:
    """Return whether a sign ends a clause, by the word before it, of which no more than from ``floor`` on is read."""
    at, end = sign.span()
    if plain[at] in "\n;:":
        return True
    word = max(plain.rfind(" ", floor, at), plain.rfind("\n", floor, at), floor - 1) + 1
    return _END.search(plain, word, end) is not None


def _end_of(clause: str, number: int) -> int:
    """Return where a word of a clause ends, by its number."""
    return next(islice(_WORD.finditer(clause), number, None)).end()


def _verbs(clause: str) -> Iterator[tuple[Way, int]]:
    """Yield what each verb of a clause tells, and the number of its last word, in the order of the clause."""
    words = _WORD.findall(clause)
    tells = [*map(_tells, words), True]
    if (at := tells.index(True)) == len(words):
        return
    said = [word if word[0].islower() else "" for word in words]
    while (at := tells.index(True, at)) < len(words):
        way, taken = _read(said, at)
        at += taken
        if way is not None:
            yield way, at - 1


@remembered(50_000)
def _tells(word: str) -> bool:
    """Return whether a verb may start with a word: "Planned Parenthood" plans nothing."""
    return word[0].islower() and (word in _telling() or word.endswith(_TOLD_BY_END))


@cache
def _telling() -> frozenset[str]:
    """Return the words of which ``_read`` makes something, apart from those that their ends tell."""
    verbs = _WILL | _MAY | _DO | _IS | _WAS | _HAS | {"to"}
    return verbs.union(*map(_roles, ("ready", "hopes", "ahead", "agreed", "past")))


_TOLD_BY_END = ("ed", "'ll", "'s")


def _read(said: list[str], at: int) -> tuple[Way | None, int]:
    """Return what the verb that starts at a word tells, and how many words it takes."""
    word = said[at]
    helped = _helped(word, said[at + 1 : at + 3])
    if helped is not None:
        return helped, _verb_length(said, at)
    if word in _IS or word in _WAS or (word.endswith("'s") and said[at + 1 : at + 2] == ["going"]):
        return _being(said, at)
    if word in _HAS:
        return _having(said, at)
    if word == "to":
        passive = said[at + 1 : at + 2] == ["be"]
        return ("may" if passive else None), min(2 + passive, len(said) - at)
    return _plain(said, at), 1


def _helped(word: str, behind: list[str]) -> Way | None:
    """Return what "will", "would" or "does" tells, None of other words."""
    if word in _WILL or word.endswith("'ll"):
        return "ahead"
    if word in _MAY:
        return "past" if "have" in behind else "may"
    return "now" if word in _DO else None


def _verb_length(said: list[str], at: int) -> int:
    """Return how many words "will not be held" takes: the auxiliary, light words and the verb."""
    end = at + 1
    while end < len(said) and end < at + 4 and (said[end] in _LIGHT or said[end] == "have" or said[end].endswith("ly")):
        end += 1
    return min(end + 1, len(said)) - at


def _being(said: list[str], at: int) -> tuple[Way | None, int]:
    """Read "is set to", "was due", "is airing", "was killed"."""
    length = _verb_length(said, at)
    verb = said[at + length - 1]
    over = said[at] in _WAS
    if verb in _roles("ready") or verb == "to" or _looks_on(said, at + length - 1):
        return ("may" if over else "ahead"), length
    if over:
        return "past", length
    return ("may" if verb.endswith("ing") and length > 1 else "now"), length


def _having(said: list[str], at: int) -> tuple[Way | None, int]:
    """Read "has passed", "had to", "has agreed to"."""
    length = _verb_length(said, at)
    verb = said[at + length - 1]
    over = said[at] == "had"
    if verb == "to":
        return ("past" if over else "may"), length
    if _looks_on(said, at + length - 1):
        return ("may" if over else "ahead"), length
    return ("past" if over or _is_past(verb) or "been" in said[at : at + length] else "now"), length


def _plain(said: list[str], at: int) -> Way | None:
    word = said[at]
    followed = said[at + 1 : at + 2] == ["to"]
    if followed and word in _roles("ready"):
        return "ahead"  # "with the minister set to leave"
    if _looks_on(said, at) or (followed and word in _roles("hopes")):
        return "may"
    if word in _roles("ahead"):
        return "ahead"
    described = at > 0 and said[at - 1] in _BEFORE_NOUN  # "at a closed hearing"
    return "past" if _is_past(word) and not described else None


def _looks_on(said: list[str], at: int) -> bool:
    """Tell whether "agreed", "asked" and the like have a verb behind them: "agreed to speak"."""
    return said[at] in _roles("agreed") and "to" in said[at + 1 : at + 1 + _STEPS]


def _is_past(word: str) -> bool:
    if word in _roles("past"):
        return True
    return len(word) > 3 and word.endswith("ed") and word not in _roles("not_past") and "-" not in word


@cache
def _roles(role: str) -> frozenset[str]:
    return words("tenses", role=role)


_WON = re.compile(
    r"\b(?:won|winning|lost|losing|loss|victory|elected|held|took|became|defeated|was|were|had|since|last|following)\b"
)


def is_of_vote(plain: str, start: int, end: int) -> bool:
    """Tell whether a month or day is that of a vote to come: "his re-election bid in November", "the November midterms"."""
    floor = _clause_start(plain, start)
    before = plain[max(floor, start - 40) : start].lower()
    after = plain[end : end + 24].partition(".")[0].partition(",")[0].partition("\n")[0].lower()
    beside = {match.group().removesuffix("'s") for match in _WORD.finditer(f"{before} | {after}")}
    return bool(beside & _roles("vote")) and _WON.search(before) is None and _WON.search(after) is None
