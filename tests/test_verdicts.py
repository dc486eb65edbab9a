"""The verdict on a claim from what stands for and against it: a table, and what is asked of the settings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.corroboration.verdicts import Counted, verdict
from pipeline.models import VerdictName
from pipeline.settings import load_settings

SETTINGS = load_settings().corroboration


def _counted(
    supporting: str = "", contradicting: str = "", doubtful: str = "", unsure: str = "", others: str = ""
) -> Counted:
    """Return a count in which each letter is an origin; ``others``: "q" qualifies, "s" supersedes, "?" is silent."""
    sides = [frozenset(origins) for origins in (supporting, contradicting, doubtful, unsure)]
    told = len(sides[0]) + len(sides[1]) + sum(map(others.count, "qs"))
    return Counted(
        supporting=sides[0],
        qualifying=frozenset("q") & frozenset(others),
        superseding=frozenset("s") & frozenset(others),
        contradicting=sides[1],
        doubtful=sides[2],
        unsure=sides[3],
        silent=frozenset("?") & frozenset(others),
        opportunity=told + others.count("?"),
        filled=told,
        agreeing=0,
        objecting=0,
    )


@pytest.mark.parametrize(
    ("counted", "support", "against", "expected"),
    [
        (_counted(), 0.0, 0.0, "not_checkable"),
        (_counted(others="?"), 0.0, 0.0, "uncorroborated"),
        (_counted("a"), 1.0, 0.0, "supported"),
        (_counted(others="q"), 0.5, 0.0, "qualified"),
        (_counted(others="s"), 0.5, 0.0, "superseded"),
        (_counted("a", others="sq"), 1.5, 0.0, "supported"),
        (_counted(others="sq"), 1.0, 0.0, "superseded"),
        (_counted("", "b"), 0.0, 1.0, "contradicted"),
        (_counted("", "b", doubtful="b"), 0.0, 1.0, "contested"),
        (_counted("", "bc", doubtful="b"), 0.0, 2.0, "contradicted"),
        (_counted("", "bc", doubtful="bc"), 0.0, 2.0, "contradicted"),
        (_counted("", "bc", doubtful="bc", unsure="bc"), 0.0, 2.0, "contested"),
        (_counted("", "bc", doubtful="bc", unsure="b"), 0.0, 2.0, "contradicted"),
        (_counted("a", "b"), 1.0, 1.0, "contested"),
        (_counted("a", "bcde"), 1.0, 4.0, "contradicted"),
        (_counted("abcd", "e"), 4.0, 1.0, "supported"),
        (_counted("ab", "c"), 2.0, 1.0, "contested"),  # shares of 2/5 and 1/5: the least that is contested
        (_counted("a", "bc"), 1.0, 2.0, "contested"),  # shares of 1/5 and 2/5: the least that is contested
    ],
)  # fmt: skip
def test_what_stands_for_and_against_names_the_verdict(
    counted: Counted, support: float, against: float, expected: VerdictName
) -> None:
    assert verdict(counted, support, against, SETTINGS) == expected


@pytest.mark.parametrize(("undecided", "expected"), [(2.0, "contested"), (4.0, "supported")])
def test_the_more_stays_undecided_the_less_is_contested(undecided: float, expected: VerdictName) -> None:
    assert verdict(_counted("a", "b"), 1.0, 1.0, replace(SETTINGS, undecided=undecided)) == expected
