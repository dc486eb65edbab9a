"""HTML pages, alone and in web archives."""

from __future__ import annotations

import gzip
import json
import tempfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.ingest import main_text
from pipeline.models import Article, Rejected
from tests.ingest_dump import articles, body, read
from tests.packing import PACKERS

_TEXT = (
    "The bridge over the river was opened on Monday by the mayor, who said that it was late. It had cost 12 million."
)
_NODE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Bridge &amp; river",
    "articleBody": f"{_TEXT}\n\nIt is long.",
    "datePublished": "2026-03-02T06:05:04+01:00",
    "author": [{"@type": "Person", "name": "Jane Doe"}],
    "publisher": {"@type": "Organization", "name": "Harbour Post"},
    "mainEntityOfPage": {"@id": "https://harbour.example/bridge"},
}
_HEAD = (
    '<title>Bridge | Harbour Post</title><meta property="og:title" content="Bridge &gt; river">'
    '<meta property=og:site_name content="Harbour Post"><link rel="canonical" href="/bridge?id=1">'
    "<meta name='article:published_time' content='2026-03-02T06:05:04Z'><meta name=author content='By Jane Doe'>"
)


def _page(head: str = "", main: str = f"<article><h1>Bridge</h1><p>{_TEXT}</p></article>") -> bytes:
    menu = "<nav><a href=/>Home</a> <a href=/x>News</a></nav>"
    return f'<!DOCTYPE html><html lang="en-GB"><head>{head}</head><body>{menu}{main}</body></html>'.encode()


def _linked(*blocks: Any) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(block)}</script>' for block in blocks)


def _record(kind: str, address: str, block: bytes, content: str = "application/http; msgtype=response") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Type: {content}\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)


def _answer(page: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + page


def _archive(number: int = 1) -> bytes:
    info = _record("warcinfo", "", b"software: x\r\n", "application/warc-fields")
    records = [
        _record("response", f"https://harbour.example/{n}", _answer(_page(_linked(_NODE)))) for n in range(number)
    ]
    return info + b"".join(records)


def _outcomes(found: list[Article | Rejected]) -> list[str | None]:
    return [outcome.reason if isinstance(outcome, Rejected) else None for outcome in found]


@pytest.mark.parametrize("name", ["007.html", "007", "007.txt", "007.htm.gz"])
@pytest.mark.parametrize(
    "blocks",
    [
        (_NODE,),
        ([_NODE],),
        ({"@graph": [{"@type": "WebPage", "name": "x"}, _NODE]},),
        ({"@type": "BreadcrumbList"}, _NODE),
        ({"@type": "WebPage", "mainEntity": _NODE},),
        ({"@type": "NewsArticle", "headline": "No"}, _NODE),
    ],
)
def test_a_page_is_read_from_its_linked_data_first(blocks: tuple[Any, ...], name: str, tmp_path: Path) -> None:
    page = _page(
        '<script type="application/ld+json">{broken</script>' + _linked(*blocks), "<p>Not this text, never.</p>"
    )
    data = gzip.compress(page) if name.endswith("gz") else page
    (found,) = articles(read(tmp_path / name, data))
    assert (found.id, found.title, body(found)) == ("007", "Bridge & river", f"{_TEXT}\n\nIt is long.")
    assert (found.source, found.authors, found.published) == (
        "Harbour Post",
        ("Jane Doe",),
        "2026-03-02T06:05:04+01:00",
    )
    assert (found.url, found.language) == ("https://harbour.example/bridge", "en")


def test_a_page_without_linked_data_gives_its_main_text(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="needs the extra html")
    (found,) = articles(read(tmp_path / "007.html", _page(_HEAD)))
    assert _TEXT in body(found)
    assert "Home" not in found.text
    assert (found.id, found.title, found.source, found.authors) == (
        "007",
        "Bridge > river",
        "Harbour Post",
        ("Jane Doe",),
    )
    assert (found.published, found.language) == ("2026-03-02T06:05:04Z", "en")


def test_data_of_a_page_without_a_body_still_names_its_day_and_author(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="needs the extra html")
    node = {key: value for key, value in _NODE.items() if key != "articleBody"}
    (found,) = articles(read(tmp_path / "a.html", _page(_linked(node))))
    assert _TEXT in body(found)
    assert (found.published, found.authors) == ("2026-03-02T06:05:04+01:00", ("Jane Doe",))


def test_a_missing_extra_is_named_and_linked_data_needs_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        main_text, "lacking_html", lambda: "trafilatura is not installed; pip install 'twosource[html]'"
    )
    (found,) = read(tmp_path / "a.html", _page())
    assert isinstance(found, Rejected)
    assert (found.reason, found.hint) == ("extra.missing", "pip install 'twosource[html]', then run again")
    assert "twosource[html]" in found.detail
    assert _outcomes(read(tmp_path / "a.html", _page(_linked(_NODE)))) == [None]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", ""),
        ("cp1252", ""),
        ("cp1252", "iso-8859-1"),
        ("gb2312", "gb2312"),
        ("utf-8", "latin-1 no"),
        ("utf-16", ""),
        ("utf-8", "utf-16"),
        ("utf-8", "utf-16be"),
        ("utf-8", "cp037"),
        ("utf-8", "punycode"),
    ],
)
def test_a_page_is_decoded_as_it_says(encoding: str, named: str, tmp_path: Path) -> None:
    text = "大桥于星期一正式通车，市长出席了开幕仪式。" if encoding == "gb2312" else "The café was “open” on Monday."
    node = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{text}"}}</script>'
    page = f'<html><head><meta charset="{named}">{node}</head></html>'
    (found,) = articles(read(tmp_path / "a.html", page.encode(encoding)))
    assert found.text == text


