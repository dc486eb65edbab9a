from __future__ import annotations

import gzip
import io
import json
import tempfile
import unicodedata
import zipfile
from itertools import pairwise
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.ingest import OUR_FAULT
from pipeline.ingest.boilerplate import find_boilerplate
from pipeline.ingest.cleaning import clean, count_words
from pipeline.ingest.dates import iso_date
from pipeline.ingest.fields import address, authors, canonical
from pipeline.ingest.headline import split_headline
from pipeline.ingest.markup import to_text
from pipeline.ingest.mojibake import mended
from pipeline.models import Article, Rejected
from pipeline.moments import instant
from tests.ingest_dump import read

_SUFFIXES = st.sampled_from([".txt", "", ".json", ".jsonl", ".csv", ".tsv", ".gz", ".zip", ".jsonl.gz", ".xml"])
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "url",
                    "source",
                    "title",
                    "text",
                    "body",
                    "content",
                    "published",
                    "date",
                    "authors",
                    "author",
                    "language",
                    "uri",
                    "lang",
                    "headlines",
                    "bodies",
                    "value",
                    "@type",
                    "@graph",
                    "@id",
                    "articles",
                    "results",
                    "data",
                    "publishedAt",
                    "maintext",
                    "source_domain",
                    "publishing_date",
                    "thread",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)
_DUMPS = st.one_of(
    st.binary(max_size=2_000),
    st.text().map(lambda text: text.encode("utf-8", "surrogatepass")),
    _JSON.map(lambda value: json.dumps(value).encode()),
    st.lists(_JSON).map(lambda rows: "\n".join(map(json.dumps, rows)).encode()),
    st.lists(st.lists(st.text(), max_size=5)).map(
        lambda rows: "\n".join(["id,title,text", *(",".join(row) for row in rows)]).encode("utf-8", "replace")
    ),
)


