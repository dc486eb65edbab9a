"""The five articles that the project was asked for: found out for reasons that hold under other names.

This file may know the articles; the code and the lexicons may not. ``RENAMED`` changes every name,
city, number and outlet in a copy of them, and the same findings must appear.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from pipeline.ingest import plan, read_file, settle
from pipeline.models import Article, Claim, Finding
from tests.night import SETTINGS, Night, run_night
from tests.shared import REASON, SHARED

pytestmark = pytest.mark.skipif(SHARED is None, reason=REASON)

RENAMED = {
    "Mark Rutte": "Pieter Smolders", "Rutte": "Smolders", "NATO": "SEATO", "Berlin": "Vienna", "Germany": "Austria",
    "German": "Austrian", "Halifax": "Adelaide", "Johann Wadephul": "Florian Zeller", "Merz": "Kogler",
    "Friedrich": "Leopold", "Boris Pistorius": "Anton Leitner", "Pete Hegseth": "Carl Dunning",
    "Andrew Gray": "Simon Frome", "Gray": "Frome", "Reuters": "Kestrel Wire", "reuters": "kestrel wire",
    "BBC": "NBB", "The Guardian": "The Sentinel", "Bethan McKernan": "Aoife Brannigan", "Al Jazeera": "Al Manara",
    "DW.com": "KTV.com", "France 24": "Iberia 24", "Bloomberg": "Harrowgate", "The New York Times": "The Boston Ledger",
    "Eric Schmitt": "Paul Vance", "Sky News": "Dome News", "AP News": "QP News", "CNN": "GNN",
    "Politico Europe": "Forum Europe", "The Telegraph": "The Courier", "Joe Barnes": "Tom Harding",
    "Euronews": "Panonews", "The Intercept": "The Lantern", "Le Monde": "Le Courrier", "Rumen Radev": "Petar Donev",
    "Bulgaria": "Slovenia", "Putin": "Orlov", "Russia": "Turkey", "Moscow": "Ankara", "Kremlin": "Porte",
    "Ukraine": "Georgia", "Trump": "Hanlon", "The Hague": "Lisbon", "Madrid": "Dublin", "1.5 million": "2.7 million",
    "3.5": "4.5", "12,000": "17,000", "10 December 2025": "11 March 2026", "Thursday": "Friday",
    "December 5": "March 6", "2029": "2031", "2035": "2037", "2026": "2028", "23 of 32": "17 of 28",
    "North Korea": "Cuba", "Iran": "Syria", "China": "Brazil", "Beijing": "Brasilia",
}  # fmt: skip


@dataclass(frozen=True)
class Finds:
    """What to look for, under the names of one version."""

    names: dict[str, str]

    def __call__(self, words: str) -> str:
        """Return the words as this version has them."""
        return _renamed(words, self.names)


def _renamed(text: str, names: dict[str, str]) -> str:
    if not names:
        return text
    longest = sorted(names, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest)), lambda match: names[match.group()], text)


@cache
def _night(renamed: bool) -> Night:
    assert SHARED is not None
    texts = {path.name: path.read_text("utf-8") for path in sorted((SHARED / "seeds").glob("*.txt"))}
    names = RENAMED if renamed else {}
    return run_night(_articles({name: _renamed(text, names) for name, text in texts.items()}))


def _articles(texts: dict[str, str]) -> list[Article]:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            (Path(folder) / name).write_text(text, "utf-8")
        records = [record for file in plan(folder) for record in read_file(file, SETTINGS.ingest)]
    return list(settle(record for record in records if isinstance(record, Article)).articles)


@pytest.fixture(params=[False, True], ids=["as written", "renamed"])
def told(request: pytest.FixtureRequest) -> tuple[Night, Finds]:
    return _night(request.param), Finds(RENAMED if request.param else {})


def _odd(night: Night) -> str:
    return next(id_ for id_ in night.articles if id_.startswith("003"))


def _find(night: Night, article: str, kind: str, words: str) -> list[tuple[Claim, Finding]]:
    return [(c, f) for c, f in night.pairs(article) if c.kind == kind and words in night.text(c)]


def test_all_five_are_one_story_of_five_origins(told: tuple[Night, Finds]) -> None:
    night, _ = told
    assert len({story.id for story in night.stories.values()}) == 1
    assert len(set(night.stories[_odd(night)].origins)) == 5


def test_the_unreliable_article_scores_lowest_by_far(told: tuple[Night, Finds]) -> None:
    night, _ = told
    values = {id_: score.value for id_, score in night.scores.items()}
    odd = values.pop(_odd(night))
    assert odd is not None
    assert odd < 40
    assert all(value is not None and value >= odd + 20 for value in values.values())


def test_its_venue_is_contradicted_by_the_others_city(told: tuple[Night, Finds]) -> None:
    night, of = told
    found = [
        finding
        for claim, finding in night.pairs(_odd(night))
        if claim.place and claim.rule.startswith("place.event") and of("Halifax") in night.text(claim)
    ]
    assert found
    assert found[0].verdict == "contradicted"
    assert found[0].contradict.origins >= 3
    assert all(of("Berlin") in row.text for row in found[0].evidence if row.relation == "contradicts")


def test_its_figure_that_nobody_else_has_costs_points(told: tuple[Night, Finds]) -> None:
    night, of = told
    found = _find(night, _odd(night), "quantity", of("1.5 million"))
    assert found
    assert found[0][1].verdict == "uncorroborated"
    points = {row.claim: row.points for row in night.scores[_odd(night)].claims}
    assert points[found[0][0].id] < 0


def test_its_calendar_date_conflicts_with_anothers_weekday(told: tuple[Night, Finds]) -> None:
    night, of = told
    ((_, finding),) = _find(night, _odd(night), "date", of("10 December 2025"))
    levels = [(row.level, row.text) for row in finding.evidence]
    assert any(level == "date.weekday-mismatch" and of("Thursday") in text for level, text in levels)


def test_its_outlet_quotes_are_flagged_one_by_one(told: tuple[Night, Finds]) -> None:
    night, of = told
    flagged = [(claim, finding) for claim, finding in night.pairs(_odd(night)) if finding.rule.startswith("quote.un")]
    outlets = " ".join(str(claim.outlet) for claim, _ in flagged)
    assert len(flagged) >= 10
    for outlet in ("Reuters", "BBC", "Guardian", "Bloomberg", "Telegraph"):
        assert of(outlet).split()[-1] in outlets or of(f"The {outlet}").split()[-1] in outlets
    assert all(str(claim.outlet) in finding.reason for claim, finding in flagged)


def test_the_quote_that_others_carry_is_supported(told: tuple[Night, Finds]) -> None:
    night, _ = told
    support = [
        finding.support.origins
        for id_ in night.articles
        for _, finding in _find(night, id_, "quote", "next target")
        if id_ != _odd(night)
    ]
    assert max(support) >= 2


def test_one_countrys_target_is_no_conflict_with_the_alliances(told: tuple[Night, Finds]) -> None:
    night, of = told
    found = [
        finding
        for id_ in night.articles
        if id_ != _odd(night)
        for words in (of("3.5"), "5 percent", "5%")
        for _, finding in _find(night, id_, "quantity", words)
    ]
    assert len(found) >= 3
    assert all(finding.verdict not in ("contradicted", "contested") for finding in found)


def test_broken_wording_is_no_lie(told: tuple[Night, Finds]) -> None:
    night, _ = told
    translated = next(id_ for id_ in night.articles if id_.startswith("001"))
    quotes = [finding for claim, finding in night.pairs(translated) if claim.kind == "quote"]
    assert len(quotes) >= 5
    assert all(finding.contradict.origins == 0 for finding in quotes)
