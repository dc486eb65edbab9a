"""Whose a figure is: what the texts leave open is not taken for one owner's."""

from __future__ import annotations

import pytest

from pipeline.corroboration.owners import is_of_another
from tests.made import made_claim


@pytest.mark.parametrize(
    ("rule", "anchors", "of_another"),
    [
        ("quantity.percent", (("kimmel",), ("josephine",)), True),
        ("quantity.percent", (("josephine",), ()), True),
        ("quantity.percent", (("josephine",), ("josephine",)), False),
        ("quantity.count", (("kimmel",), ("josephine",)), False),
    ],
)
def test_a_share_is_of_another_thing_unless_a_name_is_shared(
    rule: str, anchors: tuple[tuple[str, ...], tuple[str, ...]], of_another: bool
) -> None:
    one, two = (
        made_claim("quantity", {"low": share, "high": share, "unit": "percent"}, rule=rule, anchors=names)
        for share, names in zip((5, 18), anchors, strict=True)
    )
    assert is_of_another(one, two) is of_another
    assert is_of_another(two, one) is of_another
