"""Roles of people: before a name, in apposition, with "is"."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.draft import Draft
from pipeline.claims.names import find_names
from pipeline.claims.people import find_person_roles
from tests.test_names import doc_of

_CASES = Path(__file__).parent / "cases" / "people.csv"
_ROWS = list(csv.DictReader(_CASES.read_text(encoding="utf-8").splitlines()))


def roles_in(body: str) -> list[Draft]:
    doc = doc_of(body)
    return find_person_roles(doc, find_names(doc))


@pytest.mark.parametrize("row", _ROWS, ids=[row["text"][:50] for row in _ROWS])
def test_role_of_a_sentence(row: dict[str, str]) -> None:
    found = [draft.person_role for draft in roles_in(row["text"]) if draft.person_role]
    wanted = [(row["person"], row["role"], row["organisation"] or None)] if row["person"] else []
    assert [(value.person, value.role, value.organisation) for value in found] == wanted


@pytest.mark.parametrize(
    ("body", "rule", "words"),
    [
        ("He met German Foreign Minister Johann Wadephul.", "title", "German Foreign Minister Johann Wadephul"),
        ("It was Ada Lund, head of Acme Corp, who left.", "apposition", "Ada Lund, head of Acme Corp"),
        ("Ada Lund is the head of Acme Corp.", "copula", "Ada Lund is the head of Acme Corp"),
        ("We saw former French president Paul Roux.", "title", "former French president Paul Roux"),
    ],
)
def test_a_role_spans_its_words(body: str, rule: str, words: str) -> None:
    [draft] = roles_in(body)
    assert draft.rule == f"person_role.{rule}"
    assert body[draft.span.start : draft.span.end] == words


def test_a_surname_gets_its_full_name() -> None:
    drafts = roles_in("Johann Wadephul spoke. Foreign Minister Wadephul left.")
    assert [draft.person_role.person for draft in drafts if draft.person_role] == ["Johann Wadephul"]


def test_two_people_in_one_sentence_keep_their_roles() -> None:
    drafts = roles_in("French President Paul Roux met Ida Holm, the mayor of Oslo, and Gen. Kim Lee.")
    values = [draft.person_role for draft in drafts if draft.person_role]
    assert [(value.person, value.role) for value in values] == [
        ("Paul Roux", "president"),
        ("Ida Holm", "mayor"),
        ("Kim Lee", "general"),
    ]


_PIECES = [
    "German ",
    "Foreign Minister ",
    "Johann Wadephul",
    ", ",
    "the ",
    "head of ",
    "NATO",
    "Sen. ",
    "(R-Texas)",
    " is ",
    "former ",
    ". ",
    "'s ",
    "ex-",
    "34, ",
]
_TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))


@given(_TEXTS)
@settings(max_examples=150, deadline=None)
def test_roles_lie_in_the_text_and_name_somebody(body: str) -> None:
    for draft in roles_in(body):
        assert 0 <= draft.span.start < draft.span.end <= len(body)
        assert 0 <= draft.confidence <= 1
        assert draft.kind == "person_role"
        assert draft.person_role is not None
        assert draft.person_role.person
        assert draft.person_role.role == (draft.person_role.role or "").lower().strip()
        assert draft.person_role.role
