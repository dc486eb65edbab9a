"""A figure or date that others have otherwise: contradicted where they surely speak of one thing, contested where they may not."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corroboration import corroborate, displaced
from pipeline.corroboration.displaced import Displaced, comparable
from pipeline.corroboration.findings import hearing
from pipeline.corroboration.levels import Sides, agreement
from pipeline.corroboration.values import Said
from pipeline.models import Claim, Finding, Span
from pipeline.settings import ConflictForm, Settings, load_settings
from tests.made import made_article, made_claim, made_story

SETTINGS = load_settings()
TEXT = "The harbour board in Lisbon said on Monday that {} boats were lost in the winter storm off the old pier. "
REST = "The harbour board met in the old hall and spoke at length about the weather and about the dues. " * 12
TERMS = ("board", "boat", "harbour", "lost", "pier", "storm", "winter")
Claims = dict[str, tuple[Claim, ...]]


def _boats(article: str, size: int) -> Claim:
    start = TEXT.index("{}")
    return made_claim(
        "quantity",
        {"low": size, "high": size, "counted": "boats"},
        article=article,
        rule="quantity.count",
        span=Span(start, start + len(f"{size} boats")),
        sentence=Span(0, len(TEXT) - 2),
        terms=TERMS,
        near=("boat", "lost"),
        anchors=("harbour board", "lisbon"),
        position="lede",
    )


def _claims(sizes: list[int]) -> Claims:
    return {id_: (_boats(id_, size),) for id_, size in zip("abcdef", sizes, strict=False)}


def _found(claims: Claims, settings: Settings = SETTINGS) -> Finding:
    articles = {id_: made_article(id_, TEXT.format(_size(some[0])) + REST + id_) for id_, some in claims.items()}
    return corroborate(made_story({id_: f"o{id_}" for id_ in claims}), articles, claims, settings)[0]


def _size(claim: Claim) -> str:
    assert claim.quantity is not None
    return f"{claim.quantity.low:g}"


def _at(least: float, sure: float) -> Settings:
    return replace(SETTINGS, corroboration=replace(SETTINGS.corroboration, conflict_least=least, conflict_sure=sure))


def test_two_who_tell_it_in_the_same_sentence_contradict() -> None:
    found = _found(_claims([12, 31, 31]))
    assert (found.verdict, found.contradict.origins) == ("contradicted", 2)


def test_one_against_one_is_contested_for_nobody_knows_who_is_right() -> None:
    """The two-source rule turned round."""
    found = _found(_claims([12, 31]), _at(0.0, 0.0))
    assert (found.verdict, found.contradict.origins) == ("contested", 1)


@pytest.mark.parametrize(
    ("least", "sure", "verdict", "against"),
    [(0.0, 0.0, "contradicted", 2), (0.0, 1.0, "contested", 2), (1.0, 1.0, "uncorroborated", 0)],
)
def test_what_is_not_sure_is_contested_and_what_is_hardly_so_is_nothing(
    least: float, sure: float, verdict: str, against: int
) -> None:
    found = _found(_claims([12, 31, 31]), _at(least, sure))
    assert (found.verdict, found.contradict.origins) == (verdict, against)


def test_that_it_may_be_of_two_things_is_said() -> None:
    assert "whether both are one thing" in _found(_claims([12, 31, 31]), _at(0.0, 1.0)).reason


@given(st.integers(1, 4), st.integers(0, 3))
def test_one_more_voice_never_makes_it_less_sure_and_one_more_bearer_never_more(against: int, silent: int) -> None:
    def sure(sizes: list[int]) -> float:
        claims = _claims(sizes)
        articles = {id_: made_article(id_, TEXT.format(_size(some[0])) + REST + id_) for id_, some in claims.items()}
        court = hearing(made_story({id_: f"o{id_}" for id_ in claims}), articles, claims, SETTINGS).court
        ours = claims["a"][0]
        voices = [(some[0], 0.9) for some in claims.values() if _size(some[0]) == "31"]
        return court.conflicts.certainty.probability(ours, voices)

    told = [12, *[31] * against, *[7] * (silent % 2)]
    assert sure([*told, 31]) >= sure(told)
    assert sure([*told, 12]) <= sure(told)


@pytest.mark.parametrize("kind", ["quantity", "date"])
def test_every_shipped_slope_points_where_it_must(kind: str) -> None:
    form: ConflictForm = getattr(SETTINGS.corroboration.conflict, kind)
    against = {"borne", "third", "also", "choice", "toll"}
    for field in fields(form):
        if field.name != "bias":
            assert getattr(form, field.name) * (-1 if field.name in against else 1) >= 0, field.name


@given(st.lists(st.floats(0.5, 1.0), max_size=40), st.integers(0, 200))
def test_the_more_origins_have_another_value_the_surer_it_belongs_there(topics: list[float], many: int) -> None:
    ours, theirs = _boats("a", 12), _boats("b", 31)
    likely = Displaced.of(Said.of([ours, theirs]), {"a": "oa", "b": "ob"}, SETTINGS.corroboration)
    fewer = likely.probability(ours, theirs, topics)
    assert 0.0 <= fewer <= likely.probability(ours, theirs, [*topics, *[0.99] * many]) + 1e-12 <= 1.0 + 1e-12


_ENDS = st.one_of(st.none(), st.floats(-100.0, 1e9))
_FIGURES = st.builds(
    lambda low, high, unit, counted, rule, negated: made_claim(
        "quantity", {"low": low, "high": high, "unit": unit, "counted": counted}, rule=rule, negated=negated
    ),
    _ENDS,
    _ENDS,
    st.sampled_from(("1", "km", "year")),
    st.sampled_from((None, "boats", "boat owners", "the")),
    st.sampled_from(("quantity.count", "quantity.age", "quantity.vague")),
    st.booleans(),
)


@given(_FIGURES, _FIGURES)
def test_figures_that_can_be_held_against_each_other_agree_or_exclude_each_other(ours: Claim, theirs: Claim) -> None:
    assert comparable(ours, theirs) == (agreement(Sides(ours, theirs, None, None)) is not None)


def _compared(lines: int, monkeypatch: pytest.MonkeyPatch) -> int:
    asked = 0

    def counting(claim: Claim, other: Claim) -> bool:
        nonlocal asked
        asked += 1
        return comparable(claim, other)

    def row(article: str, number: int, size: int) -> Claim:
        return replace(_boats(article, size), id=f"c{number:03d}", position="body")

    claims = {id_: tuple(row(id_, n, 7 * n + at) for n in range(lines)) for at, id_ in enumerate("abc", 1)}
    articles = {id_: made_article(id_, TEXT.format("12") + REST + id_) for id_ in claims}
    monkeypatch.setattr(displaced, "comparable", counting)
    corroborate(made_story({id_: f"o{id_}" for id_ in claims}), articles, claims, SETTINGS)
    return asked


def test_a_table_of_figures_is_compared_row_by_row_and_not_with_all_others_for_each_pair(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    short, long = _compared(8, monkeypatch), _compared(32, monkeypatch)
    assert 0 < long < 1.5 * 4**2 * short
