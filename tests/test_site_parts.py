"""Parts of pages: marks in a text, passages, addresses, the style, what is taken from our documents."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.shown import clipped, visible
from pipeline.site.addresses import article_page, numbered, relative, web_address
from pipeline.site.documents import document
from pipeline.site.marks import chunked, marked_paragraphs
from pipeline.site.passages import passage
from pipeline.site.press import TEMPLATES
from pipeline.site.rulebook import rule_words


@given(st.data())
def test_marking_loses_nothing_of_a_text_however_claims_overlap(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab \n", min_size=1, max_size=60))
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 20)), max_size=12))
    claims: list[dict[str, Any]] = [
        {"id": f"c{number}", "verdict": "supported", "span": {"start": start, "end": min(len(text), start + length)}}
        for number, (start, length) in enumerate(spans)
    ]
    paragraphs = marked_paragraphs({"text": text, "boilerplate": []}, claims)
    shown = "".join(segment.text for chunk in chunked(paragraphs) for paragraph in chunk for segment in paragraph)
    assert shown == text.replace("\n", "")
    begun = [mark.claim for paragraph in paragraphs for segment in paragraph for mark in segment.begins]
    assert sorted(begun) == sorted(claim["id"] for claim in claims)
    covered = {place for claim in claims for place in range(claim["span"]["start"], claim["span"]["end"])}
    underlined = sum(len(segment.text) for paragraph in paragraphs for segment in paragraph if segment.verdict)
    assert underlined == sum(text[place] != "\n" for place in covered)


def test_the_gravest_of_overlapping_claims_decides_the_underline() -> None:
    claims = [
        {"id": "c1", "verdict": "supported", "span": {"start": 0, "end": 6}},
        {"id": "c2", "verdict": "contradicted", "span": {"start": 2, "end": 4}},
    ]
    (paragraph,) = marked_paragraphs({"text": "abcdefgh", "boilerplate": []}, claims)
    assert [(part.text, part.verdict, part.claims) for part in paragraph] == [
        ("ab", "supported", 1), ("cd", "contradicted", 2), ("ef", "supported", 1), ("gh", None, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("shown", ["full", "quotes", "none"])
def test_a_passage_shows_what_may_be_shown(shown: Any) -> None:
    words = passage({"start": 4, "end": 7, "text": "was"}, "she was here", shown)
    assert (words.before, words.words, words.after) == {
        "full": ("she ", "was", " here"), "quotes": ("", "was", ""), "none": ("", "", ""),
    }[shown]  # fmt: skip


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, followed: bool) -> None:
    assert (web_address(url) is not None) == followed


@given(st.text(max_size=40), st.integers(2, 99))
def test_no_further_part_of_a_page_meets_the_page_of_another_article(id_: str, number: int) -> None:
    page = numbered(article_page(id_), number)
    stem = page.rpartition("/")[2].removesuffix(".html")
    assert page != article_page(stem)
    assert relative(page, page).count("/") == 0


@given(st.text(max_size=50))
def test_shown_text_has_no_character_that_moves_or_hides(text: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b-\u200f]", visible(text))
    assert len(clipped(text * 9, 20)) <= 20


def test_our_documents_link_only_pages_of_the_site() -> None:
    for name in ("method.md", "report.md"):
        _, body = document(name)
        links = re.findall(r'href="([^"#]*)', body)
        assert set(links) <= {"rules.html", "method.html", "reading.html"}


def test_the_style_has_dark_and_print_and_no_address() -> None:
    style = (TEMPLATES / "style.css").read_text("utf-8")
    assert all(word in style for word in ("prefers-color-scheme:dark", "@media print", ":focus-visible"))
    assert "url(" not in style
    assert "@import" not in style


def test_rules_are_read_from_the_documentation() -> None:
    words = rule_words()
    assert words["place.exact"] == "the same place"
    assert words["place.conflict"].startswith("different places for one happening; two origins count together only")
