"""The story that docs/method.md works by hand: one article, five specifics, three other origins."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.corroboration import corroborate
from pipeline.models import Claim, Finding, Score
from pipeline.scoring import score_article
from pipeline.settings import load_settings
from tests.made import made_article, made_claim, made_story

SETTINGS = load_settings()
_TEXT = "The harbour board met in the old hall and spoke at length about the storm and the boats. " * 12
_AROUND: dict[str, Any] = {"terms": ("board", "boat", "harbour", "storm"), "anchors": ("harbour board",)}
_SAID = "we have lost more boats than in any winter before"


def _place(name: str, country: str) -> Claim:
    value = {"name": name, "within": [country], "event": "speech"}
    return made_claim("place", value, position="lede", **_AROUND)


def _boats(count: int) -> Claim:
    return made_claim("quantity", {"low": count, "high": count, "counted": "boats"}, **_AROUND)


def _quote() -> Claim:
    return made_claim("quote", {"words": _SAID}, speaker="Ilse Brandt", terms=("boat", "lost", "winter"))


def _money() -> Claim:
    around = {"terms": ("fund", "rescu"), "anchors": ("rescue fund",)}
    return made_claim("quantity", {"low": 4_150_000, "high": 4_250_000, "unit": "EUR"}, **around)


def _chair() -> Claim:
    return made_claim("person_role", {"person": "Ilse Brandt", "role": "mayor", "organisation": "Oslo"}, **_AROUND)


_TOLD = {
    "ours": [_place("Oslo", "Norway"), _boats(12), _quote(), _money(), _chair()],
    "first": [_place("Lisbon", "Portugal"), _boats(12), _quote()],
    "second": [_place("Lisbon", "Portugal"), _boats(12), _chair()],
    "third": [_place("Lisbon", "Portugal"), _quote()],
}


def worked_story() -> tuple[list[Claim], list[Finding], Score]:
    """Return claims, findings and score of the article "ours"."""
    claims = {
        id_: tuple(replace(claim, article=id_, id=f"c{number:03d}") for number, claim in enumerate(told, 1))
        for id_, told in _TOLD.items()
    }
    articles = {id_: made_article(id_, f"{_TEXT} {id_}") for id_ in _TOLD}
    story = made_story({id_: f"o-{id_}" for id_ in _TOLD})
    findings = [row for row in corroborate(story, articles, claims, SETTINGS) if row.article == "ours"]
    return list(claims["ours"]), findings, score_article(articles["ours"], story, claims["ours"], findings, SETTINGS)
