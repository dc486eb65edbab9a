"""Texts as vectors: what a term weighs, and what weighs nothing."""

from __future__ import annotations

import errno
import io
from tempfile import gettempdir

import numpy as np
import pytest

from pipeline.settings import load_settings
from pipeline.stories import library
from pipeline.stories.vectors import Vocabulary, rarity
from tests.made import made_article

_WHOLE = (1.0, 0.0, 0.0)


def _weights(words: str, shares: tuple[float, float, float] = _WHOLE, lead: int = 0, names: str = "") -> list[float]:
    row = Vocabulary().row(words.split(), lead, names.split(), shares, 3)
    assert np.all(np.diff(row.columns.astype(np.int64)) > 0)
    return sorted(float(weight) for weight in row.weights if weight)


def test_stop_words_weigh_nothing() -> None:
    bare, told = (
        Vocabulary().row(text.split(), 0, (), _WHOLE, 3) for text in ("harbour flooded", "the harbour was flooded")
    )
    assert bare.columns.tolist() == told.columns.tolist()
    assert bare.weights.tolist() == told.weights.tolist()


def test_a_term_weighs_one_and_the_logarithm_of_how_often_it_stands_there_times_its_rarity() -> None:
    twice, once = (1.0 + np.log(2)) * rarity("harbour"), rarity("flood")
    length = float(np.hypot(twice, once))
    assert _weights("harbour flooded harbour") == pytest.approx(sorted([twice / length, once / length]), rel=1e-6)


def test_the_three_sections_have_their_shares_of_the_whole() -> None:
    found = _weights("harbour flooded", (0.5, 0.3, 0.2), lead=1, names="Velmora")
    assert sum(weight**2 for weight in found) == pytest.approx(1.0, rel=1e-6)
    assert any(weight**2 == pytest.approx(0.3, rel=1e-6) for weight in found), "the one word of the lead"
    assert any(weight**2 == pytest.approx(0.2, rel=1e-6) for weight in found), "the one name"


class _Full(io.BytesIO):
    def write(self, _: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_without_room_for_temporary_files_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "TemporaryFile", _Full)
    shelved = library.shelve([made_article("a", "The harbour flooded twice.")], load_settings())
    with pytest.raises(OSError, match="No space left") as raised, library.open_library(shelved):
        pass
    assert raised.value.filename == gettempdir()
