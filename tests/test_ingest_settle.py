from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import Settled, settle
from pipeline.models import Article
from tests.ingest_dump import article

_SOURCES = st.sampled_from([None, "Example", "Other"])
_ARTICLES = st.builds(
    article,
    st.sampled_from(["One bridge.", "Two bridges.", "Three bridges."]),
    key=st.sampled_from(["a", "b", "c"]),
    file=st.sampled_from(["a.txt", "day/a.txt", "night/a.txt", "day/b.jsonl"]),
    line=st.sampled_from([None, 1, 2]),
    member=st.sampled_from([None, "x/a.txt", "y/a.txt"]),
    source=_SOURCES,
    canonical_url=st.sampled_from([None, "example.com/a", "example.com/10001", "example.com/bridge-opens-today"]),
    modified=st.sampled_from([None, "2020-01-03"]),
    published=st.sampled_from([None, "2020-01-01", "2020-01-02T10:00:00Z", "2020-01-02T11:00:00+02:00"]),
)
_DUMPS = st.lists(_ARTICLES, max_size=12, unique_by=lambda a: (a.location.file, a.location.member, a.location.line))


def _ids(settled: Settled[Article]) -> list[str]:
    return [found.id for found in settled.articles]


@given(_DUMPS)
def test_every_record_is_in_exactly_one_place(dump: list[Article]) -> None:
    settled = settle(dump)
    places = [row.location for part in (settled.articles, settled.duplicates, settled.rejected) for row in part]
    assert sorted(map(repr, places)) == sorted(repr(found.location) for found in dump)


@given(_DUMPS, st.randoms(use_true_random=False))
def test_the_order_of_input_does_not_matter(dump: list[Article], chance: random.Random) -> None:
    shuffled = list(dump)
    chance.shuffle(shuffled)
    assert settle(shuffled) == settle(dump)


@given(_DUMPS)
def test_ids_are_unique_and_sorted_and_originals_exist(dump: list[Article]) -> None:
    settled = settle(dump)
    assert _ids(settled) == sorted(set(_ids(settled)))
    assert {row.of for row in settled.duplicates} <= set(_ids(settled))


@given(_DUMPS)
def test_settling_twice_changes_nothing(dump: list[Article]) -> None:
    settled = settle(dump)
    assert settle(settled.articles) == Settled(settled.articles, (), ())


def _reasons(*dump: Article) -> list[str]:
    return [row.reason for row in settle(dump).duplicates]


def test_repeats_are_set_aside_with_the_reason() -> None:
    first = article(key="a", source="Example", canonical_url="example.com/a", published="2020-01-01")
    assert _reasons(first, replace(first, published="2020-01-02")) == ["duplicate.same-record"]
    other = replace(first, id="b")
    assert _reasons(first, replace(other, canonical_url=None)) == ["duplicate.same-source"]
    assert _reasons(first, replace(other, source="Other")) == ["duplicate.same-url"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("2020-01-01", "2020-01-02"), ("2020-01-02T08:00:00+09:00", "2020-01-02T00:30:00Z"),
     ("2020-01-02T00:30:00Z", "2020-01-01T23:00:00-05:00")],
)  # fmt: skip
def test_the_first_published_is_the_original_whatever_the_offsets(first: str, second: str) -> None:
    late = article(key="a", source="Example", published=second)
    early = article(key="b", source="example", published=first)
    (copy,) = settle([late, early]).duplicates
    assert (copy.id, copy.of) == ("a", "b")


def test_a_copy_under_another_source_keeps_its_own_report() -> None:
    one, two, none = (article(key=key, source=source) for key, source in (("a", "X"), ("b", "Y"), ("c", None)))
    assert _reasons(one, two, none, replace(none, id="d")) == []


def test_text_files_of_one_stem_are_told_apart_by_their_folders() -> None:
    dump = [
        article("One.", key="001", file="001.txt", line=None),
        article("Two.", key="001", file="day/001.txt.gz", line=None),
        article("Three.", key="001", file="day.zip", member="x/001.txt", line=None),
        article("Four.", key="002", file="day/002.txt", line=None),
    ]
    assert _ids(settle(dump)) == ["001", "002", "day.zip/x/001", "day/001"]


