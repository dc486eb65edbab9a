"""Whether somebody, or some place, stands where two other articles have another one: of running news, mostly not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.corroboration import corroborate
from pipeline.models import Claim, Finding, Span
from pipeline.settings import load_settings
from tests.made import made_article, made_claim, made_story

SETTINGS = load_settings()
TOLD = "{} of the harbour board opened the northern bridge and promised the fishermen cheaper fuel before the winter storms."
ALSO = "Cheaper fuel before the winter storms was what fishermen heard from {} when a northern bridge opened beside the harbour."
FILLER = (
    "The weather stayed calm and the boats sailed, said those who waited on the quay with their nets and their dogs. "
    * 8
)


def _claim(article: str, text: str, words: str, role: str, speaker: str | None) -> Claim:
    name = words.removeprefix(f"{role.capitalize()} ")
    value = {"person": name, "role": role}
    start = text.index(words)
    terms = tuple(sorted(set(TOLD.lower().removesuffix(".").split()[1:])))
    made = made_claim("person_role", value, terms=terms, near=terms)
    end = text.find(".", start) + 1
    span, sentence = Span(start, start + len(words)), Span(text.rfind("\n", 0, start) + 1, end)
    return replace(made, article=article, id="c001", span=span, sentence=sentence, speaker=speaker)


def _heard(texts: dict[str, str], words: list[str], role: str = "president", speaker: str | None = None) -> Finding:
    """Return the finding on the first article's person; the other texts have one each, or none ("")."""
    articles = {id_: made_article(id_, f"{id_} on the harbour\n\n{text}\n\n{FILLER}") for id_, text in texts.items()}
    claims = {
        id_: (_claim(id_, articles[id_].text, said, role, speaker if id_ == "a" else None),) if said else ()
        for id_, said in zip(texts, words, strict=True)
    }
    return corroborate(made_story({id_: f"o{id_}" for id_ in texts}), articles, claims, SETTINGS)[0]


def _texts(*words: str) -> dict[str, str]:
    told = (TOLD, *[ALSO] * 11)
    return {id_: text.format(said) for id_, text, said in zip("abcdefghijkl", told, words, strict=False)}


OURS, THEIRS = "President Ola Dahl", "President Ilse Brandt"


def test_somebody_whom_no_other_origin_names_is_contradicted_by_two_that_have_another_in_his_place() -> None:
    assert _heard(_texts(OURS, THEIRS, THEIRS), [OURS, THEIRS, THEIRS]).verdict == "contradicted"


def test_whom_an_article_calls_by_a_surname_alone_has_a_place_of_his_own() -> None:
    assert _heard(_texts("President Dahl", THEIRS, THEIRS), ["President Dahl", THEIRS, THEIRS]).contradict.origins == 0


def test_whom_most_other_origins_do_not_name_is_not_put_aside() -> None:
    nobody = ["The chair"] * 9
    found = _heard(_texts(OURS, THEIRS, THEIRS, *nobody), [OURS, THEIRS, THEIRS, *[""] * 9])
    assert found.contradict.origins == 0


def test_who_held_an_office_in_a_picture_from_the_files_need_not_hold_it_now() -> None:
    texts = _texts(OURS, THEIRS, THEIRS)
    texts["a"] = f"FILE - {texts['a']}"
    assert _heard(texts, [OURS, THEIRS, THEIRS]).contradict.origins == 0


@pytest.mark.parametrize(("speaker", "against"), [(None, 2), ("Karin Moe", 0)])
def test_under_a_title_that_many_bear_another_voice_may_tell_of_another_person(
    speaker: str | None, against: int
) -> None:
    ours, theirs = "Captain Ola Dahl", "Captain Ilse Brandt"
    found = _heard(_texts(ours, theirs, theirs), [ours, theirs, theirs], "captain", speaker=speaker)
    assert found.contradict.origins == against
