"""Names: where they are, what belongs to them, which form is the fullest."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.gazetteer import demonyms
from pipeline.claims.names import Name, find_names
from pipeline.claims.names_cut import by_pieces, cut, cut_opening
from pipeline.claims.names_forms import name_id
from pipeline.claims.names_scan import find_runs
from pipeline.claims.names_sight import at_first_sight
from pipeline.claims.names_words import organisations
from pipeline.models import Article, DumpLocation
from pipeline.resources import words
from pipeline.text import Document, document, fold

_CASES = Path(__file__).parent / "cases" / "names.csv"
_ROWS = list(csv.DictReader(_CASES.read_text(encoding="utf-8").splitlines()))


def doc_of(body: str, title: str | None = None) -> Document:
    """Cut up an article made of a title and a body."""
    text = f"{title}\n\n{body}" if title else body
    return document(
        Article(
            id="a", source=None, url=None, title=title, published=None, language="en", text=text,
            word_count=len(text.split()), sha256="", location=DumpLocation(file="a.txt"),
        )
    )  # fmt: skip


def names_in(body: str, title: str | None = None) -> tuple[Name, ...]:
    return find_names(doc_of(body, title))


@pytest.mark.parametrize("row", _ROWS, ids=[row["text"][:50] for row in _ROWS])
def test_names_of_a_sentence(row: dict[str, str]) -> None:
    assert [name.words for name in names_in(row["text"])] == [words for words in row["names"].split("|") if words]


@pytest.mark.parametrize(
    ("body", "words", "full"),
    [
        ("Johann Wadephul spoke. Later Wadephul left.", "Wadephul", "Johann Wadephul"),
        ("Bashar al-Assad fled. Troops of al-Assad stayed.", "al-Assad", "Bashar al-Assad"),
        ("Ana Cole met Tom Cole. Then Cole left.", "Cole", "Cole"),
        ("The World Food Programme (WFP) warned. The WFP left.", "WFP", "World Food Programme"),
        ("Reports from Donald J. Trump said so. Trump left.", "Trump", "Donald J. Trump"),
        ("Mark Felt died. Felt was 95.", "Felt", "Mark Felt"),
        ("The New York Times wrote it. The Times wrote more.", "New York Times", "New York Times"),
        ("Virginia and West Virginia differ.", "Virginia", "Virginia"),
    ],
)
def test_a_name_is_tied_to_its_fullest_form(body: str, words: str, full: str) -> None:
    assert {name.full for name in names_in(body) if name.words == words} == {full}


@pytest.mark.parametrize(
    ("body", "words", "kind"),
    [
        ("Minister Lena Holt agreed.", "Lena Holt", "person"),
        ("They met in Berlin.", "Berlin", "place"),
        ("The board of Acme Corporation met.", "Acme Corporation", "organisation"),
        ("As Reuters reported, it rained.", "Reuters", "outlet"),
        ("Quirin Oberland said no.", "Quirin Oberland", "person"),
        ("The song Purple Lanterns is old.", "Purple Lanterns", None),
    ],
)
def test_a_kind_needs_a_strong_sign(body: str, words: str, kind: str | None) -> None:
    assert {name.kind for name in names_in(body) if name.words == words} == {kind}


@pytest.mark.parametrize(
    "group",
    [
        ("U.S.", "US", "United States", "America"),
        ("UK", "Britain", "United Kingdom"),
        ("Donald Trump", "Donald J. Trump"),
        ("NATO", "North Atlantic Treaty Organization"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Kiev", "Kyiv"),
    ],
)
def test_forms_of_one_name_share_a_key(group: tuple[str, ...]) -> None:
    assert len({name_id(words) for words in group}) == 1


def test_a_title_in_title_case_yields_only_names_that_the_body_knows() -> None:
    found = names_in("Johann Wadephul spoke in Berlin.", "Wadephul Warns Allies Of Hard Times In Berlin")
    assert [name.words for name in found if name.span.end < 50] == ["Wadephul", "Berlin"]


def test_an_em_dash_ends_a_name() -> None:
    assert [name.words for name in names_in("It was Berlin—Paris was calm.")] == ["Berlin", "Paris"]


_PIECES = [
    "The ",
    "Johann ",
    "von der ",
    "Wadephul",
    "'s ",
    "U.S. ",
    "(",
    "IAEA",
    ") ",
    "-",
    "—",
    "\n\n",
    "é",
    "Ø",
    " of ",
    ". ",
]
_TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))


@given(_TEXTS, st.none() | st.text(min_size=1, max_size=60))
@settings(max_examples=150, deadline=None)
def test_names_are_their_text_in_order_and_apart(body: str, title: str | None) -> None:
    doc = doc_of(body, title)
    end = 0
    for name in find_names(doc):
        assert name.span.start >= end
        assert name.span.end > name.span.start
        assert doc.plain[name.span.start : name.span.end] == name.words
        assert fold(doc.text)[name.span.start : name.span.end] == name.words
        assert name.full
        end = name.span.end


_LISTED_WORDS = (
    *words("first_names"), *words("titles"), *words("name_heads"), *words("name_stop"), *words("openers"),
    *(word.capitalize() for word in (*words("common_words"), *words("roles"))),
    *(word for name in (*organisations(), *demonyms()) for word in name.split()),
)  # fmt: skip
_RUN_WORDS = st.sampled_from(sorted(_LISTED_WORDS)) | st.sampled_from(
    ["Larsen", "Qorvath", "NATO", "of", "and", "U.S."]
)


@given(st.lists(_RUN_WORDS, min_size=1, max_size=5).map(" ".join), st.booleans())
@settings(max_examples=500)
def test_a_run_that_is_a_name_at_first_sight_is_that_name_by_pieces(run: str, initial: bool) -> None:
    whole = at_first_sight(run, initial=initial)
    assert whole is None or by_pieces(run, initial=initial) == (whole,)


_RUNS = st.lists(_RUN_WORDS | st.sampled_from(["Theresa", "May", "Herzegovina"]), min_size=1, max_size=3).map(" ".join)


@given(_RUNS, _RUNS, st.booleans())
@settings(max_examples=500)
def test_what_and_joins_is_cut_as_the_whole_run_is_by_pieces(left: str, right: str, initial: bool) -> None:
    run = f"{left} and {right}"
    if at_first_sight(run, initial=initial) is None:
        assert (cut_opening if initial else cut)(run) == by_pieces(run, initial=initial)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("in Łódź and Đakovo", [(3, "Łódź and Đakovo")]),
        ("Ένα Σίγμα, ǅungla", [(0, "Ένα Σίγμα"), (11, "ǅungla")]),
        ("d'Ancona", [(0, "d'Ancona")]),
        (" d'Ancona", [(1, "d'Ancona")]),
        ("the world's Ida d'Ancona", [(12, "Ida d'Ancona")]),
        ("says von der Leyen", [(5, "von der Leyen")]),
        ("iPhone #MeToo ÉΛΣ", [(14, "ÉΛΣ")]),
    ],
)
def test_runs_start_with_a_capital_of_any_alphabet_or_a_particle_before_it(
    text: str, runs: list[tuple[int, str]]
) -> None:
    assert find_runs(text) == runs


def test_names_without_listed_words_are_told_at_first_sight() -> None:
    assert at_first_sight("Qorvath Larsen", initial=False) is not None
    assert at_first_sight("Minister Larsen", initial=False) is None
