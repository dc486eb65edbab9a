"""A user's own formats: a table laid over the shipped one, without code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.settings import ConfigError, fingerprinted, load_formats, load_settings
from tests.ingest_dump import articles, body, read

_OWN = """
envelopes = ["payload.stories"]

[[dialect]]
name  = "desk"
sniff = ["copy_text"]
id    = ["ref"]
title = ["heads[role=main].words"]
text  = ["copy_text"]
"""
_RECORD = {
    "ref": "007",
    "heads": [{"role": "sub", "words": "No"}, {"role": "main", "words": "Bridge"}],
    "copy_text": "The bridge was opened on Monday.",
}


def _write(folder: Path, table: str) -> str:
    (folder / "own.toml").write_text(table, encoding="utf-8")
    return str(folder / "own.toml")


def test_a_dialect_of_ones_own_is_read_without_code(tmp_path: Path) -> None:
    data = json.dumps({"payload": {"stories": [_RECORD]}}).encode()
    (found,) = articles(read(tmp_path / "a.json", data, formats=_write(tmp_path, _OWN)))
    assert (found.id, found.title, body(found)) == ("007", "Bridge", _RECORD["copy_text"])


def test_a_dialect_of_ones_own_replaces_the_shipped_one_of_its_name() -> None:
    names = [dialect.name for dialect in load_formats().dialects]
    assert len(names) == len(set(names))


def test_a_dialect_of_ones_own_comes_before_the_shipped_ones(tmp_path: Path) -> None:
    own = '[[dialect]]\nname = "plain"\nsniff = ["text"]\ntext = ["text"]\ntitle = ["kicker"]\n'
    formats = load_formats(_write(tmp_path, own))
    assert formats.dialects[0].name == "plain"
    assert [dialect.name for dialect in formats.dialects].count("plain") == 1


def test_the_table_is_named_relative_to_the_config_that_names_it(tmp_path: Path) -> None:
    _write(tmp_path, _OWN)
    (tmp_path / "night.toml").write_text('[ingest]\nformats = "own.toml"\n')
    assert load_settings(tmp_path / "night.toml").ingest.formats == str(tmp_path / "own.toml")


def test_what_the_table_says_decides_about_the_fingerprint_and_not_where_it_lies(tmp_path: Path) -> None:
    found = []
    for name, table in (("one", _OWN), ("two", _OWN), ("three", _OWN.replace("ref", "key"))):
        (tmp_path / name).mkdir()
        _write(tmp_path / name, table)
        (tmp_path / name / "night.toml").write_text('[ingest]\nformats = "own.toml"\n')
        found.append(fingerprinted(load_settings(tmp_path / name / "night.toml")))
    assert found[0] == found[1] != found[2]
    assert str(tmp_path) not in json.dumps(found)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("[[dialect]]\nsniff = ['a']\n", "has no name"),
        (
            "[[dialect]]\nname = 'x'\nsniff = ['a']\ntitel = ['a']\n",
            "dialect x: unknown key titel; did you mean title?",
        ),
        ("[[dialect]]\nname = 'x'\ntext = ['a']\n", "dialect x: sniff is missing"),
        ("[[dialect]]\nname = 'x'\nsniff = ['a']\ntext = 'a'\n", "dialect x: text = 'a'; wanted a list of strings"),
        ("[[dialect]]\nname = 'x'\nsniff = ['a']\ntext = ['a[b.c']\n", "is no path; write key.key"),
        ("[[dialect]]\nname = 'x'\nelement = 7\n", "dialect x: element = 7"),
        ("[dialect]\nname = 'x'\n", r"write \[\[dialect\]\]"),
        ("envelope = ['a']\n", "unknown key envelope; did you mean envelopes?"),
        ("namespaces = ['a']\n", "namespaces is a table"),
        ("this is no toml", "not TOML"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_what_to_mend(table: str, says: str, tmp_path: Path) -> None:
    path = _write(tmp_path, table)
    with pytest.raises(ConfigError, match=says) as error:
        load_formats(path)
    assert path in str(error.value)


def test_a_table_that_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "night.toml").write_text('[ingest]\nformats = "gone.toml"\n')
    with pytest.raises(ConfigError, match=r"gone\.toml: can't be read .* check \[ingest\] formats"):
        load_settings(tmp_path / "night.toml")
