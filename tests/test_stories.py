"""Stories: what is grouped, what stays apart, and what must not matter."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.models import Article, DumpLocation
from pipeline.settings import load_settings
from pipeline.stories import group_stories
from pipeline.stories.reading import token_spans, tokens
from tests.benchmarks.stories import EVENTS, FNC, grouped
from tests.shared import REASON, SHARED

SETTINGS = load_settings()
QUAKE = (
    "A strong earthquake shook the harbour town of Velmora on Monday, toppling the cathedral's bell tower. "
    "Rescue crews from the province of Tarrin dug through rubble for survivors while aftershocks rolled on.",
    "The earthquake that struck Velmora destroyed the bell tower of its cathedral and cut the harbour road. "
    "Aftershocks hampered rescue crews, the governor of Tarrin said, as survivors were pulled from rubble.",
    "Survivors of the Velmora earthquake slept in the harbour stadium. The cathedral bell tower fell into the "
    "square; Tarrin's rescue crews searched the rubble until another aftershock drove them back.",
)
OTHER_QUAKE = (
    "An earthquake hit the mountain district of Oshkand on Monday, burying two villages under landslides. "
    "Helicopters from the Bereg air base flew the injured herders to a field hospital near the Salt Pass.",
    "Landslides after the Oshkand earthquake buried villages below the Salt Pass. Injured herders were flown by "
    "helicopters to a field hospital that the Bereg air base had set up overnight.",
)
CUP = (
    "Striker Ilona Drecht scored twice as Harrow Rovers won the league cup final against Penmarsh United.",
    "Harrow Rovers lifted the league cup after two goals by Ilona Drecht beat Penmarsh United in the final.",
)


def article(key: str, text: str) -> Article:
    return Article(
        id=key,
        source=None,
        url=None,
        title=None,
        published="2025-03-03",
        language="en",
        text=text,
        word_count=len(text.split()),
        sha256=sha256(text.encode()).hexdigest(),
        location=DumpLocation(file="dump.jsonl"),
    )


DUMP = [article(f"a{number}", text) for number, text in enumerate((*QUAKE, *OTHER_QUAKE, *CUP))]


def members(articles: list[Article]) -> set[tuple[str, ...]]:
    return {story.articles for story in group_stories(articles, SETTINGS)}


def test_events_of_one_kind_stay_apart() -> None:
    assert members(DUMP) == {("a0", "a1", "a2"), ("a3", "a4"), ("a5", "a6")}


def test_no_articles_are_no_stories() -> None:
    assert group_stories([], SETTINGS) == ()


def test_an_article_in_another_language_stays_apart() -> None:
    assert ("a1",) in members([DUMP[0], replace(DUMP[1], language="de"), DUMP[2]])


def test_an_article_outside_the_window_stays_apart() -> None:
    assert ("a1",) in members([DUMP[0], replace(DUMP[1], published="2025-03-07"), DUMP[2]])


def test_a_copy_outside_the_window_stays_apart() -> None:
    assert members([DUMP[0], replace(DUMP[0], id="late", published="2025-04-03")]) == {("a0",), ("late",)}


def test_copies_as_far_apart_as_the_window_is_wide_are_of_one_story() -> None:
    assert members([DUMP[0], replace(DUMP[0], id="late", published="2025-03-06")]) == {("a0", "late")}


def test_the_window_counts_the_time_of_day_and_its_offset() -> None:
    late = replace(DUMP[1], published="2025-03-06T02:00:00+03:00")
    assert members([DUMP[0], late]) == {("a0", "a1")}
    assert members([DUMP[0], replace(late, published="2025-03-06T02:00:00-03:00")]) == {("a0",), ("a1",)}


@pytest.mark.parametrize("published", [None, "soon", ""])
def test_an_undated_article_is_grouped_by_what_it_tells(published: str | None) -> None:
    assert members([DUMP[0], replace(DUMP[1], published=published), DUMP[3]]) == {("a0", "a1"), ("a3",)}


def test_texts_without_words_are_stories_of_their_own() -> None:
    assert members([article("x", ""), article("y", ""), article("z", "…")]) == {("x",), ("y",), ("z",)}


def test_a_story_keeps_its_id_when_a_later_article_joins() -> None:
    before = group_stories(DUMP[:2], SETTINGS)
    after = group_stories([*DUMP[:2], replace(DUMP[2], id="a", published="2025-03-04")], SETTINGS)
    assert [story.id for story in before] == [story.id for story in after]


@given(st.permutations(DUMP))
@settings(max_examples=25, deadline=None)
def test_the_order_of_articles_does_not_matter(articles: list[Article]) -> None:
    assert group_stories(articles, SETTINGS) == group_stories(DUMP, SETTINGS)


@given(
    st.lists(
        st.builds(replace, st.sampled_from(DUMP), published=st.sampled_from([None, "2025-03-01", "2025-03-08"])),
        unique_by=lambda item: item.id,
    )
)
@settings(max_examples=25, deadline=None)
def test_every_article_is_in_one_story(articles: list[Article]) -> None:
    found = [key for story in group_stories(articles, SETTINGS) for key in story.articles]
    assert sorted(found) == sorted(item.id for item in articles)


@given(st.sampled_from(DUMP), st.integers(1, 6), st.sampled_from(["0", "b", "z"]))
@settings(max_examples=25, deadline=None)
def test_copies_change_no_other_story(copied: Article, count: int, prefix: str) -> None:
    copies = [replace(copied, id=f"{prefix}{number}", source=f"Outlet {number}") for number in range(count)]
    ids = {item.id for item in DUMP}
    found = members([*DUMP, *copies])
    assert {tuple(key for key in story if key in ids) for story in found} == members(DUMP)
    assert all({item.id for item in copies} <= set(story) for story in found if copied.id in story)


def test_a_tangle_above_the_cap_is_cut_and_loses_nothing() -> None:
    capped = replace(SETTINGS, stories=replace(SETTINGS.stories, component=4))
    tangle = [article(f"t{number:02}", f"{QUAKE[number % 3]} Reading {number}.") for number in range(20)]
    stories = group_stories(tangle, capped)
    assert sorted(key for story in stories for key in story.articles) == [item.id for item in tangle]
    assert max(len(story.articles) for story in stories) <= 4


def test_an_edited_copy_follows_its_text_and_moves_no_other_article() -> None:
    edited = [replace(DUMP[0], id=f"e{number}", text=f"{DUMP[0].text} ({number})") for number in range(5)]
    found = members([*DUMP, *edited])
    assert {tuple(key for key in story if not key.startswith("e")) for story in found} == members(DUMP)


@pytest.mark.skipif(SHARED is None, reason=REASON)
@pytest.mark.parametrize(("name", "floor"), [("giveme5w1h", 0.95), ("ecbplus", 0.94), ("basil", 0.97), (FNC, 0.95)])
def test_events_of_the_labelled_sets_are_found(name: str, floor: float) -> None:
    assert SHARED is not None
    assert grouped(SHARED / "eval", [name]).f1 >= floor


@pytest.mark.skipif(SHARED is None, reason=REASON)
def test_sets_mixed_into_one_dump_are_told_apart_as_well() -> None:
    assert SHARED is not None
    assert grouped(SHARED / "eval", list(EVENTS)).f1 >= 0.94


PLAIN_OR_NOT = st.lists(
    st.sampled_from(
        [
            "it",
            "s",
            "İ",
            "É",
            "don",
            "5",
            "1,500",
            "3.5",
            "'",
            "’",
            "‘",
            "“",
            "”",
            "–",
            "…",
            " ",
            "\u00a0",
            ",",
            ".",
            "_",
            "-",
            "٣",
            "K",
        ]
    ),
    max_size=12,
).map("".join)


@given(PLAIN_OR_NOT | st.text(max_size=30))
def test_words_are_the_same_however_plain_the_text_around_them_is(text: str) -> None:
    words = tokens(text)
    assert tokens(f"{text} ж") == [*words, "ж"]
    assert len(words) == len(token_spans(text))
