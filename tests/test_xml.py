"""XML in all the dialects: feeds, NewsML-G2, NITF, a user's own; and what hostile documents come to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.models import Article, Rejected
from tests.ingest_dump import articles, body, cases, read
from tests.packing import PACKERS

_ITEM = b"<item><guid>%d</guid><description>The bridge number %d was opened.</description></item>"
_FEED = b"<rss><channel><title>Post</title>%s</channel></rss>"


@pytest.mark.parametrize("name", ["a", "a.xml", "a.json", "a.txt"])
@pytest.mark.parametrize("case", cases("ingest_xml.json"), ids=lambda case: case["name"])
def test_xml_is_read_as_its_table_says(case: dict[str, Any], name: str, tmp_path: Path) -> None:
    data = bytes.fromhex(case["hex"]) if "hex" in case else case["content"].encode()
    outcomes = read(tmp_path / name, data)
    assert [found.reason for found in outcomes if isinstance(found, Rejected)] == case.get("reasons", [])
    found = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    assert len(found) == len(case["articles"])
    for article, wanted in zip(found, case["articles"], strict=True):
        for field, value in wanted.items():
            held = body(article) if field == "body" else getattr(article, field)
            assert (list(held) if isinstance(held, tuple) else held) == value, field


def test_an_element_has_its_number_and_the_place_of_its_tag(tmp_path: Path) -> None:
    items = b"".join(_ITEM % (n, n) for n in range(3)) + b"<item><guid>3</guid></item>"
    outcomes = read(tmp_path / "a.xml", _FEED % items)
    start, length = (_FEED % items).index(b"<item>"), len(_ITEM % (0, 0))
    places = [(outcome.location.line, outcome.location.byte_offset) for outcome in outcomes]
    assert places == [(n + 1, start + n * length) for n in range(4)]
    assert isinstance(outcomes[-1], Rejected)


@pytest.mark.parametrize("packer", ["plain", "gz", "zst", "tar.xz"])
def test_many_elements_are_read_across_the_pieces_of_a_stream(packer: str, tmp_path: Path) -> None:
    data = _FEED % b"".join(_ITEM % (n, n) for n in range(20_000))
    assert [found.id for found in articles(read(tmp_path / "a", PACKERS[packer](data)))] == list(
        map(str, range(20_000))
    )


def test_an_element_that_is_too_long_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    long = b"<item><guid>1</guid><description>%s<b>x</b></description></item>" % (b"word " * 1_000)
    outcomes = read(tmp_path / "a.xml", _FEED % (_ITEM % (0, 0) + long + _ITEM % (2, 2)), max_line_bytes=1_000)
    assert [outcome.reason if isinstance(outcome, Rejected) else outcome.id for outcome in outcomes] == [
        "0", "line.too-long", "2",
    ]  # fmt: skip


def test_a_tag_without_end_is_given_up(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "a.xml", b'<rss><channel title="' + b"x" * 10_000_000)
    assert isinstance(found, Rejected)
    assert found.reason == "xml.limit"


def test_an_element_of_ones_own_is_read_without_code(tmp_path: Path) -> None:
    table = '[[dialect]]\nname = "desk"\nelement = "story"\nid = ["@key"]\ntitle = ["head"]\ntext = ["copy"]\n'
    (tmp_path / "own.toml").write_text(table)
    data = b'<desk><story key="007"><head>Bridge</head><copy>One.<br/>It was opened on Monday.</copy></story></desk>'
    (found,) = articles(read(tmp_path / "a.xml", data, formats=str(tmp_path / "own.toml")))
    assert (found.id, found.title, body(found)) == ("007", "Bridge", "One.\nIt was opened on Monday.")


def test_prose_that_begins_with_a_tag_is_text(tmp_path: Path) -> None:
    (found,) = articles(read(tmp_path / "a.txt", b"<Reuters> The bridge was opened on Monday."))
    assert found.text.startswith("<Reuters>")
