"""Roles that stand right before a name: "former German foreign minister", "Lt. Gen.", "Senate Majority Leader"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.claims.gazetteer import places_named
from pipeline.claims.names import Name
from pipeline.claims.names_words import first_names, role_heads, role_words, time_words
from pipeline.claims.people_organisations import LAWMAKERS, OF_STATE, of_office, organisation_before, parties, seat_of
from pipeline.claims.people_phrases import OFFICE, REACH, RolePhrase, is_head, is_time, title_roles, worded
from pipeline.remembered import remembered
from pipeline.text import reach_back

_LONGEST_WORD = 25  # code points
_WORD = re.compile(r"[^\s,;:()\"\[\]]+")
_RANKS = frozenset({"assistant", "deputy", "acting", "associate", "chief", "senior", "former"})
_ALSO_VERBS = frozenset({"judge", "host", "coach", "chair", "pilot", "guard", "model", "head", "champion", "author"})
_OWN_MASTERS = frozenset({"actor", "actress", "singer", "comedian", "rapper", "novelist", "poet", "author", "musician"})
# Held beside another office: seats and ranks.
_SEATS = frozenset(
    {
        "senator",
        "representative",
        "congressman",
        "congresswoman",
        "lieutenant",
        "colonel",
        "captain",
        "sergeant",
        "admiral",
    }
)
_OFFICE_ENDS = frozenset({"state", "staff", "defense", "defence", "police", "parliament", "house", "mission"})


def may_end_role(plain: str, end: int) -> bool:
    """Tell whether the word before a name at ``end`` is one that a role may end with, as few are."""
    words = plain[reach_back(end, _LONGEST_WORD) : end - 1].rsplit(None, 1)
    return bool(words) and _ends_role(words[-1])


@remembered(50_000)
def _ends_role(word: str) -> bool:
    return word in title_roles() or is_head(word.lower()) or word.lower() in _OFFICE_ENDS


def phrase_before(plain: str, low: int, end: int, before: Name | None) -> RolePhrase | None:
    """Return the role that ends at ``end`` ("German Foreign Minister "), None without one.

    ``low``: where the sentence starts; ``before``: the last name that ends before ``end``.
    """
    if not _ends_role(plain[reach_back(end, _LONGEST_WORD, low) : end - 1].rpartition(" ")[2]):
        return None
    opened = before is not None and before.kind is None and before.span.start == low
    if opened and before is not None and before.words.lower() in role_words():
        before = None  # "National security adviser Ada Cole": a capital of the sentence's start
    taken = _role_words(plain, _words_back(plain, low, end, before))
    said = [word for _, word, _ in reversed(taken) if word]
    if len(said) == 1 and said[0] in _ALSO_VERBS and plain.endswith("to ", low, taken[-1][0]):  # "to judge Bergdahl"
        return None
    if not said or not (is_head(said[-1]) or " of " in " ".join(said)):
        return None
    phrase = _with_organisation(plain, low, end, before, (taken[-1][0], said))
    if phrase.organisation is not None or said[-1] in OF_STATE:
        return phrase
    party = next((parties()[word] for _, _, word in taken if word in parties()), None)
    return RolePhrase(phrase.start, phrase.end, phrase.role, party) if party else phrase


def _role_words(plain: str, words: Iterable[tuple[int, str]]) -> list[tuple[int, str, str]]:
    """Return the words of a role, last first, as spelled out and as written, from where the words before a name no longer belong to it."""
    taken: list[tuple[int, str, str]] = []
    for start, word in words:
        spelled = title_roles().get(word, word.lower())
        known = spelled in role_words() or word in title_roles() or (is_time(word) and word != "Then")
        if len(taken) == 1 and word in title_roles() and taken[0][2] in first_names():
            return []  # "Sen. Dean Heller"
        if not (known or _joins_office(plain, start, word)):
            break
        taken.append((start, spelled, word))
    cut_off = bool(taken) and taken[-1][1] == "of"
    while taken and taken[-1][1] == "of":
        taken.pop()
    if cut_off and len(taken) > 1 and taken[-1][1] in _OFFICE_ENDS:
        taken.pop()  # "of the Joint Chiefs of Staff Gen. Ada Cole"
    return taken[: _own_words(plain, taken)]


def _own_words(plain: str, taken: list[tuple[int, str, str]]) -> int:
    """Return how many words belong to a role that ends in "Gov.": "the campaign Gov. Cole runs" has none before it."""
    if not taken or not plain.startswith(".", plain.find(" ", taken[0][0]) - 1):
        return len(taken)
    behind = [word for _, word, _ in taken[1:]]
    if any(is_head(word) for word in behind):
        return len(taken)
    small = (at for at, (start, word, _) in enumerate(taken) if at and plain[start].islower() and not _is_rank(word))
    return next(small, len(taken))


def _is_rank(word: str) -> bool:
    return word == "state" or word in _RANKS or is_time(word)


def _with_organisation(plain: str, low: int, end: int, before: Name | None, found: tuple[int, list[str]]) -> RolePhrase:
    """Return the role with what it is held in or of, as the words before it name it."""
    start, said = found
    organisation, left = organisation_before(plain, low, start, None if said[-1] in _OWN_MASTERS else before)
    if before is not None and left == before.span.start and (rank := before.words.partition(" ")[0].lower()) in _RANKS:
        rest = before.words[len(rank) + 1 :]  # "Assistant U.S. Attorney"
        places = places_named(rest)
        said, organisation = [rank, *said], places[0].name if places else rest or None
    if said[0] in ("city", "county") and len(said) > 1 and organisation and plain[start].isupper():
        said, organisation = said[1:], f"{organisation} {said[0].title()}"  # "New York City Mayor"
    said = _first_office(said)
    named = organisation
    organisation = of_office(named, said[-1]) if named else None
    if organisation and said[-1] in LAWMAKERS:
        organisation = seat_of(organisation)
        left = left if organisation else start  # "AP Sen. Ada Cole", of a picture's credit
    lead = plain[reach_back(left, 12, low) : left].split(" ")
    if len(lead) > 1 and lead[-1] == "" and lead[-2].lower() in time_words() and lead[-2] != "Then":
        left, said = left - len(lead[-2]) - 1, [lead[-2].lower(), *said]  # "former German chancellor"
    return RolePhrase(left, end, worded(said), organisation)


def _words_back(plain: str, low: int, end: int, before: Name | None) -> Iterator[tuple[int, str]]:
    """Yield the words that stand before ``end`` with single spaces, last first, back to a name: few are asked for."""
    low = max(low, end - REACH, before.span.end if before else 0)
    right, done = end - 1, 0
    for match in _WORD.finditer(plain[low:right][::-1]):
        start, stop = match.span()
        word = match.group()[::-1]
        if start != done or (word.startswith("'") and right - stop == low):
            return
        yield right - stop, word
        done = stop + 1


def _joins_office(plain: str, start: int, word: str) -> bool:
    """Tell whether a word belongs to "secretary of state", "chief of staff"."""
    if word == "of":
        return OFFICE.match(plain, start - 1) is not None
    return OFFICE.fullmatch(plain, reach_back(start, 4), start + len(word)) is not None


@cache
def _offices() -> frozenset[str]:
    return frozenset(title_roles().values())


def _first_office(said: list[str]) -> list[str]:
    """Return the office of two that stand before one name: "Chairman Rep. Ada Cole" chairs."""
    last = 2 if " ".join(said[-2:]) in _offices() else 1  # "lieutenant colonel"
    stacked = said[-1] in _SEATS and any(word in role_heads() for word in said[:-last])
    said = said[:-last] if stacked else said
    while stacked and not is_head(said[-1]):  # "spokesman Navy Captain Ada Cole": of the navy is the captain
        said = said[:-1]
    return said
