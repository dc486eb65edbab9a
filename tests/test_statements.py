"""Headlines and ledes that another origin tells the other way round, or of somebody else, are claims; no other sentence is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.claims import extract
from pipeline.corroboration import corroborate, with_statements
from pipeline.corroboration.openings import main_sentences
from pipeline.models import Article, Claim, Finding
from pipeline.settings import load_settings
from tests.command import NIGHT, reports, scored
from tests.made import made_article, made_story

SETTINGS = load_settings()
ROWS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "statements.json").read_text("utf-8"))
BRIEF = SETTINGS.corroboration.brief_words
FILLER = "The board met in the old hall and spoke at length about the storm and the boats. " * 20
SHORT = "The board met in the old hall on the storm."
SHUT, OPEN = ROWS[0]["ours"], ROWS[0]["theirs"]


def _told(id_: str, headline: str, body: str = FILLER, published: str = "2024-05-03") -> Article:
    article = made_article(id_, f"{headline}\n\n{body}", source=id_, published=published)
    return replace(article, title=headline)


def _heard(articles: list[Article], origins: dict[str, str] | None = None) -> list[tuple[Claim, Finding]]:
    """Return the statements of a story's articles, each with what was found on it."""
    by_id = {article.id: article for article in articles}
    story = made_story(origins or {id_: f"o-{id_}" for id_ in by_id})
    claims = {id_: extract(article, SETTINGS.claims) for id_, article in by_id.items()}
    told = with_statements(story, by_id, claims, SETTINGS)
    asked = [claim for id_ in story.articles for claim in told[id_]]
    found = zip(asked, corroborate(story, by_id, told, SETTINGS), strict=True)
    return [(claim, finding) for claim, finding in found if claim.kind == "statement"]


def _levels(articles: list[Article]) -> set[str]:
    return {row.level for _, finding in _heard(articles) for row in finding.evidence}


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_a_statement_is_denied_only_where_one_of_two_must_be_wrong(row: dict[str, Any]) -> None:
    expected = {row["level"]} if row["level"] else set()
    body = SHORT if row.get("brief") else FILLER
    assert _levels([_told("a", row["ours"], body), _told("b", row["theirs"], body)]) == expected
    assert _levels([_told("a", row["theirs"], body), _told("b", row["ours"], body)]) == expected


def test_both_sides_are_claims_and_show_each_other_with_the_words_that_differ() -> None:
    (ours, found), (theirs, back) = _heard([_told("a", SHUT), _told("b", OPEN)])
    assert (ours.statement.words, theirs.statement.words) == (SHUT, OPEN)  # type: ignore[union-attr]  # statements
    assert [row.text for row in found.evidence] == [OPEN]
    assert [row.text for row in back.evidence] == [SHUT]
    assert "“shut down”" in found.reason
    assert {found.verdict, back.verdict} == {"contested"}
    assert not found.silent.origins


def test_who_says_it_in_other_words_is_not_silent_and_who_says_it_alike_backs_it() -> None:
    others = [_told("c", f"{SHUT} on Monday"), _told("d", "Harbour fees: end of a shipyard")]
    found = {claim.article: finding for claim, finding in _heard([_told("a", SHUT), _told("b", OPEN), *others])}
    assert set(found) == {"a", "b", "c"}
    assert (found["a"].support.origins, found["a"].contradict.origins) == (1, 1)
    assert found["a"].verdict == "contested"
    assert (found["b"].contradict.origins, found["b"].verdict) == (2, "contradicted")
    assert all(finding.silent.origins == 0 for finding in found.values())


def test_one_origin_does_not_deny_itself() -> None:
    assert _heard([_told("a", SHUT), _told("b", OPEN)], {"a": "o", "b": "o"}) == []


def test_news_of_another_week_denies_nothing() -> None:
    assert _heard([_told("a", SHUT), _told("b", OPEN, published="2024-05-17")]) == []


def test_a_sentence_far_down_is_no_main_statement() -> None:
    assert _heard([_told("a", SHUT), _told("b", "A quarrel over fees", f"{FILLER}\n\n{OPEN}.")]) == []


