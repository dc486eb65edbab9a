"""Two holders of one office and two places of one kind of event: when a story knows that they are two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.corroboration import corroborate
from pipeline.corroboration.cast import Cast
from pipeline.corroboration.spots import of_two_spots
from pipeline.models import Claim
from pipeline.settings import load_settings
from tests.made import made_article, made_claim, made_story

SETTINGS = load_settings()
TEXT = "The harbour board met in the old hall and spoke at length about the storm and the boats. " * 12
TERMS = ("board", "boat", "dredg", "harbour", "storm")


def _president(name: str, country: str | None = None) -> Claim:
    value = {"person": name, "role": "president", "organisation": country}
    return made_claim("person_role", value, terms=TERMS, anchors=("harbour board",), near=TERMS)


def _protest(name: str, country: str) -> Claim:
    value = {"name": name, "within": [country], "event": "protest"}
    return made_claim("place", value, terms=TERMS, anchors=("harbour board",), near=TERMS)


def _verdict(told: dict[str, tuple[Claim, ...]], said: dict[str, str]) -> str:
    """Return the verdict on the first claim of "a"; ``said``: what each text says beside the weather."""
    claims = {
        id_: tuple(replace(claim, article=id_, id=f"c{number:03d}") for number, claim in enumerate(some))
        for id_, some in told.items()
    }
    articles = {id_: made_article(id_, f"{TEXT}{said[id_]} on the storm and the harbour.") for id_ in told}
    return corroborate(made_story({id_: f"o{id_}" for id_ in told}), articles, claims, SETTINGS)[0].verdict


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        ([_president("Ilse Brandt")], [_president("Ola Dahl")], "contradicted"),
        ([_president("Ilse Brandt", "Norway")], [_president("Ola Dahl", "Norway")], "contradicted"),
        ([_president("Ilse Brandt", "Norway")], [_president("Ola Dahl", "Egypt")], "uncorroborated"),
        (
            [_president("Ilse Brandt"), _president("Ilse Brandt", "Norway")],
            [_president("Ola Dahl"), _president("Ola Dahl", "Egypt")],
            "uncorroborated",
        ),
    ],
)
def test_holders_of_two_countries_offices_are_two(ours: list[Claim], theirs: list[Claim], verdict: str) -> None:
    said = {"a": "Brandt spoke", "b": "Dahl spoke", "c": "Dahl spoke"}
    assert _verdict({"a": tuple(ours), "b": tuple(theirs), "c": tuple(theirs)}, said) == verdict


@pytest.mark.parametrize(
    ("ours", "theirs", "sure", "two"),
    [
        ("In Oslo they met", "In Lisbon they met", False, False),
        ("In Oslo they met, as in Lisbon,", "In Lisbon they met", False, True),
        ("In Oslo they met", "In Lisbon they met, as in Oslo,", False, True),
        ("In Oslo they met", "In Lisbon they met, as in Oslo,", True, False),
        ("In Oslo they met, as in Lisbon,", "In Lisbon they met, as in Oslo,", True, True),
    ],
)
def test_places_that_a_story_knows_beside_each_other_are_two(ours: str, theirs: str, sure: bool, two: bool) -> None:
    articles = {"a": made_article("a", f"{TEXT}{ours}."), "b": made_article("b", f"{TEXT}{theirs}.")}
    cast = Cast.of(articles, {"a": "oa", "b": "ob"}, (), SETTINGS.corroboration)
    here, there = _protest("Oslo", "Norway"), _protest("Lisbon", "Portugal")
    assert of_two_spots(cast, replace(here, article="a"), replace(there, article="b"), sure=sure) == two
