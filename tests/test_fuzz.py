"""Files of every format, damaged: some of what the fuzzer makes, and what it found, on every run of the tests."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.benchmarks.fuzz import made, mutated, read, seeds

_GOOD = seeds()


@pytest.mark.parametrize("number", range(len(_GOOD)))
def test_the_files_that_fuzzing_begins_with_are_read(number: int, tmp_path: Path) -> None:
    found = read(tmp_path, "a", _GOOD[number])
    assert found["article"] or found["xml.entities"]


@hypothesis_settings(max_examples=300)
@given(st.integers(0, 2**32))
def test_a_damaged_file_of_any_format_becomes_articles_or_reasons(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        name, data = made(random.Random(seed), _GOOD)  # noqa: S311 - to be repeated, not to be secret
        assert read(Path(folder), name, data).total() > 0


@given(st.sampled_from(_GOOD), st.integers(0, 2**32))
def test_a_slip_of_the_fuzzer_is_the_same_for_the_same_seed(good: bytes, seed: int) -> None:
    first, second = (mutated(good, random.Random(seed)) for _ in range(2))  # noqa: S311 - as above
    assert first == second
