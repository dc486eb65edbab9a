"""Role phrases: "former German foreign minister", "the secretary general of NATO"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.claims.gazetteer import demonyms, places_named
from pipeline.claims.names import Name
from pipeline.claims.names_words import role_heads, role_words, time_words
from pipeline.claims.people_organisations import organisation_before, organisation_of
from pipeline.record import quickly_made
from pipeline.resources import lexicon

REACH = 140  # code points on one side of a name that may hold its role
_LONGEST_WORD = 25  # code points
_WORD = re.compile(r"[^\s,;:()\"\[\]]+")
_TOKEN = re.compile(r"[^\W_][\w'&-]*(?:\.(?=[\w,])\w*\.?)*\.?")
_PREFIXES = ("ex-", "vice-", "then-", "co-")
_UNSAID = frozenset(
    {
        "republican",
        "democratic",
        "conservative",
        "liberal",
        "top",
        "lead",
        "celebrated",
        "late",
        "current",
        "longtime",
        "famed",
        "renowned",
        "disgraced",
        "star",
        "veteran",
    }
)
_OPENERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "our", "my", "one", "who", "was", "is"})
_PREPOSITION = re.compile(r" (of|for|at|to|with|in|from)(?: the)? ")
_TOPIC = re.compile(r" (?:of|for|in|on)((?: (?!the\b|and\b)[a-z][a-z-]{2,20}){1,3}) (at|with|for|of|in)(?: the)? ")
_BARE_TOPIC = re.compile(r" of [a-z][a-z-]{2,20}(?:(?: and)? [a-z][a-z-]{2,20}){0,2}(?=[,;:)]|\.(?!\w)|$)")
_OFFICE = re.compile(r" of (?:state|staff|defen[cs]e|police|parliament|the house|mission)\b", re.IGNORECASE)


_RANKS = frozenset({"assistant", "deputy", "acting", "associate", "chief", "senior", "former"})
_ALSO_VERBS = frozenset({"judge", "host", "coach", "chair", "pilot", "guard", "model", "head", "champion", "author"})
_OWN_MASTERS = frozenset({"actor", "actress", "singer", "comedian", "rapper", "novelist", "poet", "author", "musician"})
# Held beside another office: seats and ranks.
_SEATS = frozenset(
    {"senator", "representative", "congressman", "congresswoman", "lieutenant", "colonel", "captain", "sergeant"}
)
_OFFICE_ENDS = frozenset({"state", "staff", "defense", "defence", "police", "parliament", "house", "mission"})


@quickly_made
@dataclass(frozen=True, slots=True)
class RolePhrase:
    """A role as written, with its place in the text."""

    start: int  # code points
    end: int
    role: str  # lower case
    organisation: str | None  # canonical name


def may_end_role(plain: str, end: int) -> bool:
    """Tell whether the word before a name at ``end`` is one that a role may end with, as few are."""
    words = plain[max(0, end - _LONGEST_WORD) : end - 1].split()
    return bool(words) and _ends_role(words[-1])


@lru_cache(maxsize=50_000)
def _ends_role(word: str) -> bool:
    return word in title_roles() or _is_head(word.lower()) or word.lower() in _OFFICE_ENDS


def phrase_before(plain: str, low: int, end: int, before: Name | None) -> RolePhrase | None:
    """Return the role that ends at ``end`` ("German Foreign Minister "), None without one.

    ``low``: where the sentence starts; ``before``: the last name that ends before ``end``.
    """
    if not _ends_role(plain[max(low, end - _LONGEST_WORD) : end - 1].rpartition(" ")[2]):
        return None
    opened = before is not None and before.kind is None and before.span.start == low
    if opened and before is not None and before.words.lower() in role_words():
        before = None  # "National security adviser Ada Cole": a capital of the sentence's start
    words = _words_back(plain, low, end, before)
    taken: list[tuple[int, str]] = []
    for start, word in words:
        spelled = title_roles().get(word, word.lower())
        if not (
            spelled in role_words() or word in title_roles() or _is_time(word) or _joins_office(plain, start, word)
        ):
            break
        taken.append((start, spelled))
    while taken and taken[-1][1] == "of":
        taken.pop()
    said = [word for _, word in reversed(taken) if word]
    if len(said) == 1 and said[0] in _ALSO_VERBS and plain.endswith("to ", low, taken[-1][0]):  # "to judge Bergdahl"
        return None
    if not said or not (_is_head(said[-1]) or " of " in " ".join(said)):
        return None
    start = taken[-1][0]
    organisation, left = organisation_before(plain, low, start, None if said[-1] in _OWN_MASTERS else before)
    if before is not None and left == before.span.start and (rank := before.words.partition(" ")[0].lower()) in _RANKS:
        rest = before.words[len(rank) + 1 :]  # "Assistant U.S. Attorney"
        places = places_named(rest)
        said, organisation = [rank, *said], places[0].name if places else rest or None
    if said[0] == "city" and len(said) > 1 and organisation and plain.startswith(" City ", start - 1):
        said, organisation = said[1:], f"{organisation} City"  # "New York City Mayor"
    lead = plain[max(low, left - 12) : left].split(" ")
    if len(lead) > 1 and lead[-1] == "" and lead[-2].lower() in time_words():  # "former German chancellor"
        left, said = left - len(lead[-2]) - 1, [lead[-2].lower(), *said]
    party = next((parties()[word] for at, word in words if at >= start and word in parties()), None)
    return RolePhrase(left, end, _worded(_first_office(said)), organisation or party)


def _words_back(plain: str, low: int, end: int, before: Name | None) -> list[tuple[int, str]]:
    """Return the words that stand before ``end`` with single spaces, last first, back to a name."""
    low = max(low, end - REACH, before.span.end if before else 0)
    words: list[tuple[int, str]] = []
    for match in reversed(list(_WORD.finditer(plain, low, end))):
        right = words[-1][0] - 1 if words else end - 1
        if match.end() != right or (match.group().startswith("'") and match.start() == low):
            break
        words.append((match.start(), match.group()))
    return words


def _is_time(word: str) -> bool:
    lower = word.lower()
    _, hyphen, rest = lower.partition("-")
    return lower in time_words() or (bool(hyphen) and lower.startswith(_PREFIXES) and rest in role_words())


def _joins_office(plain: str, start: int, word: str) -> bool:
    """Tell whether a word belongs to "secretary of state", "chief of staff"."""
    if word == "of":
        return _OFFICE.match(plain, start - 1) is not None
    return _OFFICE.fullmatch(plain, max(0, start - 4), start + len(word)) is not None


def _is_head(word: str) -> bool:
    last = word.rpartition(" ")[2].rpartition("-")[2]
    return last in role_heads() or word in role_heads()


def _first_office(said: list[str]) -> list[str]:
    """Return the office of two that stand before one name: "Chairman Rep. Ada Cole" chairs."""
    stacked = len(said) > 1 and said[-1] in _SEATS and any(word in role_heads() for word in said[:-1])
    said = said[:-1] if stacked else said
    while stacked and not _is_head(said[-1]):  # "spokesman Navy Captain Ada Cole": of the navy is the captain
        said = said[:-1]
    return said


def _worded(said: list[str]) -> str:
    later = max((index for index, word in enumerate(said) if word in time_words()), default=0)
    words = [word for word in said[later:] if word not in _UNSAID or word == said[-1]]
    if words[0] == "ex" or words[0].startswith("ex-"):
        words[0] = f"former {words[0][3:]}".strip()
    return " ".join(words)


@quickly_made
@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    word: str  # without possessive 's
    name: Name | None


def phrase_after(plain: str, begin: int, end: int, names: Mapping[int, Name]) -> RolePhrase | None:
    """Return the role that starts at ``begin`` ("the secretary general of NATO,"), None without one.

    ``end``: of the sentence; ``names``: by their start.
    """
    limit = min(end, begin + REACH)
    group = _role_group(_words_on(plain, begin, limit, names))
    if not group:
        return None
    owned = max((at for at, word in enumerate(group, 1) if plain.startswith("'s", word.end - 2)), default=0)
    own = [word for word in group[owned:] if word.name is None]  # "the president's | lawyer" is no president
    said = [_spelled(word.word) for word in own if word.word.lower() not in _OPENERS]
    said = [word for word in said if word and word.title() not in demonyms() and word not in _UNSAID]
    if said[:1] == ["first"] and any("-" in word.word for word in group):
        said = said[1:]  # "the first African-American president"
    owner = next((organisation for word in group if (organisation := _owner(word))), None)
    position = group[-1].end
    office = _OFFICE.match(plain, position, limit)
    if office:
        said, position = [*said, office.group().strip().lower()], office.end()
    position, topic, organisation = _hangs_on(plain, position, limit, names)
    return RolePhrase(begin, position, " ".join(said) + topic, organisation or owner)


def _words_on(plain: str, begin: int, limit: int, names: Mapping[int, Name]) -> Iterator[_Word]:
    """Yield the words and names that follow each other with single spaces."""
    position = begin
    for _ in range(14):
        name = names.get(position)
        if name is not None and name.words.lower() in role_words():
            name = None
        token = None if name else _TOKEN.match(plain, position, limit)
        if name is None and token is None:
            return
        stop = name.span.end if name else token.end() if token else position
        word = plain[position:stop]
        yield _Word(position, stop, word.removesuffix("'s"), name)
        stop += 2 if name and plain.startswith("'s", stop) else 0
        if not plain.startswith(" ", stop):
            return
        position = stop + 1


def _role_group(words: Iterable[_Word]) -> list[_Word]:
    """Return the words up to the last noun of the role, none if another word comes first."""
    taken: list[_Word] = []
    heads = 0
    for word in words:
        lower = word.word.lower()
        if word.name is not None or _demonym(taken, word) is not None:
            if heads:
                break
        elif lower in _OPENERS:
            if taken:
                break
        elif not (lower in role_words() or _is_time(lower) or word.word in title_roles()):
            break
        taken.append(word)
        if word.name is None and _is_head(_spelled(word.word)):
            heads = len(taken)
    return taken[:heads]


def _demonym(taken: list[_Word], word: _Word) -> str | None:
    pair = f"{taken[-1].word} {word.word}" if taken else ""
    return demonyms().get(pair) or demonyms().get(word.word)


def _spelled(word: str) -> str:
    spelled = title_roles().get(word) or word.lower()
    return f"former {spelled[3:]}" if spelled.startswith("ex-") else spelled


def _owner(word: _Word) -> str | None:
    return organisation_of(word.name) if word.name else demonyms().get(word.word) or None


def _hangs_on(plain: str, position: int, limit: int, names: Mapping[int, Name]) -> tuple[int, str, str | None]:
    """Return the end, the topic (" of law") and the organisation that follow a role."""
    topic = _TOPIC.match(plain, position, limit)
    if topic and topic.end() in names and not _is_whereabouts(topic[2], names[topic.end()]):
        school = names[topic.end()]
        return school.span.end, plain[topic.start() : topic.end(1)], organisation_of(school)
    bare = _BARE_TOPIC.match(plain, position, limit)
    if bare:
        return bare.end(), bare.group(), None
    joint = _PREPOSITION.match(plain, position, limit)
    name: Name | None = names.get(joint.end()) if joint else None
    if joint and name is not None and plain.startswith("-based ", name.span.end):  # "of the Rome-based Relief Fund"
        name = names.get(name.span.end + len("-based "))
    if joint is None or name is None or _is_whereabouts(joint[1], name):
        return position, "", None
    return name.span.end, "", None if joint[1] == "with" else organisation_of(name)


def _is_whereabouts(preposition: str, name: Name) -> bool:
    """Tell whether a role is only exercised at a place: "a consultant in Texas" serves no Texas."""
    return preposition in ("in", "from") and (name.kind == "place" or bool(places_named(name.words)))


@cache
def title_roles() -> dict[str, str]:
    """Title as written before a name to the role it states, "" for a mere courtesy."""
    return {row["word"]: row["role"] for row in lexicon("titles")}


@cache
def parties() -> dict[str, str]:
    """Adjective of a party, as written, to the party's name."""
    return {row["word"]: row["party"] for row in lexicon("parties")}
