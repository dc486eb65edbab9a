"""Levels for people and their roles."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz

from pipeline.corroboration.levels.level import Level, Sides
from pipeline.corroboration.levels.wording import both_told
from pipeline.corroboration.surnames import name_words, sounds
from pipeline.models import PersonRoleValue
from pipeline.remembered import remembered
from pipeline.resources import lexicon, words

_WORD = re.compile(r"\w+")
_SLIP = 80.0  # rapidfuzz ratio, 0..100, from which two surnames after one first name are one in two spellings
_FORMER = ("former ", "ex-")
_THEN = ("then-", "then ")  # the office of the time that is told of
_CHILD_OF = frozenset({"bin", "ibn", "bint"})
_SPEAKING = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_RANKS = frozenset({"vice", "deputy", "assistant", "associate", "lieutenant"})  # who stands in is another one


def comparable(sides: Sides) -> bool:
    """Tell whether both name a person, or both an office."""
    return sides.ours.negated == sides.theirs.negated


def _values(sides: Sides) -> tuple[PersonRoleValue, PersonRoleValue]:
    assert sides.ours.person_role is not None
    assert sides.theirs.person_role is not None
    return sides.ours.person_role, sides.theirs.person_role


@lru_cache(maxsize=50_000)  # each level asks it of each pair anew
def same_person(first: str, second: str) -> bool:
    """Tell whether two names can be one person's: same surname, but for a slip, and no different first names."""
    one, two = name_words(first.casefold()), name_words(second.casefold())
    if not one or not two:
        return False
    if _is_named_after(one, two) or _is_named_after(two, one):
        return False
    if one[-1] != two[-1]:
        if min(len(one), len(two)) > 1 and sounds(one[0]) == sounds(two[0]) and sounds(one[-1]) == sounds(two[-1]):
            return True
        return one[0] == two[0] and min(len(one), len(two)) > 1 and fuzz.ratio(one[-1], two[-1]) >= _SLIP
    return len(one) == 1 or len(two) == 1 or one[0] == two[0] or one[0][0] == two[0][0] == min(one[0], two[0], key=len)


def _is_named_after(son: list[str], father: list[str]) -> bool:
    """Tell whether one name says whose son or daughter somebody is, and the other is that parent's ("bin Salman", "Salman")."""
    return len(father) == 1 < len(son) and son[-1] == father[0] and son[-2] in _CHILD_OF


def _role_words(value: PersonRoleValue) -> frozenset[str]:
    return _words_of(value.role or "")


@remembered(50_000)
def _words_of(role: str) -> frozenset[str]:
    return frozenset(_WORD.findall(role.casefold()))


def _exact(sides: Sides) -> str | None:
    ours, theirs = _values(sides)
    if not same_person(ours.person, theirs.person) or _role_words(ours) != _role_words(theirs):
        return None
    return f"the same person in the same role: {_shown(sides)}"


def _compatible(sides: Sides) -> str | None:
    ours, theirs = _values(sides)
    if not same_person(ours.person, theirs.person) or not _role_words(ours) & _role_words(theirs):
        return None
    if _exclude_each_other(ours, theirs) or _ranks(ours) != _ranks(theirs):
        return None
    return f"the same person in a like role: {_shown(sides)}"


def _another_role(sides: Sides) -> str | None:
    ours, theirs = _values(sides)
    if not same_person(ours.person, theirs.person):
        return None
    offices = _office(ours), _office(theirs)
    if None in offices or offices[0] == offices[1] or not _same_organisation(ours, theirs):
        return None
    if any(is_former(value) or not _of_state(value) for value in (ours, theirs)):
        return None
    return f"one person in two offices that nobody holds at once: {_shown(sides)}"


def _another_post(sides: Sides) -> str | None:
    """An article may call somebody by an old title: that two others agree on another one is asked elsewhere."""
    ours, theirs = _values(sides)
    if not same_person(ours.person, theirs.person) or not _exclude_each_other(ours, theirs):
        return None
    return f"one person under titles of two offices: {_shown(sides)}"


def _exclude_each_other(ours: PersonRoleValue, theirs: PersonRoleValue) -> bool:
    """Tell whether nobody holds both offices at once: each is of state or a seat of its own.

    A house's short title may be that of the state's office ("majority leader"); a chair is held beside one.
    """
    offices = _office(ours), _office(theirs)
    if None in offices or offices[0] == offices[1] or is_former(ours) or is_former(theirs):
        return False
    kinds = {_kind(ours), _kind(theirs)}
    if kinds == {"state"}:
        return True
    short = _role_words(ours) <= _role_words(theirs) or _role_words(theirs) <= _role_words(ours)
    return kinds <= {"state", "seat"} and (not short or _ranks(ours) != _ranks(theirs))


def _ranks(value: PersonRoleValue) -> frozenset[str]:
    return _role_words(value) & _RANKS


