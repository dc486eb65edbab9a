"""Quantities: rows of real-looking sentences, and laws that hold for any text."""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.draft import Draft
from pipeline.claims.quantities import find_quantities
from pipeline.models import Article, DumpLocation, QuantityValue
from pipeline.text import Document, document

Row = dict[str, str]
_CASES = Path(__file__).parent / "cases" / "quantities.csv"
with _CASES.open(encoding="utf-8", newline="") as _file:
    _ROWS = list(csv.DictReader(_file))
SENTENCES = [(sentence, list(rows)) for sentence, rows in groupby(_ROWS, key=lambda row: row["sentence"])]


def doc(text: str, title: str | None = None) -> Document:
    where = DumpLocation(file="test.json")
    return document(
        Article(
            id="a", source=None, url=None, title=title, published=None, language="en",
            text=text, word_count=len(text.split()), sha256="", location=where,
        )
    )  # fmt: skip


def number(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


def row_of(text: str, draft: Draft) -> tuple[str, ...]:
    value = draft.quantity
    assert value is not None
    return (
        text[draft.span.start : draft.span.end], draft.rule, number(value.low), number(value.high), value.unit,
        value.counted or "", "yes" if value.approximate else "no", "yes" if draft.hedged else "no",
    )  # fmt: skip


def expected(row: Row) -> tuple[str, ...]:
    names = ("span", "rule", "low", "high", "unit", "counted", "approximate", "hedged")
    return tuple(row[name] for name in names)


def values(text: str) -> list[QuantityValue]:
    return [draft.quantity for draft in find_quantities(doc(text)) if draft.quantity is not None]


@pytest.mark.parametrize(("sentence", "rows"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_each_sentence_yields_its_quantities_and_no_others(sentence: str, rows: list[Row]) -> None:
    assert [row_of(sentence, draft) for draft in find_quantities(doc(sentence))] == [
        expected(row) for row in rows if row["span"]
    ]


def test_the_table_is_large_and_holds_traps() -> None:
    assert len(SENTENCES) >= 150
    assert sum(not row["span"] for row in _ROWS) >= 30


WORDS = {2: "two", 7: "seven", 12: "twelve", 40: "forty", 21: "twenty-one", 105: "one hundred and five", 999: "nine hundred ninety-nine"}  # fmt: skip


@given(st.sampled_from(sorted(WORDS)))
def test_digits_and_words_are_equal(number_: int) -> None:
    assert values(f"They found {number_} survivors there.") == values(f"They found {WORDS[number_]} survivors there.")


@given(st.one_of(st.integers(1000, 1899), st.integers(2060, 9_999_999)))
def test_a_thousands_separator_changes_nothing(number_: int) -> None:
    """Without a separator 1900 to 2059 may be a year, so only round ones count ("2000 soldiers")."""
    assert values(f"The army sent {number_:,} soldiers there.") == values(f"The army sent {number_} soldiers there.")


def test_a_number_that_reads_as_a_year_counts_only_when_round() -> None:
    assert [value.low for value in values("The army sent 2000 soldiers there.")] == [2000.0]
    assert values("These are the 2020 states to watch.") == []


@given(st.integers(1, 99), st.integers(0, 9))
def test_percent_is_equal_however_written(whole: int, tenth: int) -> None:
    found = [values(f"It fell by {whole}.{tenth}{sign} of sales.") for sign in ("%", " %", " percent", " per cent")]
    assert len(found[0]) == 1
    assert all(other == found[0] for other in found)


@given(st.integers(1, 999), st.integers(0, 9), st.sampled_from(["bn", " billion", "-billion", " bn"]))
def test_a_magnitude_is_equal_however_written(whole: int, tenth: int, word: str) -> None:
    assert values(f"It paid ${whole}.{tenth}{word} for it.") == values(f"It paid ${whole}.{tenth} billion for it.")


@given(st.integers(1, 999))
def test_currency_before_or_after_is_equal(millions: int) -> None:
    assert values(f"It paid ${millions} million.") == values(f"It paid {millions} million dollars.")
    assert values(f"It paid €{millions}m.") == values(f"It paid {millions} million euros.")


@given(st.integers(1, 500), st.integers(0, 99))
def test_a_rounded_figure_holds_the_exact_one(whole: int, hundredths: int) -> None:
    (rounded,) = values(f"Some fans, {whole}.{hundredths:02d} million people, came.")
    exact = (whole * 100 + hundredths) * 10_000
    assert rounded.low is not None
    assert rounded.high is not None
    assert rounded.low <= exact <= rounded.high


@given(st.text(max_size=400))
def test_no_text_breaks_it_and_spans_lie_inside(text: str) -> None:
    for draft in find_quantities(doc(text)):
        assert 0 <= draft.span.start < draft.span.end <= len(text)
        assert text[draft.span.start : draft.span.end].strip()
        assert 0.0 <= draft.confidence <= 1.0


PIECES = ["12", "1.5", " million", "five", " ", "-", "%", "$", " per cent", " of ", "two", "-thirds", "half", " a ", "million ",
          "people", " killed", "at least ", "between ", " and ", "to ", "Dec. ", "2014", "'", ", ", ".", "\n", "İ", "’", "½", "٣", "1,", "³"]  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_mixture_of_number_words_breaks_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for draft in find_quantities(doc(text)):
        value = draft.quantity
        assert value is not None
        assert value.low is None or value.high is None or value.low <= value.high
        assert text[draft.span.start : draft.span.end].strip()
        assert draft.span.end > end
        end = draft.span.end


def test_boilerplate_yields_none() -> None:
    assert values("\n\n   \n") == []


def test_a_long_run_of_digits_and_number_words_takes_linear_steps() -> None:
    assert find_quantities(doc("9" * 100_000)) == []
    assert len(find_quantities(doc("twenty " * 20_000))) <= 20_000
    assert len(find_quantities(doc("12 people " * 5_000))) == 5_000


def test_a_number_word_after_a_capital_counts_in_a_headline_alone() -> None:
    """Headlines write every word large; elsewhere "the Big Ten" is a name."""
    title = "Police Find Ten Bodies"
    found = find_quantities(doc(f"{title}\n\nThe Big Ten met in Ghent.", title))
    assert [(draft.span.start, draft.quantity.low) for draft in found if draft.quantity] == [(12, 10.0)]
