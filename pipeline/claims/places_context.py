"""Which of the places of one name is meant: by what stands behind it, by the article, by size."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.claims.draft import Draft, make_draft
from pipeline.claims.gazetteer import Place, name_key, places_named, region_named, states
from pipeline.claims.names import Name
from pipeline.claims.names_words import common_words
from pipeline.models import PlaceValue, Span
from pipeline.record import maker, quickly_made

_CONTAINER = re.compile(r", (?:the )?(?=[^\W\d_])")
_SHORT_STATE = re.compile(r", ((?:[A-Z]\.){2}|[A-Z][a-z]{1,4}\.|[A-Z]{2}\b)")
_LISTED = frozenset((", ", " and ", ", and ", " or ", ", or "))
_CLEARLY_LARGER = 10  # times; beside a place so much larger a namesake needs its container named at once
_WELL_KNOWN = 150  # thousands; a smaller city stands for itself only in an article that names its country again
_SMALL, _DOUBTFUL = 100, 0.4  # thousands; a share: such a town's name without its region means it hardly ever
_LARGER = 3  # times; beside a place so much larger a namesake needs its region named somewhere in the article


WITH_ARTICLE = frozenset(
    [
        "united states",
        "netherlands",
        "philippines",
        "bahamas",
        "middle east",
        "caribbean",
        "balkans",
        "gaza strip",
        "united kingdom",
        "united arab emirates",
        "bronx",
        "hague",
        "vatican",
    ]
)


@dataclass(frozen=True, slots=True)
class Context:
    """What an article says about where it plays."""

    countries: Counter[str]  # country to the number of names of unambiguous places in it
    regions: frozenset[str]  # regions named
    surnames: frozenset[str]  # comparing keys of the last words of people named


@quickly_made
@dataclass(frozen=True, slots=True)
class Reading:
    """A name read as a place."""

    place: Place
    end: int  # code points, with a region or country that follows ("Springfield, Illinois")
    confidence: float


_make_reading = maker(Reading)


def context_of(names: tuple[Name, ...]) -> Context:
    """Count the countries of an article's unambiguous places."""
    countries: Counter[str] = Counter()
    regions: set[str] = set()
    for places in filter(None, map(places_named, {name.words for name in names})):
        if len(places) == 1 or places[0].kind == "capital":
            countries[places[0].country] += 1
        regions.update(place.name for place in places if place.kind == "region")
    people = {name.full for name in names if name.kind == "person" and " " in name.full}
    return Context(countries, frozenset(regions), frozenset([name_key(full.split()[-1]) for full in people]))


def read_place(plain: str, name: Name, following: Name | None, context: Context) -> Reading | None:
    """Return what place a name means, None if it is none."""
    places = places_named(name.words)
    if not places or name.kind in ("person", "outlet"):
        return None
    told = _told_with(plain, name, following, places)
    if told is not None:
        return told
    if name.key in context.surnames and places[0].kind in ("city", "region"):
        return None
    if (
        following is not None
        and plain[name.span.end : following.span.start] == " in "
        and _is_elsewhere(places, following)
    ):
        return None
    place, confidence = likeliest(places, context)
    return _make_reading(_as_far_as_told(place, context), name.span.end, confidence)


def _as_far_as_told(place: Place, context: Context) -> Place:
    """Return a small town without the region that nobody names, and without a country that is named but for it.

    There are more towns of its name than the gazetteer knows.
    """
    if place.kind != "city" or place.inhabitants > _SMALL or place.region in context.regions:
        return place
    return replace(place, region="", country=place.country if context.countries[place.country] > 1 else "")


def _told_with(plain: str, name: Name, following: Name | None, places: tuple[Place, ...]) -> Reading | None:
    """Return the place that the words behind a name single out ("Washington state", "Springfield, Ill."), None without."""
    state = next(iter(region_named(name.words)), None)
    if state is not None and (
        plain.startswith((" state", " State"), name.span.end)
        or plain.endswith((" state of ", " State of ", "pstate "), 0, name.span.start)
    ):
        return _make_reading(state, name.span.end, 0.95)  # "Washington state"
    outer, end = _outer(plain, name.span.end, following)
    contained = contained_in(places, outer)
    if contained is not None:
        return _make_reading(contained, end, 0.95)
    small = places[0].kind == "city" and places[0].inhabitants <= _WELL_KNOWN
    alone = places[0].kind in ("city", "capital") and _closes(plain, name.span.start, end)
    if outer and (small or alone) and (town := _town_in(name.words, outer)) is not None:
        return _make_reading(town, end, 0.8)
    return None


