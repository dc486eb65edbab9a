"""Quotes: where they begin and end, who says them, and the outlet they are credited to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.claims.names import find_names
from pipeline.claims.outlets import outlet_of
from pipeline.claims.quotes import find_quotes
from pipeline.claims.quotes_marks import MAX_QUOTE
from pipeline.text import Document, document
from tests.benchmarks.polnear import measure
from tests.factories import article
from tests.shared import REASON, SHARED

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "quotes.json").read_text("utf-8"))
# Texts made of what the grammar turns on: marks of all kinds, verbs, names, stops and line ends.
MARKS = ['"', "'", "''", "``", "“", "”", "‘", "’", "„", "«", "»", "\n", "\n\n", " ", ". ", ", ", ": ", "- ", "– ", "("]
WORDS = [
    "said",
    "told",
    "Anna Keller",
    "Keller",
    "he",
    "who",
    "the minister",
    "Reuters",
    "according to",
    "per",
    "5",
    "’s",
]
PIECES = st.sampled_from([*MARKS, *WORDS])
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(PIECES, max_size=120).map("".join), st.lists(PIECES, max_size=80).map(" ".join)
)


def read(text: str, title: str | None = None) -> Document:
    """Cut up a text without boilerplate."""
    return document(article(text=text, title=title, boilerplate=()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_layout_gives_its_words_speaker_and_outlet(case: dict[str, Any]) -> None:
    body, title = case["text"], case["title"]
    doc = read(f"{title}\n\n{body}" if title else body, title)
    found = [
        {"words": draft.quote.words, "speaker": draft.speaker, "outlet": draft.outlet, "rule": draft.rule}
        for draft in find_quotes(doc, find_names(doc))
        if draft.quote
    ]
    assert found == case["quotes"]


@given(TEXTS)
def test_words_are_the_text_of_their_span_and_spans_never_overlap(text: str) -> None:
    doc = read(text)
    end = 0
    for draft in find_quotes(doc, find_names(doc)):
        assert draft.quote is not None
        assert doc.text[draft.span.start : draft.span.end] == draft.quote.words
        assert end <= draft.span.start < draft.span.end <= draft.span.start + MAX_QUOTE
        end = draft.span.end


@given(st.text("ab,. ", min_size=3, max_size=60), st.sampled_from(['""', "“”", "«»", "„“"]))
def test_the_kind_of_marks_changes_nothing(words: str, marks: str) -> None:
    said = f"a{words}b,"
    doc = read(f"Anna Keller came. {marks[0]}{said}{marks[1]} Keller said.")
    (draft,) = find_quotes(doc, find_names(doc))
    assert draft.quote is not None
    assert (draft.quote.words, draft.speaker) == (said, "Anna Keller")


@pytest.mark.parametrize("text", ['" ' * 20_000, "“" * 50_000, "'a " * 20_000, "he said, " * 10_000, "“a”, " * 10_000])
def test_a_hostile_text_is_read_to_its_end(text: str) -> None:
    doc = read(f"{text}\n\n“We will not go there today,” Anna Keller said.")
    last = find_quotes(doc, find_names(doc))[-1]
    assert last.quote is not None
    assert last.quote.words == "We will not go there today,"


@pytest.mark.parametrize(
    ("words", "outlet"),
    [
        ("the BBC", "BBC"), ("BBC News", "BBC"), ("DW.com", "Deutsche Welle"), ("The Guardian’s", "The Guardian"),
        ("AP", "Associated Press"), ("Sky News UK", "Sky News"), ("NATO", None), ("the ministry", None),
    ],
)  # fmt: skip
def test_an_outlet_has_one_name(words: str, outlet: str | None) -> None:
    assert outlet_of(words) == outlet


@pytest.mark.skipif(SHARED is None, reason=REASON)
def test_quotes_and_speakers_of_real_news_are_found_as_often_as_before() -> None:
    assert SHARED is not None
    figures = measure(SHARED / "eval" / "polnear")
    assert figures.f1_exact >= 0.985
    assert figures.f1_overlap >= 0.985
    assert figures.speaker_named >= 0.93
    assert figures.indirect_recall >= 0.34  # what is not certain is not told
    assert figures.attribution_precision >= 0.94
