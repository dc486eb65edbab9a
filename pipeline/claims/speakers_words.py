"""The words of speaking: reporting verbs in all forms, nouns and pronouns that can be their subject."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from pipeline.remembered import remembered
from pipeline.resources import lexicon, words

Gender = Literal["m", "f", "n", "x"]
Form = Literal["base", "past", "third", "ing"]

PREPOSITIONS = words("function_words", part="preposition")
DETERMINERS = words("function_words", part="determiner")
AUXILIARIES = words("function_words", part="auxiliary")
CLAUSE_WORDS = words("function_words", part="clause")
TIMES = words("function_words", part="time")
FINITE_VERBS = words("function_words", part="finite")
_CONTROL = words("function_words", part="control")


_SHORT_IST = 6  # letters of "twist" and "assist"
_FORMS: tuple[Form, ...] = ("past", "third", "ing", "base")


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a reporting verb."""

    words: tuple[str, ...]  # ("pointed", "out")
    written: str  # "pointed out"
    rest: str  # " out": what goes on after the first word
    lemma: str
    form: Form
    frame: str  # what it takes: clause, told, that, object, about, tag, outlet, source
    stance: str  # says, denies, doubts, claims, believes
    is_deed: bool  # with a plain object, no clause, after it
    also: tuple[str, ...]  # prepositions that open reported words, beside a clause


@cache
def verbs() -> dict[str, tuple[Verb, ...]]:
    """Return the verb forms by their first word, the longest form first."""
    table: dict[str, list[Verb]] = {}
    for row in lexicon("reporting_verbs"):
        for form in _FORMS:
            for spelling in filter(None, row[form].split("|")):
                parts = tuple(spelling.split())
                known = table.setdefault(parts[0], [])
                if all(verb.words != parts for verb in known):
                    known.append(
                        Verb(
                            parts,
                            " ".join(parts),
                            "".join(f" {part}" for part in parts[1:]),
                            row["lemma"],
                            form,
                            row["frame"],
                            row["stance"],
                            row["object"] == "deed",
                            tuple(row["also"].split("|")),
                        )
                    )
                    if row["frame"] == "source":  # may open a sentence
                        table[parts[0].capitalize()] = known
    return {first: tuple(sorted(forms, key=lambda verb: -len(verb.words))) for first, forms in table.items()}


@cache
def spoken_forms() -> frozenset[str]:
    """Return the forms of one word that take a clause as what is said."""
    forms = (verb for known in verbs().values() for verb in known)
    return frozenset(verb.words[0] for verb in forms if len(verb.words) == 1 and verb.frame in ("clause", "told"))


@cache
def pronouns() -> dict[str, Gender]:
    """Return the pronouns that can speak, with their gender."""
    return {row["word"]: cast(Gender, row["gender"]) for row in lexicon("pronouns")}


@cache
def first_names() -> dict[str, Gender]:
    """Return first names that are nearly always borne by one sex."""
    return {name: cast(Gender, row["gender"]) for row in lexicon("first_name_gender") for name in row["names"].split()}


@cache
def title_genders() -> dict[str, Gender]:
    """Return titles and roles that tell the sex of their bearer, lower case."""
    return {row["word"]: cast(Gender, row["gender"]) for row in lexicon("title_gender")}


@cache
def described_genders() -> dict[str, Gender]:
    """Return nouns for one person that tell the sex, lower case: "girl", "widower", "spokeswoman"."""
    nouns = {row["word"]: cast(Gender, row["gender"]) for row in lexicon("person_gender")}
    return title_genders() | nouns


@cache
def titles() -> frozenset[str]:
    """Return the words that stand before a name as its title or role, lower case."""
    single = {word.lower() for word in words("titles") if " " not in word}
    return frozenset(single | {word.lower() for word in words("roles")})


@cache
def bynames() -> frozenset[str]:
    """Return nouns that stand for one person known by name, lower case: "president", "businessman", no "official"."""
    offices = {word.lower() for word in words("titles") if " " not in word}
    again = {word.lower() for word in words("speaker_nouns", kind="person", again="yes")}
    return frozenset(offices | {f"{word}-elect" for word in offices} | again)


@cache
def person_nouns() -> frozenset[str]:
    """Return nouns for one person, lower case, singular."""
    roles = words("roles", part="head")
    return frozenset(word.lower() for word in roles | words("speaker_nouns", kind="person"))


@cache
def other_nouns() -> frozenset[str]:
    """Return nouns for bodies, groups and documents that "say" things, lower case."""
    return frozenset(
        word.lower() for word in words("speaker_nouns", kind="group") | words("speaker_nouns", kind="document")
    )


@cache
def any_body_nouns() -> frozenset[str]:
    """Return nouns by which a text calls again whatever body it has just named, lower case: "company", "group"."""
    return words("speaker_nouns", kind="group", again="yes")


@cache
def document_nouns() -> frozenset[str]:
    """Return nouns for texts and polls, lower case, singular and plural."""
    nouns = {word.lower() for word in words("speaker_nouns", kind="document")}
    return frozenset(nouns | {f"{noun}s" for noun in nouns})


@cache
def saying_nouns() -> frozenset[str]:
    """Return nouns for what somebody says, lower case: "Doe's claim", "her answer"."""
    return words("speaker_nouns", kind="saying")


@cache
def renames() -> frozenset[str]:
    """Return nouns by which a text calls whom it has just named, and that are no office."""
    return frozenset(word.lower() for word in words("speaker_nouns", kind="person", again="yes"))


@cache
def aliases_of_person() -> frozenset[str]:
    """Return nouns by which a text calls again a person it has just named: "the billionaire", "the senator"."""
    return renames() | {word.lower() for word in words("roles", part="head")}


def singular(noun: str) -> str:
    """Return the singular of a lower-case noun, as far as its ending tells."""
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith("men"):
        return noun[:-3] + "man"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


@remembered(50_000)
def speaks(noun: str) -> bool:
    """Tell whether a lower-case noun, singular or plural, can be a speaker."""
    one = singular(noun)
    if one.endswith("ist") and len(one) > _SHORT_IST:  # "environmentalists"
        return True
    return any(word in person_nouns() or word in other_nouns() for word in (noun, one, noun.rsplit("-", 1)[-1]))


@remembered(50_000)
def is_person(noun: str) -> bool:
    """Tell whether a lower-case noun means one person."""
    return noun in person_nouns() or noun.rsplit("-", 1)[-1] in person_nouns() or noun.endswith("-year-old")


def controls(word: str) -> bool:
    """Tell whether a verb before "to" leaves the subject as it is ("went on to say")."""
    return word in _CONTROL
