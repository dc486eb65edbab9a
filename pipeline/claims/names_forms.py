"""Which names of an article are the same: each form of a name with its fullest."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.claims.gazetteer import aliases, is_place, name_key, places_named
from pipeline.claims.names_words import NameKind, first_names, organisations
from pipeline.remembered import remembered
from pipeline.resources import lexicon

_SAINTS = ("st ", "saint ", "san ", "santa ", "sao ")  # no fuller form of a namesake: "Pope Francis", "St. Francis"
_TWO_NAMES = re.compile(r"[^\W\d_] [A-Z]\w+-[A-Z]\w+ [A-Z]")  # "Jane Doe-Max Roe", no fuller form of Max Roe
_BRACKET = re.compile(r"\(")
_MIDDLE_INITIALS = re.compile(r"(?<=\w\w )(?:[a-z] ){1,3}(?=\w\w)")


class Mention(NamedTuple):
    """What may be a name, where it stands: not yet tied to the others of the article."""

    start: int
    end: int
    words: str
    kind: NameKind | None
    opening: bool  # one word, and a sentence starts with it
    doubtful: bool = False  # an everyday word, a name only as a surname that the article gives in full


@remembered(200_000)
def name_id(words: str) -> str:
    """Return the key under which all forms of a name compare equal: aliases and middle initials gone."""
    key = name_key(words)
    key = aliases().get(key) or long_forms().get(key, key)
    return key if key.count(" ") < 2 or is_place(key) else _MIDDLE_INITIALS.sub("", key)


@cache
def long_forms() -> dict[str, str]:
    """Comparing key of a known acronym to the key of its long form."""
    return {name_key(row["name"]): name_key(row["full"]) for row in lexicon("organisations") if row["full"]}


def fullest_forms(mentions: list[Mention], plain: str) -> dict[str, str]:
    """Map each form of a name to its fullest form in the article, itself where that is open."""
    counts = Counter([mention.words for mention in mentions])
    keys = {words: name_id(words) for words in counts}
    longest: dict[str, str] = {}
    for words, key in keys.items():
        if len(words) > len(longest.get(key, "")):
            longest[key] = words
    parts = _by_part(longest)
    acronyms = _acronyms(mentions, plain)
    table: dict[str, str] = {}
    for words, key in keys.items():
        others = parts.get(key.rpartition(" ")[2], ())
        alone = not others or (len(others) == 1 and others[0] == key)  # most: no other name has its last word
        known = places_named(words) if key != name_key(words) else ()
        fuller = key if alone else _fuller_key(words, key, others, longest, counts)
        table[words] = acronyms.get(words) or (known[0].name if known else longest[fuller])
    return table


def _by_part(longest: dict[str, str]) -> dict[str, list[str]]:
    """Index the keys of several words by their last and first word, in the order of the text."""
    table: dict[str, list[str]] = {}
    for key in longest:
        first, _, rest = key.partition(" ")
        if rest:
            table.setdefault(rest.rpartition(" ")[2], []).append(key)
            table.setdefault(first, []).append(key)
    return table


def _fuller_key(words: str, key: str, others: Sequence[str], longest: dict[str, str], counts: Counter[str]) -> str:
    """Return the key of the fuller form of a name, among those with its last word; its own where that is open."""
    if key in organisations() or is_place(key):
        return key
    single = " " not in key
    fuller = [
        other
        for other in others
        if other != key and other.endswith(" " + key) and _TWO_NAMES.search(longest[other]) is None
    ]
    if single:
        fuller = [other for other in fuller if not other.startswith(_SAINTS)]
    if not fuller and single and words in first_names():
        fuller = [other for other in others if other.startswith(key + " ")]
    if len(fuller) > 1:
        first, rest = fuller[0], fuller[1:]
        if counts[longest[first]] < 2 * max(counts[longest[other]] for other in rest):
            return key
    return fuller[0] if fuller else key


def _acronyms(mentions: list[Mention], plain: str) -> dict[str, str]:
    """Map acronyms to the names that introduce them: "World Food Programme (WFP)"."""
    table: dict[str, str] = {}
    for bracket in _BRACKET.finditer(plain):
        at = bisect_left(mentions, (bracket.end(),))
        if not 0 < at < len(mentions) or mentions[at].start != bracket.end():
            continue
        before, mention = mentions[at - 1 : at + 1]
        if mention.start - before.end == 2 and mention.words.isupper():
            initials = "".join(word[0] for word in before.words.split() if word[0].isupper())
            if " " in before.words and initials[:1] == mention.words[0] and len(mention.words) >= 2:
                table.setdefault(mention.words, before.words)
    return table
