"""One voice against another: whose word alone is not enough."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.corroboration import corroborate
from pipeline.models import Claim
from pipeline.settings import load_settings
from tests.made import made_article, made_claim, made_story

SETTINGS = load_settings()
TEXT = "The harbour board met in the old hall and spoke at length about the storm and the boats. " * 12
AROUND = {"terms": ("board", "boat", "dredg", "harbour", "storm"), "anchors": ("harbour board", "ilse brandt")}


def _boats(low: int) -> Claim:
    return made_claim("quantity", {"low": low, "high": low, "counted": "boats"}, **AROUND)


def _speech(name: str, country: str) -> Claim:
    return made_claim("place", {"name": name, "within": [country], "event": "speech"}, position="lede", **AROUND)


OSLO, LISBON, PARIS = _speech("Oslo", "Norway"), _speech("Lisbon", "Portugal"), _speech("Paris", "France")


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ({"a": (_boats(12), LISBON), "b": (LISBON,), "c": (LISBON,), "d": (_boats(31), LISBON)}, "contested"),
        ({"a": (_boats(12), LISBON), "b": (LISBON,), "c": (LISBON,), "d": (_boats(31), OSLO)}, "uncorroborated"),
        # Two of them count, whatever else they say; and who errs himself has no claim to be spared.
        ({"a": (_boats(12), LISBON), "b": (LISBON,), "c": (_boats(31),), "d": (_boats(31), OSLO)}, "contradicted"),
        ({"a": (_boats(12), PARIS), "b": (LISBON,), "c": (LISBON,), "d": (_boats(31), OSLO)}, "contested"),
    ],
)
def test_who_is_wrong_on_where_it_was_contradicts_nobody_alone(
    told: dict[str, tuple[Claim, ...]], verdict: str
) -> None:
    claims = {
        id_: tuple(replace(claim, article=id_, id=f"c{number:03d}") for number, claim in enumerate(some))
        for id_, some in told.items()
    }
    articles = {id_: made_article(id_, f"{TEXT} {id_}") for id_ in told}
    found = corroborate(made_story({id_: f"o{id_}" for id_ in told}), articles, claims, SETTINGS)
    assert found[0].verdict == verdict
