"""`twosource explain` and `twosource diff`: the reports' own numbers and words, on a terminal."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.changes import changed_articles
from pipeline.commands.explanation import Terminal, explanation
from pipeline.published import NothingPublished, Revision, UnknownArticle, find_revision
from pipeline.site.passages import Texts
from pipeline.site.words import hundredths, points_text, score_text
from tests.command import score_all, scored
from tests.conftest import ROOT
from tests.dumps import articles, write_jsonl
from tests.excerpt import UNRELIABLE
from tests.test_cli import twosource

PLAIN = Terminal(width=100, colour=False)
FIRST, SECOND = "2025-10-17", "2025-10-18"


@pytest.fixture(scope="module")
def sample(elsewhere: Path, sample_run: subprocess.CompletedProcess[str]) -> Revision:
    """Return the revision of the sample's own night."""
    assert sample_run.returncode == 0
    return find_revision(elsewhere / "reports")


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an output with two nights: in the second a weekday was mended, and one article is gone."""
    place = tmp_path_factory.mktemp("nights")
    dump = Path(shutil.copytree(ROOT / "seeds", place / "dump"))
    _score(dump, place, FIRST)
    (dump / "004_fir.txt").unlink()
    birch = dump / "001_birch.txt"
    birch.write_text(birch.read_text("utf-8").replace("Thursday", "Wednesday"), "utf-8")
    _score(dump, place, SECOND)
    return place / "out"


def _score(dump: Path, place: Path, date: str) -> None:
    (place / "alone.toml").write_text(
        "[window]\ndays = 1\n"
    )  # the article that is gone must not speak from the night before
    options = ("--output", "out", "--date", date, "--config", "alone.toml")
    run = score_all("--dump", str(dump), *options, cwd=place)
    assert run.returncode == 0, run.stderr


def _lines(revision: Revision, article: str, *, everything: bool = False) -> list[str]:
    texts = Texts(lambda other: str(revision.report(other)["article"]["text"]))
    return list(explanation(revision.report(article), texts, PLAIN, everything=everything))


def test_explain_tells_of_every_claim_its_verdict_and_points_to_the_hundredth(sample: Revision) -> None:
    for article in sample.report_of:
        report = sample.report(article)
        told = "\n".join(_lines(sample, article, everything=True))
        for claim in report["claims"]:
            assert re.search(
                rf"{claim['verdict'].replace('_', ' ')}: \w+ {claim['id']}, {points_text(claim['points'])} points", told
            )


def test_explain_says_of_every_claim_that_has_evidence_why_it_costs_what_it_costs(sample: Revision) -> None:
    for article in sample.report_of:
        told = " ".join(" ".join(_lines(sample, article, everything=True)).split())
        for claim in sample.report(article)["claims"]:
            if claim["evidence"] and claim["cost"]:
                assert (
                    f"{points_text(claim['points'])} points, {claim['rule']} {claim['reason']} {claim['cost']}" in told
                )


def test_explain_falls_from_100_to_the_score(sample: Revision) -> None:
    for article in sample.report_of:
        score = sample.report(article)["score"]
        steps = re.findall(r"^ +(−?\d+\.\d\d) +(\d+\.\d\d)  ", "\n".join(_lines(sample, article)), re.MULTILINE)
        points = [Decimal(points.replace("−", "-")) for points, _ in steps]
        assert Decimal(steps[-1][1]) == hundredths(score["value"]) == 100 + sum(points)


def test_explain_shows_both_sides_words_in_their_context(sample: Revision) -> None:
    told = " ".join(" ".join(_lines(sample, UNRELIABLE)).split())
    assert "Speaking at the ⟦Bergen Water Security Forum⟧, Holmqvist stressed unity" in told
    assert "Speaking in ⟦Vienna⟧, Katarina Holmqvist said" in told


def test_explain_keeps_to_the_width(sample: Revision) -> None:
    for width in (60, 80, 100):
        texts = Texts(lambda other: str(sample.report(other)["article"]["text"]))
        told = explanation(sample.report(UNRELIABLE), texts, Terminal(width, colour=False), everything=True)
        assert max(len(line) for line in told) <= width


def test_the_command_explains_without_colour_into_a_pipe(elsewhere: Path, sample: Revision) -> None:
    told = twosource("explain", UNRELIABLE, cwd=elsewhere)
    assert (told.returncode, "\x1b" in told.stdout) == (0, False)
    assert told.stdout.rstrip("\n").split("\n") == _lines(sample, UNRELIABLE)


def test_explain_as_json_is_the_report(elsewhere: Path, sample: Revision) -> None:
    told = twosource("explain", UNRELIABLE, "--output", "reports", "--date", sample.date, "--json", cwd=elsewhere)
    assert json.loads(told.stdout) == sample.report(UNRELIABLE)


def test_an_unknown_id_is_answered_with_the_nearest(elsewhere: Path, sample: Revision) -> None:
    told = twosource("explain", "03_elm", cwd=elsewhere)
    assert told.returncode == 2
    assert f"no article '03_elm' in the night of {sample.date}; the nearest are 003_elm" in told.stderr
    assert "looked in reports/" in told.stderr


def test_an_id_of_another_night_is_answered_with_that_night(nights: Path) -> None:
    told = twosource("explain", "004_fir", "--output", str(nights))
    assert told.returncode == 2
    assert f"the night of {FIRST} has it: --date {FIRST}" in told.stderr


def test_a_folder_without_a_night_is_answered_with_what_to_do(tmp_path: Path) -> None:
    told = twosource("explain", "x", "--output", str(tmp_path))
    assert (told.returncode, "run ScoreAll first" in told.stderr) == (2, True)


@pytest.mark.parametrize("wanted", ["2020-01-01", "abcd", "nonsense"])
def test_a_night_that_is_not_there_is_refused(sample: Revision, wanted: str) -> None:
    with pytest.raises(NothingPublished):
        find_revision(sample.folder.parent.parent, wanted)


def test_a_nights_folder_is_not_taken_for_another_nights(sample: Revision) -> None:
    night = sample.folder.parent
    assert find_revision(night, sample.date).fingerprint == sample.fingerprint
    with pytest.raises(NothingPublished, match=f"the night of {sample.date}, not of 2020-01-01; name the folder above"):
        find_revision(night, "2020-01-01")


def test_a_revision_is_found_by_its_night_its_fingerprint_or_its_folder(elsewhere: Path, sample: Revision) -> None:
    output = elsewhere / "reports"
    found = [
        find_revision(output), find_revision(output, sample.date), find_revision(output, sample.fingerprint[:6]),
        find_revision(output / sample.date), find_revision(sample.folder),
    ]  # fmt: skip
    assert {revision.folder for revision in found} == {sample.folder}


def test_reports_in_one_file_are_found_like_those_in_many(tmp_path: Path) -> None:
    over = tmp_path / "one.toml"
    over.write_text('[report]\nlayout = "jsonl"\n')
    dump = write_jsonl(tmp_path / "dump.jsonl", articles(3))
    scored(dump, tmp_path / "many", cwd=tmp_path)
    scored(dump, tmp_path / "one", "--config", str(over), cwd=tmp_path)
    many, one = find_revision(tmp_path / "many"), find_revision(tmp_path / "one")
    assert set(one.report_of) == set(many.report_of)
    for article in many.report_of:
        assert {**one.report(article), "run": 0} == {**many.report(article), "run": 0}
    with pytest.raises(UnknownArticle):
        one.report("nobody")


def test_the_head_of_an_id_is_enough_where_one_article_alone_has_it(elsewhere: Path, sample: Revision) -> None:
    ids = sorted(sample.report_of)
    head = ids[0][:3]
    assert [id_ for id_ in ids if id_.startswith(head)] == ids[:1]
    output = str(elsewhere / "reports")
    told = [twosource("explain", id_, "--output", output) for id_ in (head, ids[0])]
    assert [run.returncode for run in told] == [0, 0]
    assert told[0].stdout == told[1].stdout
    of_all = twosource("explain", "0", "--output", output)
    assert all(id_.startswith("0") for id_ in ids)
    assert (of_all.returncode, "the nearest are" in of_all.stderr) == (2, True)


def test_no_figure_that_nobody_else_has_hides_behind_costlier_quotes(sample: Revision) -> None:
    told = " ".join(" ".join(_lines(sample, UNRELIABLE)).split())
    claims = sample.report(UNRELIABLE)["claims"]
    alone = [row for row in claims if row["kind"] == "quantity" and row["verdict"] == "uncorroborated"]
    assert alone
    assert [row["span"]["text"] for row in alone if f"“{row['span']['text']}”" not in told] == []


def test_hostile_ids_and_words_move_no_cursor(tmp_path: Path) -> None:
    rows = [row | {"id": f"\x1b[2J{row['id']}", "title": f"\x1b]0;owned\x07 {row['title']}"} for row in articles(2)]
    scored(write_jsonl(tmp_path / "dump.jsonl", rows), tmp_path / "out", cwd=tmp_path)
    told = twosource("explain", rows[0]["id"], "--output", str(tmp_path / "out"))
    assert (told.returncode, "\x1b" in told.stdout) == (0, False)
    unknown = twosource("explain", f"{rows[0]['id']}x", "--output", str(tmp_path / "out"))
    assert "the nearest are" in unknown.stderr
    assert "\x1b" not in unknown.stderr


def test_a_diff_of_a_night_with_itself_is_empty(nights: Path) -> None:
    assert changed_articles(find_revision(nights, FIRST), find_revision(nights, FIRST)) == []


def test_a_diff_names_whose_score_moved_and_who_came_or_went(nights: Path) -> None:
    old, new = find_revision(nights, FIRST), find_revision(nights, SECOND)
    changes = {change.article: change for change in changed_articles(old, new)}
    assert changes["004_fir"].change == "removed"
    assert changes[UNRELIABLE].left == ("004_fir",)
    assert changes["001_birch"].text_changed
    for change in changes.values():
        if change.change == "rescored":
            assert (change.before, change.after) == tuple(
                revision.report(change.article)["score"]["value"] for revision in (old, new)
            )


def test_a_diff_says_which_evidence_turned_a_verdict(nights: Path) -> None:
    changes = changed_articles(find_revision(nights, FIRST), find_revision(nights, SECOND))
    elm = next(change for change in changes if change.article == UNRELIABLE)
    day = next(claim for claim in elm.claims if claim.words == "15 October 2025")
    assert day.before is not None
    assert day.after is not None
    assert (day.before.verdict, day.after.verdict) == ("contradicted", "supported")
    # One weekday against a date is too little alone: with the first the second falls.
    assert sorted((voice.article, voice.level) for voice in day.lost) == [
        ("000_alder", "date.weekday-mismatch"),
        ("001_birch", "date.weekday-mismatch"),
    ]
    assert [(voice.article, voice.level) for voice in day.gained] == [("001_birch", "date.weekday")]


def test_what_a_diff_tells_adds_up_to_the_move_of_the_score(nights: Path) -> None:
    for change in changed_articles(find_revision(nights, FIRST), find_revision(nights, SECOND)):
        if change.change == "rescored":
            told = sum((claim.moved for claim in change.claims), Decimal(0)) + Decimal(repr(change.reweighed_points))
            assert told == change.moved


def test_the_command_tells_a_diff_on_a_terminal_and_as_json(nights: Path) -> None:
    told = twosource("diff", FIRST, SECOND, "--output", str(nights))
    assert told.returncode == 0
    assert f"4 rescored, 0 only in {SECOND}, 1 only in {FIRST}" in told.stdout
    assert "new: 001_birch says so too (date.weekday)" in told.stdout
    table: dict[str, Any] = json.loads(twosource("diff", FIRST, SECOND, "--output", str(nights), "--json").stdout)
    assert table["counts"] == {"rescored": 4, "added": 0, "removed": 1}
    assert table["renewed"] == []
    for article in (row for row in table["articles"] if row["change"] == "rescored"):
        assert f"{score_text(article['before'])}" in told.stdout
