"""What bounds the work on a story: whom a claim is held against, how many are heard, and that what is not compared is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corroboration import corroborate
from pipeline.corroboration.candidates import Candidates, Told
from pipeline.corroboration.carried import carried_words
from pipeline.corroboration.crowds import Crowd
from pipeline.corroboration.levels.quote import cuts_at
from pipeline.corroboration.likeliest import Whereabouts, from_both
from pipeline.corroboration.meetings import Meeting, Meetings
from pipeline.models import Claim, Finding, QuoteValue, Span
from pipeline.report.limits import UNCOMPARED, limits_of
from pipeline.scoring import score_article
from pipeline.settings import Settings
from pipeline.stories.origins import find_origins
from pipeline.stories.shared import Shared
from tests.made import made_article, made_claim, made_story
from tests.told import SETTINGS, TERMS, TEXT, figure, settled

_MOST = 3


def _bounded(*, compared: int = 100, heard: int = 10_000) -> Settings:
    return replace(SETTINGS, corroboration=replace(SETTINGS.corroboration, compared=compared, heard=heard))


def _table(lows: Iterable[int]) -> list[Claim]:
    """Return a table of figures, each in a row of its own."""
    return [replace(figure(low), span=Span(5 * row, 5 * row + 1)) for row, low in enumerate(lows)]


def _index(tables: dict[str, list[Claim]], texts: dict[str, str], most: int = _MOST) -> Candidates:
    claims = [claim for made in settled(tables).values() for claim in made]
    told = Told({id_: texts[id_] for id_ in tables}, texts)
    return Candidates.of(claims, frozenset(), told, _bounded(compared=most).corroboration)


def _pairs(index: Candidates, tables: dict[str, list[Claim]]) -> set[tuple[tuple[str, str], tuple[str, str]]]:
    return {
        ((claim.article, claim.id), (other.article, other.id))
        for made in settled(tables).values()
        for claim in made
        for other in index.of_claim(claim)
    }


_tables = st.dictionaries(
    st.sampled_from("abcd"), st.lists(st.integers(1, 9), min_size=1, max_size=8).map(_table), min_size=2
)


@given(_tables)
def test_a_pair_is_compared_from_both_sides_or_from_neither(tables: dict[str, list[Claim]]) -> None:
    pairs = _pairs(_index(tables, {id_: id_ for id_ in tables}), tables)
    assert {(two, one) for one, two in pairs} == pairs


@given(_tables)
def test_pairs_grow_with_the_claims(tables: dict[str, list[Claim]]) -> None:
    pairs = _pairs(_index(tables, {id_: id_ for id_ in tables}), tables)
    assert len(pairs) <= 2 * _MOST * sum(map(len, tables.values()))


@given(_tables)
def test_the_order_of_articles_changes_no_pair(tables: dict[str, list[Claim]]) -> None:
    texts = {id_: id_ for id_ in tables}
    order = sorted(tables, reverse=True)
    turned = {id_: tables[id_] for id_ in order}
    assert _pairs(_index(turned, texts), turned) == _pairs(_index(tables, texts), tables)


@given(_tables, st.sampled_from("abcd"), st.integers(1, 4))
def test_copies_change_no_pair_of_others(tables: dict[str, list[Claim]], of: str, copies: int) -> None:
    """Law 1, where not all can be compared."""
    if of not in tables:
        return
    texts = {id_: id_ for id_ in tables}
    added = {f"{number}{of}": tables[of] for number in range(copies)}
    more = {**added, **tables}
    pairs = _pairs(_index(more, {**texts, **dict.fromkeys(added, of)}), more)
    assert {pair for pair in pairs if not {side[0] for side in pair} & set(added)} == _pairs(
        _index(tables, texts), tables
    )


def test_a_long_page_crowds_out_nobody() -> None:
    tables = {"a": _table([12]), "b": _table(range(100, 150)), "c": _table([12]), "d": _table([13])}
    index = _index(tables, {id_: id_ for id_ in tables})
    (claim,) = settled(tables)["a"]
    assert [len(index.near(claim, id_)) for id_ in "bcd"] == [1, 1, 1]
    assert index.left_of(claim)[1] == frozenset()


def test_of_equally_likely_rows_the_nearest_are_held_against_each_other() -> None:
    places = np.arange(40)
    where = Whereabouts(origins=places % 2, places=places, starts=places // 2)
    others = [np.flatnonzero(places % 2 != row % 2) for row in places]
    chosen = from_both(((some, np.ones(len(some))) for some in others), where, 1)
    assert chosen.others == [[row ^ 1] for row in range(40)]
    assert set(chosen.left.values()) == {19}


def _findings(tables: dict[str, list[Claim]], settings: Settings) -> list[Finding]:
    articles = {id_: made_article(id_, f"{TEXT} {id_}", published="2024-05-03") for id_ in tables}
    story = made_story({id_: f"o{id_}" for id_ in tables})
    return list(corroborate(story, articles, settled(tables), settings))


def _meetings(rows: int, monkeypatch: pytest.MonkeyPatch) -> int:
    met: list[Claim] = []
    plain = Meetings._met

    def counted(self: Meetings, claim: Claim, other: Claim) -> Meeting | None:
        met.append(claim)
        return plain(self, claim, other)

    with monkeypatch.context() as patch:
        patch.setattr(Meetings, "_met", counted)
        _findings({id_: _table(range(start, start + rows)) for start, id_ in enumerate("ab", 1)}, _bounded(compared=5))
    return len(met)


def test_twice_as_long_tables_are_compared_twice_as_often_not_four_times(monkeypatch: pytest.MonkeyPatch) -> None:
    once, twice = (_meetings(rows, monkeypatch) for rows in (30, 60))
    assert 0 < twice <= 2.2 * once


def test_what_is_not_compared_is_said() -> None:
    tables = {id_: _table(range(start, start + 20)) for start, id_ in enumerate("ab", 1)}
    found = _findings(tables, _bounded(compared=5))
    assert all(row.uncompared > 0 and "Not compared: " in row.reason for row in found)
    article = made_article("a", TEXT)
    story, claims = made_story({"a": "oa", "b": "ob"}), settled(tables)["a"]
    score = score_article(article, story, claims, found[:20], SETTINGS)
    assert UNCOMPARED.format(count=20, total=20) in limits_of(article, story, claims, found[:20], score)


def test_of_a_crowd_the_first_of_each_article_are_heard_and_the_rest_is_not_checkable() -> None:
    tables = {"a": _table(range(1, 5)), "b": _table(range(1, 21))}
    found = _findings(tables, _bounded(heard=14))
    left = [row for row in found if row.uncompared]
    assert [row.claim for row in left] == [f"c{number:03d}" for number in range(11, 21)]
    assert {(row.verdict, row.article, row.evidence_total) for row in left} == {("not_checkable", "b", 0)}
    assert all(row.reason.startswith("Not compared: ") for row in left)


def test_who_was_not_heard_out_is_not_silent() -> None:
    other = [
        replace(claim, quantity=replace(claim.quantity, counted="piers"))
        for claim in _table(range(1, 21))
        if claim.quantity
    ]
    for settings, silent in ((SETTINGS, 2), (_bounded(heard=12), 1)):
        (found, *_) = _findings({"a": _table([999]), "b": other, "c": []}, settings)
        assert found.silent.origins == silent


def test_copies_put_no_claim_aside_and_articles_share_what_is_heard() -> None:
    tables = settled({"a": _table(range(1, 3)), "b": _table(range(1, 11)), "c": _table(range(1, 11))})
    claims = [claim for made in tables.values() for claim in made]
    apart = {id_: made_article(id_, f"{TEXT} {id_}") for id_ in tables}
    alike = {**apart, "c": replace(apart["b"], id="c")}
    assert len(Crowd.of(claims, apart, 14).heard) == 2 + 6 + 6
    assert len(Crowd.of(claims, alike, 14).heard) == len(claims)


def test_quotes_of_words_that_very_many_share_are_not_looked_for_in_texts_and_no_credit_is_held_against_them() -> None:
    said = [f"we saw the harbour and {number} boats" for number in range(101)]
    quotes = [
        made_claim("quote", {"words": words}, outlet="Coast Wire", terms=TERMS, span=Span(row, row + 1))
        for row, words in enumerate(said)
    ]
    tables = {"a": quotes, "b": []}
    articles = {id_: made_article(id_, f"{TEXT} {id_}") for id_ in tables}
    made = settled(tables)["a"]
    assert carried_words(made, articles.values()).common == {("a", claim.id) for claim in made}
    assert carried_words(made[:100], articles.values()).common == frozenset()
    found = _findings(tables, SETTINGS)
    assert {(row.rule, row.silent.origins) for row in found} == {("quote.made", 0)}
    assert {row.rule for row in _findings({"a": quotes[:100], "b": []}, SETTINGS)} == {"quote.unsourced-outlet"}


@pytest.mark.parametrize(
    ("words", "cut"), [("we go … now", True), ("we go now … soon", True), ("we … stay, go now", False)]
)
def test_a_quote_cuts_beside_or_inside_a_stretch(words: str, cut: bool) -> None:
    assert cuts_at(QuoteValue(words=words, partial=False), "go now") is cut


def test_a_long_run_of_signs_is_gone_through_once() -> None:
    assert not cuts_at(QuoteValue(words=f"we … stay{'!?' * 200_000}then go now", partial=False), "stay now")


def test_shared_words_are_looked_up_for_the_links_that_are_told_not_for_every_pair(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[int, int]] = []
    plain = Shared.stretch

    def counted(self: Shared, one: int, other: int) -> str:
        asked.append((one, other))
        return plain(self, one, other)

    monkeypatch.setattr(Shared, "stretch", counted)
    articles = [made_article(f"a{number:02d}", f"{TEXT} Update {number}.") for number in range(20)]
    origins = find_origins(articles, {article.id: article.sha256 for article in articles}, SETTINGS.origins)
    assert len(set(origins.origin_of.values())) == 1
    assert len(asked) == len(origins.links) == 19
    assert all(link.detail.startswith("The harbour board met") for link in origins.links)
