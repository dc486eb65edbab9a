from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corroboration import corroborate
from pipeline.corroboration.candidates import Candidates
from pipeline.corroboration.carried import carried_words
from pipeline.corroboration.coincidence import least_topic, with_agreement
from pipeline.corroboration.independence import Independence
from pipeline.corroboration.opportunity import first_times
from pipeline.corroboration.topic import same_topic
from pipeline.models import Article, Claim, Finding, OriginLink, Overlap, Span, Story
from pipeline.scoring import score_article
from pipeline.settings import load_settings
from tests.made import made_article, made_claim, made_story

SETTINGS = load_settings()
TEXT = "The harbour board met in the old hall and spoke at length about the storm and the boats. " * 12
TERMS = ("board", "boat", "dredg", "harbour", "storm")
ANCHORS = ("harbour board", "ilse brandt")

Told = dict[str, list[Claim]]


def _quantity(low: int) -> Claim:
    return made_claim("quantity", {"low": low, "high": low, "counted": "boats"}, terms=TERMS, anchors=ANCHORS)


def _place(name: str, country: str) -> Claim:
    value = {"name": name, "within": [country], "event": "speech"}
    return made_claim("place", value, position="lede", terms=TERMS, anchors=ANCHORS)


def _quote(words: str, speaker: str) -> Claim:
    return made_claim("quote", {"words": words}, speaker=speaker, terms=tuple(sorted(set(words.split()))))


POOL = (
    _quantity(12),
    _quantity(31),
    _place("Lisbon", "Portugal"),
    _place("Oslo", "Norway"),
    _quote("we will never close the old harbour before winter", "Ilse Brandt"),
    _quote("we will close the old harbour before winter", "Ilse Brandt"),
    _quote("we will never close the old harbour before winter", "Ola Dahl"),
)
_told = st.dictionaries(
    st.sampled_from("abcdef"), st.lists(st.sampled_from(POOL), unique=True, max_size=4), min_size=2, max_size=6
)


def _settled(told: Told) -> dict[str, tuple[Claim, ...]]:
    return {
        id_: tuple(replace(claim, article=id_, id=f"c{number:03d}") for number, claim in enumerate(claims, 1))
        for id_, claims in told.items()
    }


def _world(told: Told, origins: dict[str, str] | None = None) -> dict[str, dict[str, Finding]]:
    claims = _settled(told)
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
    vague = replace(_quantity(31), terms=TERMS[:2])
    found = _world({"a": [_quantity(12)], "b": [_quantity(31)], "c": [vague]})["a"]["c001"]
    assert found.contradict.origins == 2
    found = _world({"a": [_quantity(12)], "c": [vague]})["a"]["c001"]
    assert found.contradict.origins == 0


def test_an_article_published_before_the_claim_is_not_silent() -> None:
    claim = _quantity(12)
    articles = {
        "a": made_article("a", TEXT, published="2024-05-03T10:00:00"),
        "b": made_article("b", TEXT + "b", published="2024-05-01"),
        "c": made_article("c", TEXT + "c", published="2024-05-04"),
    }
    story = made_story({id_: f"o{id_}" for id_ in articles})
    (found,) = corroborate(story, articles, _settled({"a": [claim], "b": [], "c": []}), SETTINGS)
    assert (found.opportunity, found.silent.origins, found.verdict) == (1, 1, "uncorroborated")


def _credited(outlet: str, sources: dict[str, str], carriers: str = "") -> Finding:
    words = "the dredging must stop before the storms come back"
    said = made_claim("quote", {"words": words}, outlet=outlet, speaker="Ilse Brandt", terms=tuple(words.split()))
    articles: dict[str, Article] = {}
    for id_, source in sources.items():
        text = f"{TEXT} {words} {id_}" if id_ in carriers else f"{TEXT} {id_}"
        articles[id_] = made_article(id_, text, source=source)
    story = made_story({id_: f"o{id_}" for id_ in articles})
    claims = _settled({id_: [said] if id_ == "a" else [] for id_ in articles})
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


