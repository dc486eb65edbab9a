"""The place of a record is right: the raw bytes of the file or member, cut at byte_offset, begin with the record."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.ingest.json_places import end_of_value, starts_of_list
from pipeline.ingest.lines import Utf8
from pipeline.models import Article, Rejected
from tests.ingest_dump import read

_WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00\ufeff")
    | st.sampled_from('"\\{}[],:\u2028é😀')
)
_RECORDS = st.lists(
    _WORDS.map(lambda text: {"id": text, "text": f"The bridge was opened. {text}"})
    | _WORDS.map(lambda text: {"text": 7, "note": text, "list": [text, {"a": [text]}]})
    | _WORDS.map(lambda text: {"headline": text})
    | st.sampled_from([None, 7, "text", ["list", {"text": "in a list"}], {}, True]),
    min_size=1,
    max_size=8,
)
_ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "marked": lambda text: text.encode("utf-8-sig"),
    "little": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "big": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
}
_PLAIN = {"little": "utf-16-le", "big": "utf-16-be"}


def _zipped(data: bytes, name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, data)
    return packed.getvalue()


_PACKINGS: dict[str, Callable[[bytes, str], bytes]] = {
    "plain": lambda data, _: data,
    "gzip": lambda data, _: gzip.compress(data),
    "zip": _zipped,
}


def _outcomes(data: bytes, name: str, packing: str = "plain") -> list[Article | Rejected]:
    with tempfile.TemporaryDirectory() as folder:
        return read(Path(folder) / name, _PACKINGS[packing](data, name))


def _begins(data: bytes, outcome: Article | Rejected, record: str, encoding: str) -> bool:
    at = outcome.location.byte_offset
    assert at is not None, outcome
    return data[at:].startswith(record.encode(_PLAIN.get(encoding, "utf-8")))


@given(_RECORDS, st.sampled_from(sorted(_ENCODINGS)), st.sampled_from(sorted(_PACKINGS)), st.booleans(), st.booleans())
def test_a_line_of_json_stands_where_its_row_says(
    records: list[Any], encoding: str, packing: str, blank: bool, plain: bool
) -> None:
    lines = [json.dumps(record, ensure_ascii=not plain) for record in records]
    data = _ENCODINGS[encoding](("\r\n\n" if blank else "\n").join(lines))
    outcomes = _outcomes(data, "a.jsonl", packing)
    assert len(outcomes) == len(lines)
    for outcome, line in zip(outcomes, lines, strict=True):
        assert _begins(data, outcome, line, encoding)


_ENVELOPES = (
    "{records}",
    '{{"status": "[{{", "articles": {records}, "more": []}}',
    '{{"articles": {{"page": [1, 2], "results": {records}}}}}',
    '{{"articles": 1, "a": {{"articles": []}}, "articles": {records}}}',
)


@given(
    _RECORDS,
    st.sampled_from(_ENVELOPES),
    st.sampled_from(sorted(_ENCODINGS)),
    st.sampled_from([", ", " ,\n\t", ","]),
    st.booleans(),
)
def test_an_element_of_a_document_stands_where_its_row_says(
    records: list[Any], envelope: str, encoding: str, comma: str, plain: bool
) -> None:
    if envelope != "{records}":
        records = [record for record in records if isinstance(record, dict)] or [{}]
    texts = [json.dumps(record, ensure_ascii=not plain) for record in records]
    data = _ENCODINGS[encoding](envelope.format(records=f"[{comma.join(texts)}]"))
    outcomes = _outcomes(data, "a.json")
    assert len(outcomes) == len(texts)
    for outcome, text in zip(outcomes, texts, strict=True):
        assert _begins(data, outcome, text, encoding)


@given(_RECORDS, st.integers(0, 300))
def test_a_cut_document_names_the_record_that_it_breaks_in(records: list[Any], cut: int) -> None:
    texts = [json.dumps(record) for record in records if isinstance(record, dict)] or ["{}"]
    data = f"[{', '.join(texts)}]".encode()
    data = data[: max(2, len(data) - 1 - cut)]
    outcomes = _outcomes(data, "a.json")
    assert isinstance(outcomes[-1], Rejected)
    for outcome, text in zip(outcomes, texts, strict=False):
        at = outcome.location.byte_offset
        assert at is not None
        assert text.encode().startswith(data[at:]) or data[at:].startswith(text.encode())


def test_an_article_of_a_graph_stands_where_its_row_says() -> None:
    nodes = [
        {"@type": "Organization", "@id": "#o", "name": "[Example]"},
        {"@type": "Article", "headline": "Bridge", "articleBody": 7},
        {"@type": "Person"},
        {"@type": "NewsArticle", "headline": "Bridge", "articleBody": "It is open."},
    ]
    data = json.dumps({"@graph": nodes}).encode()
    found = _outcomes(data, "a.json")
    assert [data[outcome.location.byte_offset or 0 :][:30] for outcome in found] == [
        json.dumps(nodes[number]).encode()[:30] for number in (1, 3)
    ]


@given(
    rows=st.lists(st.lists(_WORDS, min_size=1, max_size=4), min_size=1, max_size=6),
    encoding=st.sampled_from(sorted(_ENCODINGS)),
    packing=st.sampled_from(sorted(_PACKINGS)),
)
@example(rows=[["1", "The bridge was opened.", "", ""], ["", "", "x"]], encoding="little", packing="plain")
def test_a_row_of_a_table_stands_where_its_row_says(rows: list[list[str]], encoding: str, packing: str) -> None:
    lines = []
    for number, row in enumerate(rows):
        written = io.StringIO()
        csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow([f"{number}\nx", *row])
        lines.append(written.getvalue())
    data = _ENCODINGS[encoding]("".join(["id,title,text\n", *lines]))
    outcomes = _outcomes(data, "a.csv", packing)
    assert len(outcomes) == len(lines)
    for outcome, line in zip(outcomes, lines, strict=True):
        assert _begins(data, outcome, line, encoding)


@pytest.mark.parametrize("encoding", sorted(_ENCODINGS))
def test_a_record_that_no_parser_takes_stands_where_its_row_says(encoding: str) -> None:
    lines = ['{"id": "1", "text": "The é😀 bridge was opened."}', '{"id": "2", "text": ', '{"id": "3"}']
    data = _ENCODINGS[encoding]("\n".join(lines))
    found = _outcomes(data, "a.jsonl")
    assert [outcome.reason if isinstance(outcome, Rejected) else None for outcome in found] == [
        None, "json.syntax", "text.missing",
    ]  # fmt: skip
    assert all(_begins(data, outcome, line, encoding) for outcome, line in zip(found, lines, strict=True))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(_JSON), st.sampled_from([None, 1]))
def test_every_value_of_a_list_is_found_from_its_first_to_its_last_byte(values: list[Any], indent: int | None) -> None:
    data = json.dumps({"a": [0], "b": {"c": values}}, indent=indent, ensure_ascii=False).encode()
    starts = starts_of_list(data, ("b", "c"))
    assert [json.loads(data[start : end_of_value(data, start)]) for start in starts] == values


@given(st.binary() | st.text(st.sampled_from('{}[]",:\\a ')).map(str.encode), st.integers(0, 20))
def test_the_scan_ends_on_any_bytes(data: bytes, start: int) -> None:
    assert start <= max(start, end_of_value(data, start)) <= max(start, len(data))
    starts = starts_of_list(data, ("a",), start)
    assert starts == sorted(set(starts))


@given(st.lists(_WORDS, min_size=1), st.data())
def test_places_of_recoded_text_are_those_before_recoding(texts: list[str], chance: st.DataObject) -> None:
    text = "".join(texts)
    data = codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    size = chance.draw(st.integers(2, max(2, len(data))))
    stream = Utf8(data[at : at + size] for at in range(0, len(data), size))
    assert b"".join(stream.chunks()) == text.encode()
    for index in sorted(chance.draw(st.lists(st.integers(0, len(text))))):
        assert stream.original(len(text[:index].encode())) == 2 + len(text[:index].encode("utf-16-le"))
