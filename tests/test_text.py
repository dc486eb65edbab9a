"""Texts cut up: folding moves nothing, sentences lie in their paragraphs, the lede is where a reader looks for it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import Span
from pipeline.text import clipped, document, find_paragraphs, find_sentences, fold, lower_in_place
from tests.ingest_dump import article

_TEXTS = st.text(st.sampled_from("aB .!?…\"”'\n\t\u2028İß1,(—"), max_size=80)


@given(_TEXTS)
def test_folding_and_lower_case_move_no_offset(text: str) -> None:
    assert len(fold(text)) == len(lower_in_place(text)) == len(text)
    assert not set(fold(text)) & set("”\u2028\t—")


@given(_TEXTS)
def test_sentences_follow_each_other_and_leave_out_nothing_but_space(text: str) -> None:
    plain = fold(text)
    for paragraph in find_paragraphs(plain):
        sentences = find_sentences(plain, paragraph)
        assert (sentences[0].start, sentences[-1].end) == (paragraph.start, paragraph.end)
        for one, next_ in pairwise(sentences):
            assert one.end <= next_.start
            assert plain[one.end : next_.start].strip() == ""


def test_a_sentence_beyond_measure_is_cut_between_words() -> None:
    text = "word " * 1_000 + "end."
    cut = find_sentences(text, Span(0, len(text)))
    assert max(sentence.end - sentence.start for sentence in cut) <= 2_000
    assert " ".join(text[sentence.start : sentence.end] for sentence in cut) == text


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Boats lost", "Boats lost\n\nTwelve sank. Nobody drowned. All left.", ["headline", "lede", "body", "body"]),
        (None, "Twelve sank. Nobody drowned. All left.", ["lede", "lede", "body"]),
        ("Boats lost", "Boats lost\n\nTwelve sank.", ["headline", "lede"]),
        (None, "Twelve sank.", ["lede"]),
    ],
)
def test_the_lede_follows_the_headline(title: str | None, text: str, expected: list[str]) -> None:
    doc = document(article(text, title=title))
    assert [doc.position(sentence.start) for sentence in doc.sentences] == expected


def test_a_line_is_cut_with_a_mark_that_counts() -> None:
    assert [clipped("one two three", limit) for limit in (13, 9, 8)] == ["one two three", "one two…", "one two…"]
