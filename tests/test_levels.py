from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corroboration.levels import LEVELS, Sides, agreement
from pipeline.resources import lexicon
from tests.made import made_claim

ROWS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "levels.json").read_text("utf-8"))


def _sides(row: dict[str, Any]) -> Sides:
    rule = {"rule": row["our_rule"]} if "our_rule" in row else {}
    ours = made_claim(
        row["kind"], row["ours"], speaker=row.get("our_speaker"), terms=tuple(row.get("our_terms", ())), **rule
    )
    theirs = made_claim(
        row["kind"], row["theirs"], speaker=row.get("their_speaker"), terms=tuple(row.get("their_terms", ()))
    )
    return Sides(ours, theirs, row.get("our_time"), row.get("their_time"))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['level']}-{number}" for number, row in enumerate(ROWS)])
def test_the_named_level_fires_and_it_is_symmetric(row: dict[str, Any]) -> None:
    sides = _sides(row)
    for way in (sides, sides.turned()):
        found = agreement(way)
        assert (found.level if found else None) == row["level"]


def test_every_level_has_a_row() -> None:
    named = {level.name for table in LEVELS.values() for level in table}
    assert named - {"quote.near"} == {row["level"] for row in ROWS} - {None}


def test_the_table_of_rules_has_the_levels_in_the_order_in_which_they_are_asked() -> None:
    told = (Path(__file__).parent.parent / "docs" / "rules.md").read_text("utf-8")
    listed = re.findall(
        r"^\| `([a-z_]+\.[a-z-]+)` \| (?:supports|qualifies|supersedes|contradicts) \|", told, re.MULTILINE
    )
    asked = [level.name for table in LEVELS.values() for level in table]
    # Said of a text, of a credit, and of the sentence around a value, or without one: no values compared.
    outside = (
        "quote.words-carried",
        "quote.other-credit",
        "statement.reversed",
        "statement.renamed",
        "statement.replaced",
        "statement.same-words",
        "quantity.updated",
    )
    assert [name for name in listed if name not in outside] == asked


_numbers = st.none() | st.integers(0, 2_000).map(float)
_quantities = st.builds(
    lambda low, high, counted: made_claim(
        "quantity",
        {
            "low": min(low, high) if None not in (low, high) else low,
            "high": max(low, high) if None not in (low, high) else high,
            "counted": counted,
        },
    ),
    _numbers,
    _numbers,
    st.sampled_from(["dead", "boats"]),
)
_words = st.lists(
    st.sampled_from(["we", "will", "not", "never", "close", "open", "the", "harbour", "bridge", "now"]), max_size=12
)
_quotes = st.builds(lambda words: made_claim("quote", {"words": " ".join(words)}), _words)
_days = st.sampled_from(["2024-05-01", "2024-05-02", "2024-05-06", None])
_dates = st.builds(
    lambda day, weekday: made_claim("date", {"earliest": day, "latest": day, "weekday": weekday}),
    _days,
    st.sampled_from(["monday", "wednesday", None]),
)
_offices = [row["word"] for row in lexicon("offices")] + [row["word"] for row in lexicon("roles")]
_roles = st.builds(
    lambda before, office, joint: before + office.replace(" ", joint).replace("-", joint),
    st.sampled_from(["", "former ", "ex-", "then-", "deputy ", "vice-"]),
    st.sampled_from(_offices),
    st.sampled_from([" ", "-"]),
)
_people = st.builds(
    lambda person, role, organisation: made_claim(
        "person_role", {"person": person, "role": role, "organisation": organisation}
    ),
    st.sampled_from(["Ilse Brandt", "Brandt", "Ola Dahl", "Ola bin Dahl"]),
    st.none() | _roles | st.sampled_from(["vice president", "vice-president"]),
    st.sampled_from([None, "Norway", "NATO", "Harbour League"]),
)
_places = st.builds(
    lambda name, within: made_claim("place", {"name": name, "within": within}),
    st.sampled_from(["Berlin", "Halifax", "Germany", "the harbour"]),
    st.sampled_from([(), ("Germany",), ("Canada",)]),
)
_values = (_quantities, _quotes, _dates, _people, _places)


@given(st.one_of(*(st.tuples(kind, kind) for kind in _values)), _days, _days)
def test_agreement_is_symmetric(pair: tuple[Any, Any], our_time: str | None, their_time: str | None) -> None:
    """Law 7: both articles see the same level and relation."""
    sides = Sides(pair[0], pair[1], our_time, their_time)
    one, two = agreement(sides), agreement(sides.turned())
    assert (one and (one.level, one.relation)) == (two and (two.level, two.relation))


@pytest.mark.parametrize("office", sorted({row["word"] for row in lexicon("offices")}))
def test_an_office_is_one_with_hyphens_and_with_spaces(office: str) -> None:
    joined, parted = (
        made_claim("person_role", {"person": person, "role": role, "organisation": "Norway"})
        for person, role in (("Ilse Brandt", re.sub("[ -]", "-", office)), ("Ola Dahl", re.sub("[ -]", " ", office)))
    )
    for sides in (Sides(joined, parted, None, None), Sides(parted, joined, None, None)):
        found = agreement(sides)
        assert found is not None
        assert found.level == "person_role.other-person"


@given(st.one_of(*_values))
def test_a_claim_never_contradicts_itself(claim: Any) -> None:
    found = agreement(Sides(claim, claim, None, None))
    assert found is None or found.relation != "contradicts"
