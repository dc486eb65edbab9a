"""The effective number of independent origins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.corroboration.independence import Independence
from pipeline.models import Overlap

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
