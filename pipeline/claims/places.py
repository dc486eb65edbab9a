"""Where something happened: venues, cities of events, datelines, other mentions.

A place that merely acts ("Russia attacked", "Moscow said") is no claim: only a preposition, a dateline,
an event's noun right behind the name or a verb that strikes places puts something there.
"""

from __future__ import annotations

import re

from pipeline.claims.draft import Draft
from pipeline.claims.gazetteer import Place, demonyms, is_place, name_key, places_named
from pipeline.claims.names import Name
from pipeline.claims.names_words import common_words, event_heads, land_heads, never_names, place_heads, role_heads
from pipeline.claims.places_context import (
    WITH_ARTICLE,
    Reading,
    among_regions,
    context_of,
    is_thing,
    place_draft,
    read_place,
)
from pipeline.claims.places_datelines import find_datelines
from pipeline.claims.places_events import event_words, nouns
from pipeline.claims.places_leads import Lead, find_lead, is_qualifier, may_lead, venue_before, venue_nouns, venues
from pipeline.claims.places_scene import JOINED, Scene
from pipeline.models import PlaceValue, Span
from pipeline.remembered import remembered
from pipeline.text import Document

_BEHIND = re.compile(r" ([a-z][a-z-]+)(?: ([a-z][a-z-]+))?")
_ABOUT = frozenset({"meeting", "speech", "protest", "debate", "interview", "trial"})  # that are over what is told of
_ADJECTIVAL = frozenset({"US", "U.S.", "UK", "U.K.", "U.S", "USA"})
_SENTENCE_GOES_ON = re.compile(
    r"[^ ]| (?:[^a-z]|(?:a|an|and|are|as|at|because|before|but|by|during|for|from|had|has|have|if|in|is|last|on|or"
    r"|over|since|than|that|the|this|to|was|were|when|where|which|while|who|will|with|would|after|following|late|early)\b|\w+ed\b)|$"
)
_MENTION = {"capital": 0.6, "city": 0.6, "region": 0.55, "country": 0.45, "continent": 0.4}
_HAPPENED = {"capital": 0.9, "city": 0.9, "region": 0.85, "country": 0.75, "continent": 0.5}


def find_places(doc: Document, names: tuple[Name, ...]) -> list[Draft]:
    """Return where things are said to happen, in the order of the text."""
    scene = Scene(doc, names, context_of(names), {})
    drafts = list(find_datelines(doc, scene.context))
    last = drafts[-1] if drafts else None
    for index, name in enumerate(names):
        if last is not None and name.span.start < last.span.end:
            continue
        if _is_venue_name(name.words):
            draft = _venue(scene, index)
        elif name.kind in ("person", "outlet"):
            continue
        elif places_named(name.words):
            draft = _at(scene, index, last)
        elif doc.plain.endswith(" the ", 0, name.span.start):
            draft = _grounds(scene, name)
        else:
            continue
        if draft is not None:
            drafts.append(draft)
            last = draft
    return drafts


def _at(scene: Scene, index: int, last: Draft | None) -> Draft | None:
    """Return what is said of a name that may be a place's."""
    name = scene.names[index]
    plain, start = scene.doc.plain, name.span.start
    lead = _lead_of(scene, name)
    joined = lead is None and last is not None and plain[last.span.end : start] in JOINED
    if lead is None and not joined and _thing_behind(plain, name) is None:
        return None  # most names: whatever place they mean, nothing is said of it
    reading = read_place(plain, name, scene.name_at(index + 1), scene.context)
    if reading is None:
        return _grounds(scene, name)
    reading = among_regions(plain, reading, name, scene.names[index - 1 if index else 0 : index + 2])
    if lead is not None:
        return _city(scene, index, lead, reading)
    if joined and last is not None and last.place is not None and _SENTENCE_GOES_ON.match(plain, reading.end):
        return _beside(name, reading, last)
    return _compound(scene, name, reading)


def _lead_of(scene: Scene, name: Name) -> Lead | None:
    plain, start = scene.doc.plain, name.span.start
    return find_lead(plain, scene.doc.sentence_at(start).start, start) if may_lead(plain, start) else None


def _thing_behind(plain: str, name: Name) -> re.Match[str] | None:
    """Return the words right behind a name that an event or a venue may be called by: "the Dallas shooting"."""
    behind = _BEHIND.match(plain, name.span.end)
    if behind is None:
        return None
    first, second = behind.groups("")
    return behind if first in venue_nouns() or first in nouns() or f"{first} {second}" in nouns() else None


