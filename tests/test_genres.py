"""What an article is other than a report: told by rules, marked, and nothing else changes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.boilerplate import find_boilerplate
from pipeline.ingest.genres import Look, find_genres
from pipeline.report.limits import GENRES, limits_of
from pipeline.resources import lexicon, words
from tests import factories
from tests.factories import report_made
from tests.ingest_dump import articles, cases, read

_ROWS = lexicon("genres")


@pytest.mark.parametrize("case", cases("genres.json"), ids=lambda case: str(case.get("url") or case.get("title") or case.get("sections") or case.get("body"))[:50])  # fmt: skip
def test_a_genre_is_told_by_place_title_or_words_and_by_no_others(case: dict[str, Any]) -> None:
    body = case.get("body", "")
    marks = find_boilerplate(body, None, ()) if case.get("cut") else ()
    look = Look(case.get("url"), tuple(case.get("sections", ())), case.get("title"), body, marks)
    assert list(find_genres(look)) == case["genres"]


def test_every_row_of_the_table_has_a_known_place_and_way_and_a_genre_that_reports_explain() -> None:
    assert words("genres", "genre") == set(GENRES)
    assert {(row["where"], row["match"]) for row in _ROWS} == {
        ("section", "whole"), ("url", "whole"), ("title", "start"), ("title", "end"), ("title", "counted"),
        ("body", "holds"),
    }  # fmt: skip
    assert all(row["words"] == row["words"].lower().strip() for row in _ROWS)
    assert len({(row["genre"], row["where"], row["match"], row["words"]) for row in _ROWS}) == len(_ROWS)
    assert all(not row["longest"] or re.fullmatch(r"[1-9][0-9]*", row["longest"]) for row in _ROWS)


def test_genres_are_kept_on_the_article_that_a_reader_makes(tmp_path: Path) -> None:
    data = (
        b'{"id": "1", "section": ["World", "Opinion"], "updated_at": "2026-03-02", "text": "The bridge was a mistake."}'
    )
    (found,) = articles(read(tmp_path / "a.json", data))
    assert (found.genres, found.modified) == (("opinion",), "2026-03-02")


def test_a_report_says_what_a_mark_means() -> None:
    marked = replace(factories.article(), genres=("satire", "stub"))
    report = report_made()
    assert (report["article"]["genres"], report["article"]["modified"]) == ([], None)
    said = limits_of(marked, factories.story(), [], [], factories.score([], []))
    assert {GENRES["satire"], GENRES["stub"]} <= set(said)
    assert GENRES["opinion"] not in said


@given(st.none() | st.text(), st.lists(st.text(), max_size=4), st.none() | st.text(), st.text())
def test_any_text_has_sorted_genres(url: str | None, sections: list[str], title: str | None, body: str) -> None:
    found = find_genres(Look(url, tuple(sections), title, body))
    assert list(found) == sorted(set(found))
