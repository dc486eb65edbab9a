"""Who could have carried a claim, and when each text first appeared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.corroboration import corroborate
from pipeline.corroboration.opportunity import first_times
from pipeline.models import Claim, Finding, OriginLink
from tests.made import made_article, made_claim, made_story
from tests.told import ANCHORS, SETTINGS, TERMS, TEXT, figure, settled


def test_an_article_published_before_the_claim_is_not_silent() -> None:
    claim = figure(12)
    articles = {
        "a": made_article("a", TEXT, published="2024-05-03T10:00:00"),
        "b": made_article("b", TEXT + "b", published="2024-05-01"),
        "c": made_article("c", TEXT + "c", published="2024-05-04"),
    }
    story = made_story({id_: f"o{id_}" for id_ in articles})
    (found,) = corroborate(story, articles, settled({"a": [claim], "b": [], "c": []}), SETTINGS)
    assert (found.opportunity, found.silent.origins, found.verdict) == (1, 1, "uncorroborated")


def _copied(
    claims: dict[str, list[Claim]], published: dict[str, str | None], of: str, source: str | None = None
) -> dict[str, Finding]:
    """Return the findings on the first claims of a story in which article z, of the last day, copies another."""
    articles = {id_: made_article(id_, f"{TEXT} {id_}", source=id_, published=day) for id_, day in published.items()}
    articles["z"] = replace(articles[of], id="z", source=source, published="2024-05-09")
    link = OriginLink(first=of, second="z", rule="origin.equal-text", detail="", similarity=1.0)
    story = replace(made_story({id_: f"o{of if id_ == 'z' else id_}" for id_ in articles}), links=(link,))
    found = corroborate(story, articles, settled({**claims, "z": claims[of]}), SETTINGS)
    return {row.article: row for row in found if row.claim == "c001"}


def test_a_later_copy_is_as_old_as_its_original() -> None:
    """Law 1: it neither lets a count grow nor gives its origin a second chance to speak."""
    told = _copied({"a": [figure(12)], "b": [figure(31)]}, {"a": "2024-05-03", "b": "2024-05-03"}, of="b")
    assert (told["a"].verdict, told["b"].verdict) == ("contested", "contested")
    told = _copied({"a": [figure(12)], "b": []}, {"a": "2024-05-03", "b": "2024-05-01"}, of="b")
    assert (told["a"].opportunity, told["a"].silent.origins) == (0, 0)


@pytest.mark.parametrize("day", ["2024-05-01", None])
def test_a_copy_under_the_credited_outlets_name_is_not_its_word(day: str | None) -> None:
    """Law 1: the outlet has nothing of its own in the story, before and after."""
    words = "the dredging must stop before the storms come back"
    said = made_claim("quote", {"words": words}, outlet="Coast Wire", speaker="Ilse Brandt", terms=tuple(words.split()))
    assert (
        _copied({"a": [said], "b": []}, {"a": day, "b": day}, "b", "Coast Wire")["a"].rule == "quote.unsourced-outlet"
    )


def test_a_supporter_of_an_earlier_day_makes_nobodys_silence_tell() -> None:
    """Law 2: those who wrote before this article stay excused."""
    early = made_claim(
        "quantity", {"low": 9.0, "high": 9.0, "unit": "km", "counted": "boats"}, terms=TERMS, anchors=ANCHORS
    )
    ours = replace(early, quantity=replace(early.quantity, unit="kg")) if early.quantity else early
    days = {"a": "2024-05-03", **dict.fromkeys("bcde", "2024-05-01")}
    articles = {id_: made_article(id_, f"{TEXT} {id_}", published=day) for id_, day in days.items()}
    claims = {"a": [ours], "b": [ours], "c": [early], "d": [early], "e": [early]}
    story = made_story({id_: f"o{id_}" for id_ in articles})
    found = corroborate(story, articles, settled(claims), SETTINGS)[0]
    assert (found.verdict, found.support.origins, found.silent.origins) == ("supported", 1, 0)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2026-03-02T08:27:00+02:00", "2026-03-02T06:27:00"),
        ("2026-03-02T23:30:00-05:00", "2026-03-03T04:30:00"),
        ("2026-03-02T06:57:00", "2026-03-02T06:57:00"),
        ("2026-03-02T00:00:00", "2026-03-02"),
        ("2026-03-02", "2026-03-02"),
        ("9999-12-31T23:59:59-12:00", "9999-12-31"),
        ("0001-01-01T01:00:00+14:00", "0001-01-01"),
        (None, None),
    ],
)
def test_a_time_is_in_utc_and_a_day_where_no_hour_is_known(published: str | None, expected: str | None) -> None:
    story = made_story({"a": "oa"})
    assert first_times(story, {"a": replace(made_article("a", "words"), published=published)}) == {"a": expected}
