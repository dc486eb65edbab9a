"""A fault of the program names the text that it came up with, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import claims
from pipeline.models import Article
from pipeline.steps import claims as claims_step
from pipeline.steps import corroboration as corroboration_step
from pipeline.text import Document, document
from tests.dumps import articles, write_jsonl
from tests.nights import score_night

NIGHT = "2026-03-02"
CONFIG = "[engine]\nworkers = 1\n"


def _fails_on(id_: str) -> Callable[[Article], Document]:
    def read(article: Article) -> Document:
        if article.id == id_:
            raise KeyError(article.title)
        return document(article)

    return read


def _notes(tmp_path: Path) -> str:
    write_jsonl(tmp_path / "dumps" / NIGHT / "dump.jsonl", articles(10, 4))
    (tmp_path / "one.toml").write_text(CONFIG)
    with pytest.raises(KeyError) as raised:
        score_night(tmp_path / "dumps", tmp_path / "out", NIGHT, str(tmp_path / "one.toml"))
    assert not (tmp_path / "out" / NIGHT / "index.json").exists()
    return "\n".join(raised.value.__notes__)


def test_a_fault_in_extraction_names_the_article_and_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims.assembly, "document", _fails_on("a00003-1"))
    notes = _notes(tmp_path)
    assert "The extraction of claims raised this, a fault of twosource: 'a00003-1' (dump.jsonl, line 14)." in notes
    assert "Take it out of the dump" in notes


def test_a_fault_in_corroboration_names_the_articles_of_the_story(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr(corroboration_step, "corroborate", fails)
    notes = _notes(tmp_path)
    assert "Corroboration within a story raised this" in notes
    assert notes.count("dump.jsonl, line") == 4


def test_no_fault_adds_no_work_to_extraction(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(claims_step, "extract", never)
    write_jsonl(tmp_path / "dumps" / NIGHT / "dump.jsonl", articles(2, 4))
    (tmp_path / "one.toml").write_text(CONFIG)
    assert (
        score_night(tmp_path / "dumps", tmp_path / "out", NIGHT, str(tmp_path / "one.toml"))["counts"]["records"] == 8
    )
