"""Places: venues, cities of events, datelines, mentions; what is no place of an event."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.draft import Draft
from pipeline.claims.gazetteer import name_key, places_named
from pipeline.claims.names import find_names
from pipeline.claims.places import find_places
from pipeline.models import PlaceValue
from pipeline.resources import lexicon
from tests.test_names import doc_of

_CASES = Path(__file__).parent / "cases" / "places.csv"
_ROWS = list(csv.DictReader(_CASES.read_text(encoding="utf-8").splitlines()))


def places_in(body: str) -> list[Draft]:
    doc = doc_of(body)
    return find_places(doc, find_names(doc))


def values_in(body: str) -> list[PlaceValue]:
    return [draft.place for draft in places_in(body) if draft.place]


@pytest.mark.parametrize("row", _ROWS, ids=[row["text"][:50] for row in _ROWS])
def test_place_of_a_sentence(row: dict[str, str]) -> None:
    found = [
        (draft.rule, value.name, "|".join(value.within), value.venue, value.event)
        for draft in places_in(row["text"])
        if (value := draft.place)
    ]
    wanted = (f"place.{row['rule']}", row["name"], row["within"], row["venue"] or None, row["event"] or None)
    assert found == ([wanted] if row["name"] else [])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("A truck exploded outside the German consulate in Mazar-i-Sharif.", "German consulate in Mazar-i-Sharif"),
        ("The summit was held in Halifax, Nova Scotia.", "Halifax, Nova Scotia"),
        ("They met at the White House on Monday.", "White House"),
    ],
)
def test_a_place_spans_its_words(body: str, words: str) -> None:
    [draft] = places_in(body)
    assert body[draft.span.start : draft.span.end] == words


def test_places_side_by_side_share_their_event() -> None:
    values = values_in("Protests in Cairo and Alexandria continued.")
    assert [(value.name, value.event) for value in values] == [("Cairo", "protest"), ("Alexandria", "protest")]


@pytest.mark.parametrize(
    ("body", "events"),
    [
        (
            "The council ditched a trip to Los Angeles to keep selling in Toronto.",
            {"Los Angeles": "visit", "Toronto": None},
        ),
        ("Police in London said the attack in Manchester had been planned.", {"London": None, "Manchester": "attack"}),
        ("Ten people died in an attack in Kabul and Herat.", {"Kabul": "attack", "Herat": "attack"}),
        ("Officials looked at Indiana as a model in addressing mental illness.", {"Indiana": None}),
        ("Addressing a group of farmers in Bergen, she asked for patience.", {"Bergen": "speech"}),
        ("It recalls the Pharisee in the Temple.", {}),
        ("Bigger problems await the party in Georgia on March 24.", {"Georgia": None}),
        ("The parks are Basin in Nevada and Pullman in Chicago.", {"Nevada": None, "Chicago": None}),
    ],
)
def test_an_event_stays_with_its_own_place(body: str, events: dict[str, str | None]) -> None:
    assert {value.name: value.event for value in values_in(body)} == events


def test_a_name_in_a_list_of_states_is_the_state() -> None:
    found = {value.name: value.within for value in values_in("Claims fell in Oregon, Washington and Idaho.")}
    assert found == dict.fromkeys(["Oregon", "Washington", "Idaho"], ("United States",))


@pytest.mark.parametrize(
    ("body", "country"),
    [
        ("England won. A parade was held in Newcastle.", "United Kingdom"),
        ("The game was in Georgia. Georgia and Atlanta are in the United States.", "United States"),
        ("The rally was in Georgia. Tbilisi was calm.", "Georgia"),
    ],
)
def test_an_ambiguous_name_goes_by_the_article(body: str, country: str) -> None:
    places = [value for value in values_in(body) if value.event]
    assert [(value.within or (value.name,))[-1] for value in places] == [country]


def test_an_ambiguous_place_is_less_sure_than_a_plain_one() -> None:
    [sure] = places_in("The summit in Tokyo ended.")
    [unsure] = places_in("The summit in Springfield ended.")
    assert unsure.confidence < sure.confidence


def test_every_alias_and_venue_leads_into_the_gazetteer() -> None:
    lost = [row["alias"] for row in lexicon("place_aliases") if not places_named(row["alias"])]
    lost += [row["name"] for row in lexicon("venues") if row["city"] and not places_named(row["city"])]
    lost += [row["word"] for row in lexicon("demonyms") if row["place"] and not places_named(row["place"])]
    assert lost == []


def test_a_region_contains_its_city() -> None:
    within = {place.within for place in places_named("Dallas")}
    assert ("Texas", "United States") in within


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(words: str) -> None:
    assert name_key(name_key(words)) == name_key(words)


_PIECES = [
    "met ",
    "in ",
    "at the ",
    "Berlin",
    ", ",
    "Nova Scotia",
    "Halifax",
    " Forum",
    "White House",
    " speech",
    "'s ",
    "Georgia",
    "-",
    "(AP) - ",
    "\n\n",
    "of ",
    ". ",
]
_TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))


@given(_TEXTS)
@settings(max_examples=150, deadline=None)
def test_places_lie_in_the_text_in_order(body: str) -> None:
    end = 0
    for draft in places_in(body):
        assert 0 <= draft.span.start < draft.span.end <= len(body)
        assert draft.span.end > end
        assert 0 <= draft.confidence <= 1
        assert draft.kind == "place"
        assert draft.place is not None
        assert draft.place.name
        end = draft.span.end
