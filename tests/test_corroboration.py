"""Laws of verdicts on made-up stories: copies, one more article, one's own origin, evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corroboration import corroborate
from pipeline.corroboration.carried import carried_words
from pipeline.models import Claim, Finding, Span, Story
from pipeline.scoring import score_article
from tests.made import made_article, made_claim, made_story
from tests.told import ANCHORS, SETTINGS, TERMS, TEXT, Told, figure, settled


def _place(name: str, country: str) -> Claim:
    value = {"name": name, "within": [country], "event": "speech"}
    return made_claim("place", value, position="lede", terms=TERMS, anchors=ANCHORS)


def _quote(words: str, speaker: str) -> Claim:
    return made_claim("quote", {"words": words}, speaker=speaker, terms=tuple(sorted(set(words.split()))))


POOL = (
    figure(12),
    figure(31),
    _place("Lisbon", "Portugal"),
    _place("Oslo", "Norway"),
    _quote("we will never close the old harbour before winter", "Ilse Brandt"),
    _quote("we will close the old harbour before winter", "Ilse Brandt"),
    _quote("we will never close the old harbour before winter", "Ola Dahl"),
)
_told = st.dictionaries(
    st.sampled_from("abcdef"), st.lists(st.sampled_from(POOL), unique=True, max_size=4), min_size=2, max_size=6
)


def _world(told: Told, origins: dict[str, str] | None = None) -> dict[str, dict[str, Finding]]:
    claims = settled(told)
    articles = {id_: made_article(id_, f"{TEXT} {id_}") for id_ in told}
    story = made_story(origins or {id_: f"o{id_}" for id_ in told})
    found = corroborate(story, articles, claims, SETTINGS)
    return {id_: {row.claim: row for row in found if row.article == id_} for id_ in told}


def _judged(finding: Finding) -> tuple[Any, ...]:
    return (finding.verdict, finding.support.effective, finding.contradict.effective, finding.silent.effective)


@given(_told, st.sampled_from("abcdef"), st.integers(1, 3))
def test_copies_change_no_other_articles_verdicts(told: Told, of: str, number: int) -> None:
    """Law 1: a copy has the origin of what it copies, and counts for nothing."""
    if of not in told:
        return
    copies = {f"{of}{copy}": told[of] for copy in range(number)}
    origins = {id_: f"o{id_[0]}" for id_ in (*told, *copies)}
    before, after = _world(told), _world({**told, **copies}, origins)
    for id_ in told:
        assert {key: _judged(row) for key, row in before[id_].items()} == {
            key: _judged(row) for key, row in after[id_].items()
        }


@given(_told, st.sampled_from(POOL))
def test_one_more_independent_article_moves_its_claims_the_right_way(told: Told, told_too: Claim) -> None:
    """Law 2: the claims it repeats gain, the claims it contradicts lose."""
    before, after = _world(told), _world({**told, "z": [told_too]})
    for id_ in told:
        for key, row in before[id_].items():
            relation = {e.article: e.relation for e in after[id_][key].evidence}.get("z")
            if relation == "supports":
                assert after[id_][key].support.effective >= row.support.effective
                assert after[id_][key].contradict.effective == row.contradict.effective
            if relation == "contradicts":
                assert after[id_][key].contradict.effective >= row.contradict.effective
                assert after[id_][key].support.effective == row.support.effective


@given(_told)
def test_nobody_corroborates_his_own_origin(told: Told) -> None:
    """Law 5."""
    origins = {id_: f"o{ord(id_) % 2}" for id_ in told}
    for id_, findings in _world(told, origins).items():
        for finding in findings.values():
            assert all(row.article != id_ and row.origin != origins[id_] for row in finding.evidence)


@given(_told)
def test_every_verdict_has_its_evidence(told: Told) -> None:
    for findings in _world(told).values():
        for finding in findings.values():
            relations = [row.relation for row in finding.evidence]
            assert finding.support.articles == relations.count("supports")
            assert finding.contradict.articles == relations.count("contradicts")
            if finding.verdict == "contradicted":
                assert "contradicts" in relations
            if finding.verdict == "supported":
                assert "supports" in relations


def test_four_origins_outweigh_one_on_the_place_of_an_event() -> None:
    lisbon, oslo = _place("Lisbon", "Portugal"), _place("Oslo", "Norway")
    found = _world({"a": [oslo], "b": [lisbon], "c": [lisbon], "d": [lisbon], "e": [lisbon]})
    assert found["a"]["c001"].verdict == "contradicted"
    assert found["a"]["c001"].contradict.origins == 4
    assert found["b"]["c001"].verdict == "supported"


def test_who_is_sure_enough_alone_lends_weight_to_who_is_not() -> None:
    vague = replace(figure(31), terms=TERMS[:2])
    found = _world({"a": [figure(12)], "b": [figure(31)], "c": [vague]})["a"]["c001"]
    assert found.contradict.origins == 2
    found = _world({"a": [figure(12)], "c": [vague]})["a"]["c001"]
    assert found.contradict.origins == 0


@pytest.mark.parametrize(("low", "verdict"), [(11.0, "supported"), (2.0, "uncorroborated")])
def test_a_rare_figure_tells_one_matter_where_the_words_differ(low: float, verdict: str) -> None:
    """Eleven knots are seldom said by chance, two knots are."""
    figure = {"low": low, "high": low, "unit": "knot", "counted": None}
    ours = made_claim("quantity", figure, terms=("board", "storm"), near=("storm",))
    theirs = made_claim("quantity", figure, terms=("boat", "storm", "dredg"), near=("boat",))
    assert _world({"a": [ours], "b": [theirs]})["a"]["c001"].verdict == verdict


def test_an_equal_figure_of_another_owner_is_no_support() -> None:
    figure = {"low": 14.0, "high": 14.0, "counted": "points"}
    ours = made_claim("quantity", figure, terms=("game", "score"), subject="ola dahl")
    theirs = made_claim("quantity", figure, terms=("game", "rebound"), subject="ilse brandt")
    assert _world({"a": [ours], "b": [theirs]})["a"]["c001"].verdict == "uncorroborated"


def test_two_origins_of_one_figure_contradict_where_one_of_them_is_likely_of_the_matter() -> None:
    """One alone, or two that hardly speak of the matter and that others don't follow, do not."""
    many, few = ("boat", "dredg"), ("board", "storm", "winter", "pier", "mayor", "flood")
    ours = made_claim(
        "quantity", {"low": 31, "high": 31, "counted": "boats"}, terms=("board", "boat", "dredg", "harbour")
    )
    figure = {"low": 12, "high": 12, "counted": "boats"}
    likely, hardly = (made_claim("quantity", figure, terms=words) for words in (many, few))
    assert _world({"a": [ours], "b": [likely]})["a"]["c001"].verdict == "uncorroborated"
    assert _world({"a": [ours], "b": [likely], "c": [hardly]})["a"]["c001"].verdict == "contradicted"
    silent: dict[str, list[Claim]] = {name: [] for name in "def"}
    assert _world({"a": [ours], "b": [hardly], "c": [hardly], **silent})["a"]["c001"].verdict == "uncorroborated"


