"""Words that others carry, but give to another speaker."""

from __future__ import annotations

from dataclasses import replace

from pipeline.corroboration import corroborate
from pipeline.models import Finding, Span
from pipeline.settings import load_settings
from tests.made import made_article, made_claim, made_story

SETTINGS = load_settings()
TEXT = "The harbour board met in the old hall and spoke at length about the storm and the weather. " * 12
LONG, SHORT, STOCK = "no boat will sail before the storm is over", "no boat will sail", "no boat sails"
AGREED = {"a": "Ola Dahl", "b": "Ilse Brandt", "c": "Ilse Brandt"}


def _spoken(words: str, speakers: dict[str, str | None], after: dict[str, str] | None = None) -> Finding:
    """Return the finding on the first article's quote, of words that all carry; ``after``: what texts say then."""
    span = Span(len(TEXT), len(TEXT) + len(words))
    said = made_claim("quote", {"words": words}, terms=tuple(sorted(set(words.split()))))
    articles = {id_: made_article(id_, f"{TEXT}{words}. {(after or {}).get(id_, '')} {id_}") for id_ in speakers}
    claims = {
        id_: (replace(said, article=id_, id="c001", span=span, speaker=speaker),) for id_, speaker in speakers.items()
    }
    return corroborate(made_story({id_: f"o{id_}" for id_ in speakers}), articles, claims, SETTINGS)[0]


def test_two_origins_that_name_another_speaker_contradict_and_bear_nothing_out() -> None:
    found = _spoken(LONG, {**AGREED})
    assert (found.verdict, found.contradict.origins, found.support.origins) == ("contradicted", 2, 0)
    assert {row.level for row in found.evidence} == {"quote.other-speaker"}


def test_two_origins_that_name_two_other_speakers_contradict_each_for_itself() -> None:
    found = _spoken(LONG, {**AGREED, "c": "Karin Moe"})
    assert (found.verdict, found.contradict.origins, found.support.origins) == ("contradicted", 2, 0)


def test_what_anybody_may_say_has_no_one_speaker() -> None:
    assert [_spoken(words, {**AGREED}).verdict for words in (STOCK, SHORT)] == ["supported"] * 2


def test_a_speaker_named_beside_the_quote_may_have_been_misread() -> None:
    assert _spoken(LONG, {**AGREED}, {"a": "So said Brandt."}).verdict == "supported"


def test_one_origin_alone_names_another_speaker_where_neither_text_knows_the_others() -> None:
    alone: dict[str, str | None] = {"a": "Ola Dahl", "b": "Ilse Brandt", "c": None}
    assert _spoken(LONG, alone).verdict == "contested"
    assert _spoken(SHORT, alone).verdict == "supported"
    assert _spoken(LONG, alone, {"b": f"{TEXT} Dahl was there."}).verdict == "supported"
