"""One origin against one on the words of a quote: who is wrong is known only where both quote one saying."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.corroboration import corroborate
from pipeline.models import Finding, Span
from pipeline.settings import load_settings
from tests.made import made_article, made_claim, made_story

SETTINGS = load_settings()
TEXT = "The harbour board met in the old hall and spoke at length about the storm and the weather. " * 12
SAID = "no boat will sail from the old harbour before the storm is over"
ALTERED = "no boat will sail from the old harbour before the strike is over"
SHORT, SHORT_ALTERED = "the harbour is safe before storms", "the harbour is empty before storms"


def _heard(words: list[str], speakers: list[str | None], after: str = "") -> Finding:
    """Return the finding on the first article's quote, where each article quotes some words of a speaker.

    ``after``: what stands behind the first one's.
    """
    articles, claims = {}, {}
    for id_, said, speaker in zip("abc", words, speakers, strict=False):
        span = Span(len(TEXT) + 1, len(TEXT) + 1 + len(said))
        made = made_claim("quote", {"words": said}, terms=tuple(sorted(set(said.split()))))
        articles[id_] = made_article(id_, f'{TEXT}"{said}." {after if id_ == "a" else ""} {id_}')
        claims[id_] = (replace(made, article=id_, id="c001", span=span, speaker=speaker),)
    return corroborate(made_story({id_: f"o{id_}" for id_ in articles}), articles, claims, SETTINGS)[0]


@pytest.mark.parametrize(
    ("words", "speakers", "verdict"),
    [
        ([SAID, ALTERED], ["Ilse Brandt", "Brandt"], "contradicted"),
        ([SAID, ALTERED], ["Ilse Brandt", None], "contested"),
        ([SAID, ALTERED], [None, None], "contested"),
        ([SHORT, SHORT_ALTERED], ["Ilse Brandt", "Ilse Brandt"], "contested"),
        ([SAID, ALTERED, ALTERED], [None, None, None], "contradicted"),
        ([SHORT, SHORT_ALTERED, SHORT_ALTERED], [None, None, None], "contradicted"),
        ([SAID, SAID, ALTERED], [None, None, None], "contested"),
    ],
)
def test_one_origin_alone_contradicts_a_quote_only_where_both_surely_quote_one_saying(
    words: list[str], speakers: list[str | None], verdict: str
) -> None:
    assert _heard(words, speakers).verdict == verdict


def test_what_a_lone_objection_may_be_of_is_said() -> None:
    assert "whether both are one saying" in _heard([SAID, ALTERED], [None, None]).reason


def test_who_posts_the_words_of_somebody_else_is_no_other_speaker() -> None:
    speakers: list[str | None] = ["Ilse Brandt", "Ola Dahl", "Ola Dahl"]
    assert _heard([SAID] * 3, speakers).verdict == "contradicted"
    assert _heard([SAID] * 3, speakers, "— Ilse Brandt (@ilse_brandt) January 10, 2018").verdict == "supported"
