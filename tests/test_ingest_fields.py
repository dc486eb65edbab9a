from __future__ import annotations

import csv
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import fields, language
from pipeline.ingest.boilerplate import find_boilerplate
from pipeline.ingest.dates import iso_date
from pipeline.ingest.headline import split_headline
from pipeline.ingest.language import declared, detect
from pipeline.ingest.mojibake import mended
from pipeline.ingest.wires import find_wires
from tests.ingest_dump import articles, body, cases, read

_CASES = Path(__file__).parent / "cases"


def _rows(name: str) -> list[dict[str, str]]:
    with (_CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", _rows("ingest_dates.csv"), ids=lambda row: row["given"] or "empty")
def test_publication_times_become_iso_or_none(row: dict[str, str]) -> None:
    assert iso_date(row["given"]) == (row["published"] or None)


@pytest.mark.parametrize("value", [True, [], {}, float("nan"), float("inf"), 10**400, -1, None])
def test_what_is_no_time_has_no_time(value: object) -> None:
    assert iso_date(value) is None


@pytest.mark.parametrize("row", _rows("ingest_addresses.csv"), ids=lambda row: row["url"])
def test_addresses_have_a_host_and_one_canonical_form(row: dict[str, str]) -> None:
    assert fields.address(row["url"]) == row["url"]
    assert fields.host(row["url"]) == row["host"]
    assert fields.canonical(row["url"]) == (row["canonical"] or None)


@pytest.mark.parametrize("value", ["javascript:alert(1)", "urn:newsml:x", "", "None", "http://[", "a b/c"])
def test_what_is_no_address_is_none(value: str) -> None:
    assert fields.address(value) is None


@pytest.mark.parametrize("row", _rows("ingest_authors.csv"), ids=lambda row: row["given"])
def test_authors_come_one_by_one(row: dict[str, str]) -> None:
    wanted = tuple(name for name in row["authors"].split(";") if name)
    assert fields.authors([row["given"]], row["source"] or None) == wanted


@pytest.mark.parametrize("case", cases("ingest_headlines.json"), ids=lambda case: case["text"][:30])
def test_a_text_begins_with_its_headline_or_not(case: dict[str, Any]) -> None:
    title, body = split_headline(case["text"])
    assert title == case["title"]
    assert body == (case["text"] if title is None else case["text"].removeprefix(title).lstrip("\n"))


@pytest.mark.parametrize("case", cases("ingest_boilerplate.json"), ids=lambda case: case["why"])
def test_boilerplate_is_marked_and_nothing_else(case: dict[str, Any]) -> None:
    title = case.get("title")
    text = "\n\n".join(([title] if title else []) + case["lines"])
    found = {
        text.count("\n\n", len(title) + 2 if title else 0, mark.start): (mark.rule, text[mark.start : mark.end])
        for mark in find_boilerplate(text, title, ())
    }
    wanted = {}
    for number, rule in case["marked"].items():
        name, _, words = rule.partition(":")
        wanted[int(number)] = (f"boilerplate.{name}", words or case["lines"][int(number)])
    assert found == wanted


@pytest.mark.parametrize("case", cases("ingest_wires.json"), ids=lambda case: case["body"][:40])
def test_wires_are_credited_where_credits_stand(case: dict[str, Any]) -> None:
    found = find_wires(case["body"], tuple(case.get("authors", [])), case.get("source"))
    assert list(found) == case["wires"]


@pytest.mark.parametrize(
    ("given", "code"),
    [("en", "en"), ("en-US", "en"), ("eng", "en"), ("English", "en"), ("nb-NO", "nb"), ("xx", None), ("", None)],
)
def test_declared_languages_become_two_letter_codes(given: str, code: str | None) -> None:
    assert declared(given) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The mayor opened the new bridge over the river on Monday, officials said.", "en"),
        ("THE MAYOR OPENED THE NEW BRIDGE OVER THE RIVER ON MONDAY, OFFICIALS SAID.", "en"),
        ("Der Bürgermeister eröffnete am Montag die neue Brücke über den Fluss.", "de"),
        ("Le maire a inauguré lundi le nouveau pont sur le fleuve.", "fr"),
        ("Мэр открыл в понедельник новый мост через реку.", "ru"),
        ("Too short", "und"),
        ("12 345 678 " * 40, "und"),
        ("", "und"),
    ],
)
def test_languages_are_detected_offline(text: str, code: str) -> None:
    assert detect(text) == code


def test_detection_prints_nothing_and_needs_no_network(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("language detection must work offline")

    monkeypatch.setattr(socket, "socket", refuse)
    language._detector.cache_clear()
    detect("The mayor opened the new bridge over the river on Monday. " * 20)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("case", cases("ingest_mojibake.json"), ids=lambda case: case["why"])
def test_mojibake_is_mended_and_clean_text_left_alone(case: dict[str, Any], tmp_path: Path) -> None:
    wanted = case["mended"] or case["text"]
    assert mended(case["text"]) == wanted
    if case["mended"] is None:
        assert mended(case["text"]) is case["text"]
    record = {"title": case["text"], "text": case["text"], "author": case["text"]}
    (found,) = articles(read(tmp_path / "a.jsonl", json.dumps(record).encode()))
    assert body(found) == wanted
    assert found.title == " ".join(wanted.split())
    assert found.repairs == (() if case["mended"] is None else ("repair.mojibake",))
