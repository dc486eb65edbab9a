from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pipeline.report import Json, ReportInvalid, SchemaName, build_report, check, scores_row
from pipeline.report.validation import accepts_fast, schema_errors, schema_id, schemas
from tests import factories
from tests.factories import RUN, VALUES


def _report() -> dict[str, Any]:
    claims = [factories.claim(kind) for kind in VALUES]
    findings = [factories.finding(claim, evidence=(factories.evidence(),)) for claim in claims]
    score = factories.score(claims, [-1.0] * len(claims), low=80.0, high=99.0)
    return build_report(RUN, factories.article(), factories.story(), claims, findings, score)


def _nodes(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for item in schema.values():
            yield from _nodes(item)
    elif isinstance(schema, list):
        for item in schema:
            yield from _nodes(item)


def _properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for node in _nodes(schema):
        properties = node.get("properties")
        if isinstance(properties, dict) and node.get("type") == "object":
            yield from properties.items()


@pytest.mark.parametrize("uri", sorted(schemas()))
def test_every_schema_is_a_schema(uri: str) -> None:
    Draft202012Validator.check_schema(schemas()[uri])
    assert re.fullmatch(r"urn:twosource:schema:[a-z-]+:1\.0", uri)


def test_every_schema_that_is_checked_exists() -> None:
    assert {schema_id(name) for name in get_args(SchemaName)} | {"urn:twosource:schema:vocabulary:1.0"} == set(
        schemas()
    )


@pytest.mark.parametrize("uri", sorted(schemas()))
def test_every_property_has_a_title_and_a_description(uri: str) -> None:
    bare = [name for name, node in _properties(schemas()[uri]) if not node.get("title") or not node.get("description")]
    assert bare == []


@pytest.mark.parametrize("uri", sorted(schemas()))
def test_every_object_is_closed_and_requires_what_it_names(uri: str) -> None:
    for node in _nodes(schemas()[uri]):
        if node.get("type") == "object" and "properties" in node:
            assert node["additionalProperties"] is False
            assert node["required"] == list(node["properties"])


@pytest.mark.parametrize("uri", sorted(schemas()))
def test_no_schema_leans_on_format_which_nobody_checks(uri: str) -> None:
    assert [node for node in _nodes(schemas()[uri]) if "format" in node] == []


WRONG: list[tuple[str, Any, str]] = [
    ("schema_version", "2.0", r"\$\.schema_version"),
    ("run.date", "2025-3-5", r"\$\.run\.date"),
    ("run.date", "2025-03-05\n", r"\$\.run\.date"),
    ("article.published", "yesterday", r"\$\.article\.published"),
    ("article.id", 7, r"\$\.article\.id"),
    ("article.origin.line", 0, r"\$\.article\.origin\.line"),
    ("score.value", 100.01, r"\$\.score\.value"),
    ("score.value", None, r"\$\.score\.value"),
    ("score.band", "none", r"\$\.score\.band"),
    ("score.interval", [1.0], r"\$\.score\.interval"),
    ("claims.0.points", 0.01, r"\$\.claims\[0\]\.points"),
    ("claims.0.verdict", "true", r"\$\.claims\[0\]\.verdict"),
    ("claims.0.rule", "Quantity", r"\$\.claims\[0\]\.rule"),
    ("claims.0.kind", "date", r"\$\.claims\[0\]\.value"),
    ("claims.0.probability", 1.5, r"\$\.claims\[0\]\.probability"),
    ("claims.0.more", 1, r"'more' was unexpected\) @ \$\.claims\[0\]"),
    ("limits", [], r"\$\.limits"),
]


def _with(report: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    node: Any = report
    *parents, key = path.split(".")
    for part in parents:
        node = node[int(part)] if part.isdigit() else node[part]
    node[key] = value
    return report


@pytest.mark.parametrize(("path", "value", "where"), WRONG)
def test_a_wrong_value_is_refused_with_its_place(path: str, value: Any, where: str) -> None:
    with pytest.raises(ReportInvalid, match=where):
        check("report", _with(_report(), path, value))


RIGHT: list[tuple[str, Any]] = [
    ("article.source", None),
    ("article.published", None),
    ("article.published", "2025-03-04"),
    ("article.published", "2025-03-04T18:00:00.25+01:00"),
    ("article.language", "und"),
    ("claims.0.probability", None),
    ("score.interval", None),
    ("score.ledger", [{"claim": None, "rule": "article.something", "points": -1.0}]),
]


@pytest.mark.parametrize(("path", "value"), RIGHT)
def test_what_the_contract_allows_is_accepted(path: str, value: Any) -> None:
    check("report", _with(_report(), path, value))


LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 200), st.floats(-2, 200), st.text(max_size=12), st.just([]), st.just({}),
    st.sampled_from(["2025-03-05", "2025-03-05\n", "a.b", "a" * 64, "quote", "supported", "none", "scored"]),
)  # fmt: skip


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from _paths(item, (*path, key))


PATHS = list(_paths(_report()))


@settings(max_examples=300)
@given(st.sampled_from(PATHS), LEAVES, st.booleans())
def test_what_is_accepted_fast_the_authority_accepts_too(path: tuple[Any, ...], leaf: Any, drop: bool) -> None:
    report: Any = copy.deepcopy(_report())
    node = report
    for part in path[:-1]:
        node = node[part]
    if drop:
        del node[path[-1]]
    else:
        node[path[-1]] = leaf
    if accepts_fast("report", report):
        assert schema_errors("report", report) == []


def _row_of_each_kind() -> list[tuple[SchemaName, Json]]:
    claims = [factories.claim(kind) for kind in VALUES]
    findings, score = [factories.finding(claim) for claim in claims], factories.score(claims, [-1.5] * len(claims))
    rows = [factories.claims_row(claim, found, -1.5) for claim, found in zip(claims, findings, strict=True)]
    scored = scores_row(RUN, factories.article(), factories.story(), claims, findings, score)
    return [("report", _report()), ("score-row", scored), *(("claim-row", row) for row in rows)]


def _planted(value: Json, path: tuple[Any, ...], leaf: Any) -> Json:
    planted: Any = copy.deepcopy(value)
    node = planted
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = leaf
    return dict(planted)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_accepted_fast_has_no_place_for_what_is_no_number(number: float) -> None:
    for name, value in _row_of_each_kind():
        assert accepts_fast(name, value)
        for path in _paths(value):
            assert not accepts_fast(name, _planted(value, path, number)), (
                name,
                path,
            )
