"""Claims of texts that are laid out in any way: wrapped lines, joined words, lost marks, impossible days of publication."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims import extract
from pipeline.resources import folder, lexicon
from tests.made import made_article
from tests.night import SETTINGS, read_dump

_JOINTS = ("\n", "\n\n", "  ", "-", "/", "'", "’", ", ", " (", '" ', "")
_NOT_PHRASES = ("background_df", "common_words")  # single words, and many
_FRAMES = ("The {0} came. He met 12 of them on {0} last year, {0} said.", "{0}, 2019: “We go,” {0} said at {0}")
_CASES: tuple[Callable[[str], str], ...] = (str.lower, str.title, str.upper)


@cache
def _phrases() -> tuple[str, ...]:
    """Return every phrase of two words and more that our lexicons know."""
    names = sorted(path.stem for path in (folder("config") / "lexicon").glob("*.csv") if path.stem not in _NOT_PHRASES)
    cells = {cell for name in names for row in lexicon(name) for cell in row.values() if cell}
    return tuple(sorted(cell for cell in cells if re.search(r"\w[ '/-]\w", cell) and len(cell) < 60))


@cache
def _sample() -> tuple[str, ...]:
    return tuple(article.text for article in read_dump(folder("seeds")))


_SIGNS = (
    ".",
    "/",
    "-",
    ",",
    ":",
    " ",
    "'",
    "%",
    "$",
    "st",
    "th",
    "s",
    "m",
    " to ",
    " of ",
    " percent ",
    " May ",
    " BC",
    "½",
)
_NUMBERS = st.sampled_from(
    ("0", "00", "1", "9", "12", "13", "31", "99", "155", "1999", "2000", "2024", "9999", "1,500")
)
_ROWS = st.builds(
    lambda sign, numbers: sign.join(numbers),
    st.sampled_from((".", "/", "-", " ", ":", " to ")),
    st.lists(_NUMBERS, min_size=2, max_size=4),
)
_FIGURES = st.lists(st.one_of(_ROWS, _ROWS, _NUMBERS, st.sampled_from(_SIGNS)), min_size=1, max_size=3).map("".join)


_LAST = "The bridge was opened on 14 March 2027."  # is found whatever stands before it


def _hold(text: str, published: date) -> None:
    text = f"{text}\n\n{_LAST}"
    claims = extract(made_article("a", text, published=published.isoformat()), SETTINGS.claims)
    assert "2027-03-14" in {claim.date.earliest for claim in claims if claim.date}
    for claim in claims:
        assert text[claim.span.start : claim.span.end].strip()
        when = claim.date
        assert not (when and when.earliest and when.latest) or when.earliest <= when.latest


@given(st.lists(st.sampled_from(_phrases()), min_size=20, max_size=20), st.sampled_from(_JOINTS), st.dates(), st.data())
@settings(max_examples=150)
def test_a_phrase_that_we_know_may_be_joined_by_anything(
    phrases: list[str], joint: str, published: date, data: st.DataObject
) -> None:
    case, frame = data.draw(st.sampled_from(_CASES)), data.draw(st.sampled_from(_FRAMES))
    _hold("\n\n".join(frame.format(re.sub(r"[ '/-]", joint, case(phrase))) for phrase in phrases), published)


@given(st.sampled_from(_sample()), st.dates(), st.integers(0, 2**32))
@settings(max_examples=60)
def test_an_article_may_be_laid_out_in_any_way(text: str, published: date, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    laid_out = (dice.choice(_JOINTS) if char in " ,.'" and dice.random() < 0.15 else char for char in text)
    _hold("".join(laid_out), published)


@given(st.lists(_FIGURES, min_size=15, max_size=15), st.dates())
@settings(max_examples=200)
def test_any_row_of_figures_and_signs_is_read_or_left(figures: list[str], published: date) -> None:
    _hold("\n\n".join(f"It was put at {figure} last year." for figure in figures), published)


def test_every_holiday_may_stand_across_a_line_break() -> None:
    holidays = [row["word"] for row in lexicon("date_words") if row["kind"] == "holiday" and " " in row["word"]]
    for words in holidays:
        written = words.title().replace(" ", "\n")
        claims = extract(
            made_article("a", f"It was on {written} 2019 at noon.", published="2020-01-10"), SETTINGS.claims
        )
        assert [claim.date.granularity for claim in claims if claim.date], written
