"""Where reports and lines are written: names of files, lines of JSON, the counts and digests of the index."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report import (
    report_path,
    to_json,
    to_json_line,
)

HOSTILE = [
    "../../etc/passwd", "/etc/passwd", "a/b", "a\\b", "..", ".", "", ".hidden", "a\0b", "x" * 300, "." * 300, "~" * 300,
    "CON", "nul.txt", "Lpt1", "a b", "é", "日本" * 200, "\ud800", "C:\\x", "a\n", "%2E%2E", "a:b", "-rf",
]  # fmt: skip


@given(st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=()))))
def test_every_id_becomes_one_short_plain_file_inside_the_reports(article_id: str) -> None:
    path = report_path(article_id)
    assert re.fullmatch(r"reports/[0-9a-f]{2}/[A-Za-z0-9%_~-][A-Za-z0-9%._~-]{0,124}\.json", path)
    assert len(PurePosixPath(path).parts) == 3
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", PurePosixPath(path).name)


@pytest.mark.parametrize("article_id", ["a1", "000_cafe", "A-b_c.d", "x" * 120, "console", "-rf"])
def test_a_plain_id_is_its_own_file_name(article_id: str) -> None:
    assert PurePosixPath(report_path(article_id)).name == f"{article_id}.json"


@given(st.text(), st.text())
def test_two_ids_never_share_a_file(one: str, other: str) -> None:
    assert (report_path(one) == report_path(other)) == (one == other)


def test_ids_that_differ_late_or_in_encoding_alone_are_kept_apart() -> None:
    ids = ["x" * 300, "x" * 301, "a/b", "a%2Fb", "%", "%25", ".", "%2E"]
    assert len({report_path(article_id) for article_id in ids}) == len(ids)


def test_the_layout_of_lines_has_one_file() -> None:
    assert report_path("../x", "jsonl") == "reports/reports.jsonl"


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_not_written(number: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        to_json({"score": number})


def test_json_ends_in_a_newline_and_keeps_the_order_of_keys() -> None:
    assert to_json({"b": 1, "a": "é"}) == '{\n  "b": 1,\n  "a": "é"\n}\n'.encode()
    assert to_json_line({"b": 1, "a": None}) == b'{"b":1,"a":null}\n'


@given(st.text(st.sampled_from('a\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"\\')))
def test_a_line_is_one_line_to_every_reader(text: str) -> None:
    line = to_json_line({"text": text}).decode()
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"text": text}


@given(st.text(st.characters(exclude_categories=()), max_size=20))
def test_any_text_can_be_written_and_keeps_its_length(text: str) -> None:
    written = json.loads(to_json_line({"text": text}))["text"]
    assert len(written) == len(text)
    assert all(there == wrote or "\ud800" <= there <= "\udfff" for there, wrote in zip(text, written, strict=True))