def test_text_files_of_one_folder_and_stem_are_told_apart_by_their_suffix() -> None:
    dump = [article("One.", key="a", file="a.txt", line=None), article("Two.", key="a", file="a.md", line=None)]
    assert _ids(settle(dump)) == ["a.md", "a.txt"]


def test_a_text_file_gives_way_to_a_record_of_its_name() -> None:
    dump = [article("One.", key="007", file="007.txt", line=None), article("Two.", key="007", file="a.jsonl")]
    assert {found.id: found.text for found in settle(dump).articles} == {"007": "Two.", "007.txt": "One."}


def test_the_latest_record_keeps_a_contested_id() -> None:
    early = article("One.", key="a", published="2020-01-02T12:00:00+05:00")
    late = article("Two.", key="a", published="2020-01-02T11:00:00Z", line=2)
    settled = settle([early, late, article("Three.", key="a", line=3)])
    assert [found.text for found in settled.articles] == ["Two."]
    assert [(row.reason, row.location.line) for row in settled.rejected] == [("id.conflict", 1), ("id.conflict", 3)]


_PAGE: dict[str, Any] = {"source": "Example", "canonical_url": "example.com/2020/bridge-opens-in-town"}


def _outcome(*dump: Article) -> tuple[list[str], list[tuple[str, str, str]], list[str]]:
    settled = settle(dump)
    repeats = [(row.id, row.of, row.reason) for row in settled.duplicates]
    return [found.text for found in settled.articles], repeats, [row.reason for row in settled.rejected]


_SUPERSEDED = "duplicate.superseded-version"


def test_the_last_version_at_an_address_supersedes_the_others_and_they_say_so() -> None:
    first = article("One.", key="a", published="2020-01-01", **_PAGE)
    second = article("Two.", key="b", published="2020-01-01", modified="2020-01-01T10:00:00Z", **_PAGE)
    third = article("Three.", key="c", published="2020-01-01T12:00:00Z", **_PAGE)
    assert _outcome(first, third, second) == (["Three."], [("a", "c", _SUPERSEDED), ("b", "c", _SUPERSEDED)], [])


def test_a_repeat_of_a_superseded_version_names_the_last_one() -> None:
    first = article("One.", key="a", published="2020-01-01", **_PAGE)
    again = replace(first, id="b", canonical_url=None)
    last = article("Two.", key="c", published="2020-01-02", **_PAGE)
    assert _outcome(first, again, last)[1] == [("a", "c", _SUPERSEDED), ("b", "c", "duplicate.same-source")]


def test_a_record_that_an_outlet_wrote_anew_supersedes_that_of_its_id() -> None:
    first = article("One.", key="a", source="Example", published="2020-01-01")
    assert _outcome(first, replace(first, text="Two.", sha256="2", modified="2020-01-02"))[1:] == (
        [("a", "a", _SUPERSEDED)], [],
    )  # fmt: skip


def test_two_outlets_under_one_id_are_a_conflict_and_no_versions() -> None:
    first = article("One.", key="a", source="Example", published="2020-01-01")
    other = article("Two.", key="a", source="Other", published="2020-01-02", line=2)
    assert _outcome(first, other) == (["Two."], [], ["id.conflict"])


def test_what_stands_at_a_sections_address_or_at_no_known_time_is_no_version() -> None:
    section: dict[str, Any] = {"source": "Example", "canonical_url": "example.com/news/world"}
    one, two = article("One.", key="a", published="2020-01-01", **section), article("Two.", key="b", published="2020-01-02", **section)  # fmt: skip
    assert _outcome(one, two) == (["One.", "Two."], [], [])
    undated = [article(text, key=text, **_PAGE) for text in ("One.", "Two.")]
    assert _outcome(*undated) == (["One.", "Two."], [], [])


def test_versions_of_two_outlets_at_one_address_are_both_kept() -> None:
    one = article("One.", key="a", published="2020-01-01", **_PAGE)
    assert _outcome(one, replace(one, id="b", text="Two.", sha256="2", source="Other", published="2020-01-02"))[0] == [
        "One.",
        "Two.",
    ]
