"""What is said reaches a terminal of any encoding; a stream that is closed or full is no fault of the work."""

from __future__ import annotations

import errno
import io
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.progress import closing_words
from pipeline.terminal import ready_streams, say
from tests.command import environment

_LINE = "“Forty hurt” ✗"
_FULL = Path("/dev/full")


@pytest.fixture
def own_streams(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let a test put streams of its own in the place of both."""
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    return monkeypatch


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_what_an_encoding_lacks_is_spelled_out(own_streams: pytest.MonkeyPatch, encoding: str) -> None:
    written = io.BytesIO()
    own_streams.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding))
    ready_streams()
    say(_LINE)
    assert written.getvalue() == f"{_LINE}\n".encode(encoding, "backslashreplace")


def test_closed_streams_swallow_what_is_said(own_streams: pytest.MonkeyPatch) -> None:
    own_streams.setattr(sys, "stdout", None)
    own_streams.setattr(sys, "stderr", None)
    ready_streams()
    say(_LINE)
    with sys.stdout as out, sys.stderr as error:
        assert not out.isatty()
        assert not error.isatty()


class _Full(io.StringIO):
    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_log_fails_no_run(own_streams: pytest.MonkeyPatch) -> None:
    full = _Full()
    own_streams.setattr(sys, "stdout", full)
    say(_LINE)
    assert full.getvalue() == f"{_LINE}\n"


@pytest.mark.skipif(not _FULL.exists(), reason="needs /dev/full")
def test_a_command_whose_output_is_full_ends_with_2_and_says_so() -> None:
    program = Path(sys.executable).with_name("twosource")
    with _FULL.open("w") as full:
        done = subprocess.run(
            [program, "config"], env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "Error: standard output: No space left on device"


def test_the_closing_words_keep_a_dumps_words_on_their_line() -> None:
    hostile = "\x1b[2J\x9b31m\nLuigi says: all is well\u202e"
    row = {"points": -3.0, "article": hostile, "rule": "place.mention", "text": hostile, "verdict": "contradicted"}
    counts = dict.fromkeys(("records", "scored", "insufficient_evidence", "quarantined", "duplicates"), 1)
    summary = {"counts": counts, "run": {"fingerprint": "f"}, "worst_findings": [row], "quarantine": [], "unscored": []}
    lines = closing_words(summary, Path("reports", "index.json")).split("\n")
    assert len(lines) == 5
    assert all(line.isprintable() for line in lines)