def _city(scene: Scene, index: int, lead: Lead, reading: Reading) -> Draft | None:
    """Return what is said by "in Dallas", "at the German consulate in Mazar-i-Sharif", "in London's Hyde Park"."""
    plain, name, place = scene.doc.plain, scene.names[index], reading.place
    start, end, venue = name.span.start, reading.end, None
    if plain.startswith("'s ", name.span.end):
        owned = scene.name_at(index + 1)
        if owned is None or owned.span.start != name.span.end + 3 or not _is_venue_name(owned.words):
            return None
        venue, end = owned.words, owned.span.end
    elif _is_adjective(plain, name, reading) or is_thing(plain, name, place):
        return _compound(scene, name, reading)
    elif lead.word in ("in", "near", "of"):
        venue = venue_before(lead)
        start = plain.rfind(venue, 0, lead.start) if venue else start
    event = _event_led(scene, lead, min(start, lead.start), end)
    if lead.word == "outside" and place.kind not in ("city", "capital"):
        event = None  # beyond a country's borders
    if event is None and lead.part in ("strike", "visit", "from") and not scene.tells(min(start, lead.start), end):
        return None
    value = PlaceValue(name=place.name, within=place.within, venue=venue, event=event)
    table = _HAPPENED if event or venue else _MENTION
    rule = "mention" if event is None else "event-venue" if venue else "event-city"
    return place_draft(rule, Span(start, end), table[place.kind] * reading.confidence, value)


def _event_led(scene: Scene, lead: Lead, start: int, end: int) -> str | None:
    """Return what happened at the place from ``start`` to ``end``: its verb's own event ("visited Oslo"), or a bound one."""
    if lead.part == "visit" and lead.word in event_words():
        return event_words()[lead.word][0]
    found = scene.event_at(start, end, struck=lead.part == "strike")
    return None if lead.word == "over" and found in _ABOUT else found


def _is_adjective(plain: str, name: Name, reading: Reading) -> bool:
    """Tell whether a name only says of what kind the next word is: "over the Russia probe", "in U.S. custody"."""
    if plain[reading.end : reading.end + 1] == "-" and plain[reading.end + 1 : reading.end + 2].isalnum():
        return True  # "the U.S.-Mexico border"
    behind = _CAPITAL_BEHIND.match(plain, reading.end)
    if behind is not None:
        return behind.group(1) not in never_names()
    led = name.words in _ADJECTIVAL or (plain.endswith(_ARTICLES, 0, name.span.start) and name.key not in WITH_ARTICLE)
    return led and not _SENTENCE_GOES_ON.match(plain, reading.end)


_CAPITAL_BEHIND = re.compile(r" ([A-Z][a-z]+)")


def _beside(name: Name, reading: Reading, last: Draft) -> Draft:
    """Return the second place of "in Berlin and Paris", with the first one's event."""
    assert last.place is not None
    place = reading.place
    value = PlaceValue(name=place.name, within=place.within, venue=None, event=last.place.event)
    rule = "event-city" if last.place.event else "mention"
    table = _HAPPENED if last.place.event else _MENTION
    return place_draft(rule, Span(name.span.start, reading.end), table[place.kind] * reading.confidence * 0.9, value)


def _compound(scene: Scene, name: Name, reading: Reading) -> Draft | None:
    """Return what is said by "the Dallas shooting", "a Charleston church"."""
    place, plain = reading.place, scene.doc.plain
    behind = _thing_behind(plain, name) if place.kind in ("city", "capital") else None
    if behind is None:
        return None
    first, second = behind.groups("")
    event = nouns().get(f"{first} {second}") or nouns().get(first)
    if event is not None and _SENTENCE_GOES_ON.match(plain, behind.end(2 if f"{first} {second}" in nouns() else 1)):
        value = PlaceValue(name=place.name, within=place.within, venue=None, event=event)
        return place_draft("event-city", name.span, 0.8 * reading.confidence, value)
    if first not in venue_nouns():
        return None
    stop = behind.end(1)
    article = _ARTICLE.match(plain, max(0, plain.rfind(" ", 0, name.span.start - 1)), name.span.start)
    if article is None or not scene.tells(name.span.start, stop):
        return None
    lead = find_lead(plain, scene.doc.sentence_at(name.span.start).start, article.start(1))
    start = lead.start if lead else name.span.start
    near = _event_led(scene, lead, start, stop) if lead else scene.event_at(start, stop, struck=False)
    value = PlaceValue(name=place.name, within=place.within, venue=first, event=near)
    return _at_venue(Span(name.span.start, stop), 0.8 * reading.confidence, value)


def _at_venue(span: Span, confidence: float, value: PlaceValue) -> Draft:
    """Return the draft of a venue: where something happened, or of which nothing certain is said."""
    rule, share = ("event-venue", confidence) if value.event else ("mention", min(confidence, _UNCERTAIN))
    return place_draft(rule, span, share, value)


