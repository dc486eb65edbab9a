"""Files of every syntax as they become articles or rejections, and which files of a dump are read."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import DumpFile, DumpMissing, plan, read_file
from pipeline.models import Article, Rejected
from tests.ingest_dump import SETTINGS, articles, body, cases, limited, read, reasons
from tests.packing import zip_of
from tests.shared import REASON, SHARED

_LINE = b'{"id": "%d", "text": "The bridge was opened on Monday."}\n'
_TEXT = b"The bridge was opened on Monday."


@pytest.mark.parametrize(
    "case", cases("ingest_rejections.json"), ids=lambda case: f"{case['name']}-{case['reasons'][-1]}"
)
def test_what_cannot_be_read_says_why_and_the_rest_goes_on(case: dict[str, Any], tmp_path: Path) -> None:
    data = bytes.fromhex(case["hex"]) if "hex" in case else case["content"].encode()
    outcomes = read(tmp_path / case["name"], data)
    assert reasons(outcomes) == case["reasons"]
    assert all(outcome.hint for outcome in outcomes if isinstance(outcome, Rejected))
    if "lines" in case:
        assert [outcome.location.line for outcome in outcomes] == case["lines"]
        assert [outcome.location.byte_offset for outcome in outcomes] == case["offsets"]


@pytest.mark.parametrize("case", cases("ingest_dialects.json"), ids=lambda case: case["dialect"])
def test_each_dialect_is_mapped(case: dict[str, Any], tmp_path: Path) -> None:
    (found,) = articles(read(tmp_path / "a.json", json.dumps(case["record"]).encode()))
    for field, wanted in case["article"].items():
        value = body(found) if field == "body" else getattr(found, field)
        assert (list(value) if isinstance(value, tuple) else value) == wanted, field


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows: rows[0] if len(rows) == 1 else rows,
        lambda rows: {"status": "ok", "articles": rows},
        lambda rows: {"articles": {"results": rows, "page": 1}},
        lambda rows: {"results": rows},
        lambda rows: {"data": rows},
        lambda rows: {"items": rows},
        lambda rows: {"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", **row} for row in rows]},
    ],
)
def test_envelopes_are_opened(wrap: Any, tmp_path: Path) -> None:
    rows = [{"@id": str(n), "name": "Bridge", "id": str(n), "text": "The bridge was opened."} for n in range(3)]
    found = articles(read(tmp_path / "a.json", json.dumps(wrap(rows), indent=1).encode()))
    assert [article.id for article in found] == ["0", "1", "2"]
    assert [article.location.line for article in found] == [1, 2, 3]


def test_references_in_a_graph_are_followed(tmp_path: Path) -> None:
    graph = [
        {"@type": "Organization", "@id": "#o", "name": "Example"},
        {"@type": "Article", "headline": "Bridge", "articleBody": "It is open.", "publisher": {"@id": "#o"}},
    ]
    (found,) = articles(read(tmp_path / "a.json", json.dumps({"@graph": graph}).encode()))
    assert found.source == "Example"


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json", "a.txt", "a"])
@pytest.mark.parametrize(
    "pack", [bytes, gzip.compress, lambda data: zip_of(a__jsonl=data), lambda data: gzip.compress(zip_of(a=data))]
)
def test_json_lines_are_found_by_their_content(name: str, pack: Any, tmp_path: Path) -> None:
    data = b"".join(_LINE % number for number in range(3))
    assert [article.id for article in articles(read(tmp_path / name, pack(data)))] == ["0", "1", "2"]


def test_a_line_separator_inside_a_string_splits_nothing(tmp_path: Path) -> None:
    data = '{"id": "1", "text": "One bridge.\u2028Two\u0085bridges."}\n'.encode()
    (found,) = articles(read(tmp_path / "a.jsonl", data))
    assert found.text == "One bridge.\nTwo\nbridges."


def test_numbers_that_are_not_finite_become_none(tmp_path: Path) -> None:
    data = b'{"id": "1", "text": "The bridge was opened.", "published": 1e400, "author": NaN, "source": -Infinity}'
    (found,) = articles(read(tmp_path / "a.json", data))
    assert (found.published, found.authors, found.source) == (None, (), None)


@pytest.mark.parametrize("value", [b"[" * 100_000, b'{"a": ' + b"9" * 5_000 + b"}", b'{"a":' * 50_000])
def test_hostile_json_is_refused(value: bytes, tmp_path: Path) -> None:
    assert reasons(read(tmp_path / "a.jsonl", value + b"\n" + _LINE % 1)) in (
        ["json.limit", None],
        ["json.syntax", None],
    )


def test_csv_values_stay_strings(tmp_path: Path) -> None:
    data = b'id,title,text\r\n007,NA,"One, ""two""\r\nlines of text"\r\n1e3,None,More text is here\r\n'
    first, second = articles(read(tmp_path / "a.csv", data))
    assert (first.id, first.title, body(first)) == ("007", "NA", 'One, "two"\nlines of text')
    assert (second.id, first.location.line, second.location.line) == ("1e3", 2, 4)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_tables_are_found_by_their_header(delimiter: str, tmp_path: Path) -> None:
    data = f"id{delimiter}text\n1{delimiter}The bridge was opened.\n".encode()
    assert [article.id for article in articles(read(tmp_path / "a", data))] == ["1"]


def test_a_csv_field_may_be_longer_than_the_module_allows(tmp_path: Path) -> None:
    data = b"id,text\n1," + b"word " * 100_000 + b"\n"
    assert articles(read(tmp_path / "a.csv", data))[0].word_count == 100_000


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("The café was open.".encode(), "The café was open."),
        ("The café was open.".encode("utf-8-sig"), "The café was open."),
        ("The café was open.".encode("utf-16"), "The café was open."),
        ("The café was “open”.".encode("cp1252"), "The café was “open”."),
        ("The cafe\u0301 was\u200b\u202e \x07open.  \r\n\r\n\r\n\r\nAgain.".encode(), "The café was open.\n\nAgain."),
        (b"The #hashtag &amp; <b>tag</b> stay.", "The #hashtag &amp; <b>tag</b> stay."),
    ],
)
def test_text_files_are_decoded_and_cleaned(data: bytes, text: str, tmp_path: Path) -> None:
    (found,) = articles(read(tmp_path / "a.txt", data))
    assert found.text == text


def test_ids_of_text_files_are_their_stems(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    names = {"001.txt": "001", "v1.2.md": "v1.2", "plain": "plain", "b.text": "b"}
    for name in names:
        (tmp_path / "in" / name).write_bytes(_TEXT)
    (tmp_path / "in" / "002.txt.gz").write_bytes(gzip.compress(_TEXT))
    (tmp_path / "in" / "z.zip").write_bytes(zip_of(**{"day-003__txt": _TEXT}))
    found = [outcome for file in plan(str(tmp_path / "in")) for outcome in read_file(file, SETTINGS)]
    assert sorted(article.id for article in articles(found)) == sorted([*names.values(), "002", "003"])


def test_a_record_without_id_is_named_by_its_place(tmp_path: Path) -> None:
    data = b'{"text": "The bridge was opened."}\n{"text": "The bridge was closed."}\n'
    assert [article.id for article in articles(read(tmp_path / "a.jsonl", data))] == ["a.jsonl#1", "a.jsonl#2"]


def test_an_agency_at_the_end_is_a_wire_and_a_picture_credit_is_none(tmp_path: Path) -> None:
    (text,) = articles(read(tmp_path / "a.txt", b"The bridge was opened on Monday. (Reuters)"))
    (picture,) = articles(read(tmp_path / "a.txt", b"The bridge was opened on Monday. (Jane Doe/Reuters)"))
    assert (text.wires, picture.wires) == (("Reuters",), ())


def test_limits_hold(tmp_path: Path) -> None:
    long = b'{"id": "1", "text": "%s"}\n' % (b"word " * 1_000)
    assert reasons(read(tmp_path / "a.jsonl", long + _LINE % 2, max_line_bytes=1_000)) == ["line.too-long", None]
    assert reasons(read(tmp_path / "a.jsonl", long + _LINE % 2, max_article_chars=1_000)) == ["text.too-long", None]
    rows = b"id,text\n1," + b"word " * 1_000 + b"\n2,The bridge was opened.\n"
    assert reasons(read(tmp_path / "a.csv", rows, max_line_bytes=1_000)) == ["line.too-long", None]
    assert reasons(read(tmp_path / "a.json", b"[" + long + b"]", max_document_bytes=1_000)) == ["document.too-large"]


def test_links_pipes_and_hidden_files_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(_TEXT)
    (tmp_path / ".hidden").write_bytes(_TEXT)
    (tmp_path / "link").symlink_to("a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    outcomes = {file.name: list(read_file(file, SETTINGS)) for file in plan(str(tmp_path))}
    assert {name: reasons(found) for name, found in outcomes.items()} == {
        "a.txt": [None],
        "link": ["file.kind"],
        "loop": ["file.kind"],
        "pipe": ["file.kind"],
    }


def test_a_file_that_is_gone_is_reported(tmp_path: Path) -> None:
    gone = DumpFile(name="gone", path=tmp_path / "gone")
    assert reasons(list(read_file(gone, SETTINGS))) == ["file.unreadable"]


def test_a_dump_is_a_file_a_folder_or_a_glob(tmp_path: Path) -> None:
    for name in ("b.txt", "day/a.txt", "day/deep/c.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(_TEXT)

    def names(dump: str) -> list[str]:
        return [file.name for file in plan(str(tmp_path / dump))]

    assert names("") == ["b.txt", "day/a.txt", "day/deep/c.jsonl"]
    assert names("day/a.txt") == ["a.txt"]
    assert names("*/*.txt") == ["day/a.txt"]
    assert names("**/*.txt") == ["b.txt", "day/a.txt"]
    assert names("da?") == ["day/a.txt", "day/deep/c.jsonl"]


@pytest.mark.parametrize("dump", ["gone", "gone/*.txt", "*.none", "empty", ""])
def test_a_missing_dump_is_named(dump: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DumpMissing, match="check --dump"):
        plan(str(tmp_path / dump) if dump else "")


def test_reading_does_not_depend_on_limits_it_does_not_meet(tmp_path: Path) -> None:
    data = b"".join(_LINE % number for number in range(50))
    (tmp_path / "a.jsonl").write_bytes(data)
    file = DumpFile(name="a.jsonl", path=tmp_path / "a.jsonl")
    assert list(read_file(file, SETTINGS)) == list(read_file(file, limited(max_line_bytes=1_000)))


_COVERED = (
    *("csv", "event-registry", "fundus-json", "gdelt", "hf-parquet", "nela-gt", "news-please", "newsapi"),
    *(
        "warc",
        "newsml-g2",
        "newspaper4k-json",
        "ninjs",
        "plain-text",
        "rss-atom",
        "schema.org-jsonld",
        "trafilatura-json",
    ),
)


@pytest.mark.skipif(SHARED is None, reason=REASON)
@pytest.mark.parametrize("folder", _COVERED)
def test_real_dumps_are_read_as_worked_out_by_hand(folder: str) -> None:
    assert SHARED is not None
    root = SHARED / "formats" / folder
    wanted = json.loads((root / "expected.json").read_text(encoding="utf-8"))
    for name in wanted:
        outcomes = [outcome for file in plan(str(root / name)) for outcome in read_file(file, SETTINGS)]
        if not wanted[name]:  # a file that holds no article
            assert all(isinstance(outcome, Rejected) for outcome in outcomes)
            continue
        assert len(outcomes) == len(wanted[name])
        for outcome, row in zip(outcomes, wanted[name], strict=True):
            _as_by_hand(outcome, row)


def _as_by_hand(outcome: Article | Rejected, row: dict[str, Any]) -> None:
    if isinstance(outcome, Rejected):
        assert row["text_80"] == "", outcome
        return
    found = {name: getattr(outcome, name) for name in ("title", "published", "url")}
    assert found == {name: row[name] for name in found}
    assert list(outcome.authors) == row["authors"]
    assert " ".join(body(outcome).split()).startswith(" ".join(row["text_80"].split())[:78])
    derived = outcome.url is not None and f".{outcome.source}/" in outcome.url.replace("//", "//.")
    assert outcome.source == row["source"] or derived
