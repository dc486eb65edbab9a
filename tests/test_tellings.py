"""Made-up stories of short articles, heard from text to verdict: a trick is noticed, an honest variant costs nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.claims import extract
from pipeline.corroboration import corroborate
from pipeline.models import Finding
from pipeline.settings import load_settings
from tests.made import made_article, made_story

SETTINGS = load_settings()
CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "tellings.json").read_text(encoding="utf-8"))
AGAINST = ("contradicted", "contested")


def _told(story: str, text: str) -> list[tuple[str, Finding]]:
    """Return the words and findings of an article's claims, beside those of its story's other articles."""
    told = {"told": text, **{f"other{number}": other for number, other in enumerate(CASES["stories"][story])}}
    articles = {id_: made_article(id_, some, published="2024-05-14") for id_, some in told.items()}
    claims = {id_: extract(article, SETTINGS.claims) for id_, article in articles.items()}
    found = corroborate(made_story({id_: f"o-{id_}" for id_ in told}), articles, claims, SETTINGS)
    spans = {claim.id: text[claim.span.start : claim.span.end] for claim in claims["told"]}
    return [(spans[row.claim], row) for row in found if row.article == "told"]


@pytest.mark.parametrize("case", CASES["tricks"], ids=lambda case: f"{case['story']}: {case['what']}")
def test_a_trick_is_noticed_by_its_level(case: dict[str, Any]) -> None:
    levels = {
        row.level
        for words, found in _told(case["story"], case["text"])
        if case["words"] in words and found.verdict in AGAINST
        for row in found.evidence
        if row.relation == "contradicts"
    }
    assert case["level"] in levels


@pytest.mark.parametrize("case", CASES["honest"], ids=lambda case: f"{case['story']}: {case['what']}")
def test_an_honest_variant_contradicts_nobody(case: dict[str, Any]) -> None:
    found = _told(case["story"], case["text"])
    assert [(words, row.reason) for words, row in found if row.verdict in AGAINST] == []
    assert all(any(words in span for span, _ in found) for words in case.get("supported", []))
    verdicts = {words: {row.verdict for span, row in found if words in span} for words in case.get("supported", [])}
    assert all("supported" in verdict for verdict in verdicts.values()), verdicts