def test_what_the_article_says_too_or_others_carry_is_of_another_matter() -> None:
    """Two origins carry 12 boats: that displaces 31 only where the article lacks it, and nobody else has 31."""
    ours, theirs, too, elsewhere = (
        made_claim("quantity", {"low": size, "high": size, "counted": counted}, terms=terms)
        for size, counted, terms in (
            (31, "boats", ("board", "boat", "dredg", "harbour")),
            (12, "boats", ("dredg", "ferri", "flood", "mayor", "pier", "ship", "storm", "winter")),
            (12, "boats", ("mayor",)),
            (31, "men", ("mayor",)),
        )
    )
    told: Told = {"b": [theirs], "c": [theirs]}
    assert _world({"a": [ours], **told, "d": []})["a"]["c001"].verdict == "contested"
    assert _world({"a": [ours, too], **told, "d": []})["a"]["c001"].verdict == "uncorroborated"
    assert _world({"a": [ours], **told, "d": [elsewhere]})["a"]["c001"].verdict == "uncorroborated"


def test_a_story_alone_leaves_every_claim_unchecked() -> None:
    found = _world({"a": [POOL[0], POOL[2]]})
    assert {row.verdict for row in found["a"].values()} == {"not_checkable"}
    score = score_article(
        made_article("a", TEXT),
        made_story({"a": "oa"}),
        settled({"a": [POOL[0]]})["a"],
        [found["a"]["c001"]],
        SETTINGS,
    )
    assert (score.value, score.reason) == (None, "origins.too-few")


def test_the_span_of_evidence_is_its_text() -> None:
    story = Story(id="s", articles=("a", "b"), origins=("oa", "ob"), links=(), overlaps=())
    claims = {
        "a": (replace(figure(12), article="a", span=Span(4, 11)),),
        "b": (replace(figure(12), article="b", span=Span(4, 11)),),
    }
    articles = {id_: made_article(id_, TEXT) for id_ in "ab"}
    (first, _) = corroborate(story, articles, claims, SETTINGS)
    assert first.evidence[0].text == TEXT[4:11] == "harbour"


def test_words_are_carried_where_they_stand_whatever_letters_stand_before_them() -> None:
    said = "We will rebuild the harbour of İzmir before the winter storms"
    quote = made_claim("quote", {"words": said}, article="a")
    text = f"{'İlkay İnce of İzmir waited. ' * 8}The mayor told the council: {said} arrive, and not a day later."
    articles = [made_article("a", f'"{said}," he said.'), made_article("b", text)]
    span = carried_words([quote], articles).by(quote)["b"]
    assert text[span.start : span.end] == said
