"""Fabrications: rules by rows, and where they may be planted."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation import fabrications
from pipeline.evaluation.bearers import bearers
from pipeline.evaluation.choices import Choices, factors
from pipeline.evaluation.dice import Dice
from pipeline.evaluation.fabrications import City, Values
from pipeline.evaluation.planting import Planter
from pipeline.evaluation.pool import gather
from pipeline.evaluation.rewriting import rewrite
from pipeline.evaluation.told import hear
from pipeline.models import Span
from pipeline.settings import load_settings
from tests.made import made_article, made_claim, made_story

CASES = json.loads((Path(__file__).parent / "cases" / "fabrications.json").read_text("utf-8"))


FIRST = Values(
    choose=lambda options, _: options[0],
    factors=lambda _: (2.0,),
    cities=lambda _: [City("Oslo", "Norway"), City("Lima", "Peru")],
    people=lambda _: ["Maria Lindqvist"],
    offices=lambda role: {"foreign minister": ["defence minister"]}.get(role, []),
    words=lambda word: {"nearly": ["hardly"]}.get(word, []),
    outlets=lambda _: ["Quay Post"],
)


@pytest.mark.parametrize("row", CASES, ids=lambda row: f"{row['rule']}: {row['words']}")
def test_a_rule_falsifies_words_or_says_that_it_cannot(row: dict[str, Any]) -> None:
    told = {name: row[name] for name in ("speaker", "outlet") if name in row}
    claim = made_claim(row["kind"], row["value"], **told)
    edits = getattr(fabrications, row["rule"])(claim, row["words"], FIRST)
    assert (None if edits is None else [list(edit) for edit in edits]) == row["edits"]


def test_a_share_stays_a_share_and_an_age_an_age() -> None:
    share = made_claim("quantity", {"low": 60, "high": 60, "unit": "percent"})
    assert all(60 * times <= 100 for times in factors(share))
    assert all(
        0 < 70 * times < 70 for times in factors(made_claim("quantity", {"low": 70, "high": 70}, rule="quantity.age"))
    )


@given(st.lists(st.sampled_from(["Ann", "Anna", "met", "Oslo", "Ø", "\n\n", "“", "99"]), max_size=30), st.data())
def test_a_rewritten_text_holds_the_new_words_where_it_says(parts: list[str], data: st.DataObject) -> None:
    """Every span of the old text is found again: what no edit touched reads the same, the rest is replaced."""
    text = " ".join(parts)
    made = rewrite(made_article("a", text), (("Anna", "Bo"), ("Ann", "Christina"), ("Oslo", "Rio de Janeiro")))
    for place in made.places:
        new = made.article.text[place.new.start : place.new.end]
        assert {"Anna": "Bo", "Ann": "Christina", "Oslo": "Rio de Janeiro"}[
            text[place.old.start : place.old.end]
        ] == new
        assert made.now(place.old) == place.new
    ends = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    cut = [place for place in made.places if any(place.old.start < end < place.old.end for end in ends)]
    if not cut:
        now = made.now(Span(*ends))
        expected = text[slice(*ends)]
        for old, new in (("Anna", "Bo"), ("Ann", "Christina"), ("Oslo", "Rio de Janeiro")):
            expected = re.sub(rf"(?<!\w){old}(?!\w)", new, expected)
        whole = all(place.old.start >= ends[0] for place in made.places if place.old.end > ends[0])
        assert not whole or made.article.text[now.start : now.end] == expected


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("the old harbour will close before winter", "the old harbour will delayed before winter", 2),
        ("the old harbour will close before winter", "the grand harbour will close before winter", 1),
        ("the old harbour will close before winter", "the old harbour will not close before winter", 2),
        ("before winter, so every boat must leave", "before winter, so every boat twelve leave", 0),
        ("close before winter", "close before winter", 0),
    ],
)
def test_who_bears_a_word_of_a_quote_has_it_in_its_place(old: str, new: str, count: int) -> None:
    """One of four origins has the whole sentence, one its end, and one the same words in another order."""
    texts = {
        "a": "“The old harbour will close before winter, so every boat must leave,” said the mayor.",
        "b": "The mayor said “the old harbour will close before winter” on Monday.",
        "c": "Harbour will close before winter, by the mayor's word.",
        "d": "Winter must close the old boat; before every harbour will leave, the mayor said so.",
        "a-copy": "“The old harbour will close before winter, so every boat must leave,” said the mayor.",
    }
    articles = {id_: made_article(id_, text) for id_, text in texts.items()}
    story = made_story({**{id_: f"o-{id_}" for id_ in texts}, "a-copy": "o-a"})
    assert bearers(story, articles, "a", (old, new)) == count


def test_words_of_a_quote_that_the_others_leave_out_are_not_changed() -> None:
    """Three origins have the quote's beginning, one its end: a change there would be nobody's to notice."""
    pool = replace(gather((), ()), words=("eventually", "openly", "quietly", "suddenly"))
    quote = "The harbour will certainly close before winter"
    texts = (
        f"“{quote}, and every fisherman must immediately abandon something,” said Anna Berg, the mayor of Ghent.",
        f"“{quote},” said Anna Berg, the mayor of Ghent, in a speech to the town's council.",
        f"In Ghent the mayor, Anna Berg, announced the end: “{quote}.” The council heard her out.",
    )
    told = hear("s", [made_article(str(n), text) for n, text in enumerate(texts)], load_settings())
    planters = (Planter(told, Choices.of(told, pool, Dice(seed))) for seed in range(12))
    plants = [plant for planter in planters for plant in planter.plants("wording", "changed")]
    assert {plant.article.id for plant in plants} == {"0", "1", "2"}
    assert all(bearers(told.story, told.articles, p.article.id, (p.old or "", p.new)) >= 2 for p in plants)
    assert all("immediately abandon something" in p.new for p in plants if p.article.id == "0")


def test_a_false_figure_never_agrees_with_the_true_one() -> None:
    """A range from 100 to 120 agrees with one from 50 to 120: then another factor is drawn."""
    texts = (
        "50 to 120 people were injured in the Oslo fire, doctors said.",
        "The mayor told reporters that the Oslo fire injured 50 to 120 people.",
        "In Oslo, a fire burned down a warehouse overnight; 50 to 120 people were injured.",
    )
    told = hear("s", [made_article(str(n), text) for n, text in enumerate(texts)], load_settings())
    planters = (Planter(told, Choices.of(told, gather((), ()), Dice(seed))) for seed in range(12))
    new = {plant.new.split()[0] for planter in planters for plant in planter.plants("number", "changed")}
    assert new == {"10", "20", "150", "250"}, "times 2 overlaps with the true range"
