"""Offices that one person can't hold at once, as two origins give them."""

from __future__ import annotations

from dataclasses import replace

from pipeline.corroboration import corroborate
from pipeline.models import Finding
from pipeline.settings import load_settings
from tests.made import made_article, made_claim, made_story

SETTINGS = load_settings()
TEXT = "The harbour board met in the old hall and spoke at length about the storm and the weather. " * 12
TERMS = ("board", "dredg", "harbour", "storm", "weather")
OTHERS = {"b": ["Ilse Brandt, president"], "c": ["Ilse Brandt, president"]}


def _titled(*titles: str, others: dict[str, list[str]]) -> Finding:
    """Return the finding on the first title, "NAME, ROLE", of an article among others."""
    told = {"a": list(titles), **others}
    claims = {
        id_: tuple(
            replace(
                made_claim("person_role", dict(zip(("person", "role"), title.split(", "), strict=True)), terms=TERMS),
                article=id_,
                id=f"c{number:03d}",
                anchors=("harbour board",),
                near=TERMS,
            )
            for number, title in enumerate(some)
        )
        for id_, some in told.items()
    }
    articles = {id_: made_article(id_, f"{TEXT} {id_}", published="2024-05-01") for id_ in told}
    return corroborate(made_story({id_: f"o{id_}" for id_ in told}), articles, claims, SETTINGS)[0]


def test_two_origins_that_agree_on_another_office_contradict() -> None:
    found = _titled("Ilse Brandt, mayor", others=OTHERS)
    assert (found.verdict, {row.level for row in found.evidence}) == ("contradicted", {"person_role.other-post"})


def test_one_origin_that_gives_another_office_does_not() -> None:
    assert _titled("Ilse Brandt, mayor", others={**OTHERS, "c": []}).contradict.origins == 0


def test_an_old_title_beside_the_new_one_is_no_other_office() -> None:
    assert _titled("Ilse Brandt, mayor", "Brandt, president", others=OTHERS).contradict.origins == 0


def test_an_office_that_another_origin_gives_too_is_not_contradicted_by_another() -> None:
    found = _titled("Ilse Brandt, mayor", others={**OTHERS, "d": ["Ilse Brandt, mayor"]})
    assert (found.verdict, found.contradict.origins) == ("supported", 0)


def test_two_people_of_one_surname_may_hold_two_offices() -> None:
    others = {"b": ["Brandt, president", "Karin Brandt, author"], "c": ["Brandt, president", "Karin Brandt, author"]}
    assert _titled("Ilse Brandt, mayor", others=others).contradict.origins == 0