@pytest.mark.parametrize("packer", PACKERS)
def test_a_web_archive_is_read_record_by_record(packer: str, tmp_path: Path) -> None:
    found = articles(read(tmp_path / "a.warc.gz", PACKERS[packer](_archive(3))))
    assert [article.id for article in found] == [f"https://harbour.example/{n}" for n in range(3)]
    assert [article.location.line for article in found] == [1, 2, 3]
    start = _archive(0)
    assert found[0].location.byte_offset == len(start)
    assert {body(article) for article in found} == {f"{_TEXT}\n\nIt is long."}


def test_an_archive_packed_a_record_at_a_time_is_read(tmp_path: Path) -> None:
    data = gzip.compress(_archive(0)) + gzip.compress(
        _record("response", "https://x.example/1", _answer(_page(_linked(_NODE))))
    )
    assert len(articles(read(tmp_path / "a", data))) == 1


def _chunked(data: bytes) -> bytes:
    return (
        b"".join(b"%x\r\n%s\r\n" % (len(data[at : at + 99]), data[at : at + 99]) for at in range(0, len(data), 99))
        + b"0\r\n\r\n"
    )


@pytest.mark.parametrize(
    ("code", "headers"),
    [
        (bytes, ()),
        (bytes, ("Content-Length: 12",)),
        (gzip.compress, ("Content-Encoding: gzip",)),
        (bytes, ("Content-Encoding: gzip",)),
        (zlib.compress, ("Content-Encoding: deflate",)),
        (_chunked, ("Transfer-Encoding: chunked",)),
        (lambda data: _chunked(gzip.compress(data)), ("Transfer-Encoding: chunked", "Content-Encoding: gzip")),
    ],
)
def test_an_answer_is_unpacked_however_it_was_sent(code: Any, headers: tuple[str, ...], tmp_path: Path) -> None:
    block = _answer(code(_page(_linked(_NODE))), *headers)
    (found,) = articles(read(tmp_path / "a", _record("response", "https://x.example/1", block)))
    assert found.url == "https://x.example/1"


