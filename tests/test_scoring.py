"""Scores: the ledger adds up, evidence moves them the right way, weights are those of the config."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import get_args, get_type_hints

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.ledger import ledger_of, water_filled
from pipeline.models import Claim, Finding, LeftOut, Score, Tally, VerdictName
from pipeline.scoring import score_article
from pipeline.settings import ScoreSettings, load_settings
from tests.made import made_article, made_claim, made_story

SETTINGS = load_settings()
KINDS = ("quantity", "date", "place", "quote")


def _finding(claim: Claim, support: float, contradict: float, silent: float, rule: str | None = None) -> Finding:
    filled = math.ceil(support) + math.ceil(contradict)
    named: VerdictName = "contradicted" if contradict > support else "supported" if support else "uncorroborated"
    return Finding(
        article=claim.article,
        claim=claim.id,
        verdict=named,
        rule=rule or claim.rule,
        support=Tally(origins=math.ceil(support), articles=math.ceil(support), effective=support),
        contradict=Tally(origins=math.ceil(contradict), articles=math.ceil(contradict), effective=contradict),
        silent=Tally(origins=math.ceil(silent), articles=0, effective=silent),
        opportunity=filled + math.ceil(silent),
        filled=filled,
        specificity=0.4,
        without=(LeftOut(origin="o1", support=max(0.0, support - 1), contradict=contradict),),
        reason="made",
        evidence=(),
        evidence_total=0,
    )


def _score(
    sides: Sequence[tuple[float, float, float]],
    rule: str | None = None,
    position: str = "body",
    specificity: float = 0.4,
) -> Score:
    values = {"quantity": {}, "date": {}, "place": {"name": "Oslo"}, "quote": {"words": "as we said"}}
    claims = [
        made_claim(KINDS[number % 4], values[KINDS[number % 4]], id=f"c{number:03d}", position=position)  # type: ignore[arg-type]  # KINDS is a tuple of str
        for number in range(len(sides))
    ]
    findings = [
        replace(_finding(claim, *side, rule), specificity=specificity)
        for claim, side in zip(claims, sides, strict=True)
    ]
    story = made_story({"a": "oa", "b": "o1", "c": "o2", "d": "o3"})
    return score_article(made_article("a", "words " * 50), story, claims, findings, SETTINGS)


_sides = st.tuples(*(st.floats(0, 8).map(lambda x: round(x, 2)) for _ in range(3)))


@given(st.lists(_sides, max_size=30))
def test_the_ledger_adds_up_to_the_hundredth(sides: list[tuple[float, float, float]]) -> None:
    """Law 8: 100 and all points make the value."""
    score = _score(sides)
    cents = sum(round(row.points * 100) for row in score.ledger)
    if score.value is None:
        assert score.ledger == ()
        assert score.reason is not None
    else:
        assert 10_000 + cents == round(score.value * 100)
        assert score.low is not None
        assert score.high is not None
        assert 0 <= score.low <= score.value <= score.high <= 100
    assert all(row.points <= 0 for row in score.ledger)


@given(_sides, st.floats(0, 5))
def test_support_never_lowers_and_contradiction_never_raises(side: tuple[float, float, float], more: float) -> None:
    """Law 2, on the probability of a claim."""
    support, contradict, silent = side
    rest = [(2.0, 0.0, 1.0)] * 4
    base = _score([side, *rest]).claims[0].probability
    up = _score([(support + more, contradict, silent), *rest]).claims[0].probability
    down = _score([(support, contradict + more, silent), *rest]).claims[0].probability
    assert base is not None
    assert up is not None
    assert down is not None
    assert up >= base - 1e-4
    assert down <= base + 1e-4


@given(st.floats(0, 3), st.integers(0, 10_000))
def test_any_silence_costs_less_than_one_contradiction(support: float, silent: int) -> None:
    """Law 3."""
    rest = [(2.0, 0.0, 1.0)] * 4
    quiet = _score([(support, 0.0, float(silent)), *rest]).claims[0].probability
    against = _score([(support, 1.0, 0.0), *rest]).claims[0].probability
    assert quiet is not None
    assert against is not None
    assert quiet > against


@pytest.mark.parametrize("specificity", [0.4, 0.8])
@pytest.mark.parametrize(
    ("sides", "low", "high"),
    [
        ([(3.0, 0.0, 0.0)] * 8, 85, 100),
        ([(2.0, 0.0, 0.0)] * 8, 85, 100),
        ([(2.0, 0.0, 1.0)] * 6 + [(0.0, 0.0, 3.0)] * 4, 65, 85),
        ([(0.0, 3.0, 0.0)] * 5 + [(2.0, 0.0, 1.0)] * 2, 0, 45),
    ],
    ids=["all backed", "all backed by two", "main facts backed, some exclusive", "mostly contradicted"],
)
def test_the_scale_reads_as_documented(
    sides: list[tuple[float, float, float]], low: float, high: float, specificity: float
) -> None:
    score = _score(sides, specificity=specificity)
    assert score.value is not None
    assert low <= score.value <= high


def test_a_contradicted_headline_caps_the_score() -> None:
    backed = [(4.0, 0.0, 0.0)] * 20
    assert _score([*backed, (0.0, 3.0, 0.0)], position="body").value > 60  # type: ignore[operator]  # scored
    assert _score([*backed, (0.0, 3.0, 0.0)], position="headline").value == 60


@pytest.mark.parametrize(
    ("count", "reason"), [(2, "claims.too-few"), (4, None)], ids=["two claims abstain", "four are scored"]
)
def test_too_few_claims_are_not_scored(count: int, reason: str | None) -> None:
    assert _score([(2.0, 0.0, 0.0)] * count).reason == reason


def test_an_article_of_exclusives_is_not_scored_but_never_low() -> None:
    score = _score([(0.0, 0.0, 3.0)] * 10)
    assert (score.value, score.status, score.reason) == (None, "insufficient_evidence", "coverage.too-low")


@given(st.floats(0, 5), st.floats(0, 5), st.integers(0, 20))
def test_silence_is_no_coverage(support: float, contradict: float, silent: int) -> None:
    spoken, quieter = (_score([(support, contradict, float(n))] * 6) for n in (0, silent))
    assert spoken.coverage == quieter.coverage


def test_a_quote_not_borne_out_costs_more_than_an_unsourced_one_and_that_more_than_an_exclusive() -> None:
    rest = [(3.0, 0.0, 0.0)] * 6
    plain, unsourced, refuted = (
        _score([(0.0, 0.0, 3.0)] * 2 + rest, rule) for rule in (None, "quote.unsourced-outlet", "quote.not-borne-out")
    )
    points = [score.claims[0].points for score in (plain, unsourced, refuted)]
    assert points == sorted(points, reverse=True)
    assert len(set(points)) == 3


@given(st.lists(st.floats(0, 40, allow_nan=False), max_size=40))
def test_hundredths_are_shared_out_without_loss(costs: list[float]) -> None:
    whole = sum(costs)
    costs = [cost * 100 / whole for cost in costs] if whole > 100 else costs
    rows, value = ledger_of([(str(number), "r") for number in range(len(costs))], costs)
    assert round(100 * value) == 10_000 + sum(round(100 * row.points) for row in rows)
    assert all(abs(-row.points - cost) < 0.0101 for row, cost in zip(rows, costs, strict=True))


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=30))
def test_no_weight_passes_the_cap_where_that_can_be(weights: list[float]) -> None:
    filled = water_filled(weights, 0.35)
    assert all(new <= old + 1e-9 for new, old in zip(filled, weights, strict=True))
    if len(weights) >= 3:
        assert max(filled) <= 0.35 * sum(filled) + 1e-9


def _weights(*claims: Claim, specificity: Sequence[float] = (0.4, 0.4), rule: str | None = None) -> list[float]:
    """Return what each of some claims weighs beside the first one: all are contradicted alike."""
    few = [made_claim("date", {}, id=f"z{number}") for number in range(4)]
    asked = [replace(claim, id=f"c{number}") for number, claim in enumerate(claims)]
    against = [
        replace(_finding(claim, 0.0, 3.0, 0.0, rule), specificity=specific)
        for claim, specific in zip(asked, specificity, strict=True)
    ]
    findings = [*against, *(_finding(claim, 3.0, 0.0, 0.0) for claim in few)]
    story = made_story({"a": "oa", "b": "o1", "c": "o2", "d": "o3"})
    score = score_article(made_article("a", "words " * 50), story, [*asked, *few], findings, SETTINGS)
    return [row.points / score.claims[0].points for row in score.claims[: len(asked)]]


def test_hedged_prominent_specific_and_weak_kinds_weigh_as_the_config_says() -> None:
    plain, known = made_claim("quantity", {}), SETTINGS.score
    for other, weight in (
        (replace(plain, hedged=True), known.hedged),
        (replace(plain, position="headline"), known.headline),
        (replace(plain, position="lede"), known.lede),
        (made_claim("attribution", {"source": "NATO"}), known.weight.attribution),
    ):
        assert _weights(plain, other)[1] == pytest.approx(weight, rel=0.01)


def test_a_claim_without_specificity_keeps_its_share_of_the_weight() -> None:
    """Both cost less than their weight: specific claims are believed less to begin with."""
    plain = made_claim("quantity", {})
    bare, full = (_weights(plain, plain, specificity=(0.4, specific))[1] for specific in (0.0, 1.0))
    assert bare == pytest.approx(0.25 / (0.25 + 0.75 * 0.4), rel=0.03)
    assert full == pytest.approx(1.0 / (0.25 + 0.75 * 0.4), rel=0.03)


def test_a_credit_that_nobody_carries_is_spoken_on() -> None:
    """Coverage of claims that are all alike is that of one: (r + s) / (r + s + W), the credit being evidence against."""
    heard = 0.9 * SETTINGS.score.unsourced_outlet
    score = _score([(0.0, 0.0, 1.0)] * 4, "quote.unsourced-outlet")
    assert score.coverage == pytest.approx(heard / (heard + SETTINGS.score.prior_weight), abs=1e-4)


def _bounds(name: str) -> tuple[float, float, float]:
    """Return the least, the shipped and the greatest value that a key of [score] may have."""
    kind, within = get_args(get_type_hints(ScoreSettings, include_extras=True)[name])
    return kind(within.low), getattr(SETTINGS.score, name), kind(within.high)


_KEYS = [field.name for field in fields(ScoreSettings) if field.name != "weight"]
_ANY_CONFIG = st.fixed_dictionaries({name: st.sampled_from(_bounds(name)) for name in _KEYS})


@given(_ANY_CONFIG, st.sampled_from([0.0, 1.0]), st.lists(_sides, min_size=1, max_size=6))
@example({name: _bounds(name)[1] for name in _KEYS} | {"prior": 0.0, "prior_specific": 1.0}, 1.0, [(0.0, 3.0, 0.0)] * 4)
@example(
    dict(zip(_KEYS, (_bounds(name)[1] for name in _KEYS), strict=True)) | {"min_coverage": 0.0, "exclusive": 0.0},
    1.0,
    [(0.0, 0.0, 2.0)] * 4,
)
def test_any_config_in_range_gives_a_score_or_a_reason(
    config: dict[str, float], kinds: float, sides: list[tuple[float, float, float]]
) -> None:
    weight = replace(SETTINGS.score.weight, quantity=kinds, date=kinds, place=kinds, quote=kinds)
    settings = replace(SETTINGS, score=replace(SETTINGS.score, **config, weight=weight))  # type: ignore[arg-type]  # numbers
    claims = [made_claim(KINDS[number % 2], {}, id=f"c{number:03d}") for number in range(len(sides))]  # type: ignore[arg-type]  # KINDS is a tuple of str
    findings = [_finding(claim, *side) for claim, side in zip(claims, sides, strict=True)]
    story = made_story({"a": "oa", "b": "o1", "c": "o2", "d": "o3"})
    score = score_article(made_article("a", "words " * 50), story, claims, findings, settings)
    assert (score.value is None) == (score.reason is not None)
    assert score.value is None or 0 <= score.value <= 100


def test_the_interval_is_wider_the_more_the_score_hangs_on_one_origin() -> None:
    """The jackknife: with one origin left out in turn, the score moves more where one origin alone bears all out."""

    def width(*without: tuple[float, float]) -> float:
        claims = [made_claim("quantity", {}, id=f"c{number}") for number in range(4)]
        rows = tuple(
            LeftOut(origin=f"o{number}", support=support, contradict=against)
            for number, (support, against) in enumerate(without)
        )
        findings = [replace(_finding(claim, 2.0, 0.0, 0.0), without=rows) for claim in claims]
        story = made_story({"a": "oa", "b": "o0", "c": "o1", "d": "o2"})
        score = score_article(made_article("a", "words " * 50), story, claims, findings, SETTINGS)
        assert score.low is not None
        assert score.high is not None
        return score.high - score.low

    even, uneven = width((1.0, 0.0), (1.0, 0.0)), width((0.0, 0.0), (2.0, 0.0))
    assert even < uneven
    assert even == width((1.0, 0.0)), "what every origin moves alike adds nothing"
