"""Which names are nights, and which folders of an output."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.nights import days_between, is_night, night_folders


@pytest.mark.parametrize("name", ["2025-10-17", "2024-02-29", "0001-01-01"])
def test_a_day_of_the_calendar_is_a_night(name: str) -> None:
    assert is_night(name)


@pytest.mark.parametrize(
    "name",
    ["", "2025-1-7", "20251017", "2025-W42-5", "2025-02-29", "2025-13-01", "2025-10-17\n", "٢٠٢٥-١٠-١٧", ".work"],
)
def test_any_other_name_is_no_night(name: str) -> None:
    assert not is_night(name)


def test_nights_lie_days_apart_to_both_ends_of_the_calendar() -> None:
    assert days_between("2025-03-01", "2025-02-27") == 2
    assert days_between("0001-01-01", "9999-12-31") == -3_652_058


def test_only_what_is_named_as_a_night_is_one_of_an_output(tmp_path: Path) -> None:
    for name in ("2025-10-17", "2025-10-18", "2025-10-32", ".work", "notes"):
        (tmp_path / name).mkdir()
    (tmp_path / "file").touch()
    assert sorted(folder.name for folder in night_folders(tmp_path)) == ["2025-10-17", "2025-10-18"]
    assert list(night_folders(tmp_path / "file")) == list(night_folders(tmp_path / "nowhere")) == []
