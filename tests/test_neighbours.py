"""Whom an article is compared with: few, however many share its terms, and among them those that share most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.settings import load_settings
from pipeline.stories.neighbours import components
from pipeline.stories.vectors import Row

STORIES = replace(load_settings().stories, linked=0.3)


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts whose terms weigh the same, and which of them were asked for beside each one."""

    terms: list[set[int]]
    asked: list[list[int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.terms)

    def row(self, number: int) -> Row:
        """Return a row whose terms weigh the same."""
        columns = np.array(sorted(self.terms[number]), np.uint32)
        return Row(columns, np.full(len(columns), len(columns) ** -0.5, np.float32), columns)

    def columns(self, numbers: Iterable[int]) -> tuple[NDArray[np.uint32], NDArray[np.float32], NDArray[np.int64]]:
        """Return the rows laid one behind another, and note which they are."""
        self.asked.append(list(numbers))
        rows = [Row(np.zeros(0, np.uint32), np.zeros(0, np.float32), np.zeros(0, np.uint32))]
        rows += [self.row(number) for number in self.asked[-1]]
        columns, weights = (
            np.concatenate(parts) for parts in zip(*((row.columns, row.weights) for row in rows), strict=True)
        )
        return columns, weights, np.array([len(row.columns) for row in rows[1:]], np.int64)


def _days(texts: Texts) -> NDArray[np.float64]:
    return np.zeros(len(texts))


def test_an_article_is_compared_with_few_however_many_share_its_terms() -> None:
    texts = Texts([{1, 2, 3, 100 + number} for number in range(200)])
    components(texts, _days(texts), replace(STORIES, compared=5))
    assert max(map(len, texts.asked)) == 5
    assert sum(map(len, texts.asked)) <= 5 * len(texts)


def test_those_that_share_most_are_the_ones_compared() -> None:
    texts = Texts([{1, 2, 3, 4, 5}, {1, 2, 9}, {1, 2, 3, 4}, {1, 2, 8}, {1, 2, 3, 7}])
    components(texts, _days(texts), replace(STORIES, compared=2))
    assert texts.asked[0] == [2, 4]


@given(st.lists(st.sets(st.integers(0, 30), min_size=1, max_size=8), min_size=1, max_size=12))
def test_parts_are_those_of_the_pairs_that_are_close_and_share_two_terms(terms: list[set[int]]) -> None:
    groups = components(Texts(terms), np.zeros(len(terms)), STORIES)
    part_of = {number: group[0] for group in groups for number in group}
    expected = list(range(len(terms)))
    for one in range(len(terms)):
        for other in range(one + 1, len(terms)):
            shared = len(terms[one] & terms[other])
            if shared >= 2 and shared / (len(terms[one]) * len(terms[other])) ** 0.5 >= STORIES.linked:
                old, new = expected[other], expected[one]
                expected = [new if part == old else part for part in expected]
    assert [[part_of[one] == part_of[other] for other in part_of] for one in part_of] == [
        [expected[one] == expected[other] for other in part_of] for one in part_of
    ]


def test_a_tangle_is_cut_also_where_no_cosine_at_all_is_asked() -> None:
    texts = Texts([{1, 2, 3, 100 + number} for number in range(9)])
    found = components(texts, _days(texts), replace(STORIES, linked=0.0, component=2))
    assert max(map(len, found)) <= 2
    assert sorted(row for part in found for row in part) == list(range(9))