def _copied(
    claims: dict[str, list[Claim]], published: dict[str, str | None], of: str, source: str | None = None
) -> dict[str, Finding]:
    """Return the findings on the first claims of a story in which article z, of the last day, copies another."""
    articles = {id_: made_article(id_, f"{TEXT} {id_}", source=id_, published=day) for id_, day in published.items()}
    articles["z"] = replace(articles[of], id="z", source=source, published="2024-05-09")
    link = OriginLink(first=of, second="z", rule="origin.equal-text", detail="", similarity=1.0)
    story = replace(made_story({id_: f"o{of if id_ == 'z' else id_}" for id_ in articles}), links=(link,))
    found = corroborate(story, articles, _settled({**claims, "z": claims[of]}), SETTINGS)
    return {row.article: row for row in found if row.claim == "c001"}


def test_a_later_copy_is_as_old_as_its_original() -> None:
    """Law 1: it neither lets a count grow nor gives its origin a second chance to speak."""
    told = _copied({"a": [_quantity(12)], "b": [_quantity(31)]}, {"a": "2024-05-03", "b": "2024-05-03"}, of="b")
    assert (told["a"].verdict, told["b"].verdict) == ("contested", "contested")
    told = _copied({"a": [_quantity(12)], "b": []}, {"a": "2024-05-03", "b": "2024-05-01"}, of="b")
    assert (told["a"].opportunity, told["a"].silent.origins) == (0, 0)


@pytest.mark.parametrize("day", ["2024-05-01", None])
def test_a_copy_under_the_credited_outlets_name_is_not_its_word(day: str | None) -> None:
    """Law 1: the outlet has nothing of its own in the story, before and after."""
    words = "the dredging must stop before the storms come back"
    said = made_claim("quote", {"words": words}, outlet="Coast Wire", speaker="Ilse Brandt", terms=tuple(words.split()))
    assert (
        _copied({"a": [said], "b": []}, {"a": day, "b": day}, "b", "Coast Wire")["a"].rule == "quote.unsourced-outlet"
    )


def test_a_supporter_of_an_earlier_day_makes_nobodys_silence_tell() -> None:
    """Law 2: those who wrote before this article stay excused."""
    early = made_claim(
        "quantity", {"low": 9.0, "high": 9.0, "unit": "km", "counted": "boats"}, terms=TERMS, anchors=ANCHORS
    )
    ours = replace(early, quantity=replace(early.quantity, unit="kg")) if early.quantity else early
    days = {"a": "2024-05-03", **dict.fromkeys("bcde", "2024-05-01")}
    articles = {id_: made_article(id_, f"{TEXT} {id_}", published=day) for id_, day in days.items()}
    claims = {"a": [ours], "b": [ours], "c": [early], "d": [early], "e": [early]}
    story = made_story({id_: f"o{id_}" for id_ in articles})
    found = corroborate(story, articles, _settled(claims), SETTINGS)[0]
    assert (found.verdict, found.support.origins, found.silent.origins) == ("supported", 1, 0)


_bags = st.lists(st.sampled_from(TERMS), unique=True).map(lambda words: tuple(sorted(words)))
_figures = st.builds(
    lambda low, counted, terms, anchors, near, position: made_claim(
        "quantity",
        {"low": low, "high": low, "unit": "EUR", "counted": counted},
        terms=terms, anchors=anchors, near=near, position=position,
    ),
    st.sampled_from([5.0, 7.0]), st.sampled_from(["boats", "piers", None]), _bags, _bags, _bags, st.sampled_from(["lede", "body"]),
)  # fmt: skip


@given(st.lists(_figures, min_size=2, max_size=8))
def test_the_index_proposes_every_pair_of_one_topic_and_no_other(figures: list[Claim]) -> None:
    made = [claim for (claim,) in _settled({f"a{n}": [figure] for n, figure in enumerate(figures)}).values()]
    index = Candidates.of(made, frozenset(), SETTINGS.corroboration)
    least = least_topic("quantity", SETTINGS.corroboration)

    def probability(one: Claim, two: Claim) -> float:
        return with_agreement(one, two, same_topic(one, two, SETTINGS.corroboration.topic), SETTINGS.corroboration)

    for claim in made:
        same = [other for other in made if other is not claim and probability(claim, other) >= least]
        assert index.of_claim(claim) == same


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


