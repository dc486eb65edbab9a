"""`twosource validate`: a run that holds is left in peace, and whatever is changed in it is found."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.verification import NoRunError, Violation, verify
from tests.command import NIGHT, scored
from tests.dumps import articles, write_jsonl
from tests.nights import NIGHTS, score_night, write_nights
from tests.test_cli import twosource


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the outputs "article" and "jsonl", named for their layouts."""
    folder = tmp_path_factory.mktemp("runs")
    dump = write_jsonl(folder / "dump" / "good.jsonl", articles(2))
    (folder / "dump" / "broken.jsonl").write_text('{"id": 1\n')
    shutil.copy(dump, folder / "dump" / "again.jsonl")
    layout = folder / "jsonl.toml"
    layout.write_text('[report]\nlayout = "jsonl"\n')
    scored(folder / "dump", folder / "article", cwd=folder)
    scored(folder / "dump", folder / "jsonl", "--config", str(layout), cwd=folder)
    return folder


@pytest.fixture
def night(runs: Path, tmp_path: Path) -> Path:
    """Return a copy of a good night, to be damaged."""
    return Path(shutil.copytree(runs / "article" / NIGHT, tmp_path / NIGHT))


def _found(night: Path) -> list[Violation]:
    return [violation for _, violations in verify(night) for violation in violations]


@pytest.mark.parametrize("layout", ["article", "jsonl"])
def test_what_a_run_leaves_holds(layout: str, runs: Path) -> None:
    shown = twosource("validate", str(runs / layout))
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout == f"{runs / layout / NIGHT}: holds\n"
    assert _found(runs / layout / NIGHT) == []


def test_a_superseded_revision_beside_the_nights_own_is_no_violation(night: Path) -> None:
    (night / ("0" * 16)).mkdir()
    assert _found(night) == []


def test_violations_are_listed_with_their_files_and_end_with_1(night: Path) -> None:
    (night / "notes.txt").write_text("")
    shown = twosource("validate", str(night.parent))
    assert shown.returncode == 1
    assert shown.stdout == f"{night}/notes.txt: nothing that a run leaves\n1 violation\n"


@pytest.mark.parametrize("folder", ["", "gone"])
def test_a_folder_without_a_run_ends_with_2(folder: str, tmp_path: Path) -> None:
    assert twosource("validate", str(tmp_path / folder)).returncode == 2
    with pytest.raises(NoRunError):
        list(verify(tmp_path / folder))


def test_a_night_whose_index_is_gone_is_no_finished_run(night: Path) -> None:
    (night / "index.json").unlink()
    assert [found.file for found in _found(night.parent)] == ["index.json"]


def _index(night: Path) -> dict[str, Any]:
    index: dict[str, Any] = json.loads((night / "index.json").read_bytes())
    return index


def _file(night: Path, kind: str) -> Path:
    return night / str(_index(night)["files"][kind])


def _rewrite(night: Path, path: Path, data: bytes) -> None:
    """Change a file and its digest in the index, so that only what is said in it is wrong."""
    path.write_bytes(data)
    index = _index(night)
    index["sha256"][path.relative_to(night).as_posix()] = hashlib.sha256(data).hexdigest()
    (night / "index.json").write_text(json.dumps(index))


def _change_index(**changes: Any) -> Callable[[Path], str]:
    def damage(night: Path) -> str:
        index = _index(night)
        for name, value in changes.items():
            index[name] = {**index[name], **value} if isinstance(value, dict) else value
        (night / "index.json").write_text(json.dumps(index))
        return "index.json"

    return damage


def _change_report(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], str]:
    def damage(night: Path) -> str:
        path = _report(night)
        report = json.loads(path.read_bytes())
        change(report)
        _rewrite(night, path, json.dumps(report).encode())
        return path.relative_to(night).as_posix()

    return damage


def _report(night: Path) -> Path:
    """Return a report with evidence."""
    paths = sorted(_file(night, "reports").rglob("*.json"))
    return next(path for path in paths if any(row["evidence"] for row in json.loads(path.read_bytes())["claims"]))


def _change_row(kind: str, **changes: Any) -> Callable[[Path], str]:
    def damage(night: Path) -> str:
        path = _file(night, kind)
        first, *rest = path.read_bytes().splitlines()
        _rewrite(night, path, b"\n".join([json.dumps(json.loads(first) | changes).encode(), *rest, b""]))
        return path.relative_to(night).as_posix()

    return damage


def _change_summary(**changes: Any) -> Callable[[Path], str]:
    def damage(night: Path) -> str:
        path = _file(night, "summary")
        _rewrite(night, path, json.dumps(json.loads(path.read_bytes()) | changes).encode())
        return path.relative_to(night).as_posix()

    return damage


def _first_evidence(report: dict[str, Any]) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [row for claim in report["claims"] for row in claim["evidence"]]
    return rows[0]


def _cut_index(night: Path) -> str:
    (night / "index.json").write_text("{")
    return "index.json"