def test_what_carries_no_page_is_passed_over_or_says_so(tmp_path: Path) -> None:
    good = _record("response", "https://x.example/9", _answer(_page(_linked(_NODE))))
    data = (
        _record("request", "https://x.example/1", b"GET / HTTP/1.1\r\n\r\n")
        + _record("revisit", "https://x.example/1", b"")
        + _record("response", "https://x.example/2", _answer(b"x", status="404 Not Found"))
        + _record("response", "https://x.example/3", _answer(b"x", kind="image/png"))
        + _record("response", "https://x.example/4", b"no answer")
        + _record(
            "response", "https://x.example/5", _answer(_page(_linked(_NODE)), "Content-Encoding: br")[:-9] + b"\x1b"
        )
        + b"WARC/1.0\r\nWARC-Type: response\r\n\r\nlost bytes\r\nmore\r\n\r\n"
        + _record("conversion", "https://x.example/6", _TEXT.encode(), "text/plain")
        + good
    )
    outcomes = read(tmp_path / "a", data)
    assert _outcomes(outcomes) == [
        *("warc.no-page", "warc.no-page", "warc.syntax", "warc.no-page", "warc.syntax", "warc.syntax", None, None),
    ]
    assert outcomes[-1].location.byte_offset == len(data) - len(good)


def test_an_archive_that_is_cut_keeps_what_came_before(tmp_path: Path) -> None:
    data = _archive(3)
    assert _outcomes(read(tmp_path / "a", data[:-40])) == [None, None, "archive.truncated"]
    assert _outcomes(read(tmp_path / "a", gzip.compress(data)[:-9]))[-1] == "archive.truncated"


def test_a_page_that_unpacks_without_end_is_stopped(tmp_path: Path) -> None:
    block = _answer(gzip.compress(b"word " * 4_000_000), "Content-Encoding: gzip")
    assert _outcomes(read(tmp_path / "a", _record("response", "https://x.example/1", block))) == ["archive.bomb"]


def test_a_page_that_is_too_long_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    long = _record("response", "https://x.example/1", _answer(b"x" * 200_000))
    outcomes = read(tmp_path / "a", long + _archive(), max_article_chars=1_000)
    assert _outcomes(outcomes) == ["text.too-long", None]


_PIECES = st.sampled_from(
    ["<", ">", "<html>", "<script type=application/ld+json>", "</script>", "<meta ", "content=", '"', "'", "<title>", "{", "}",
     '"@type": "NewsArticle"', "<p>", "</p>", "<!--", "WARC/1.0\r\n", "Content-Length: 5\r\n", "WARC-Type: response\r\n", "\r\n",
     "HTTP/1.1 200 OK\r\n", "Content-Encoding: gzip\r\n", "Transfer-Encoding: chunked\r\n", "The bridge was opened. "]
)  # fmt: skip


@given(st.lists(_PIECES | st.text(max_size=5)), st.sampled_from(["<html>", "WARC/1.0\r\n"]))
@example(["<title>"], "<html>")
@example(["<link rel=canonical href='http://['>"], "<html>")
def test_any_page_or_archive_becomes_articles_or_reasons(pieces: list[str], start: str) -> None:
    data = (start + "".join(pieces)).encode("utf-8", "surrogatepass")
    with tempfile.TemporaryDirectory() as folder:
        assert all(outcome.location.file == "a" for outcome in read(Path(folder) / "a", data))


def test_a_page_that_names_anothers_address_as_its_own_is_a_copy_of_it(tmp_path: Path) -> None:
    page = _page('<link href="https://www.wire.example/9?utm=x" rel="canonical">' + _linked(_NODE))
    data = _record("response", "https://harbour.example/1", _answer(page))
    (found,) = articles(read(tmp_path / "a", data))
    assert (found.url, found.copy_of) == ("https://harbour.example/1", "wire.example/9")
    (own,) = articles(read(tmp_path / "a", _archive()))
    assert own.copy_of is None
