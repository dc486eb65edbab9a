"""Whose a figure is: what the texts leave open is not taken for one owner's."""

from __future__ import annotations

import pytest

from pipeline.corroboration.owners import is_of_another
from tests.made import made_claim


@pytest.mark.parametrize(
    ("subjects", "anchors", "of_another"),
    [
        ((None, None), (("kimmel",), ("josephine",)), True),
        ((None, "josephine"), (("josephine",), ("josephine",)), False),
        (("josephine", "josephine"), (("josephine",), ()), False),
    ],
)
def test_an_age_left_open_is_of_another_unless_a_name_is_shared(
    subjects: tuple[str | None, str | None], anchors: tuple[tuple[str, ...], tuple[str, ...]], of_another: bool
) -> None:
    one, two = (
        made_claim(
            "quantity", {"low": age, "high": age, "unit": "years"}, rule="quantity.age", subject=subject, anchors=names
        )
        for age, subject, names in zip((5, 18), subjects, anchors, strict=True)
    )
    assert is_of_another(one, two) is of_another
    assert is_of_another(two, one) is of_another