def _is_elsewhere(places: tuple[Place, ...], following: Name) -> bool:
    """Tell whether the place named behind "in" holds none of these: "Pullman in Chicago" is a part of Chicago."""
    city = places_named(following.words)
    return bool(city) and city[0].kind in ("city", "capital") and contained_in(places, following.words) is None


def among_regions(plain: str, reading: Reading, name: Name, around: Sequence[Name]) -> Reading:
    """Return the region for the city of its name in a list of regions: "Oregon, Washington and Idaho"."""
    if reading.place.kind == "region" or reading.end != name.span.end:
        return reading
    region = next((place for place in region_named(name.words) if place.country == reading.place.country), None)
    if region is None:
        return reading
    for first, second in pairwise(around):
        other = second if first is name else first
        places = places_named(other.words)
        listed = plain[first.span.end : second.span.start] in _LISTED and name in (first, second)
        if listed and places and places[0].kind == "region" and places[0].country == region.country:
            return _make_reading(region, reading.end, reading.confidence)
    return reading


def _outer(plain: str, end: int, following: Name | None) -> tuple[str, int]:
    """Return the words behind a comma that may contain a place ("Springfield, Illinois"), and their end."""
    short = _SHORT_STATE.match(plain, end)
    if short and short.group(1) in states():
        return states()[short.group(1)], short.end()
    comma = _CONTAINER.match(plain, end)
    if following is None or comma is None or comma.end() != following.span.start:
        return "", end
    return following.words, following.span.end


_CLOSED = re.compile(r"\.(?: |$)|$|, (?!and\b|or\b)[a-z]|\)| (?:on|in|at|last|who|where|was|were|is|said)\b")


def _closes(plain: str, start: int, end: int) -> bool:
    """Tell whether a town and its region stand alone ("in Berlin, New Hampshire, she"), and not in a list of places."""
    return _CLOSED.match(plain, end) is not None and not plain.endswith((", ", " and ", " or "), 0, start)


def _town_in(words: str, outer: str) -> Place | None:
    """Return a town that no gazetteer knows in the region that stands behind it ("Smithfield, North Carolina")."""
    region = region_named(outer)
    return Place(words, "city", region[0].country, region[0].name, 0) if region else None


def contained_in(places: tuple[Place, ...], outer: str) -> Place | None:
    """Return the place that lies in a region or country of the name ``outer``, None without one."""
    if not outer:
        return None
    keys = {name_key(outer), *(name_key(place.name) for place in places_named(outer))}
    for place in places:
        containers = {name_key(place.region), name_key(place.country)} - {name_key(place.name)}
        if place.kind != "country" and keys & containers:
            return place
    return None


def likeliest(places: tuple[Place, ...], context: Context) -> tuple[Place, float]:
    """Choose by the regions and countries that the article names; the most prominent where it names none."""
    first = places[0]
    if first.kind == "capital":
        return first, 0.9
    if (
        first.kind == "city"
        and first.inhabitants <= _SMALL
        and _is_wordlike(first.name)
        and first.region not in context.regions
    ):
        return first, _DOUBTFUL
    rivals = [place for place in places[1:] if _is_rival(place, first)]
    if not rivals:
        known = first.kind != "city" or first.inhabitants > _WELL_KNOWN or context.countries[first.country] > 1
        return first, 0.9 if known or len(context.countries) < 2 else 0.6

    best = max((first, *rivals), key=lambda place: _support(place, first, context))  # of equals, the first
    return best, 0.8 if any(_support(best, first, context)) else 0.65


def _is_wordlike(name: str) -> bool:
    """Tell whether the name of a town is also an everyday word or most likely a surname: "Temple", "Conway"."""
    return " " not in name and name.lower() in common_words()


def _support(place: Place, first: Place, context: Context) -> tuple[bool, int]:
    """Weigh what the article names: the place's region, and its country unless it is far too small for that."""
    named = place.region in context.regions and place.region != place.name
    small = place.inhabitants * _LARGER < first.inhabitants
    return named, 0 if small else context.countries[place.country]


def _is_rival(place: Place, first: Place) -> bool:
    if place.country == first.country and place.region == first.region == "":
        return False
    return place.inhabitants * _CLEARLY_LARGER >= first.inhabitants and (
        first.kind != "country" or place.kind == "region"
    )


def place_draft(rule: str, span: Span, confidence: float, value: PlaceValue) -> Draft:
    """Return the draft of a place claim."""
    return make_draft(kind="place", rule=f"place.{rule}", span=span, confidence=round(confidence, 3), place=value)


def is_thing(plain: str, name: Name, place: Place) -> bool:
    """Tell whether "the" before it makes a town's name another thing's: "the Pharisee in the Temple"."""
    return place.kind == "city" and plain.endswith(" the ", 0, name.span.start) and name.key not in WITH_ARTICLE
