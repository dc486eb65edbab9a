"""Which claims are compared: those that speak of one matter, seen alike from both sides."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.corroboration.candidates import Candidates, Told
from pipeline.corroboration.coincidence import least_topic, with_agreement
from pipeline.corroboration.topic import same_topic
from pipeline.models import Claim
from tests.made import made_claim
from tests.told import SETTINGS, TERMS, settled

_bags = st.lists(st.sampled_from(TERMS), unique=True).map(lambda words: tuple(sorted(words)))


_figures = st.builds(
    lambda low, counted, terms, anchors, near, position: made_claim(
        "quantity",
        {"low": low, "high": low, "unit": "EUR", "counted": counted},
        terms=terms, anchors=anchors, near=near, position=position,
    ),
    st.sampled_from([5.0, 7.0]), st.sampled_from(["boats", "piers", None]), _bags, _bags, _bags, st.sampled_from(["lede", "body"]),
)  # fmt: skip


@given(st.lists(_figures, min_size=23, max_size=25))  # more pairs than are asked one by one
def test_the_index_proposes_every_pair_of_one_topic_and_no_other(figures: list[Claim]) -> None:
    made, proposed, same = _proposed(figures)
    assert all(proposed[claim.article] == same[claim.article] for claim in made)


@given(st.lists(_figures, min_size=2, max_size=8))
def test_of_few_pairs_the_index_leaves_out_none_of_one_topic(figures: list[Claim]) -> None:
    made, proposed, same = _proposed(figures)
    for claim in made:
        assert [other for other in proposed[claim.article] if other in same[claim.article]] == same[claim.article]
        assert all(other.article != claim.article for other in proposed[claim.article])


def _proposed(figures: list[Claim]) -> tuple[list[Claim], dict[str, list[Claim]], dict[str, list[Claim]]]:
    """Return figures of an article each, and by article: those that the index proposes, and those of one topic."""
    made = [claim for (claim,) in settled({f"a{n:02}": [figure] for n, figure in enumerate(figures)}).values()]
    each = {claim.article: claim.article for claim in made}
    index = Candidates.of(made, frozenset(), Told(each, each), SETTINGS.corroboration)
    least = least_topic("quantity", SETTINGS.corroboration)

    def probability(one: Claim, two: Claim) -> float:
        return with_agreement(one, two, same_topic(one, two, SETTINGS.corroboration.topic), SETTINGS.corroboration)

    same = {
        claim.article: [other for other in made if other is not claim and probability(claim, other) >= least]
        for claim in made
    }
    return made, {claim.article: index.of_claim(claim) for claim in made}, same


@given(st.sampled_from(["boats", "piers", None]), st.sampled_from(["boats", None]))
def test_the_same_topic_is_seen_from_both_sides(ours: str | None, theirs: str | None) -> None:
    """Law 7: also where only one side names what it counts."""
    first, second = (
        made_claim("quantity", {"low": 5.0, "high": 5.0, "unit": "EUR", "counted": counted}, terms=TERMS, near=TERMS)
        for counted in (ours, theirs)
    )
    topic = SETTINGS.corroboration.topic
    assert same_topic(first, second, topic) == same_topic(second, first, topic)
