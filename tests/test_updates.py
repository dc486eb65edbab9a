"""Announced updates, and which one of several like things a figure measures: over texts as they are read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.claims import extract
from pipeline.corroboration import corroborate
from pipeline.corroboration.ages import of_one_person, of_two_people
from pipeline.corroboration.apart import told_apart
from pipeline.corroboration.daily import is_of_its_day
from pipeline.corroboration.occasions import Occasions
from pipeline.corroboration.sorts import of_two_sorts
from pipeline.corroboration.stamps import of_two_posts
from pipeline.corroboration.updates import Updates
from pipeline.models import Claim, ClaimKind, Finding, Span
from pipeline.settings import load_settings
from tests.made import made_article, made_claim, made_story

SETTINGS = load_settings()


def _figures(text: str, id_: str = "a") -> list[Claim]:
    return [claim for claim in extract(made_article(id_, text), SETTINGS.claims) if claim.quantity is not None]


def _told(*texts: str) -> dict[tuple[str, str], Finding]:
    """Return the findings of one text an article, by article and the words of the claim."""
    articles = {f"a{n}": replace(made_article(f"a{n}", text), source=f"Paper {n}") for n, text in enumerate(texts)}
    claims = {id_: extract(article, SETTINGS.claims) for id_, article in articles.items()}
    found = corroborate(made_story({id_: f"o{id_}" for id_ in articles}), articles, claims, SETTINGS)
    spans = {(claim.article, claim.id): claim.span for made in claims.values() for claim in made}
    return {
        (row.article, articles[row.article].text[span.start : span.end]): row
        for row in found
        if (span := spans[row.article, row.claim])
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It takes six weeks.", "It takes ten weeks instead of six."),
        ("It takes six weeks.", "It takes ten weeks rather than the planned six weeks."),
        ("It costs 2.4 million euros.", "It costs 3.1 million euros, up from 2.4."),
        ("It costs 900 million euros.", "It costs 1.2 billion euros, up from 900 million."),
        ("It costs $40,000.", "It costs $35,000 (down from $40,000)."),
        ("It costs 2.4 million euros.", "The bill rose from 2.4 to 3.1 million euros."),
    ],
)
def test_an_update_names_the_figure_that_it_takes_the_place_of(old: str, new: str) -> None:
    articles = {"a": made_article("a", old), "b": made_article("b", new)}
    before, after = _figures(old, "a")[0], _figures(new, "b")
    updates = Updates.of([before, *after], articles)
    assert any(updates.replaces(claim, before) for claim in after)
    assert not any(updates.replaces(before, claim) for claim in after)


@pytest.mark.parametrize(
    "text",
    ["It takes ten weeks. Six crews work.", "It takes ten weeks instead of a season.", "Ten of six, up from there."],
)
def test_no_update_is_read_where_no_former_figure_stands(text: str) -> None:
    assert not Updates.of(_figures(text), {"a": made_article("a", text)}).replaced


@given(st.text("0123456789.,$ upfromintead-of six million weeks to", max_size=80))
def test_no_text_makes_the_reading_of_updates_raise_or_a_figure_replace_itself(text: str) -> None:
    whole = f"It takes ten weeks{text} 3.1 million euros {text}"
    replaced = Updates.of(_figures(whole), {"a": made_article("a", whole)}).replaced
    assert all(old not in new for old, new in replaced.items())


def test_an_announced_update_supersedes_and_is_no_contradiction() -> None:
    """Neither by who announces it nor by who has the new figure alone; and the old one was not wrong."""
    told = _told(
        "The repair of the Karlbridge will take six weeks, the city council said.",
        "The repair of the Karlbridge will take ten weeks instead of six, the city council said.",
        "The repair of the Karlbridge will take ten weeks, the city council said.",
    )
    before, after = told["a0", "six weeks"], told["a2", "ten weeks"]
    assert (before.verdict, before.contradict.origins, before.support.effective) == ("superseded", 0, 1.0)
    assert (after.verdict, after.support.origins, after.contradict.origins) == ("supported", 1, 0)


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ("It has a crack of 40 cm.", "It has a second crack of 25 cm.", True),
        ("It has a crack of 40 cm.", "It has another crack of 25 cm.", True),
        ("It has a crack of 40 cm.", "It has a long crack of 25 cm.", False),
        ("A second crack of 40 cm grew.", "The second crack was 25 cm long.", False),
    ],
)
def test_one_more_of_a_kind_is_another_thing(first: str, second: str, apart: bool) -> None:
    ours, theirs = _figures(first)[0], _figures(second)[0]
    assert told_apart(ours, first, theirs, second) is apart
    assert told_apart(theirs, second, ours, first) is apart


@pytest.mark.parametrize(("published", "each"), [("2024-05-09", True), ("2024-05-06", False)])
def test_two_days_each_told_on_its_own_day_are_two_pieces_of_news(published: str, each: bool) -> None:
    monday, thursday = (
        replace(made_claim("date", {"earliest": day, "latest": day}), article=id_)
        for id_, day in (("a", "2024-05-06"), ("b", "2024-05-09"))
    )
    occasions = Occasions.of((monday, thursday), {"a": "2024-05-06", "b": published})
    assert occasions.each_its_own(monday, thursday) is each
    assert occasions.each_its_own(thursday, monday) is each


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ("Rain at last! - Ann Lee (@annlee) [May 5, 2024]", "Off to Rome now. - Ann Lee (@annlee) [May 9, 2024]", True),
        ("Rain at last! - Ann Lee (@annlee) [May 5, 2024]", "Rain at last! - Ann Lee (@annlee) [May 9, 2024]", False),
        ("The hall in this [May 5, 2024], file photo", "The mayor opened the hall on [May 9, 2024]", True),
        ("The mayor opened the hall on [May 5, 2024]", "The hall was opened on [May 9, 2024]", False),
        ("FILE PHOTO: The mayor at the hall on [May 5, 2024]", "The mayor opened the hall on [May 9, 2024]", True),
        ("The mayor speaks in Lindau, Germany, [May 5, 2024].", "The mayor spoke on [May 9, 2024].", True),
        ("In this [May 5, 2024], photo, the mayor speaks.", "The mayor spoke on [May 9, 2024].", True),
        ("The mayor spoke in Lindau on [May 5, 2024].", "The mayor spoke on [May 9, 2024].", False),
    ],
)
def test_posts_and_pictures_have_dates_of_their_own(first: str, second: str, apart: bool) -> None:
    marked = [
        (Span(text.index("["), text.index("]") - 1), text.replace("[", "").replace("]", "")) for text in (first, second)
    ]
    (ours, text), (theirs, other) = marked
    assert of_two_posts(ours, text, theirs, other) is apart
    assert of_two_posts(theirs, other, ours, text) is apart


_DAY: dict[str, object] = {"granularity": "day", "weekday": None, "relative": None}


def _day(article: str, day: str | None, rule: str = "date.weekday", **rest: object) -> Claim:
    return replace(made_claim("date", _DAY | {"earliest": day, "latest": day} | rest), article=article, rule=rule)


@pytest.mark.parametrize(
    ("first", "second", "days", "apart"),
    [
        (("2024-05-06", "date.weekday"), ("2024-05-04", "date.weekday"), ("2024-05-07", "2024-05-07"), False),
        (("2024-05-06", "date.weekday"), ("2023-10-04", "date.partial"), ("2024-05-07", "2024-05-07"), True),  # history
        (("2024-05-06", "date.weekday"), ("2024-05-20", "date.partial"), ("2024-05-07", "2024-05-08"), True),  # to come
        (("2024-05-06", "date.weekday"), ("2024-05-08", "date.weekday"), ("2024-05-07", "2024-05-09"), False),
        (("2024-05-06", "date.weekday"), (None, "date.weekday"), ("2024-05-07", None), True),  # of any week
        (("2024-05-06", "date.weekday"), (None, "date.weekday"), ("2024-05-07", "2024-05-07"), False),
        (("2024-05-06", "date.absolute"), (None, "date.weekday"), (None, None), False),
        ((None, "date.weekday"), (None, "date.weekday"), (None, None), False),
    ],
)
def test_two_dates_are_at_two_distances_from_their_news(
    first: tuple[str | None, str], second: tuple[str | None, str], days: tuple[str | None, str | None], apart: bool
) -> None:
    ours, theirs = _day("a", *first), _day("b", *second)
    occasions = Occasions.of((ours, theirs), dict(zip("ab", days, strict=True)))
    assert occasions.at_two_distances(ours, theirs) is apart
    assert occasions.at_two_distances(theirs, ours) is apart


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ("The hall opened on [Monday].", "The hall was opened [Friday].", False),
        ("The hall stays shut until [Monday].", "The hall was shut on [Friday].", True),
        ("There were two fires since [Monday].", "There was a fire on [Friday].", True),
        ("The hall was built more than [twenty years ago].", "The hall was built in [1993].", True),
    ],
)
def test_an_end_is_no_day_of_the_event(first: str, second: str, apart: bool) -> None:
    (ours, text), (theirs, other) = (_marked("date", {}, marked) for marked in (first, second))
    assert of_two_sorts(ours, text, theirs, other) is apart
    assert of_two_sorts(theirs, other, ours, text) is apart


def test_the_year_of_an_election_is_its_name() -> None:
    (ours, text), (theirs, other) = (
        _marked("date", {"granularity": "year"}, marked) for marked in ("the [2016] election", "the [2020] election")
    )
    assert of_two_sorts(ours, text, theirs, other)


def _marked(kind: ClaimKind, value: dict[str, object], marked: str) -> tuple[Claim, str]:
    """Return a claim whose span stands in brackets in a text of one sentence, and the text."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    return replace(made_claim(kind, value), span=Span(start, end), sentence=Span(0, len(text))), text