def _shorten(night: Path) -> str:
    path = _file(night, "scores")
    path.write_bytes(path.read_bytes()[:-5])
    return path.relative_to(night).as_posix()


def _drop_row(kind: str) -> Callable[[Path], str]:
    def damage(night: Path) -> str:
        path = _file(night, kind)
        _rewrite(night, path, b"".join(path.read_bytes().splitlines(keepends=True)[1:]))
        return path.relative_to(night).as_posix() if kind != "quarantine" else "index.json"

    return damage


def _move(night: Path) -> str:
    path = _report(night)
    moved = path.with_name("elsewhere.json")
    path.rename(moved)
    index = _index(night)
    name = moved.relative_to(night).as_posix()
    index["sha256"][name] = index["sha256"].pop(path.relative_to(night).as_posix())
    (night / "index.json").write_text(json.dumps(index))
    return name


def _link(night: Path) -> str:
    path = _report(night)
    outside = night.parent / "outside.json"
    path.rename(outside)
    path.symlink_to(outside)
    return path.relative_to(night).as_posix()


def _extra(name: str) -> Callable[[Path], str]:
    def damage(night: Path) -> str:
        path = _file(night, "reports") / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"{}")
        return path.relative_to(night).as_posix()

    return damage


def _delete(night: Path) -> str:
    path = _report(night)
    path.unlink()
    return path.relative_to(night).as_posix()


def _nan(night: Path) -> str:
    path = _report(night)
    _rewrite(night, path, path.read_bytes().replace(b'"coverage": ', b'"coverage": NaN, "x": ', 1))
    return path.relative_to(night).as_posix()


_DAMAGES: dict[str, tuple[Callable[[Path], str], str]] = {
    "index is no JSON": (_cut_index, "not JSON"),
    "index lacks a field": (_change_index(layout="papyrus"), "papyrus"),
    "a record vanished": (_change_index(counts={"records": 99}), "99 records"),
    "other counts": (_change_index(counts={"records": 7, "scored": 3}), "counts.scored"),
    "of another night": (_change_index(date="2026-03-03"), "in the folder of"),
    "a path out of the night": (_change_index(sha256={"../../etc/passwd": "0" * 64}), "leads out"),
    "an absolute path": (_change_index(sha256={"/etc/passwd": "0" * 64}), "/etc/passwd"),
    "files elsewhere": (_change_index(files={"scores": "scores.jsonl"}), "not those of this revision"),
    "a file cut": (_shorten, "sha256"),
    "a report deleted": (_delete, "can't be read"),
    "a report moved": (_move, "belongs in"),
    "a report behind a link": (_link, "is a link"),
    "an extra report": (_extra("zz/extra.json"), "not listed"),
    "an unfinished file": (_extra(".unfinished-0"), "not listed"),
    "NaN": (_nan, "not JSON"),
    "a ledger that does not add up": (
        _change_report(lambda report: report["score"].update(value=12.0)),
        "$.score.ledger",
    ),
    "a span elsewhere": (
        _change_report(lambda report: report["claims"][0]["span"].update(text="other words")),
        "$.claims[0].span",
    ),
    "a field too many": (_change_report(lambda report: report.update(extra=1)), "extra"),
    "the report of another run": (
        _change_report(lambda report: report["run"].update(fingerprint="f" * 16)),
        "of another run",
    ),
    "a text that was edited": (
        _change_report(lambda report: report["article"].update(text=report["article"]["text"] + " More.")),
        "$.article.sha256",
    ),
    "evidence that nobody wrote": (
        _change_report(lambda report: _first_evidence(report)["span"].update(text="made up")),
        "not the words of",
    ),
    "a score row with another score": (_change_row("scores", score=1.0), "the report says"),
    "a score row without a report": (_change_row("scores", article="nobody"), "no report"),
    "a score row of another shape": (_change_row("scores", score="high"), "$.score"),
    "a score row lost": (_drop_row("scores"), "no row"),
    "a claim row with another verdict": (_change_row("claims", verdict="not_checkable"), "not the claims"),
    "a claim row lost": (_drop_row("claims"), "not the claims"),
    "a quarantine row without a hint": (_change_row("quarantine", hint=None), "$.hint"),
    "a quarantine row lost": (_drop_row("quarantine"), "counts.quarantined"),
    "another summary": (_change_summary(quarantine=[], duplicates=[]), "$.duplicates"),
}  # fmt: skip


@pytest.mark.parametrize("damage", _DAMAGES)
def test_whatever_is_changed_is_found_with_its_file(damage: str, night: Path) -> None:
    make, words = _DAMAGES[damage]
    file = make(night)
    found = _found(night)
    assert any(violation.file.partition("#")[0] == file and words in violation.what for violation in found), found


def test_nights_that_scored_each_others_articles_hold(tmp_path: Path) -> None:
    dumps = write_nights(tmp_path / "dumps")
    for night in NIGHTS[:3]:
        score_night(dumps, tmp_path / "out", night)
    found = dict(verify(tmp_path / "out"))
    assert found == {tmp_path / "out" / night: [] for night in NIGHTS[:3]}
