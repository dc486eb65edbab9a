"""Attributions: who is named as the source of which words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from pipeline.claims.attributions import find_attributions
from pipeline.claims.draft import Draft
from pipeline.claims.names import find_names
from pipeline.claims.quotes import find_quotes
from pipeline.text import Document
from tests.test_quotes import TEXTS, read

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "attributions.json").read_text("utf-8"))

_LAST = "Anna Keller said that the bridge would close on Monday."


def found_in(text: str) -> tuple[Document, list[Draft]]:
    """Return the attributions of a text, found as the assembly finds them."""
    doc = read(text)
    names = find_names(doc)
    return doc, find_attributions(doc, names, find_quotes(doc, names))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_sentence_gives_its_source_cue_and_words(case: dict[str, Any]) -> None:
    doc, drafts = found_in(case["text"])
    found = []
    for draft in drafts:
        assert draft.attribution is not None
        content = draft.attribution.content
        found.append(
            {
                "source": draft.attribution.source,
                "cue": draft.attribution.cue,
                "content": doc.text[content.start : content.end] if content else None,
                "rule": draft.rule,
                "outlet": draft.outlet,
                "negated": draft.negated,
            }
        )
    assert found == case["attributions"]


@given(TEXTS)
def test_spans_and_contents_lie_in_the_text_and_sources_have_names(text: str) -> None:
    doc, drafts = found_in(text)
    for draft in drafts:
        assert draft.attribution is not None
        assert draft.attribution.source
        assert draft.speaker == draft.attribution.source
        assert 0 <= draft.span.start < draft.span.end <= len(doc.text)
        content = draft.attribution.content
        assert content is not None
        assert 0 <= content.start < content.end <= len(doc.text)


@pytest.mark.parametrize(("text", "told"), [("per CNN, " * 5_000, 5_000), ("by by by " * 5_000, 0)])
def test_a_hostile_text_is_read_to_its_end(text: str, told: int) -> None:
    _, drafts = found_in(f"{text}\n\n{_LAST}")
    assert [draft.attribution.source for draft in drafts if draft.attribution] == ["CNN"] * told + ["Anna Keller"]


@pytest.mark.parametrize("text", ["according to ", "X said that "])
def test_verbs_beyond_all_measure_are_read_no_further(text: str) -> None:
    assert len(found_in(f"{text * 500}\n\n{_LAST}")[1]) == 1
    assert found_in(f"{text * 5_000}\n\n{_LAST}")[1] == []


@pytest.mark.parametrize("subject", ["(the mayor)", "(he)", "(R-SC)", "-", "()"])
def test_a_verb_may_have_nothing_but_a_bracket_or_a_dash_between_it_and_a_quote(subject: str) -> None:
    doc = read(f'"We will not go there today," {subject} said that it was late.')
    names = find_names(doc)
    (quote,) = quotes = find_quotes(doc, names)
    assert (doc.text[quote.span.start : quote.span.end], quote.speaker) == ("We will not go there today,", None)
    assert find_attributions(doc, names, quotes) == []
