"""Origins: what makes two articles one origin, and what must not."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.models import Article, Boilerplate, DumpLocation, Story
from pipeline.settings import load_settings
from pipeline.stories import group_stories
from pipeline.stories.library import shelve
from pipeline.stories.origins import Origins, find_origins
from pipeline.stories.publishers import host_family, name_family
from tests.benchmarks.stories import unions
from tests.shared import REASON, SHARED

SETTINGS = load_settings()
PASSAGES = {
    "quake": "A strong earthquake shook the harbour town of Velmora early on Monday, toppling the bell tower of its "
    "cathedral, cutting the coast road in four places and leaving some nine thousand households without water.",
    "governor": "Governor Ilse Marrant of the province of Tarrin declared a state of emergency before noon, promised "
    "every family whose house had fallen a first payment within the week, and asked the army for field kitchens.",
    "rescue": "Crews with dogs pulled forty people alive out of the rubble around the fish market, the fire brigade "
    "said, while engineers went from door to door to paint a red cross on walls that nobody should sleep behind.",
    "stadium": "By nightfall the football ground behind the railway yard held two thousand cots; volunteers handed "
    "out soup, blankets and phone batteries, and a retired teacher read stories to the children in the dressing room.",
    "sea": "Sirens along the bay warned of a wave that never came. The gauge at the lighthouse rose by a hand's "
    "breadth, stayed there for twenty minutes and fell again, to the relief of crews who had put out to deeper water.",
    "school": "Lessons will not begin again before the survey of all eleven schools is done, which the council "
    "expects to take until spring; pupils in their last year are to sit their exams in the neighbouring district.",
    "train": "The express line south stays closed for at least ten days because a viaduct has shifted on its piers. "
    "Buses run from the freight depot every half hour, and tickets already bought are valid on all of them.",
    "mayor": "Asked whether the town would rebuild the tower, the mayor shrugged and pointed at the hospital, whose "
    "new wing stands empty for want of an inspector's signature: stones can wait, he said, and patients cannot.",
    "short": "Seismologists put the magnitude at 6.4 and the depth at twelve kilometres below the seabed.",
    "quotes": 'She told reporters: "We will not leave a single street of this town without light tonight." '
    'Later she added: "Nobody who lost a roof on Monday will be asked for papers first."',
}
ROWS = list(csv.DictReader((Path(__file__).parent / "cases" / "origins.csv").read_text("utf-8").split("\n")[2:]))


def article(key: str, passages: str, source: str = "", url: str = "", wires: str = "") -> Article:
    text = "\n\n".join(PASSAGES[name] for name in passages.split("+"))
    return Article(
        id=key,
        source=source or None,
        url=url or None,
        title=None,
        published="2025-03-03",
        language="en",
        text=text,
        word_count=len(text.split()),
        sha256=sha256(text.encode()).hexdigest(),
        location=DumpLocation(file="dump.jsonl"),
        wires=(wires,) if wires else (),
        canonical_url=re.sub(r"^https?://(www\.)?|\?.*$", "", url) or None,
    )


def origins(*articles: Article) -> Origins:
    return find_origins(articles, {one.id: one.text for one in shelve(articles, SETTINGS)}, SETTINGS.origins)


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_two_articles_share_an_origin_for_the_rule_of_their_row(row: dict[str, str]) -> None:
    one, other = (
        article(side, row[f"text_{side}"], row[f"source_{side}"], row[f"url_{side}"], row[f"wires_{side}"])
        for side in "ab"
    )
    found = origins(one, other)
    assert [link.rule for link in found.links] == ([row["rule"]] if row["rule"] else [])
    assert (found.origin_of["a"] == found.origin_of["b"]) == bool(row["rule"])


def test_a_contained_text_is_shown_by_its_longest_shared_stretch() -> None:
    (link,) = origins(article("a", "rescue+quake+governor"), article("b", "short+quake")).links
    assert link.detail == PASSAGES["quake"].rstrip(".")[:200]
    assert 0.5 < link.similarity < 0.8


def test_boilerplate_makes_no_origin() -> None:
    shared = article("a", "school+train+short")
    other = article("b", "school+train+mayor")
    assert origins(shared, other).links
    end = len(PASSAGES["school"]) + 2 + len(PASSAGES["train"])
    marked = [_marked(item, end) for item in (shared, other)]
    assert not origins(*marked).links


def _marked(item: Article, end: int) -> Article:
    return replace(item, boilerplate=(Boilerplate(start=0, end=end, rule="boilerplate.test"),))


def test_texts_without_words_are_no_copies_of_one_another() -> None:
    empty = [replace(article(key, "quake"), text="…") for key in "ab"]
    assert not origins(*empty).links


def test_two_reports_of_one_agency_are_one_origin_though_no_words_are_shared() -> None:
    one = article("a", "quake+governor", "Harbour Post", wires="Reuters")
    other = article("b", "rescue+stadium", "Tarrin Herald", wires="Reuters")
    assert not origins(one, other).links
    bylined = [replace(item, authors=("Reuters",)) for item in (one, other)]
    assert [link.rule for link in origins(*bylined).links] == ["origin.wire-credit"]


def test_links_join_every_origin_and_nothing_twice() -> None:
    articles = [article(key, "quake+governor", "Harbour Post") for key in "abc"] + [
        article("d", "rescue", "Harbour Post")
    ]
    found = origins(*articles)
    assert len(set(found.origin_of.values())) == 1
    assert len(found.links) == 3


def test_common_text_below_an_origin_is_counted_as_overlap() -> None:
    found = origins(article("a", "quake+governor+rescue"), article("b", "quake+stadium+sea"))
    (overlap,) = found.overlaps
    assert 0.1 < overlap.jaccard < 0.3
    assert overlap.first < overlap.second


def test_texts_with_nothing_in_common_have_no_overlap() -> None:
    assert origins(article("a", "quake"), article("b", "rescue")).overlaps == ()


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("The Washington Post", "washington-post"),
        ("washingtonpost.com", "washington-post"),
        ("www.npr.org", "npr"),
        ("NBC News (Online)", "nbc"),
        ("Guest Writer - Right", None),
        ("None", None),
        ("  ", None),
        ("Yahoo! News", None),
        ("Example Daily | Sports", "exampledaily"),
        ("Example-Daily.co.uk", "exampledaily"),
        ("新华社", "新华社"),
    ],
)
def test_a_name_leads_to_its_family(name: str, family: str | None) -> None:
    assert name_family(name) == family


@pytest.mark.parametrize(
    ("host", "family"),
    [
        ("nytimes.com", "new-york-times"),
        ("cooking.nytimes.com", "new-york-times"),
        ("abcnews.go.com", "abc-us"),
        ("abc.net.au", "abc-australia"),
        ("someone.substack.com", None),
        ("news.example-daily.com.au", "exampledaily"),
        ("co.uk", "co"),
    ],
)
def test_a_host_leads_to_its_family(host: str, family: str | None) -> None:
    assert host_family(host) == family


DUMP = [
    article("a", "quake+governor+short", "Harbour Post"),
    article("b", "quake+rescue+sea", "Tarrin Herald"),
    article("c", "governor+stadium+rescue", "Coast Radio"),
    article("d", "short+sea+quake", "Harbour Post"),
]


def independence(stories: tuple[Story, ...], ids: set[str]) -> dict[tuple[str, str], object]:
    """Return for each pair of the first articles whether they share an origin, or how much text."""
    origin = {key: name for story in stories for key, name in zip(story.articles, story.origins, strict=True)}
    overlap = {(item.first, item.second): item.jaccard for story in stories for item in story.overlaps}
    return {
        (one, other): origin[one] == origin[other] or overlap.get(_pair(origin[one], origin[other]), 0.0)
        for one in sorted(ids)
        for other in sorted(ids)
    }


def _pair(one: str, other: str) -> tuple[str, str]:
    return min(one, other), max(one, other)


@given(
    st.lists(st.sampled_from(DUMP), min_size=1, max_size=4),
    st.sampled_from(["Mirror Site", "News Aggregator", "Harbour Post"]),
    st.sampled_from(["2025-03-04", "2025-03-05T06:00:00Z", "2025-03-02T23:00:00-11:00"]),
)
@settings(max_examples=30, deadline=None)
def test_later_copies_under_any_name_leave_the_others_as_independent_as_they_were(
    copied: list[Article], source: str, published: str
) -> None:
    copies = [replace(item, id=f"0{number}", source=source, published=published) for number, item in enumerate(copied)]
    ids = {item.id for item in DUMP}
    assert independence(group_stories([*DUMP, *copies], SETTINGS), ids) == independence(
        group_stories(DUMP, SETTINGS), ids
    )


@given(st.sets(st.sampled_from(DUMP[:3]), min_size=1), st.sampled_from(["Mirror Site", "News Aggregator"]))
@settings(max_examples=20, deadline=None)
def test_an_aggregator_ties_nothing_together_when_no_date_says_who_came_first(
    copied: set[Article], source: str
) -> None:
    dump = [replace(item, published=None) for item in DUMP[:3]]
    copies = [replace(item, id=f"0{item.id}", source=source, published=None) for item in copied]
    ids = {item.id for item in dump}
    assert independence(group_stories([*dump, *copies], SETTINGS), ids) == independence(
        group_stories(dump, SETTINGS), ids
    )


@given(st.permutations(DUMP))
@settings(max_examples=20, deadline=None)
def test_the_order_of_articles_does_not_matter(articles: list[Article]) -> None:
    assert group_stories(articles, SETTINGS) == group_stories(DUMP, SETTINGS)


def test_overlaps_and_links_come_sorted() -> None:
    (story,) = (item for item in group_stories(DUMP, SETTINGS) if len(item.articles) > 1)
    assert all((one.first, one.second) < (other.first, other.second) for one, other in pairwise(story.overlaps))


@pytest.mark.skipif(SHARED is None, reason=REASON)
def test_known_copies_share_an_origin_and_hardly_anything_else_does() -> None:
    assert SHARED is not None
    figures = unions(SHARED / "eval")
    assert figures.recall >= 0.95
    assert figures.false_unions <= 0.001


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ({"canonical_url": "wire.example/1"}, {"copy_of": "wire.example/1"}, True),
        ({}, {"copy_of": "a"}, True),
        ({"copy_of": "key-7"}, {"copy_of": "key-7"}, True),
        ({"copy_of": "key-7"}, {"copy_of": "key-8"}, False),
        ({}, {"copy_of": "b"}, False),  # a copy, it isn't said of what, and no words in common
        ({}, {}, False),
    ],
)
def test_what_the_dump_calls_a_copy_is_one_origin_with_its_original(
    first: dict[str, Any], second: dict[str, Any], one: bool
) -> None:
    pair = [replace(article("a", "quake+rescue"), **first), replace(article("b", "stadium+sea"), **second)]
    found = origins(*pair)
    assert (found.origin_of["a"] == found.origin_of["b"]) == one
    assert [link.rule for link in found.links] == (["origin.declared-copy"] if one else [])


def test_a_copy_of_nobody_says_what_is_one_with_what_it_shares_words_with() -> None:
    pair = [article("a", "quake+rescue+stadium+sea"), replace(article("b", "quake+governor+school+train"), copy_of="b")]
    assert [link.rule for link in origins(*pair).links] == ["origin.declared-copy"]
    assert origins(pair[0], replace(pair[1], copy_of=None)).links == ()
