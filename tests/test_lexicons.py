"""The word lists under ``config/lexicon``: one row for each fact."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.resources import folder, lexicon

NAMES = sorted(path.stem for path in (folder("config") / "lexicon").glob("*.csv"))


@pytest.mark.parametrize("name", NAMES)
def test_a_lexicon_says_nothing_twice(name: str) -> None:
    rows = Counter(tuple(row.values()) for row in lexicon(name))
    assert rows
    assert [row for row, times in rows.items() if times > 1] == []
