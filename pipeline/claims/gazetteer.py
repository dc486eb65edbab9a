"""Places of the world by name: what a name may mean, and what contains it.

Data: ``config/lexicon/countries.csv`` and ``places.csv``, cut out of GeoNames (CC BY 4.0), and
``places_more.csv``, by hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import starmap
from typing import Literal, get_args

from pipeline.record import maker, quickly_made
from pipeline.remembered import remembered
from pipeline.resources import lexicon, table

_NOT_WORD = re.compile(r"[^\w ]+")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "ı": "i", "ð": "d", "œ": "oe"})


PlaceKind = Literal["continent", "country", "region", "capital", "city"]


@quickly_made
@dataclass(frozen=True, slots=True)
class Place:
    """One place that a name may mean."""

    name: str  # canonical name
    kind: PlaceKind
    country: str  # canonical name of the country; its own for a country, "" for a continent
    region: str  # "" where none is known
    inhabitants: int  # thousands

    @property
    def within(self) -> tuple[str, ...]:
        """The places that contain it, outwards; none for a country."""
        if self.kind == "country":
            return ()
        return tuple(part for part in (self.region, self.country) if part)


_make_place = maker(Place)


@remembered(200_000)
def name_key(words: str) -> str:
    """Return a name for comparing: no case, accents, punctuation or doubled spaces."""
    bare = words.casefold()
    if bare.isascii() and bare.isalnum():
        return bare
    if bare.isascii() and bare.replace(" ", "").isalnum():
        return " ".join(bare.split())
    if not bare.isascii():
        folded = unicodedata.normalize("NFKD", bare.translate(_LETTERS)).casefold()
        bare = "".join(letter for letter in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(letter))
    bare = bare.replace(".", "").replace("'", "").replace("-", " ")
    return " ".join(_NOT_WORD.sub(" ", bare).split())


@remembered(200_000)
def places_named(words: str) -> tuple[Place, ...]:
    """Return the places that a name may mean, the most prominent first; none if unknown."""
    key = name_key(words)
    return _places(aliases().get(key, key))


@remembered(100_000)
def region_named(words: str) -> tuple[Place, ...]:
    """Return the regions of exactly this name: "New York" is the state too, though mostly the city."""
    return tuple(place for place in _places(name_key(words)) if place.kind == "region")


def is_place(key: str) -> bool:
    """Tell whether a comparing key names a place of the gazetteer or is an alias of one."""
    return key in place_keys()


@cache
def aliases() -> dict[str, str]:
    """Comparing key of an alias to the comparing key of the gazetteer's name."""
    return {name_key(row["alias"]): name_key(row["name"]) for row in lexicon("place_aliases")}


@cache
def place_keys() -> frozenset[str]:
    """Comparing keys of the gazetteer's names and of their aliases."""
    return frozenset((*_rows(), *aliases()))


@cache
def demonyms() -> dict[str, str]:
    """Demonym as written, singular and plural, to the place it stands for ("" for a creed or people)."""
    table: dict[str, str] = {}
    for row in lexicon("demonyms"):
        table[row["word"]] = row["place"]
        table.setdefault(row["word"] + "s", row["place"])
    return table


@cache
def states() -> dict[str, str]:
    """Postal code, agency short form and name of a state of the United States to its name."""
    return {row[column]: row["name"] for row in lexicon("states") for column in ("name", "code", "short")}


def _places(key: str) -> tuple[Place, ...]:
    """Return the places of a comparing key: of the ten thousand rows, made of those that are asked for."""
    rows = _rows().get(key)
    return tuple(sorted(starmap(_place, rows), key=_prominence)) if rows else ()


@cache
def _rows() -> dict[str, list[Sequence[str]]]:
    """Comparing key to its rows: name, kind, code of the country, region, thousands of inhabitants."""
    found: dict[str, list[Sequence[str]]] = {}
    countries = [(row["name"], "country", row["code"], "", row["thousands"]) for row in lexicon("countries")]
    rows = [*countries, *table("places")[1:], *table("places_more")[1:]]
    small = "\n".join([row[0] for row in rows]).casefold().split("\n")  # at once: most are their keys then
    for row, bare in zip(rows, small, strict=True):
        key = bare if bare.isascii() and bare.isalnum() else name_key(row[0])
        found.setdefault(key, []).append(row)
    return found


@cache
def _countries() -> dict[str, str]:
    return {row["code"]: row["name"] for row in lexicon("countries")}


def _place(name: str, kind: str, country: str, region: str, thousands: str) -> Place:
    return _make_place(name, _KINDS[kind], _countries().get(country, ""), region, int(thousands))


_KINDS: dict[str, PlaceKind] = {kind: kind for kind in get_args(PlaceKind)}


def _prominence(place: Place) -> tuple[bool, bool, int, str, str]:
    """Order: countries, capitals, then by inhabitants; names break ties."""
    return (place.kind != "country", place.kind != "capital", -place.inhabitants, place.country, place.region)