def test_any_sentence_of_two_brief_texts_is_a_main_statement() -> None:
    told = [_told("a", SHUT, SHORT), _told("b", "A storm on the coast", f"{SHORT} {SHORT} {SHORT} {OPEN}.")]
    assert _levels(told) == {"statement.reversed"}
    assert {claim.rule for claim, _ in _heard(told)} == {"statement.headline", "statement.body"}


def test_another_part_says_nothing_in_a_long_text_or_where_a_third_origin_can_be_asked() -> None:
    ours, theirs = next((row["ours"], row["theirs"]) for row in ROWS if row["level"] == "statement.replaced")
    brief = [_told("a", ours, SHORT), _told("b", theirs, SHORT)]
    assert _levels(brief) == {"statement.replaced"}
    assert _levels([brief[0], _told("b", theirs)]) == set()
    assert _levels([*brief, _told("c", "A quarrel over fees", SHORT)]) == set()
    assert _levels([*brief, replace(brief[1], id="c", source="c")]) == set()


def test_texts_of_one_cast_replace_a_part_where_texts_that_name_others_besides_say_it_in_their_own_words() -> None:
    ours = "The harbour board praised the new dredger on Monday"
    theirs = "On Monday the harbour board mocked a rusty dredger of old"
    cast = "Skipper Brandt met Aalund and the Holm sisters at Vestby."
    others = "Mayor Lindqvist told Radio Skagen that Sorensen had left Aarhus."
    assert _levels([_told("a", ours, cast), _told("b", theirs, cast)]) == {"statement.replaced"}
    assert _levels([_told("a", ours, cast), _told("b", theirs, others)]) == set()


def test_statements_come_in_the_order_of_the_text_and_are_found_anew() -> None:
    articles = {article.id: article for article in (_told("a", SHUT, f"In 2031 it ends. {FILLER}"), _told("b", OPEN))}
    story = made_story({"a": "a", "b": "b"})
    claims = {id_: extract(article, SETTINGS.claims) for id_, article in articles.items()}
    once = with_statements(story, articles, claims, SETTINGS)
    assert once["a"][0].kind == "statement"
    assert len(once["a"]) == len(claims["a"]) + 1
    assert with_statements(story, articles, once, SETTINGS) == once


_pieces = st.lists(
    st.sampled_from(("Nordkaj", "will", "not", "no", "1", "shut", "open", "Halmstad", "fifth", "?", "\n\n", "”", "ß")),
    max_size=40,
).map(" ".join)


@given(_pieces, _pieces)
def test_any_two_texts_deny_each_other_or_neither_does(ours: str, theirs: str) -> None:
    articles = [_told("a", SHUT, ours), _told("b", OPEN, theirs)]
    for article in articles:
        assert all(article.text[claim.span.start : claim.span.end] for claim in main_sentences(article, BRIEF))
    against = {
        (claim.article, row.article)
        for claim, finding in _heard(articles)
        for row in finding.evidence
        if row.relation == "contradicts"
    }
    assert against in (set(), {("a", "b"), ("b", "a")})


def test_a_headline_told_the_other_way_round_costs_points_in_the_report(tmp_path: Path) -> None:
    (tmp_path / "dump").mkdir()
    for name, headline in (("a", SHUT), ("b", OPEN), ("c", f"{SHUT} on Monday"), ("d", "Halmstad: end of a shipyard")):
        own = " ".join(f"quay{name}{number}" for number in range(90))  # no text of one origin with the others'
        body = f"In Halmstad the fee is 4.2 million euros for 12 boats at Nordkaj on Monday. The {own}."
        row = {"id": name, "source": f"The {name * 3}", "title": headline, "published": NIGHT, "text": body}
        (tmp_path / "dump" / f"{name}.json").write_text(json.dumps(row), "utf-8")
    scored(tmp_path / "dump", tmp_path / "out", cwd=tmp_path)
    found = {id_: report["claims"][0] for id_, report in reports(tmp_path / "out").items()}
    assert {id_ for id_, claim in found.items() if claim["kind"] == "statement"} == {"a", "b", "c"}
    assert (found["b"]["verdict"], found["b"]["span"]["text"]) == ("contradicted", OPEN)
    assert {row["span"]["text"] for row in found["b"]["evidence"]} == {SHUT, f"{SHUT} on Monday"}
    assert found["b"]["points"] < found["a"]["points"] < 0
