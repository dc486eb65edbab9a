"""What an attacker, a broken export or a slip of the hand may pass: the command holds, and good articles keep their reports."""

from __future__ import annotations

import gzip
import json
import os
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import DumpMissing, plan
from pipeline.models import Span
from pipeline.report import check, check_laws
from pipeline.runs import dump_files
from pipeline.settings import ConfigError, load_settings
from pipeline.text import find_sentences
from tests.command import index, left, reports, scored
from tests.dumps import articles, write_jsonl

_BODY = "The mayor of Halifax said on Monday that 120 people were hurt."
_IDS = (
    "../../etc/passwd", "/etc/passwd", "..", ".", " ", "a" * 300, "con", "CON", "NUL.txt", "Abc", "abc", "a/b", "a\\b",
    "007", "NA", "a\nb", "a\0b", "\u202eabc", "~", "%2e", "<script>", "😀", "index.json", "\ud800",
)  # fmt: skip


def _hostile(folder: Path) -> None:
    """Put next to good articles what has broken other readers."""
    markup = "<script>alert(1)</script>"
    records: list[Any] = [{"id": id_, "title": "NA", "text": f"{number} {_BODY}"} for number, id_ in enumerate(_IDS)]
    records.append(dict.fromkeys(("id", "title", "source", "author", "published", "language", "url"), markup))
    records[-1]["text"] = f"{markup}<p>{_BODY}</p>"
    records += [{"id": "n", "text": None}, {"id": "o", "title": "Only a title"}, [], "text", None, {"text": [1]}]
    write_jsonl(folder / "records.jsonl", records)
    (folder / "values.jsonl").write_bytes(b'{"id":NaN,"text":"The bridge is open."}\n' + b'{"text":' * 9_000 + b"\n")
    (folder / "random.txt").write_bytes(bytes(range(256)) * 50)
    (folder / "wide.txt").write_bytes(_BODY.encode("utf-16"))
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(os.urandom(5_000))[:2_000])
    (folder / "folder.txt").mkdir()
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    with zipfile.ZipFile(folder / "evil.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../evil.txt", f"Up. {_BODY}")
        archive.writestr("/evil.txt", f"Root. {_BODY}")
        archive.writestr("bomb.txt", b"\0" * 20_000_000)


def test_hostile_input_beside_them_changes_no_report_of_good_articles(tmp_path: Path) -> None:
    good = articles(2)
    for name in ("clean", "mixed"):
        write_jsonl(tmp_path / name / "good.jsonl", good)
    _hostile(tmp_path / "mixed")
    scored(tmp_path / "clean", tmp_path / "a", cwd=tmp_path)
    receipt = scored(tmp_path / "mixed", tmp_path / "b", cwd=tmp_path)
    counts = Counter(receipt["counts"])
    records = counts.pop("records")
    assert records == counts.total() >= len(good) + len(_IDS)
    expected, found = reports(tmp_path / "a"), reports(tmp_path / "b")
    assert {id_: _without_run(found[id_]) for id_ in expected} == {
        id_: _without_run(report) for id_, report in expected.items()
    }
    for report in found.values():
        check("report", report)
        check_laws(report)
    for line in left(tmp_path / "b")[receipt["files"]["quarantine"]].splitlines():
        check("quarantine", json.loads(line))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "clean", "mixed"]


def test_a_dump_and_output_of_one_folder_do_not_feed_on_themselves(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "2026-03-02" / "dump.jsonl", articles(1))
    first = scored(tmp_path, tmp_path, cwd=tmp_path)
    again = scored(tmp_path, tmp_path, cwd=tmp_path)
    assert again == first == index(tmp_path)


def test_output_inside_the_dump_is_known_however_it_is_spelled(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "dump.jsonl", articles(1))
    (tmp_path / "out" / "2026-03-02").mkdir(parents=True)
    (tmp_path / "out" / "2026-03-02" / "index.json").write_text("{}")
    names = [file.name for file in dump_files(str(tmp_path), f"{tmp_path}/out/../out/")]
    assert names == ["dump.jsonl"]


@pytest.mark.parametrize("dump", ["x" * 300, "x/" * 3_000])
def test_a_dump_whose_name_is_too_long_is_a_missing_dump(dump: str) -> None:
    with pytest.raises(DumpMissing, match="check --dump"):
        plan(dump)


@pytest.mark.parametrize(
    "text",
    [
        "[stories]\nneighbours = inf",
        "[stories]\nneighbours = nan",
        f"[stories]\nneighbours = 1{'0' * 5_000}",
        f"a = {'[' * 5_000}{']' * 5_000}",
    ],
    ids=["infinite", "no number", "thousands of digits", "nested"],
)
def test_a_config_with_monstrous_values_is_refused_in_one_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=r"mine\.toml"):
        load_settings(path)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_config_may_begin_with_a_byte_order_mark(mark: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f"{mark}[score]\nprior = 0.5\n", "utf-8")
    assert load_settings(path).score.prior == 0.5


def test_a_config_in_utf16_is_to_be_saved_as_utf8(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[score]\nprior = 0.5\n", "utf-16")
    with pytest.raises(ConfigError, match=r"mine\.toml: not UTF-8 .*; save it as UTF-8"):
        load_settings(path)


def test_a_config_that_can_be_read_only_once_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    for config in (path, Path(os.devnull)):
        with pytest.raises(ConfigError, match="a pipe or device, not a file; write it to a file for --config"):
            load_settings(config)


@pytest.mark.parametrize("word", ["word ", "word", "the mayor said 120 people, "])
def test_a_sentence_without_end_is_cut_and_nothing_of_it_is_lost(word: str) -> None:
    text = (word * 50_000).strip()
    sentences = find_sentences(text, Span(0, len(text)))
    assert max(sentence.end - sentence.start for sentence in sentences) <= 2_000
    assert "".join(text[span.start : span.end] for span in sentences).replace(" ", "") == text.replace(" ", "")


def _without_run(report: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in report.items() if key != "run"}
