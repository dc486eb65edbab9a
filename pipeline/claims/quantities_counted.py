"""What a number counts: the noun after it, or the casualty word around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.claims.quantities_context import context_words
from pipeline.record import maker, quickly_made
from pipeline.resources import lexicon
from pipeline.text import stop_words

_STATE = re.compile(r" (?:(?:[a-z]\.){2,3}|us)(?= [a-z])")  # "180,000 U.S. deaths"
_RUN = re.compile(r"[ -]?[a-z][a-z'-]*(?: [a-z][a-z'-]*){0,8}")
_ASIDE = re.compile(r"(?:,| including)(?: [^ ,.;:!?\n]{1,20}){1,9},? (?:were|was|are|have been|had been) ([a-z]+)")
_TOLL = re.compile(
    r"\b(?:death toll|toll|(?:number|count) of (?:dead|deaths|fatalities|(?:people|those|civilians) killed))\b"
    r"(?: [a-z']+){0,6} (?:to|at|of|was|is|reach(?:ed|es)?|hits?|pass(?:ed|es)|exceed(?:ed|s)|top(?:ped|s)|surpass(?:ed|es)|nears)$"
)
_DEATHS_OF = re.compile(r"\b(?:deaths?|killings?|murders?|lives) of(?: the)?$")
_FURTHER = re.compile(r" (?:another|a further|some|a total of)$")
_OF = re.compile(
    r" (?:(?:worth )?of (?:all the |the |its |their |his |her |our |all |these |those |an? )?|(?P<in>in ))"
    r"(?:(?:[a-z]\.){2,3} )?(?P<of>[a-z][a-z'-]*(?: [a-z][a-z'-]*){0,4})"
)
_DOING = re.compile(r"[a-z]{2,}(?:ing|ed)$")  # "of those giving more" names nobody
_NEXT_WORD = re.compile(r" ([a-z]+)(?![a-z'-])")
_MEMBERS = re.compile(r"-([a-z]{3,12})(?![a-z-])")


@quickly_made
@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, and where its words end."""

    name: str
    end: int


_make_counted = maker(Counted)


@quickly_made
@dataclass(frozen=True, slots=True)
class Following:
    """The words after a number, which stand one space apart."""

    start: int
    words: tuple[str, ...]

    def end_of(self, index: int) -> int:
        """Return where the word of an index ends."""
        return self.start + sum(map(len, self.words[: index + 1])) + index


_make_following = maker(Following)


@cache
def _lookup(place: str) -> dict[str, str]:
    return {row["word"]: row["counted"] for row in lexicon("counted") if row["place"] == place}


@cache
def _stop() -> frozenset[str]:
    return stop_words() - context_words("through")


def words_after(low: str, end: int) -> Following:
    """Return the words after a number, up to a sign."""
    state = _STATE.match(low, end)
    run = _RUN.match(low, state.end() if state else end)
    if not run:
        return _make_following(end, ())
    found = run.group().lstrip(" -")
    return _make_following(run.end() - len(found), tuple(found.split()))


def counted_after(following: Following, *, partitive: bool) -> Counted | None:
    """Return the noun that a number counts; ``partitive`` numbers take "of" ("dozens of people")."""
    words_ = following.words
    head = _head(words_, _partitive_words(words_) if partitive else 0)
    if head is None:
        return None
    name = words_[head].removesuffix("'")
    return _make_counted(name, following.end_of(head))


def _partitive_words(following: Sequence[str]) -> int:
    if not following or following[0] != "of":
        return 0
    return 2 if following[1:2] and following[1] in context_words("determiner") else 1


def _head(following: Sequence[str], skip: int) -> int | None:
    """Return the index of the head noun: the last of the first plural words, within five."""
    nouns, stop = _lookup("noun"), _stop()
    for index in range(skip, min(len(following), skip + 5)):
        word = following[index]
        if word in stop:
            return None
        if word in nouns or is_plural(word):
            return index if word in nouns else _last_plural(following, index, stop)
        if word == "of" and index > skip:
            return None
    return None


def _last_plural(following: Sequence[str], index: int, stop: frozenset[str]) -> int:
    nxt = index + 1
    if nxt < len(following) and following[nxt] not in stop and is_plural(following[nxt]):
        return nxt
    return index


