"""Quotes that others carry, but credit to another outlet."""

from __future__ import annotations

from dataclasses import replace

from pipeline.corroboration import corroborate
from pipeline.models import Finding, Span
from pipeline.settings import load_settings
from tests.made import made_article, made_claim, made_story

SETTINGS = load_settings()
WORDS = "the dredging must stop before the storms come back"
TEXT = "The harbour board met in the old hall and spoke at length about the weather and the boats. " * 12


def _credited(*outlets: str | None, copies: tuple[str | None, ...] = ()) -> Finding:
    """Return the finding on the first of some articles that carry a quote, each told to an outlet.

    ``copies``: the credits in copies of the second one.
    """
    span = Span(len(TEXT), len(TEXT) + len(WORDS))
    said = replace(made_claim("quote", {"words": WORDS}, speaker="Ilse Brandt", terms=tuple(WORDS.split())), span=span)
    told = {f"a{number}": outlet for number, outlet in enumerate(outlets)}
    origins = {id_: f"o{id_}" for id_ in told} | {f"z{number}": "oa1" for number in range(len(copies))}
    told |= {f"z{number}": outlet for number, outlet in enumerate(copies)}
    claims = {id_: (replace(said, article=id_, id="c001", outlet=outlet),) for id_, outlet in told.items()}
    articles = {id_: made_article(id_, f"{TEXT}{WORDS}. {id_}") for id_ in told}
    return corroborate(made_story(origins), articles, claims, SETTINGS)[0]


def test_a_credit_that_two_origins_give_to_another_outlet_is_contradicted() -> None:
    found = _credited("Coast Wire", "Fjord Times", "Fjord Times")
    assert (found.verdict, found.contradict.origins, found.support.origins) == ("contradicted", 2, 0)
    assert {row.level for row in found.evidence} == {"quote.other-credit"}


def test_who_credits_nobody_or_the_same_outlet_bears_the_quote_out() -> None:
    for outlet in (None, "Coast Wire"):
        assert _credited("Coast Wire", "Fjord Times", "Fjord Times", outlet).verdict == "contested"


def test_one_origin_or_two_that_disagree_contradict_no_credit() -> None:
    assert _credited("Coast Wire", "Fjord Times").verdict == "supported"
    assert _credited("Coast Wire", "Fjord Times", copies=("Fjord Times",)).verdict == "supported"
    assert _credited("Coast Wire", "Fjord Times", "Harbour Ledger").verdict == "supported"


def test_a_short_name_may_be_that_of_the_same_outlet() -> None:
    assert _credited("The Times", "Fjord Times", "Fjord Times").verdict == "supported"
