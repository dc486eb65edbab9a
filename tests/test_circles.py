"""Quotes credited to outlets: those that nobody carries, and those that only outlets carry which credit one another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.corroboration import corroborate
from pipeline.models import Article, Finding, Span
from tests.made import made_article, made_claim, made_story
from tests.told import SETTINGS, TEXT, settled


def _credited(outlet: str, sources: dict[str, str], carriers: str = "") -> Finding:
    words = "the dredging must stop before the storms come back"
    said = made_claim("quote", {"words": words}, outlet=outlet, speaker="Ilse Brandt", terms=tuple(words.split()))
    articles: dict[str, Article] = {}
    for id_, source in sources.items():
        text = f"{TEXT} {words} {id_}" if id_ in carriers else f"{TEXT} {id_}"
        articles[id_] = made_article(id_, text, source=source)
    story = made_story({id_: f"o{id_}" for id_ in articles})
    claims = settled({id_: [said] if id_ == "a" else [] for id_ in articles})
    return corroborate(story, articles, claims, SETTINGS)[0]


def test_quotes_credited_to_an_outlet_that_nobody_carries_are_flagged() -> None:
    sources = {"a": "Sample Post", "b": "Harbour Ledger", "c": "Fjord Times"}
    assert _credited("Coast Wire", sources).rule == "quote.unsourced-outlet"
    assert _credited("Harbour Ledger", sources).rule == "quote.not-borne-out"
    assert _credited("Sample Post", sources).rule == "quote.made"
    carried = _credited("Coast Wire", sources, carriers="b")
    assert (carried.rule, carried.verdict, carried.evidence[0].level) == (
        "quote.made",
        "supported",
        "quote.words-carried",
    )


def _crediting(
    credited: dict[str, str | None], more: dict[str, Article] | None = None
) -> dict[str, tuple[str, str, int]]:
    """Return rule, verdict and supporting origins of a quote in outlets that credit each other for it, by outlet."""
    words = "the dredging must stop before the storms come back"
    articles = {name: made_article(name, f"{TEXT} “{words}” {name}", source=name) for name in credited} | (more or {})
    start = len(f"{TEXT} “")
    spoken = made_claim("quote", {"words": words}, speaker="Ilse Brandt", terms=tuple(words.split()))
    at = replace(spoken, span=Span(start, start + len(words)))
    claims = {id_: (replace(at, article=id_, outlet=credited.get(id_)),) for id_ in articles}
    found = corroborate(made_story({id_: f"o{articles[id_].text[-1]}" for id_ in articles}), articles, claims, SETTINGS)
    return {row.article: (row.rule, row.verdict, row.support.origins) for row in found}


@pytest.mark.parametrize(
    "credited",
    [{"Coast A": "Coast B", "Coast B": "Coast A"}, {"Coast A": "Coast B", "Coast B": "Coast C", "Coast C": "Coast A"}],
)
def test_outlets_that_credit_one_another_are_no_source_for_each_other(credited: dict[str, str | None]) -> None:
    assert set(_crediting(credited).values()) == {("quote.circular-credit", "uncorroborated", 0)}


def test_one_who_credits_nobody_may_be_the_source() -> None:
    found = _crediting({"Coast A": "Coast B", "Coast B": "Coast A", "Coast C": None})
    assert set(found.values()) == {("quote.made", "supported", 2)}
    assert _crediting({"Coast A": "Coast B", "Coast B": None})["Coast A"] == ("quote.made", "supported", 1)


def test_a_credit_to_somebody_else_closes_no_circle() -> None:
    found = _crediting({"Coast A": "Coast B", "Coast B": "Coast X"})
    assert found["Coast A"] == ("quote.made", "supported", 1)


def test_a_later_copy_under_the_credited_name_closes_no_circle() -> None:
    """Law 1: with or without the copy the verdicts of the others are the same."""
    credited: dict[str, str | None] = {"Coast A": "Coast X", "Coast B": "Coast A"}
    text = f"{TEXT} “the dredging must stop before the storms come back” Coast B"
    copy = made_article("z", text, source="Coast X", published="2024-05-09")
    before, after = _crediting(credited), _crediting(credited, {"z": copy})
    assert {id_: after[id_] for id_ in before} == before