def _zipped(data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", data)
    return packed.getvalue()


_PACKED = st.one_of(_DUMPS, _DUMPS.map(gzip.compress), _DUMPS.map(_zipped))
_TEXT = st.text() | st.lists(
    st.sampled_from(
        ["The bridge.", "Tags", "1 COMMENT", "\r\n", "\n", "\u200b", "é", "e\u0301", "\u202e", "\ud800", " ", "\t", "<p>",
         "</p>", "<script>", "&amp;", "(Photo by X/AP)", "Jane Doe", "[+12 chars]", "___", "Advertisement", "\u2028"]
    )
).map("".join)  # fmt: skip


def _check(outcome: Article | Rejected) -> None:
    repr(outcome).encode()  # every string can be written
    json.dumps(outcome.location.file)
    if isinstance(outcome, Rejected):
        assert outcome.hint
        assert outcome.reason != OUR_FAULT
        assert outcome.detail
        return
    text = outcome.text
    assert text == clean(text)
    assert unicodedata.is_normalized("NFC", text)
    text.encode()
    assert outcome.title is None or text.startswith(f"{outcome.title}\n\n")
    marks = outcome.boilerplate
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
    assert all(one.end <= two.start for one, two in pairwise(marks))


@given(_PACKED, _SUFFIXES)
@example(b"\x1f\x8b", ".gz")
@example(b"PK\x05\x06" + b"\0" * 18, ".zip")
@example(b"\xef\xbb\xbf", ".json")
@example(b"\xff\xfe", ".txt")
@example(b'{"id": "\\ud800", "url": "//\\ud800.x/y", "text": "The bridge was opened."}', ".json")
@example(b'{"\\ud800": 1}', ".json")
@example(b"\r", ".csv")
@example(b"id,text\r1,word word\r", ".csv")
@example(b'"', ".csv")
def test_any_bytes_become_articles_or_reasons(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for outcome in read(Path(folder) / f"a{suffix}", data):
            _check(outcome)


@given(_DUMPS, _SUFFIXES, st.integers(0, 400))
def test_a_cut_archive_says_so(data: bytes, suffix: str, cut: int) -> None:
    whole = gzip.compress(data)
    with tempfile.TemporaryDirectory() as folder:
        outcomes = read(Path(folder) / f"a{suffix}", whole[: max(2, len(whole) - 1 - cut)])
    for outcome in outcomes:
        _check(outcome)
    assert any(isinstance(outcome, Rejected) and outcome.reason != "json.syntax" for outcome in outcomes)


def _archive(method: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("day/a.jsonl", '{"id": "1", "text": "The bridge was opened."}\n' * 3)
        archive.writestr("b.txt", "The bridge was opened.")
    return packed.getvalue()


_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_ARCHIVES = [archive for method in _METHODS for archive in (_archive(method), gzip.compress(_archive(method)))]


@given(st.sampled_from(_ARCHIVES), st.lists(st.tuples(st.integers(0, 600), st.binary(max_size=3)), min_size=1))
@example(_ARCHIVES[0].replace(b"\x0b\0\0\0\0", b"\0\0\0\0\0"), [(0, b"P")])  # members without a name
def test_damaged_archives_never_raise(archive: bytes, edits: list[tuple[int, bytes]]) -> None:
    damaged = bytearray(archive)
    for place, data in edits:
        damaged[place % len(damaged) : place % len(damaged) + 1] = data or b"\0"
    with tempfile.TemporaryDirectory() as folder:
        for outcome in read(Path(folder) / "a", bytes(damaged)):
            _check(outcome)


@given(st.lists(st.sampled_from(["One bridge.", "Two \u2028 bridges.", "Three"]), min_size=1), st.booleans())
def test_records_keep_their_order_and_number(texts: list[str], listed: bool) -> None:
    rows = [{"id": str(number), "text": f"{text} More."} for number, text in enumerate(texts)]
    data = json.dumps(rows) if listed else "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        found = read(Path(folder) / "a", data.encode())
    assert [outcome.id for outcome in found if isinstance(outcome, Article)] == [row["id"] for row in rows]


@given(_TEXT)
@example("’\xa0one\u3000two\x1cthree \n four")
@example(" ’ one")
def test_words_are_counted_as_they_would_be_split(text: str) -> None:
    cleaned = clean(text)
    assert count_words(cleaned) == len(cleaned.split())


@given(_TEXT)
def test_cleaning_is_done_at_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\n\n\n" not in once
    assert " \n" not in once
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in once if char != "\n")


@given(
    st.lists(st.sampled_from(["\u0300", "\u0327", "\u0301", "a", "é"]), min_size=1, max_size=6), st.integers(1, 9_000)
)
def test_piles_of_marks_are_cut(marks: list[str], times: int) -> None:
    run = longest = 0
    for char in clean("".join(marks) * times):
        run = run + 1 if unicodedata.combining(char) else 0
        longest = max(longest, run)
    assert longest <= 30


@given(_TEXT)
def test_nothing_of_a_text_is_lost_beside_its_headline(text: str) -> None:
    cleaned = clean(text)
    title, body = split_headline(cleaned)
    assert "".join(f"{title or ''}{body}".split()) == "".join(cleaned.split())


@given(_TEXT, st.none() | st.text(), st.lists(st.text(), max_size=3))
def test_marks_lie_in_the_text_apart_and_in_order(body: str, title: str | None, names: list[str]) -> None:
    title = " ".join(clean(title or "").split()) or None
    text = clean(body) if title is None else f"{title}\n\n{clean(body)}"
    marks = find_boilerplate(text, title, tuple(names))
    ends = [place for mark in marks for place in (mark.start, mark.end)]
    assert ends == sorted(ends)
    assert all((len(title) if title else 0) <= mark.start < mark.end <= len(text) for mark in marks)


@given(_TEXT)
def test_markup_never_grows_a_text_out_of_hand(text: str) -> None:
    assert len(to_text(text)) <= 2 * len(text) + 2


@given(
    st.text() | st.floats() | st.integers() | st.from_regex(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?")
)
def test_a_time_read_is_a_time_that_can_be_ordered_and_read_again(value: object) -> None:
    moment = iso_date(value)
    if moment is not None:
        assert iso_date(moment) == moment
        assert instant(moment) > float("-inf")


@given(st.text() | st.from_regex(r"https?://(www\.)?[a-z]{1,5}\.com/[a-z/]{0,9}(\?[a-z]=1)?(#x)?"))
def test_a_canonical_address_is_its_own(value: str) -> None:
    found = canonical(address(value))
    if found is not None and address(found):
        assert canonical(found) == found


@given(st.lists(st.text()), st.none() | st.text())
def test_authors_are_named_once(values: list[str], source: str | None) -> None:
    names = authors(values, source)
    assert len(names) == len(set(names))
    assert all(name and "\n" not in name for name in names)


@given(st.text() | st.text("Ãâ€™œ\x80\x99Â©é \n\ud800", max_size=50))
def test_what_was_mended_is_text_of_as_many_lines(text: str) -> None:
    assert mended(text).count("\n") == text.count("\n")
    clean(mended(text)).encode()