_UNCERTAIN = 0.5


_ARTICLES = (" a ", " an ", " the ", "The ", "A ")
_ARTICLE = re.compile(r"(?: |\b)((?:an?|the|A|The) )")


def _grounds(scene: Scene, name: Name) -> Draft | None:
    """Return what is said by "at the Interlagos circuit": an unknown name with a venue's noun behind it."""
    plain = scene.doc.plain
    behind = _BEHIND.match(plain, name.span.end) if plain.endswith(" the ", 0, name.span.start) else None
    if behind is None:
        return None
    part = 1 if behind[1] in venue_nouns() else 2
    lead = _lead_of(scene, name) if behind[part] in venue_nouns() else None
    stop = behind.end(part)
    if lead is None or lead.part != "here" or not scene.tells(lead.start, stop):
        return None
    venue, event = plain[name.span.start : stop], _event_led(scene, lead, lead.start, stop)
    return _at_venue(Span(name.span.start, stop), 0.6, PlaceValue(name=name.words, within=(), venue=venue, event=event))


@remembered(200_000)
def _is_venue_name(name: str) -> bool:
    """Tell whether a name is a venue's by the lexicon or by its last word."""
    if name in venues():
        return True
    if " " not in name or places_named(name):
        return False
    last = name.rpartition(" ")[2]
    return (
        last in place_heads()
        or last.lower() in venue_nouns()
        or (last in event_heads() and (last.lower() in nouns() or last == "Prix"))
    )


def _venue(scene: Scene, index: int) -> Draft | None:
    """Return what is said by "at the White House", "at the Bergen Water Security Forum"."""
    plain, name = scene.doc.plain, scene.names[index]
    lead = _lead_of(scene, name)
    following = scene.name_at(index + 1)
    if lead is None or lead.part != "here" or (following and _named_by_city(plain, name, following)):
        return None
    event = _event_led(scene, lead, lead.start, name.span.end)
    own = nouns().get(name.words.rpartition(" ")[2].lower()) or nouns().get(" ".join(name.words.split()[-2:]).lower())
    happening = event or own
    known = name.words in venues()
    told = happening is not None or scene.tells(lead.start, name.span.end)
    if not known and (not told or _is_post(lead)):
        return None
    end, place = _city_of_venue(scene, name, following)
    land = name.words.rpartition(" ")[2] in land_heads()
    within = (place.name, *place.within) if place and land else place.within if place else ()
    city = place.name if place and not land else name.words
    venue = None if land else name.words
    confidence = (
        _UNCERTAIN
        if happening is None and (lead.word == "in" or not known)
        else 0.9
        if known and place
        else 0.8
        if end > name.span.end
        else 0.7
    )
    rule = "event-venue" if happening and venue else "event-city" if happening else "mention"
    return place_draft(
        rule, Span(name.span.start, end), confidence, PlaceValue(name=city, within=within, venue=venue, event=happening)
    )


def _named_by_city(plain: str, name: Name, following: Name) -> bool:
    """Tell whether " in Bergen" follows, whose own reading takes the venue along."""
    return plain[name.span.end : following.span.start] in (" in ", " in the ", " near ") and is_place(
        name_key(following.words)
    )


def _is_post(lead: Lead) -> bool:
    """Tell whether "at" follows a role: a professor at a university is no event."""
    return bool(lead.before) and lead.before[-1].lower().rstrip("s") in role_heads()


def _city_of_venue(scene: Scene, name: Name, following: Name | None) -> tuple[int, Place | None]:
    """Return the venue's city, from the lexicon, from behind a comma or from its own words."""
    parts = name.words.split()
    city = next((city for size in range(len(parts), 0, -1) if (city := venues().get(" ".join(parts[:size])))), None)
    if city:
        return name.span.end, places_named(city)[0]
    if following and scene.doc.plain[name.span.end : following.span.start] == ", ":
        reading = read_place(scene.doc.plain, following, None, scene.context)
        if reading is not None:
            return reading.end, reading.place
    country = demonyms().get(parts[0])
    if country and parts[-1] in event_heads():  # "the Brazilian Grand Prix"
        return name.span.end, places_named(country)[0]
    for size in range(0 if parts[-1] in land_heads() else min(3, len(parts) - 1), 0, -1):
        places = places_named(" ".join(parts[:size]))
        wordlike = size == 1 and (parts[0].lower() in common_words() or is_qualifier(parts[0]))
        if places and places[0].kind in ("city", "capital") and not wordlike:
            return name.span.end, places[0]
    return name.span.end, None
