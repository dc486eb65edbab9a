"""What a role is held in or of: an organisation, a country, a person, as the words before a role name it."""

from __future__ import annotations

import re
from functools import cache

from pipeline.claims.gazetteer import demonyms, places_named, region_named, states
from pipeline.claims.names import Name
from pipeline.resources import lexicon, words

# What a name is cut off from: "Republican | National Committee", "Health and | Human Services".
_FIRST_HALF = re.compile(
    r"\b(?:(?:Republican|Democratic|Libertarian) |(?:Health|Housing|Trade|Science|Culture|Ways|Energy|Education|Oversight) and )$"
)
_COMMON_BODIES = (
    "National ",
    "Governors ",
    "Congressional ",
    "Senatorial ",
    "Attorneys ",
)  # of a party, by their names
_STANDING = frozenset(("candidate", "nominee", "contender", "hopeful", "challenger"))
_REPORTING = frozenset(("correspondent", "reporter"))
LAWMAKERS = frozenset(("senator", "representative", "congressman", "congresswoman", "governor"))
# Offices of a state, which are no party's: "Republican President Ada Cole".
OF_STATE = frozenset(
    ("president", "mayor", "secretary", "justice", "judge", "minister", "chancellor", "general", "speaker")
)
_NO_OPENERS = frozenset(("new", "old", "first", "second", "third", "one", "us", "further"))  # begin names too
_CONTINENTAL = frozenset(("African", "Asian", "Arab", "Latin", "Afro", "Anglo", "Euro"))


def organisation_of(name: Name) -> str:
    """Return the canonical name of what a role hangs on: a place's own, else the article's fullest form."""
    places = region_named(name.words) or places_named(name.full)
    return places[0].name if places else name.full


def organisation_before(plain: str, low: int, start: int, before: Name | None) -> tuple[str | None, int]:
    """Return what a role hangs on and where the phrase then starts."""
    if before is not None and plain[before.span.end : start] in (" ", "'s ", "' ") and before.span.start >= low:
        if _is_origin(before.words):
            return None, start
        opener = _opener(before.words)
        organisation = before.words[opener:] if opener else organisation_of(before)
        first = _FIRST_HALF.search(plain, max(low, before.span.start - 24), before.span.start)
        if first and (before.words.startswith(_COMMON_BODIES) or " and " in first.group()):
            return first.group() + before.words, first.start()
        return organisation, before.span.start + opener
    left = plain[max(low, start - 40) : start]
    said = left.split()
    for size in (2, 1):
        demonym = " ".join(said[-size:])
        country = demonyms().get(demonym)
        if country and left.endswith(demonym + " "):
            return country, start - len(demonym) - 1
    return None, start


def of_office(organisation: str, office: str) -> str | None:
    """Return what an office is held in or of, without the party beside it: "Senate Democratic" leader, "Democratic Ohio" mayor.

    Of who stands for election it is the party; an office of state is no party's.
    """
    parts = organisation.split()
    if office in _STANDING and (party := next(filter(None, map(party_named, parts)), None)):
        return party
    if office in _REPORTING:
        return organisation.removesuffix(" White House") or organisation
    if office not in LAWMAKERS and office not in OF_STATE and office != "leader":
        return party_named(organisation) or organisation
    while parts and party_named(parts[-1]):
        parts.pop()
    if len(parts) > 1 and party_named(parts[0]) and places_named(" ".join(parts[1:])):
        parts = parts[1:]
    bare = " ".join(parts)
    if not bare:
        return party_named(organisation) if office == "leader" else None
    return bare if bare == organisation else _land(bare) or bare


def seat_of(organisation: str) -> str | None:
    """Return the land that a lawmaker sits for: the last words of a name that are one; None without one."""
    parts = organisation.split()
    ends = (" ".join(parts[at:]) for at in range(len(parts)))
    return next((land for end in ends if (land := _land(end))), None) or states().get(organisation)


def _land(words: str) -> str | None:
    places = region_named(words) or places_named(words)
    return places[0].name if places else None


def party_named(word: str) -> str | None:
    """Return the party that a word names: "Republican", "GOP"."""
    return "Republican Party" if word == "GOP" else parties().get(word)


@cache
def parties() -> dict[str, str]:
    """Adjective of a party, as written, to the party's name."""
    return {row["word"]: row["party"] for row in lexicon("parties") if row["part"] == "adjective"}


def _opener(name: str) -> int:
    """Return how many code points of a name are a word that only opens its clause ("When Supreme Court")."""
    first, _, rest = name.partition(" ")
    opens = first.lower() in words("openers") and first.lower() not in _NO_OPENERS
    return len(first) + 1 if rest[:1].isupper() and opens else 0


def _is_origin(name: str) -> bool:
    """Tell whether a word says whence somebody's family is, and not of what he is what: "Taiwanese-American"."""
    return "-" in name and all(part in demonyms() or part in _CONTINENTAL for part in name.split("-"))