def is_plural(word: str) -> bool:
    """Return whether a lower-case word looks like a plural noun."""
    if len(word) < 4 or word[-1] != "s" or word[-2] in "sui'" or word in context_words("no_plural"):
        return False
    return word not in _lookup("after") or word in ("casualties", "deaths", "injuries", "fatalities", "arrests")


def casualty_words() -> tuple[str, ...]:
    """Return the casualty words that may follow a number."""
    return tuple(_lookup("after"))


def known_noun(word: str) -> bool:
    """Return whether the lexicon knows a word as something counted in news."""
    return word in _lookup("noun") or word in _lookup("after")


def members_after(low: str, end: int) -> Counted | None:
    """Return what an adjective counts: "12-member", "32-nation"."""
    match = _MEMBERS.match(low, end)
    if match and match.group(1) + "s" in _lookup("noun"):
        return Counted(match.group(1) + "s", match.end())
    return None


def casualties_after(low: str, following: Following) -> Counted | None:
    """Return the casualty word that follows: "12 people were wounded", "12 dead"."""
    names, stop, bridge = _lookup("after"), _stop(), context_words("bridge")
    heads = 0
    for index, word in enumerate(following.words):
        if word in names and not _is_of_death(following.words, index):
            return Counted(names[word], following.end_of(index))
        if word == "including" and heads:
            return _after_aside(low, following.end_of(index - 1))
        heads += is_plural(word) or word in _lookup("noun")
        if (word in stop and word not in bridge) or heads > 2:
            return None
    return _after_aside(low, following.end_of(len(following.words) - 1)) if heads else None


def _is_of_death(said: Sequence[str], index: int) -> bool:
    """Tell whether a casualty word only says of what kind the next one is: "94 death threats"."""
    return said[index + 1 : index + 2] != () and said[index + 1] in context_words("no_casualty")


def _after_aside(low: str, end: int) -> Counted | None:
    """Return the casualty word after "12 people, including two children, were"."""
    aside = _ASIDE.match(low, end)
    name = _lookup("after").get(aside.group(1)) if aside else None
    return Counted(name, end) if name else None


def hurts(word: str) -> bool:
    """Return whether a verb takes its victims as object ("kills")."""
    return word in _lookup("before")


def single_after(low: str, end: int) -> int:
    """Return where the noun ends that "one" counts ("one person"), or ``end`` if none follows."""
    match = _NEXT_WORD.match(low, end)
    return match.end() if match and match.group(1) not in _stop() else end


def _counts_dead(clause: str) -> bool:
    return "toll" in clause or "number of" in clause or "count of" in clause


def casualties_before(clause: str) -> str | None:
    """Return what the words before a number (lower case, stripped) make of it: "killing", "death toll rose to"."""
    clause = _FURTHER.sub("", clause)
    last = clause.rpartition(" ")[2]
    known = _lookup("before").get(last)
    if (
        known
        or (_counts_dead(clause) and _TOLL.search(clause))
        or (last in ("of", "the") and _DEATHS_OF.search(clause))
    ):
        return known or "killed"
    return None


def share_of(low: str, end: int, *, money: bool) -> Counted | None:
    """Return what a percentage ("5% of GDP") or a sum ("$2bn in aid") is of."""
    match = _OF.match(low, end)
    if not match:
        return None
    following = match["of"].split()
    head = (
        None if low.endswith("those ", 0, match.start("of")) and _DOING.match(following[0]) else _share_head(following)
    )
    if head is None or (match["in"] and not (money and following[head] in _lookup("money"))):
        return None
    written = " ".join(following[: head + 1])
    name = _lookup("alias").get(written, following[head].removesuffix("'s"))
    return Counted(name, match.start("of") + len(written))


def _share_head(following: Sequence[str]) -> int | None:
    """Return the index of the head noun, singular or plural: the last word before a stop, within four."""
    head = None
    for index, word in enumerate(following[:4]):
        if word in _stop() or word in context_words("share_end"):
            return head
        if word in _lookup("noun") or is_plural(word):
            return _last_plural(following, index, _stop())
        head = index
    return head
