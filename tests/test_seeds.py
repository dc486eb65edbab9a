from __future__ import annotations

import re
from datetime import date

import pytest

from pipeline.resources import folder

SEEDS = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder("seeds").glob("*.txt"))}
ODD_ONE = "003_elm.txt"
HEAD = "Katarina Holmqvist"


def test_the_sample_dump_is_five_short_articles_and_nothing_else() -> None:
    files = [path for path in folder("seeds").iterdir() if path.suffix not in {".py", ".pyc"} and path.is_file()]
    assert {path.name for path in files} == set(SEEDS)
    assert len(SEEDS) == 5
    assert all(2_000 <= len(text.encode()) <= 4_500 for text in SEEDS.values())


@pytest.mark.parametrize("name", SEEDS)
def test_every_article_tells_of_the_same_head_and_danger(name: str) -> None:
    assert HEAD in SEEDS[name]
    assert "flood" in SEEDS[name]


@pytest.mark.parametrize("name", SEEDS)
def test_four_articles_put_the_speech_in_one_city_and_the_fifth_in_another(name: str) -> None:
    assert ("in Vienna" in SEEDS[name]) == (name != ODD_ONE)
    assert ("Bergen" in SEEDS[name]) == (name == ODD_ONE)


def test_the_date_of_the_fifth_is_not_the_weekday_of_the_others() -> None:
    assert "on 15 October 2025" in SEEDS[ODD_ONE]
    assert date(2025, 10, 15).strftime("%A") == "Wednesday"
    assert [name for name, text in SEEDS.items() if "on Thursday" in text] == ["000_alder.txt", "001_birch.txt"]


def test_only_the_fifth_has_the_large_figure_and_the_crowd_of_credited_outlets() -> None:
    assert [name for name, text in SEEDS.items() if "2.4 million" in text] == [ODD_ONE]
    outlets = "Meridian Press|Channel 7 News|Northern Herald|Aurora TV|Radio Kestrel|Bayview Tribune|Eastern Gazette|"
    outlets += "Harbour Times|Civic Post|Lakeside Telegraph|Plain Mirror|Chamber Weekly|Evening Courier|Le Fleuve"
    assert len(set(re.findall(outlets, SEEDS[ODD_ONE]))) >= 12


def test_one_countrys_target_stands_beside_another_target_of_the_alliance() -> None:
    assert {"2 percent of GDP", "1.2 percent of GDP by 2030"} <= set(
        re.findall(r"2 percent of GDP|1\.2 percent of GDP by 2030", SEEDS["002_cedar.txt"])
    )


ANATOMY = [
    ("002_cedar.txt", r"\n2 COMMENTS\n\nLeave a comment"),
    ("002_cedar.txt", r"Martin Osgood\nMartin Osgood founded"),
    ("000_alder.txt", r"\nTags\n\Z"),
    (ODD_ONE, r"\nCredit: meridian press\n"),
    (ODD_ONE, r"\AAlliance’s .+\n\nAlliance's "),
    (ODD_ONE, r"\nNorway \(Assembly Affairs Review\) – "),
    ("004_fir.txt", r"\n– Katarina Holmqvist\n"),
    ("001_birch.txt", r"leaderess|canciller"),
]


@pytest.mark.parametrize(("name", "pattern"), ANATOMY)
def test_the_sample_has_the_layouts_of_real_pages(name: str, pattern: str) -> None:
    assert re.search(pattern, SEEDS[name])


def test_straight_and_curly_quotes_are_mixed_in_one_article() -> None:
    text = SEEDS["000_alder.txt"]
    assert "'" in text
    assert "’" in text