@pytest.mark.parametrize(
    ("first", "second", "one", "two"),
    [
        ("Ann Lee, [57], lives there", "[23-year-old] Jan Bo was seen", False, True),
        ("Jan Bo, [57], was seen", "[23-year-old] Jan Bo was seen", True, False),
        ("the [57-year-old] driver ran", "A [23-year-old] driver ran", True, False),
        ("the [57-year-old] driver fell", "A [23-year-old] woman ran", False, False),
        ("a [57-year-old] native of Lindau ran", "Jan Bo, a [23-year-old] man ran", False, False),
        ("a [57-year-old] Swiss ran", "Jan Bo, a [23-year-old] man ran", False, False),
        ("Jan Bo was hired when he was [19].", "Jan Bo, [23], was seen", False, True),
    ],
)
def test_ages_are_of_who_stands_next_to_them(first: str, second: str, one: bool, two: bool) -> None:
    (ours, text), (theirs, other) = (_marked("quantity", {}, marked) for marked in (first, second))
    assert of_two_people(ours, text, theirs, other) is two
    assert of_two_people(theirs, other, ours, text) is two
    assert (not two and of_one_person(ours, text, theirs, other)) is one


@pytest.mark.parametrize(
    ("text", "daily"), [("The Dow lost [40 points].", True), ("The team lost by [40 points].", False)]
)
def test_an_index_is_counted_anew_every_day(text: str, daily: bool) -> None:
    assert is_of_its_day(*_marked("quantity", {}, text)) is daily


def test_figures_of_each_day_are_of_two_times_a_day_apart() -> None:
    ours, theirs = (replace(made_claim("quantity", {}), article=id_) for id_ in "ab")
    occasions = Occasions.of((ours, theirs), {"a": "2024-05-06", "b": "2024-05-07"})
    assert occasions.are_one(ours, theirs, 3)
    assert not occasions.are_one(ours, theirs, 0)
