"""Whether an event happened at a place: read off the words between the two, not off how near they stand.

"Talks with the rebels on Monday in Doha" were in Doha; "the talks failed, and in Doha" says nothing of where they were.
What the words leave open is not said: the place is a mention then.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.resources import lexicon

_LONGEST = 14  # words between an event and its place
_LINKS = 4  # of them, words that something hangs on
_SPLIT = re.compile(r"[,:;()\[\]\"!?]|--| -|\. ?[A-Z]")
_OWN_CLAUSE = re.compile(r", (?=(?:which|that) )")
_DATE_COMMA = re.compile(r"(?<=\d),(?= )|(?<=day),(?= )|(?<=\d),$|(?<=day),$")
_DEFINITE = re.compile(
    r"(?:[A-Z0-9]|(?:the|a|an|his|her|its|their|our|my|another|two|three|several|some|[a-z]+[^s\W]s)$)"
)
_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "his",
        "her",
        "its",
        "their",
        "two",
        "three",
        "several",
        "some",
        "many",
        "most",
        "armed",
        "united",
    ]
)
_NARROW = {
    "narrow-attack": ("attack", "bombing", "shooting", "explosion", "stabbing", "crash"),
    "narrow-speech": ("speech", "trial"),
}
_VERBAL = re.compile(r"[a-z-]+(?:ed|ing)")
_NOMINAL = re.compile(r"(?:[a-z]*(?:morn|even|build|wedd|meet)ing|.{1,3}(?:ed|ing))")
_MENTIONED_BEFORE = re.compile(  # "in Oslo for a summit", "a man in Oslo was shot", "in Oslo, where talks failed"
    r"(?: [A-Z0-9][\w.]*| on| last| this| next| week| month| year)*"
    r"(?: for(?: [\w'-]+){0,4} $| (?:was|were|has been|have been|had been|is|are|being)(?: [a-z]+ly)? $"
    r"| (?:(?:has|have|had) (?:seen|witnessed)|saw|witnessed)(?: [\w'-]+){0,2} $|,? where(?: [\w'-]+){0,4} $)"
)
_THERE = re.compile(r",(?: [\w.'-]+){1,4} ")  # "In Oslo, President Cole | met"
_AND_DONE = re.compile(r" (?:and|or) [a-z]{3,}(?:ed|en)\b")  # "shot | and killed | in Oslo"
_PASSIVE = re.compile(r" (?:was|were|been|is|are|being)(?: [a-z]+ly)? $")


def goes_with(between: str, event: str, noun: bool) -> bool:
    """Tell whether an event's word is bound to the place that stands behind ``between``.

    ``event``: its class; ``noun``: False for a verb, on which its object may follow at once ("met envoys | in Oslo").
    """
    if between.strip() == ",":
        return True
    between = _DATE_COMMA.sub("", _OWN_CLAUSE.sub(" ", between, count=1))
    joint = None if noun else _AND_DONE.match(between)
    words = between[joint.end() if joint else 0 :].split()
    if len(words) > _LONGEST or _SPLIT.search(between):
        return False
    parts, filled, links = link_parts(), not noun, 0
    for index, word in enumerate(words):
        part = parts.get(word.lower().rstrip("."))
        if part is not None and part.startswith("narrow"):
            part = "link" if _is_linked(part, event, words, index) else "apart"
        if part == "apart" or (part is None and not (filled or word[0].isdigit())):
            return False
        if part is None and not word[0].isdigit() and _is_verbal(words, index):
            return False
        links += part == "link"
        filled = part in ("link", "hit") or (filled and part is None) or (not noun and part == "time")
    return links <= _LINKS


def comes_behind(between: str, noun: bool) -> bool:
    """Tell whether an event's word that stands behind a place is bound to it by what is ``between`` the two."""
    if between == " ":
        return True
    if not noun and _THERE.fullmatch(between):
        return not _parted(between)
    if _MENTIONED_BEFORE.fullmatch(between) is None:
        return False
    return not _parted(between) and noun != (_PASSIVE.search(between) is not None)


def _parted(between: str) -> bool:
    return any(link_parts().get(word) == "apart" and word != "where" for word in between.split())


def _is_linked(part: str, event: str, words: list[str], index: int) -> bool:
    """Tell whether what follows such a word still belongs to the event; inside a name it always does."""
    if index and words[index - 1][0].isupper() and words[index + 1 : index + 2] and words[index + 1][0].isupper():
        return True  # "the Council on Foreign Relations"
    if index + 1 == len(words) or _is_time(words, index + 1):
        return True
    return event in _NARROW.get(part, (event,)) and _is_definite(words, index + 1)


def _is_time(words: list[str], index: int) -> bool:
    word = words[index] if index < len(words) else ""
    return word[:1].isdigit() or link_parts().get(word.lower().rstrip(".")) == "time"


def _is_definite(words: list[str], index: int) -> bool:
    return index < len(words) and _DEFINITE.match(words[index]) is not None


def _is_verbal(words: list[str], index: int) -> bool:
    """Tell whether a word in small letters looks like a verb: "talks with the rebels failed", not "by armed men"."""
    word, last = words[index], words[index - 1].lower() if index else ""
    if _VERBAL.fullmatch(word) is None or _NOMINAL.fullmatch(word) is not None:
        return False
    if word.endswith("ed") and words[index + 1 : index + 2] in (["with"], ["by"]):
        return False  # "a truck loaded with explosives"
    return last not in _DETERMINERS and link_parts().get(last) not in ("link", "narrow")


@cache
def link_parts() -> dict[str, str]:
    """Word between an event and a place, lower case, to its part."""
    return {row["word"]: row["part"] for row in lexicon("event_links")}