@given(st.sampled_from(["boats", "piers", None]), st.sampled_from(["boats", None]))
def test_the_same_topic_is_seen_from_both_sides(ours: str | None, theirs: str | None) -> None:
    """Law 7: also where only one side names what it counts."""
    first, second = (
        made_claim("quantity", {"low": 5.0, "high": 5.0, "unit": "EUR", "counted": counted}, terms=TERMS, near=TERMS)
        for counted in (ours, theirs)
    )
    topic = SETTINGS.corroboration.topic
    assert same_topic(first, second, topic) == same_topic(second, first, topic)


def test_a_story_alone_leaves_every_claim_unchecked() -> None:
    found = _world({"a": [POOL[0], POOL[2]]})
    assert {row.verdict for row in found["a"].values()} == {"not_checkable"}
    score = score_article(
        made_article("a", TEXT),
        made_story({"a": "oa"}),
        _settled({"a": [POOL[0]]})["a"],
        [found["a"]["c001"]],
        SETTINGS,
    )
    assert (score.value, score.reason) == (None, "origins.too-few")


_matrix = st.lists(
    st.frozensets(st.integers(0, 12), min_size=1, max_size=8).map(lambda x: x | {100}), min_size=1, max_size=7
)


def _independence(texts: list[frozenset[int]]) -> Independence:
    pairs = [
        Overlap(first=str(i), second=str(j), jaccard=len(texts[i] & texts[j]) / len(texts[i] | texts[j]))
        for i in range(len(texts))
        for j in range(i + 1, len(texts))
    ]
    return Independence.of(pairs)


@given(_matrix)
def test_effective_origins_grow_with_origins_and_copies_add_nothing(texts: list[frozenset[int]]) -> None:
    whole = frozenset(map(str, range(len(texts))))
    independence = _independence(texts)
    assert 1.0 <= independence.effective(whole) <= len(texts)
    for left in whole:
        assert independence.effective(whole - {left}) <= independence.effective(whole) + 1e-6
    copied = _independence([*texts, texts[0]])
    assert abs(copied.effective(whole | {str(len(texts))}) - copied.effective(whole)) < 1e-6


def test_the_span_of_evidence_is_its_text() -> None:
    story = Story(id="s", articles=("a", "b"), origins=("oa", "ob"), links=(), overlaps=())
    claims = {
        "a": (replace(_quantity(12), article="a", span=Span(4, 11)),),
        "b": (replace(_quantity(12), article="b", span=Span(4, 11)),),
    }
    articles = {id_: made_article(id_, TEXT) for id_ in "ab"}
    (first, _) = corroborate(story, articles, claims, SETTINGS)
    assert first.evidence[0].text == TEXT[4:11] == "harbour"


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2026-03-02T08:27:00+02:00", "2026-03-02T06:27:00"),
        ("2026-03-02T23:30:00-05:00", "2026-03-03T04:30:00"),
        ("2026-03-02T06:57:00", "2026-03-02T06:57:00"),
        ("2026-03-02T00:00:00", "2026-03-02"),
        ("2026-03-02", "2026-03-02"),
        ("9999-12-31T23:59:59-12:00", "9999-12-31"),
        ("0001-01-01T01:00:00+14:00", "0001-01-01"),
        (None, None),
    ],
)
def test_a_time_is_in_utc_and_a_day_where_no_hour_is_known(published: str | None, expected: str | None) -> None:
    story = made_story({"a": "oa"})
    assert first_times(story, {"a": replace(made_article("a", "words"), published=published)}) == {"a": expected}


def test_words_are_carried_where_they_stand_whatever_letters_stand_before_them() -> None:
    said = "We will rebuild the harbour of İzmir before the winter storms"
    quote = made_claim("quote", {"words": said}, article="a")
    text = f"{'İlkay İnce of İzmir waited. ' * 8}The mayor told the council: {said} arrive, and not a day later."
    articles = [made_article("a", f'"{said}," he said.'), made_article("b", text)]
    span = carried_words([quote], articles).by(quote)["b"]
    assert text[span.start : span.end] == said
