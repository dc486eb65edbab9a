"""What a dump offers to fabricate with: its people by post, its quotes and their words, its outlets; and the world's cities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.claims.gazetteer import places_named
from pipeline.evaluation.fabrications import City, is_long
from pipeline.models import Article, Claim
from pipeline.resources import lexicon, words

_LARGE = 300  # thousand inhabitants; a reader has heard of most capitals and first cities of that size
_CITIES_A_COUNTRY = 3
_LARGE_COUNTRY = 3_000  # thousand inhabitants
_QUOTE_WORDS = range(8, 31)  # of quotes that are put into another story
_ENDINGS = (  # of words that can stand in one place; a bare "s" is a plural or a verb, so it tells nothing
    "ations", "ments", "ities", "ings", "ers", "ation", "ment", "able", "ity", "ing", "ive", "ous", "ed", "ly", "al",
)  # fmt: skip
_CROWNED = frozenset({"king", "queen", "pope"})  # nobody takes one of these for a minister
_INSIDE = frozenset('“”"{}\n')  # no quote with these fits between two marks


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """Somebody that the dump names in full."""

    name: str
    post: str | None  # the last word of a role ("minister")


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """A quote's words, and the article that has them."""

    article: str
    words: str


@dataclass(frozen=True, slots=True)
class Pool:
    """Values of the dump, each once, sorted."""

    people: tuple[Person, ...]
    quotes: tuple[Said, ...]
    words: tuple[str, ...]
    outlets: tuple[str, ...]  # those the dump has articles of, else any that is known


def gather(articles: Iterable[Article], claims: Iterable[Claim]) -> Pool:
    """Return what some articles and their claims offer."""
    people: set[Person] = set()
    quotes: set[Said] = set()
    said: set[str] = set()
    for claim in claims:
        if claim.person_role is not None:
            people.add(Person(claim.person_role.person, post(claim.person_role.role)))
        if claim.quote is not None:
            said.update(word for word in claim.quote.words.split() if is_long(word))
            if claim.speaker is not None:
                people.add(Person(claim.speaker, None))
            if len(claim.quote.words.split()) in _QUOTE_WORDS and not _INSIDE & set(claim.quote.words):
                quotes.add(Said(claim.article, claim.quote.words.strip(" .,;:!?…—–-'’‘")))
    sources = {article.source for article in articles}
    known = [row["name"] for row in lexicon("outlets")]
    return Pool(
        people=tuple(sorted((one for one in people if is_full_name(one.name)), key=_by_name)),
        quotes=tuple(sorted(quotes)),
        words=tuple(sorted(said)),
        outlets=tuple(name for name in known if name in sources) or tuple(known),
    )


def _by_name(person: Person) -> tuple[str, str]:
    return person.name, person.post or ""


def is_full_name(name: str) -> bool:
    """Tell whether a name is somebody's first name and surname."""
    parts = name.split()
    spelled = all(part[0].isupper() and part.replace("-", "").isalpha() for part in parts)
    return len(parts) in (2, 3) and spelled and parts[0] in words("first_names")


def post(role: str | None) -> str | None:
    """Return the class of a role: its last word."""
    return role.split()[-1].casefold() if role else None


def people_like(pool: Pool, wanted: str | None) -> Sequence[str]:
    """Return the names of people in a like post, else of any in a post, else made-up ones."""
    alike = [person.name for person in pool.people if wanted is not None and person.post == wanted]
    return alike or [person.name for person in pool.people if person.post] or made_up("person")


def words_like(pool: Pool, word: str) -> Sequence[str]:
    """Return words of the dump's quotes that end, and sound at the start, as a word does; none for one without an ending."""
    ending = _ending(word)
    return [
        other
        for other in (*pool.words, *made_up("word"))
        if ending and _ending(other) == ending and other[:4] != word[:4] and _after_an(other) == _after_an(word)
    ]


def _ending(word: str) -> str:
    return next((ending for ending in _ENDINGS if word.endswith(ending)), "")


def _after_an(word: str) -> bool:
    return word[0] in "aeio"


def made_up(kind: str) -> list[str]:
    """Return the values of one kind that belong to nobody."""
    return _listed("value", kind)


def sentences(kind: str) -> list[str]:
    """Return the sentences that hold a value of one kind, with slots."""
    return _listed("sentence", kind)


def _listed(use: str, kind: str) -> list[str]:
    return [row["words"] for row in lexicon("fabrications") if (row["use"], row["kind"]) == (use, kind)]


@cache
def known_outlets() -> frozenset[str]:
    """Return all names of outlets, as text credits them."""
    rows = lexicon("outlets")
    return frozenset(name for row in rows for name in (row["name"], *row["aliases"].split("|")) if name)


@cache
def offices_but(role: str) -> tuple[str, ...]:
    """Return other offices than a role's, of like posts where there are any; none where the role is no office."""
    offices = {row["word"]: row["office"] for row in lexicon("offices")}
    own = offices.get(role.casefold())
    if own is None:
        return ()
    others = [
        office
        for office in dict.fromkeys(offices.values())
        if office not in _CROWNED and own not in office and office not in own
    ]
    alike = [office for office in others if post(office) == post(own)]
    return tuple(alike if len(alike) > 1 else others)


@cache
def cities() -> tuple[City, ...]:
    """Return each country's capital and next largest cities, where large and told by their name alone."""
    names = {row["code"]: row["name"] for row in lexicon("countries")}
    rows = [row for row in lexicon("places") if row["kind"] != "region" and int(row["thousands"]) >= _LARGE]
    rows.sort(key=lambda row: (row["country"], row["kind"] != "capital", -int(row["thousands"])))
    found: dict[str, list[City]] = {}
    for row in rows:
        some = found.setdefault(row["country"], [])
        if len(some) < _CITIES_A_COUNTRY and _is_unmistakable(row["name"], names.get(row["country"], "")):
            some.append(City(row["name"], names[row["country"]]))
    return tuple(city for some in found.values() for city in some)


def _is_unmistakable(name: str, country: str) -> bool:
    if not country or not name.replace(" ", "").isalpha() or name.lower() in words("common_words"):
        return False
    return {place.country for place in places_named(name)} == {country} and name not in country


@cache
def countries() -> tuple[str, ...]:
    """Return the names of larger countries."""
    return tuple(row["name"] for row in lexicon("countries") if int(row["thousands"]) >= _LARGE_COUNTRY)
