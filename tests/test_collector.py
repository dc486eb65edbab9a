"""The cycle collector is off while a shard is worked on, which costs nothing as long as there are no cycles."""

from __future__ import annotations

import gc

import pytest

from pipeline.collector import collector_off
from pipeline.resources import folder
from tests.night import read_dump, run_night


def test_the_stages_leave_the_collector_nothing() -> None:
    sample = read_dump(folder("seeds"))
    run_night(sample)  # lexicons are read once a process
    gc.collect()
    with collector_off():
        run_night(sample)
    assert gc.collect() == 0


@collector_off()
def _fails_after_an_inner_pause() -> None:
    with collector_off():
        assert not gc.isenabled()
    assert not gc.isenabled()
    raise ValueError("broken")


def test_the_collector_goes_on_after_the_outermost_pause_even_if_that_failed() -> None:
    with pytest.raises(ValueError, match="broken"):
        _fails_after_an_inner_pause()
    assert gc.isenabled()
