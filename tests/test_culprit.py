"""A fault of the program costs the text or the story that it came up with, not the night."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import claims
from pipeline.corroboration import corroborate
from pipeline.ingest import compose, read
from pipeline.models import Article, Finding, Story
from pipeline.steps import claims as claims_step
from pipeline.steps import corroboration as corroboration_step
from pipeline.text import Document, document
from pipeline.verification import verify
from tests.dumps import articles, write_jsonl
from tests.nights import rows, score_night_through_faults, summary

NIGHT, NEXT = "2026-03-02", "2026-03-03"
CONFIG = "[engine]\nworkers = 1\n"
POISON = "a00003-1"


def _fails_on(ids: set[str], error: type[Exception] = KeyError) -> Callable[[Article], Document]:
    def read(article: Article) -> Document:
        if article.id in ids:
            raise error(article.title)
        return document(article)

    return read


def _score(folder: Path, night: str = NIGHT, records: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    write_jsonl(folder / "dumps" / night / "dump.jsonl", articles(10, 4) if records is None else records)
    (folder / "one.toml").write_text(CONFIG)
    return score_night_through_faults(folder / "dumps", folder / "out", night, str(folder / "one.toml"))


def _quarantine(folder: Path, index: dict[str, Any]) -> list[dict[str, Any]]:
    lines = (folder / "out" / index["date"] / index["files"]["quarantine"]).read_bytes().splitlines()
    return [json.loads(line) for line in lines]


def test_an_article_whose_claims_cannot_be_extracted_is_quarantined_and_the_others_are_scored_as_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims.assembly, "document", _fails_on({POISON}))
    index = _score(tmp_path / "with")
    (row,) = _quarantine(tmp_path / "with", index)
    assert (row["file"], row["line"], row["reason"]) == ("dump.jsonl", 14, "program.fault")
    assert row["detail"].startswith("KeyError in pipeline.claims.assembly, line ")
    assert index["counts"]["quarantined"] == 1
    assert index["counts"]["records"] == 40
    assert summary(tmp_path / "with" / "out", NIGHT)["quarantine"] == [{"reason": "program.fault", "records": 1}]
    _score(tmp_path / "without", records=[record for record in articles(10, 4) if record["id"] != POISON])
    found, bare = (rows(tmp_path / name / "out", NIGHT) for name in ("with", "without"))
    assert {id_: row["score"] for id_, row in found.items()} == {id_: row["score"] for id_, row in bare.items()}
    assert POISON not in found


def test_a_later_night_does_not_hear_it_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims.assembly, "document", _fails_on({POISON}))
    _score(tmp_path)
    again = [{**record, "id": f"b{record['id']}", "source": f"b {record['source']}"} for record in articles(4, 4)]
    index = _score(tmp_path, NEXT, again)
    assert index["counts"]["quarantined"] == 0
    reports = (tmp_path / "out" / NEXT / index["files"]["reports"]).rglob("*.json")
    heard = {id_ for report in reports for id_ in json.loads(report.read_bytes())["story"]["articles"]}
    assert {"a00003-0", "a00003-2"} <= heard
    assert POISON not in heard


def test_a_record_that_cannot_be_read_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = compose.from_draft

    def fails(draft: Any, *rest: Any) -> Article:
        if draft.id == POISON:
            raise RecursionError
        return whole(draft, *rest)

    monkeypatch.setattr(read, "from_draft", fails)
    index = _score(tmp_path)
    (row,) = _quarantine(tmp_path, index)
    assert (row["line"], row["reason"]) == (14, "program.fault")
    assert row["detail"].startswith("RecursionError in pipeline.ingest.read, line ")
    assert index["counts"]["scored"] + index["counts"]["insufficient_evidence"] == 39


def test_a_reader_that_breaks_says_what_was_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> Iterator[Any]:
        raise IndexError
        yield

    monkeypatch.setitem(read._READERS, "jsonl", breaks)
    (row,) = _quarantine(tmp_path, _score(tmp_path))
    assert (row["file"], row["line"], row["reason"]) == ("dump.jsonl", None, "program.fault")
    assert row["detail"].endswith("; nothing after it in this file was read")


def test_a_file_whose_kind_cannot_be_told_for_a_fault_is_quarantined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> str:
        raise IndexError

    monkeypatch.setattr(read, "sniff", fails)
    (row,) = _quarantine(tmp_path, _score(tmp_path))
    assert (row["file"], row["reason"]) == ("dump.jsonl", "program.fault")


@pytest.mark.parametrize("error", [OSError, MemoryError, ImportError])
def test_no_text_is_blamed_for_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    monkeypatch.setattr(claims.assembly, "document", _fails_on({POISON}, error))
    with pytest.raises(error):
        _score(tmp_path)


def test_a_fault_that_all_texts_come_up_with_ends_the_run_and_names_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims.assembly, "document", _fails_on({record["id"] for record in articles(10, 4)}))
    with pytest.raises(KeyError) as raised:
        _score(tmp_path)
    notes = "\n".join(raised.value.__notes__)
    assert notes.startswith("The extraction of claims raised this wherever there was something to do")
    assert "last with 'a00009-3' (dump.jsonl, line 40)." in notes
    assert not (tmp_path / "out" / NIGHT / "index.json").exists()


def _fails_on_story(*of: str) -> Callable[..., tuple[Finding, ...]]:
    """Return a comparison that fails on the stories of some articles, on every one where none is given."""

    def compare(story: Story, *rest: Any) -> tuple[Finding, ...]:
        if not of or set(of) & set(story.articles):
            raise KeyError(story.id)
        return corroborate(story, *rest)

    return compare


def test_a_story_that_cannot_be_compared_gets_no_scores_and_the_others_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _score(tmp_path / "whole")
    monkeypatch.setattr(corroboration_step, "corroborate", _fails_on_story(POISON))
    index = _score(tmp_path / "with")
    found, whole = (rows(tmp_path / name / "out", NIGHT) for name in ("with", "whole"))
    failed = {id_ for id_ in whole if id_.startswith("a00003-")}
    assert {found[id_]["reason"] for id_ in failed} == {"story.not-compared"}
    assert {found[id_]["score"] for id_ in failed} == {None}
    assert all(found[id_]["score"] == whole[id_]["score"] for id_ in whole.keys() - failed)
    assert index["counts"]["insufficient_evidence"] >= 4
    assert [broken for _, broken in verify(tmp_path / "with" / "out")] == [[]]


def test_a_fault_in_a_story_of_one_origin_does_not_stand_for_one_of_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lone = articles(10, 4)[-1]
    monkeypatch.setattr(corroboration_step, "corroborate", _fails_on_story("a00000-0", lone["id"]))
    _score(tmp_path, records=[*articles(2, 4), lone])
    found = rows(tmp_path / "out", NIGHT)
    assert {found[id_]["reason"] for id_ in ("a00000-0", lone["id"])} == {"story.not-compared"}
    assert found["a00001-0"]["reason"] != "story.not-compared"


def test_what_could_not_be_compared_says_so_and_where_in_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corroboration_step, "corroborate", _fails_on_story(POISON))
    index = _score(tmp_path)
    (path,) = (tmp_path / "out" / NIGHT / index["files"]["reports"]).rglob(f"{POISON}.json")
    report = json.loads(path.read_bytes())
    assert {claim["verdict"] for claim in report["claims"]} == {"not_checkable"}
    assert all(
        "twosource itself failed on this story (KeyError in pipeline." in claim["reason"] for claim in report["claims"]
    )
    assert any("twosource itself failed on this story" in limit for limit in report["limits"])


def test_a_fault_that_all_stories_come_up_with_ends_the_run_and_names_the_articles_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corroboration_step, "corroborate", _fails_on_story())
    with pytest.raises(KeyError) as raised:
        _score(tmp_path)
    notes = "\n".join(raised.value.__notes__)
    assert notes.startswith("Corroboration raised this")
    assert notes.count("dump.jsonl, line") == 4
    assert not (tmp_path / "out" / NIGHT / "index.json").exists()


def test_no_fault_adds_no_work_to_extraction(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(claims_step, "extract", never)
    assert _score(tmp_path, records=articles(2, 4))["counts"]["records"] == 8