def _another_person(sides: Sides) -> str | None:
    ours, theirs = _values(sides)
    office = _office(ours)
    if office is None or office != _office(theirs) or _other_organisation(ours, theirs):
        return None
    if same_person(ours.person, theirs.person):
        return None
    if not (_of_state(ours) and _of_state(theirs)) and not _same_organisation(ours, theirs):
        return None
    return f"two people in one office: {_shown(sides)}"


def _office(value: PersonRoleValue) -> str | None:
    """Return the office that only one person at a time holds, under one of its spellings."""
    return office_of(value.role or "")


@remembered(50_000)
def office_of(role: str) -> str | None:
    """Return the office of a role that one person at a time holds, a former one as such; None of other roles."""
    former = role.casefold().startswith(_FORMER)
    row = _offices().get(_bare(role))
    return None if row is None else f"{'former ' if former else ''}{row['office']}"


def _bare(role: str) -> str:
    """Return a role without the word that says when it was held, its words parted by spaces ("vice-president")."""
    name = role.casefold()
    return name[next((len(word) for word in (*_FORMER, *_THEN) if name.startswith(word)), 0) :].replace("-", " ")


def holds_alone(value: PersonRoleValue) -> bool:
    """Tell whether a role is one that one person at a time holds, now."""
    return _office(value) is not None and not is_former(value)


def is_former(value: PersonRoleValue) -> bool:
    """Tell whether a role is one that several people have held."""
    return (value.role or "").casefold().startswith(_FORMER)


def is_of_its_time(value: PersonRoleValue) -> bool:
    """Tell whether a role is said to be that of the time told of ("then-President"): others held it before and after."""
    return (value.role or "").casefold().startswith(_THEN)


def _of_state(value: PersonRoleValue) -> bool:
    """Tell whether an office is that of a country, named or one that goes without saying; no company's president."""
    return _kind(value) == "state" and (value.organisation is None or _is_country(value.organisation))


def _is_country(organisation: str) -> bool:
    return organisation in words("countries", "name")


def _kind(value: PersonRoleValue) -> str | None:
    """Return what an office is of: state, seat or house; None of roles that are none."""
    row = _offices().get(_bare(value.role or ""))
    return None if row is None else row["of"]


@cache
def _offices() -> dict[str, dict[str, str]]:
    return {row["word"].replace("-", " "): row for row in lexicon("offices")}


def _same_organisation(ours: PersonRoleValue, theirs: PersonRoleValue) -> bool:
    if ours.organisation is None or theirs.organisation is None:
        return False
    return ours.organisation.casefold() == theirs.organisation.casefold()


def _other_organisation(ours: PersonRoleValue, theirs: PersonRoleValue) -> bool:
    return None not in (ours.organisation, theirs.organisation) and not _same_organisation(ours, theirs)


def _one_house(sides: Sides) -> str | None:
    """A short form ("NATO chief") and the full title name one post, where no two offices were told apart."""
    ours, theirs = _values(sides)
    if not same_person(ours.person, theirs.person) or not _same_organisation(ours, theirs):
        return None
    return f"the same person of the same organisation: {_shown(sides)}"


def _same_person_only(sides: Sides) -> str | None:
    ours, theirs = _values(sides)
    return f"the same person: {_shown(sides)}" if same_person(ours.person, theirs.person) else None


def _another_name(sides: Sides) -> str | None:
    """Two people under one title are mostly two people; that they stand in one sentence is asked elsewhere."""
    ours, theirs = _values(sides)
    if not _role_words(ours) or _role_words(ours) != _role_words(theirs) or _other_organisation(ours, theirs):
        return None
    if _role_words(ours) & _SPEAKING and not _same_organisation(ours, theirs):
        return None  # each house has a spokesman
    if _office(ours) is not None and _kind(ours) == "state" and _of_state(ours) != _of_state(theirs):
        return None  # a company's president beside the country's
    return f"another name under the same title: {_shown(sides)}"


def _shown(sides: Sides) -> str:
    return both_told(sides, _readings)


def _readings(sides: Sides) -> tuple[str | None, str | None]:
    (ours, theirs), (our_words, their_words) = _values(sides), sides.words
    return _reading(ours, our_words), _reading(theirs, their_words)


def _reading(value: PersonRoleValue, words: str) -> str | None:
    """Return who is meant, where a text names somebody in part or by a title alone."""
    return None if value.person.casefold() in " ".join(words.split()).casefold() else value.person


PERSON_ROLE_LEVELS = (
    Level("person_role.exact", "supports", _exact),
    Level("person_role.compatible", "supports", _compatible),
    Level("person_role.other-office", "contradicts", _another_role),
    Level("person_role.other-post", "contradicts", _another_post),
    Level("person_role.same-organisation", "supports", _one_house),
    Level("person_role.other-person", "contradicts", _another_person),
    Level("person_role.person-only", "qualifies", _same_person_only),
    Level("person_role.other-name", "contradicts", _another_name),
)
