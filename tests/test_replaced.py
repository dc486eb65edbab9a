"""How likely a part of a brief text was replaced is the same from both sides, and each input lies between 0 and 1."""

from __future__ import annotations

from dataclasses import astuple

from hypothesis import given
from hypothesis import strategies as st

from pipeline.corroboration.briefs import Brief, one_cast
from pipeline.corroboration.frames import lay, stemmed
from pipeline.corroboration.replaced import parts, surest
from pipeline.settings import load_settings
from tests.made import made_article

FORM = load_settings().corroboration.replaced

_texts = st.lists(
    st.sampled_from(
        ("Nordkaj", "Halmstad", "Brandt", "the", "a", "lobsters", "lawyers", "brought", "who", "to", "ß", "12")
    ),
    max_size=12,
).map(" ".join)


@given(_texts, _texts, st.booleans())
def test_both_sides_see_the_same_parts_with_the_same_inputs(ours: str, theirs: str, main: bool) -> None:
    briefs = Brief.of(made_article("a", ours)), Brief.of(made_article("b", theirs))
    laid = lay(tuple(ours.split()), tuple(theirs.split()), stemmed)
    here = [*parts(laid, briefs, main=main)]
    there = [*parts(laid.turned(), briefs[::-1], main=main)]
    assert [(part.ours, part.theirs) for part in here] == [(part.theirs, part.ours) for part in there]
    for part, other in zip(here, there, strict=True):
        assert all(0 <= value <= 1 for value in astuple(part.inputs))
        assert abs(part.likelihood(FORM) - other.likelihood(FORM)) < 1e-12


def test_one_cast_is_what_both_texts_name_of_all_that_either_names() -> None:
    def brief(text: str) -> Brief:
        return Brief.of(made_article("a", text))

    same = brief("There skipper Brandt met Aalund of Vestby.")
    assert one_cast(same, same) == 1
    assert one_cast(same, brief("There skipper Brandt met Aalund.")) > one_cast(
        same, brief("There skipper Brandt slept.")
    )
    assert one_cast(same, brief("Some cod was sold.")) == 0
    assert one_cast(brief("some cod was sold"), brief("some cod was sold")) == 0


def test_the_surest_part_is_told_if_it_is_sure_enough_and_the_first_of_equals() -> None:
    briefs = Brief.of(made_article("a", "brought lobsters to")), Brief.of(made_article("b", "brought lawyers to"))
    laid = lay(("brought", "lobsters", "to"), ("brought", "lawyers", "to"), stemmed)
    (part,) = parts(laid, briefs, main=True)
    assert surest([part, part], FORM, part.likelihood(FORM)) is part
    assert surest([part], FORM, part.likelihood(FORM) + 0.001) is None
    assert surest([], FORM, 0.0) is None
