"""A user's own table of publishers, laid over the shipped one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.settings import ConfigError, fingerprinted, load_families, load_settings
from pipeline.stories import group_stories
from pipeline.stories.publishers import host_family, name_family
from tests.made import made_article

_OWN = """# Ours
publisher,domain,family
Quay Post,quaypost.example,harbour-group
"Pier News, evening",,harbour-group
Tide Board,tideboard.example,-
Reuters,,harbour-group
"""


def _write(folder: Path, table: str = _OWN) -> str:
    path = folder / "own.csv"
    path.write_text(table, encoding="utf-8")
    return str(path)


def test_rows_of_ones_own_go_before_the_shipped_ones(tmp_path: Path) -> None:
    own = _write(tmp_path)
    assert name_family("Quay Post", own) == host_family("news.quaypost.example", own) == "harbour-group"
    assert name_family("Pier News, Evening", own) == "harbour-group"
    assert name_family("Reuters", own) == "harbour-group" != name_family("Reuters")
    assert (name_family("Tide Board", own), host_family("tideboard.example", own)) == (None, None)
    assert name_family("The Washington Post", own) == name_family("The Washington Post")


def test_articles_of_one_family_are_one_origin(tmp_path: Path) -> None:
    told = "Twelve boats were lost in the storm at Velmora harbour on Monday, the harbour board said after a meeting"
    articles = [
        made_article("a", f"{told} of its members, who voted for a new wall.", source="Quay Post"),
        made_article("b", f"Velmora harbour: {told[:60]}; nobody was hurt at sea.", source="Pier News, Evening"),
    ]
    shipped = load_settings()
    ours = replace(shipped, origins=replace(shipped.origins, families=_write(tmp_path)))
    links = [[link.rule for story in group_stories(articles, one) for link in story.links] for one in (shipped, ours)]
    assert links == [[], ["origin.same-publisher"]]


def test_the_table_is_named_relative_to_the_config_that_names_it(tmp_path: Path) -> None:
    _write(tmp_path)
    (tmp_path / "night.toml").write_text('[origins]\nfamilies = "own.csv"\n')
    assert load_settings(tmp_path / "night.toml").origins.families == str(tmp_path / "own.csv")


def test_what_the_table_says_decides_about_the_fingerprint_and_not_where_it_lies(tmp_path: Path) -> None:
    found = []
    for name, table in (("one", _OWN), ("two", _OWN), ("three", _OWN.replace("harbour", "pier"))):
        (tmp_path / name).mkdir()
        _write(tmp_path / name, table)
        (tmp_path / name / "night.toml").write_text('[origins]\nfamilies = "own.csv"\n')
        found.append(fingerprinted(load_settings(tmp_path / name / "night.toml")))
    assert found[0] == found[1] != found[2]
    assert str(tmp_path) not in json.dumps(found)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("", "begins with no header"),
        ("Quay Post,quaypost.example,harbour-group\n", "begins with no header"),
        ("publisher,domain,family\nQuay Post,harbour-group\n", "line 2: 2 cells"),
        ("publisher,domain,family\n# ours\n\nQuay Post,,\n", "line 4: no family"),
        ("publisher,domain,family\n,,harbour-group\n", "line 2: neither publisher nor domain"),
        ("publisher,domain,family\nQuay,https://quay.example/,x\n", "line 2: 'https://quay.example/' is no domain"),
        ('publisher,domain,family\n"Quay,,x\n', "line 2: no CSV"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_what_to_mend(table: str, says: str, tmp_path: Path) -> None:
    path = _write(tmp_path, table)
    with pytest.raises(ConfigError, match=says) as error:
        load_families(path)
    assert path in str(error.value)


def test_a_table_that_is_missing_or_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "night.toml").write_text('[origins]\nfamilies = "own.csv"\n')
    with pytest.raises(ConfigError, match=r"own\.csv: can't be read .* check \[origins\] families"):
        load_settings(tmp_path / "night.toml")
    (tmp_path / "latin.csv").write_bytes("publisher,domain,family\nZürcher,,x\n".encode("latin-1"))
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_families(str(tmp_path / "latin.csv"))
