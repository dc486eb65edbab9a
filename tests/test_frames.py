"""Sentences laid on each other: what is shared, what differs, and whether it turns the statement round."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.claims import extract
from pipeline.corroboration import corroborate
from pipeline.corroboration.frames import Frames, Laid
from pipeline.corroboration.renamed import renamed
from pipeline.corroboration.reversal import reversal
from pipeline.models import Article, Claim, Finding, Span
from pipeline.settings import load_settings
from tests.made import made_article, made_claim, made_story

SETTINGS = load_settings()
ROWS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "frames.json").read_text("utf-8"))
FILLER = "The harbour board met in the old hall and spoke at length about the storm and the boats. " * 8


def _marked(id_: str, marked: str) -> tuple[Article, Claim]:
    """Return an article of one sentence and the claim that stands in brackets."""
    before, _, rest = marked.partition("[")
    words, _, after = rest.partition("]")
    span, sentence = Span(len(before), len(before) + len(words)), Span(0, len(marked) - 2)
    claim = made_claim("date", {"weekday": "monday"}, span=span, sentence=sentence)
    return made_article(id_, before + words + after), replace(claim, article=id_, id="c001")


def _plain(marked: str) -> str:
    return marked.replace("[", "").replace("]", "")


def _laid(ours: str, theirs: str) -> Laid:
    (first, claim), (second, other) = _marked("a", ours), _marked("b", theirs)
    return Frames({"a": first, "b": second}).laid(claim, other)


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_a_statement_is_turned_only_where_one_side_says_the_reverse(row: dict[str, Any]) -> None:
    told = tuple(row["turned"]) if row["turned"] else None
    assert reversal(_laid(row["ours"], row["theirs"])) == told
    assert reversal(_laid(row["theirs"], row["ours"])) == (told and told[::-1])


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_another_name_or_place_in_a_row_is_told_from_another_word(row: dict[str, Any]) -> None:
    told = tuple(row["renamed"]) if row.get("renamed") else None
    texts = _plain(row["ours"]), _plain(row["theirs"])
    assert renamed(_laid(row["ours"], row["theirs"]), texts) == told
    assert renamed(_laid(row["theirs"], row["ours"]), texts[::-1]) == (told and told[::-1])


_words = st.lists(
    st.sampled_from(
        ("the", "board", "will", "not", "raise", "cut", "never", "dredge", "refuse", "less", "rise", "fell")
    ),
    max_size=9,
)
_sentences = st.builds(lambda before, after: f"{' '.join(before)} [12] {' '.join(after)}", _words, _words)


@given(_sentences, _sentences)
def test_both_sides_see_the_same(ours: str, theirs: str) -> None:
    one, two = _laid(ours, theirs), _laid(theirs, ours)
    assert one == two.turned()
    assert 0.0 <= one.share <= 1.0
    turned, back = reversal(one), reversal(two)
    assert turned == (back and back[::-1])


def _heard(ours: str, theirs: str) -> list[tuple[str, Finding]]:
    """Return what two outlets say of each other's claims, each with the claim's words."""
    articles = {
        id_: replace(made_article(id_, f"{told} {FILLER}", source=id_, published="2024-05-03"), language="en")
        for id_, told in (("a", ours), ("b", theirs))
    }
    claims = {id_: extract(article, SETTINGS.claims) for id_, article in articles.items()}
    words = {
        (id_, claim.id): articles[id_].text[claim.span.start : claim.span.end]
        for id_, made in claims.items()
        for claim in made
    }
    story = made_story({"a": "a", "b": "b"})
    return [(words[row.article, row.claim], row) for row in corroborate(story, articles, claims, SETTINGS)]


def _against(found: list[tuple[str, Finding]]) -> set[tuple[str, str]]:
    return {(words, row.level) for words, finding in found for row in finding.evidence if row.relation == "contradicts"}


def test_one_other_telling_contradicts_where_only_the_value_differs() -> None:
    told = "The port authority of Halmstad ordered the shipyard to sell its {} stake in the dredging firm Nordkaj."
    found = _heard(told.format("60%"), told.format("70%"))
    assert _against(found) == {("60%", "quantity.conflict"), ("70%", "quantity.conflict")}


def test_a_value_is_not_borne_out_by_a_statement_turned_round() -> None:
    told = "The port authority of Halmstad {} the shipyard Nordkaj's plan to dredge the northern channel in 2031."
    found = _heard(told.format("approved"), told.format("rejected"))
    assert ("2031", "statement.reversed") in _against(found)
    assert all(finding.verdict == "contested" for words, finding in found if words == "2031")
    reason = next(finding.reason for words, finding in found if words == "2031")
    assert "approved" in reason
    assert "rejected" in reason


def test_a_value_is_not_borne_out_by_a_statement_of_somebody_else() -> None:
    told = "The port authority of Halmstad sold the fourth dredger of its ageing harbour fleet to {} in 2031."
    found = _heard(told.format("Nordkaj"), told.format("Vestby Marin"))
    assert ("2031", "statement.renamed") in _against(found)


def test_the_same_statement_bears_a_value_out() -> None:
    told = "The port authority of Halmstad approved the shipyard Nordkaj's plan to dredge the northern channel in 2031."
    assert not _against(_heard(told, told))
