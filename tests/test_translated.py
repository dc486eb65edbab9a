"""Quotes in other words: of whom who speaks another tongue, with what is left out, or beside the other wording itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.corroboration import corroborate
from pipeline.models import Finding, Span
from pipeline.settings import load_settings
from tests.made import made_article, made_claim, made_story

SETTINGS = load_settings()
TEXT = "The harbour board met in the old hall and spoke at length about the storm and the boats. " * 12
ONE, OTHER = "we must close the old harbour before the long winter", "we must close the old port before the long winter"

CLOSE = "close the old harbour before the long winter"


def _finding(told: dict[str, str], who: str) -> Finding:
    """Return what is found on the quote of "a"; ``told``: the quoted words by article, said by "NAME" of ``who``."""
    texts = {id_: f"{TEXT}{who}, said: \u201c{words}.\u201d" for id_, words in told.items()}
    articles = {id_: made_article(id_, text) for id_, text in texts.items()}
    claims = {}
    for id_, words in told.items():
        start = texts[id_].index(words)
        made = made_claim("quote", {"words": words}, speaker="Ilse Brandt", terms=("harbour",))
        claims[id_] = (replace(made, article=id_, span=Span(start, start + len(words))),)
    return corroborate(made_story({id_: f"o{id_}" for id_ in told}), articles, claims, SETTINGS)[0]


@pytest.mark.parametrize(
    ("told", "who", "verdict"),
    [
        ({"a": ONE, "b": OTHER}, "Ilse Brandt, the mayor", "contradicted"),
        ({"a": ONE, "b": OTHER}, "German Foreign Minister Ilse Brandt", "qualified"),
        ({"a": ONE, "b": OTHER}, "Ilse Brandt, head of Germany's harbour board", "qualified"),
        ({"a": ONE, "b": OTHER}, "Canadian Foreign Minister Ilse Brandt", "contradicted"),
        ({"a": ONE, "b": OTHER, "c": OTHER}, "German Foreign Minister Ilse Brandt", "contradicted"),
    ],
)
def test_one_other_word_in_a_translated_quote_is_no_lie(told: dict[str, str], who: str, verdict: str) -> None:
    assert _finding(told, who).verdict == verdict


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        (f"we must ... {CLOSE}", f"we must at last {CLOSE}", "supported"),
        (f"we must never {CLOSE}", f"we must ... {CLOSE}", "contradicted"),
        (f"we must never {CLOSE}", f"we must at last {CLOSE}", "contradicted"),
        (f"we must never ... {CLOSE}", f"we must at last {CLOSE}", "qualified"),
    ],
)
def test_what_a_quote_leaves_out_is_no_change_but_a_negation_is(ours: str, theirs: str, verdict: str) -> None:
    assert _finding({"a": ours, "b": theirs}, "Ilse Brandt, the mayor").verdict == verdict
