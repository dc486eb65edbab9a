"""Role phrases: "former German foreign minister", "the secretary general of NATO"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.claims.gazetteer import demonyms, places_named
from pipeline.claims.names import Name
from pipeline.claims.names_words import role_heads, role_words, time_words
from pipeline.claims.people_organisations import of_office, organisation_of
from pipeline.record import maker, quickly_made
from pipeline.remembered import remembered
from pipeline.resources import lexicon

REACH = 140  # code points on one side of a name that may hold its role
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
_GOES_ON = re.compile(r" and [A-Z]")
_COUNCILS = ("Council", "Committee", "Commission", "Center", "Centre", "Institute", "Research", "Panel")
_COUNCIL_ON = re.compile(r" (?:on|for) (?:the )?[A-Z][\w'-]*(?:(?: and| of| the)? [A-Z][\w'-]*){0,4}")
OFFICE = re.compile(r" of (?:state|staff|defen[cs]e|police|parliament|the house|mission)\b", re.IGNORECASE)


@quickly_made
@dataclass(frozen=True, slots=True)
class RolePhrase:
    """A role as written, with its place in the text."""

    start: int  # code points
    end: int
    role: str  # lower case
    organisation: str | None  # canonical name


def is_time(word: str) -> bool:
    """Tell whether a word says when somebody has a role: "former", "then-senator"."""
    lower = word.lower()
    _, hyphen, rest = lower.partition("-")
    return lower in time_words() or (bool(hyphen) and lower.startswith(_PREFIXES) and rest in role_words())


def is_head(word: str) -> bool:
    """Tell whether a word, or the last of some, ends a role."""
    last = word.rpartition(" ")[2].rpartition("-")[2]
    return last in role_heads() or word in role_heads()


def worded(said: list[str]) -> str:
    """Return a role as one phrase: from its last word of time on, without praise."""
    later = 0 if time_words().isdisjoint(said) else max(at for at, word in enumerate(said) if word in time_words())
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


_make_word = maker(_Word)


def phrase_after(plain: str, begin: int, end: int, names: Mapping[int, Name]) -> RolePhrase | None:
    """Return the role that starts at ``begin`` ("the secretary general of NATO,"), None without one.

    ``end``: of the sentence; ``names``: by their start.
    """
    limit = min(end, begin + REACH)
    if not _may_begin(plain, begin, limit, names):
        return None
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
    office = OFFICE.match(plain, position, limit)
    if office:
        said, position = [*said, office.group().strip().lower()], office.end()
    topic, organisation = "", None
    if not (owner and plain.startswith(" in ", position)):  # "a State Department official | in the U.S. Embassy"
        position, topic, organisation = _hangs_on(plain, position, limit, names)
    held = organisation or owner
    return RolePhrase(begin, position, " ".join(said) + topic, of_office(held, said[-1]) if held and said else held)


def _may_begin(plain: str, begin: int, limit: int, names: Mapping[int, Name]) -> bool:
    """Tell whether a role may begin with the word at an offset, or with the one behind an article: most words begin none."""
    for _ in range(2):
        token = _TOKEN.match(plain, begin, limit)
        if token is None or begin in names:
            return begin in names
        word = token.group().removesuffix("'s")
        if word.lower() not in _OPENERS:
            return _is_of_role(word)
        begin = token.end() + 1
    return False


@remembered(50_000)
def _is_of_role(word: str) -> bool:
    lower = word.lower()
    return lower in role_words() or is_time(lower) or word in title_roles() or word in demonyms()


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
        yield _make_word(position, stop, word.removesuffix("'s"), name)
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
        elif not (lower in role_words() or is_time(lower) or word.word in title_roles()):
            break
        taken.append(word)
        if word.name is None and is_head(_spelled(word.word)):
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
    if joint is None or name is None or _is_whereabouts(joint[1], name) or plain.startswith("-", name.span.end):
        return position, "", None
    if _GOES_ON.match(plain, name.span.end, limit) and places_named(name.words):
        return position, "", None  # "founder of Iraq and Afghanistan Veterans"
    wider = _COUNCIL_ON.match(plain, name.span.end, limit) if name.words.endswith(_COUNCILS) else None
    end = wider.end() if wider else name.span.end
    return end, "", None if joint[1] == "with" else plain[name.span.start : end] if wider else organisation_of(name)


def _is_whereabouts(preposition: str, name: Name) -> bool:
    """Tell whether a role is only exercised at a place: "a consultant in Texas" serves no Texas."""
    return preposition in ("in", "from") and (name.kind == "place" or bool(places_named(name.words)))


@cache
def title_roles() -> dict[str, str]:
    """Title as written before a name to the role it states, "" for a mere courtesy."""
    return {row["word"]: row["role"] for row in lexicon("titles")}
