"""Casts: two events of one topic stay apart by who they tell of, one event told in two ways stays together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.models import Article
from pipeline.settings import load_settings
from pipeline.stories import group_stories
from pipeline.stories.casts import Told, casts, contrast
from pipeline.stories.vectors import Row
from tests.made import made_article

SETTINGS = load_settings()
STORIES = replace(SETTINGS.stories, cast_names=4, cast_texts=4, cast_prior=2.0)

# One club that dismisses its coach twice, and who takes part each time.
TOPIC = (
    "The board of Harrow Rovers dismissed its head coach after a run of defeats left the Rovers near the bottom of the "
    "Calder Premiership. Supporters had jeered at Penmarsh Park since autumn; goalless and winless away, relegation loomed.",
    "After a run of defeats Harrow Rovers dismissed the head coach. Near the bottom of the Calder Premiership, winless "
    "away and goalless at Penmarsh Park, where supporters jeered, the Rovers fear relegation; the board had to act.",
    "Relegation looms for Harrow Rovers, and the board has dismissed the head coach: a run of defeats, goalless and "
    "winless, left the Rovers near the bottom of the Calder Premiership, jeered by supporters at Penmarsh Park.",
    "Jeered by supporters at Penmarsh Park, the head coach of Harrow Rovers is dismissed. The Rovers, winless and goalless, "
    "are near the bottom of the Calder Premiership after a run of defeats, and the board feared relegation.",
)
FIRST = "So John Baker, Mary Walker, Paul Turner, Sarah Hill and David Moore were told in Boston by James King."
SECOND = "So Peter Clark, Linda Wright, George Cooper, Susan Ward and Frank Bell were told in Denver by Robert Young."
# What else each text goes into, which no other does.
ASIDES = (
    "Shares of the owning brewery slipped, and a sponsor postponed its gala; brokers blamed heavy rainfall and freight.",
    "A petition by pensioners gathered signatures outside the bakery, while a brass band rehearsed hymns nearby.",
    "Analysts pointed to injuries: a torn ligament, a fractured wrist, and goalkeepers without enough practice.",
    "Television schedules will change, since a documentary on the stadium's architect was planned for midweek.",
    "Ticket refunds are considered; the treasurer spoke of debts, overdrafts and an audit of the turnstiles.",
    "Psychologists say that a new voice helps for six matches, a statistic which mathematicians dispute as luck.",
    "Traffic wardens closed the bridge as motorbikes circled, hooting; a florist handed out carnations to fans.",
    "The youth academy keeps its curriculum, its dormitory and its physiotherapists, the secretary promised.",
)


def told(prefix: str, cast: str, asides: tuple[str, ...]) -> list[Article]:
    texts = zip(TOPIC, asides, strict=True)
    return [made_article(f"{prefix}{number}", f"{topic} {cast} {aside}") for number, (topic, aside) in enumerate(texts)]


def members(articles: list[Article], cast_weight: float | None = None) -> set[tuple[str, ...]]:
    weight = SETTINGS.stories.cast_weight if cast_weight is None else cast_weight
    chosen = replace(SETTINGS, stories=replace(SETTINGS.stories, cast_weight=weight))
    return {story.articles for story in group_stories(articles, chosen)}


def test_two_events_of_one_topic_stay_apart_by_their_casts() -> None:
    dump = [*told("a", FIRST, ASIDES[:4]), *told("b", SECOND, ASIDES[4:])]
    assert members(dump) == {("a0", "a1", "a2", "a3"), ("b0", "b1", "b2", "b3")}
    assert len(members(dump, cast_weight=0.0)) == 1


def test_one_event_stays_together_where_half_of_its_texts_name_nobody() -> None:
    assert len(members([*told("a", FIRST, ASIDES[:4]), *told("b", "", ASIDES[4:])])) == 1


TWO_EVENTS = [*told("a", FIRST, ASIDES[:4]), *told("b", SECOND, ASIDES[4:])]


@given(st.permutations(TWO_EVENTS), st.sampled_from(TWO_EVENTS), st.integers(0, 5))
@settings(max_examples=20, deadline=None)
def test_neither_order_nor_copies_change_who_is_told_apart(
    articles: list[Article], copied: Article, count: int
) -> None:
    copies = [replace(copied, id=f"c{number}", source=f"Outlet {number}") for number in range(count)]
    found = members([*articles, *copies])
    assert {tuple(key for key in story if not key.startswith("c")) for story in found} == members(TWO_EVENTS)
    assert len(found) == 2


def test_texts_that_join_an_event_leave_the_other_its_id() -> None:
    known = {story.id for story in group_stories(TWO_EVENTS, SETTINGS)}
    late = [replace(item, id=f"z{item.id}", text=f"{item.text} ({item.id})") for item in TWO_EVENTS[:3]]
    assert {story.id for story in group_stories([*TWO_EVENTS, *late], SETTINGS)} == known


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([4, 4, 4, 4, 0, 0, 0, 0], [0, 0, 0, 0, 4, 4, 4, 4], 2 / 3),  # casts all their own
        ([4, 4, 4, 4, 0, 0, 0, 0], [4, 4, 4, 4, 0, 0, 0, 0], 0.0),  # one cast
        ([4, 4, 4, 4, 4, 4, 4, 4], [0, 0, 0, 0, 4, 4, 4, 4], 0.0),  # one side has more detail
        ([4, 4, 0, 0, 0, 0, 0, 0], [0, 0, 4, 4, 0, 0, 0, 0], 1 / 3),  # half as many names
        ([2, 2, 2, 2, 0, 0, 0, 0], [0, 0, 0, 0, 2, 2, 2, 2], 1 / 3),  # told by half the texts
        ([4, 4, 4, 4, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1, 1, 1], 1 / 3),  # the geometric mean of 2/3 and 1/6
        ([], [], 0.0),
    ],
)
def test_contrast_is_what_each_group_has_of_a_cast_of_its_own(
    one: list[int], other: list[int], expected: float
) -> None:
    found = contrast(np.array(one, np.uint16), np.array(other, np.uint16), (4, 4), STORIES)
    assert found == pytest.approx(expected)


def test_a_group_of_few_texts_has_no_cast() -> None:
    one, other = np.array([9] * 4 + [0] * 4, np.uint16), np.array([0] * 4 + [3] * 4, np.uint16)
    assert contrast(one, other, (9, 3), STORIES) == 0.0
    assert contrast(one, other, (9, 4), STORIES) > 0.0


def _groups(sizes: tuple[int, int]) -> st.SearchStrategy[tuple[Told, Told, tuple[int, int]]]:
    counts = st.lists(st.tuples(st.integers(0, sizes[0]), st.integers(0, sizes[1])), max_size=30)
    return counts.map(
        lambda pairs: (
            np.array([pair[0] for pair in pairs], np.uint16),
            np.array([pair[1] for pair in pairs], np.uint16),
            sizes,
        )
    )


GROUPS = st.tuples(st.integers(1, 12), st.integers(1, 12)).flatmap(_groups)


@given(GROUPS)
@settings(max_examples=60, deadline=None)
def test_contrast_is_a_share_and_knows_no_order(groups: tuple[Told, Told, tuple[int, int]]) -> None:
    one, other, sizes = groups
    found = contrast(one, other, sizes, STORIES)
    order = np.random.default_rng(len(one)).permutation(len(one))
    assert 0.0 <= found < 1.0
    assert contrast(other, one, sizes[::-1], STORIES) == found
    assert contrast(one[order], other[order], sizes, STORIES) == found


@given(GROUPS)
@settings(max_examples=60, deadline=None)
def test_a_name_that_all_texts_of_both_tell_changes_no_contrast(groups: tuple[Told, Told, tuple[int, int]]) -> None:
    one, other, sizes = groups
    more = [np.append(told, np.uint16(size)) for told, size in zip((one, other), sizes, strict=True)]
    assert contrast(more[0], more[1], sizes, STORIES) == contrast(one, other, sizes, STORIES)


def test_only_names_that_two_texts_tell_have_a_column() -> None:
    # A column's key modulo 3 says what it is of: 2 stands for names.
    rows = [_row([2, 5, 6]), _row([5, 7, 8]), *[_row([6, 7, 11]) for _ in range(6)]]
    assert casts(rows, STORIES).T.tolist() == [[1, 1, 0, 0, 0, 0, 0, 0], [0, 0, 1, 1, 1, 1, 1, 1]]


def test_too_few_texts_for_two_casts_have_no_columns() -> None:
    assert casts([_row([2])] * 7, STORIES).shape == (7, 0)
    assert casts([_row([2])] * 8, STORIES).shape == (8, 1)


def _row(columns: list[int]) -> Row:
    keys = np.array(columns, np.uint32)
    return Row(keys, np.ones(len(keys), np.float32), keys)
