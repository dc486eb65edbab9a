"""Dates: rows of real-looking sentences, and laws that hold for any text."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.dates import find_dates
from pipeline.claims.draft import Draft
from pipeline.claims.quantities import find_quantities
from pipeline.models import DateValue
from tests.test_quantities import doc

Row = dict[str, str]
_CASES = Path(__file__).parent / "cases" / "dates.csv"
with _CASES.open(encoding="utf-8", newline="") as _file:
    _ROWS = list(csv.DictReader(_file))
SENTENCES = [(*key, list(rows)) for key, rows in groupby(_ROWS, key=lambda row: (row["published"], row["sentence"]))]
DAYS = st.dates(date(1990, 1, 1), date(2050, 12, 31))
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def row_of(text: str, draft: Draft) -> tuple[str, ...]:
    value = draft.date
    assert value is not None
    return (
        text[draft.span.start : draft.span.end], draft.rule, value.earliest or "", value.latest or "", value.granularity,
        value.weekday or "", value.relative or "",
    )  # fmt: skip


def expected(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in ("span", "rule", "earliest", "latest", "granularity", "weekday", "relative"))


def values(text: str, published: str | None = "2025-12-10") -> list[DateValue]:
    return [draft.date for draft in find_dates(doc(text), published) if draft.date is not None]


@pytest.mark.parametrize(
    ("published", "sentence", "rows"), SENTENCES, ids=[f"{row[1]} [{row[0]}]" for row in SENTENCES]
)
def test_each_sentence_yields_its_dates_and_no_others(published: str, sentence: str, rows: list[Row]) -> None:
    assert [row_of(sentence, draft) for draft in find_dates(doc(sentence), published or None)] == [
        expected(row) for row in rows if row["span"]
    ]


def test_the_table_is_large_and_holds_traps() -> None:
    assert len(SENTENCES) >= 100
    assert sum(not row["span"] for row in _ROWS) >= 20


@given(DAYS)
def test_a_day_is_equal_however_written(day: date) -> None:
    name = day.strftime("%B")
    forms = [
        f"{day.day} {name} {day.year}", f"{name} {day.day}, {day.year}", f"the {day.day}th of {name} {day.year}",
        day.isoformat(), f"{name[:3]}{'' if day.month == 5 else '.'} {day.day}, {day.year}",
    ]  # fmt: skip
    for form in forms:
        (found,) = values(f"It happened on {form}.")
        assert (found.earliest, found.latest, found.granularity) == (day.isoformat(), day.isoformat(), "day")


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_the_last_one_by_publication_or_open_where_tomorrow_has_its_name(
    published: date, weekday: int
) -> None:
    (found,) = values(f"The bridge fell on {NAMES[weekday].title()}.", published.isoformat())
    assert found.weekday == NAMES[weekday]
    assert (found.earliest is None) == ((published + timedelta(1)).weekday() == weekday)
    if found.earliest is not None:
        day = date.fromisoformat(found.earliest)
        assert day.weekday() == weekday
        assert timedelta(0) <= published - day < timedelta(6)
    assert values(f"The bridge fell on {NAMES[weekday].title()}.", None)[0].weekday == NAMES[weekday]


@given(DAYS, st.integers(0, 6))
def test_a_weekday_to_come_is_the_next_one(published: date, weekday: int) -> None:
    (found,) = values(f"The council will meet on {NAMES[weekday].title()}.", published.isoformat())
    assert found.earliest is not None
    day = date.fromisoformat(found.earliest)
    assert day.weekday() == weekday
    assert timedelta(0) <= day - published < timedelta(7)


@given(DAYS, DAYS)
def test_a_day_without_year_is_the_last_one_or_open_where_one_of_its_name_is_near(published: date, day: date) -> None:
    (found,) = values(f"It happened on {day.day} {day.strftime('%B')}.", published.isoformat())
    if found.earliest is None:
        assert found.relative == f"{day.strftime('%B').lower()} {day.day}"
    elif (day.month, day.day) != (2, 29):
        assert timedelta(-366 + 60) <= date.fromisoformat(found.earliest) - published <= timedelta(2)


@given(DAYS, DAYS)
def test_a_day_without_year_and_verb_is_the_nearest_but_soon_to_come(published: date, day: date) -> None:
    (found,) = values(f"The hearing on {day.day} {day.strftime('%B')}.", published.isoformat())
    assert found.earliest is not None
    if (day.month, day.day) != (2, 29):
        assert timedelta(-244) <= date.fromisoformat(found.earliest) - published <= timedelta(122)


def test_easter_is_on_the_sundays_of_the_almanac() -> None:
    found = [values(f"The town burned on Easter Sunday {year}.")[0].earliest for year in (1961, 2000, 2016, 2024, 2025)]
    assert found == ["1961-04-02", "2000-04-23", "2016-03-27", "2024-03-31", "2025-04-20"]


def test_what_hangs_on_publication_is_unresolved_without_it() -> None:
    text = "Last year, in May, on Monday, three weeks ago, on 4 July, yesterday, this week and within two days."
    found = values(text, None)
    assert len(found) == 8
    assert {(value.earliest, value.latest) for value in found} == {(None, None)}


@given(st.text(max_size=30))
def test_any_publication_string_is_borne(published: str) -> None:
    assert len(values("It happened on 4 July 2020.", published)) == 1


PIECES = ["12", "May", " ", "2014", "-", "/", "31", " February", "last ", "next ", "Monday", "week", "ago", "three", " years ", "by ",
          "the ", "end of ", "'90s", "s", ",", ".", "(", ")", "Q3 ", "within ", "99", "İ", "decade", "th of ", "\n", "’", "summer", "past "]  # fmt: skip


@settings(max_examples=400)
@given(
    st.lists(st.sampled_from(PIECES), max_size=30),
    st.sampled_from([None, "2025-12-10", "0001-01-01", "9999-12-31", "x"]),
)
def test_no_mixture_of_date_words_breaks_it(pieces: list[str], published: str | None) -> None:
    text = "".join(pieces)
    end = 0
    for draft in find_dates(doc(text), published):
        value = draft.date
        assert value is not None
        assert (value.earliest is None) == (value.latest is None)
        assert value.earliest is None or value.latest is None or value.earliest <= value.latest
        assert text[draft.span.start : draft.span.end].strip()
        assert draft.span.start >= end
        end = draft.span.end


@given(st.text(max_size=400))
def test_no_text_breaks_it_and_spans_lie_inside(text: str) -> None:
    for draft in find_dates(doc(text), "2025-12-10"):
        assert 0 <= draft.span.start < draft.span.end <= len(text)
        assert text[draft.span.start : draft.span.end].strip()


def test_a_long_text_of_date_words_takes_linear_steps() -> None:
    assert len(find_dates(doc("last " * 20_000), None)) == 0
    assert len(find_dates(doc("on Monday, " * 5_000), None)) == 5_000


@pytest.mark.parametrize(
    "phrase", ["Within five years", "By 12 May 2024", "Three weeks ago", "In the 1990s", "By 11 p.m. Monday"]
)
def test_the_digits_of_a_date_are_no_quantity(phrase: str) -> None:
    """The extractors agree on that by themselves: nothing sorts them out afterwards."""
    text = doc(f"{phrase} the bridge was to be closed.")
    assert find_dates(text, "2025-03-03")
    assert find_quantities(text) == []
