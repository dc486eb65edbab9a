"""Fabrications and null edits: rules by rows, figures by laws, trials on the sample, and the real command."""

from __future__ import annotations

import json
import math
import re
import subprocess
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation import fabrications
from pipeline.evaluation.bearers import bearers
from pipeline.evaluation.choices import Choices, factors
from pipeline.evaluation.dice import Dice
from pipeline.evaluation.fabrications import City, Values
from pipeline.evaluation.measures import (
    Drop,
    Forecast,
    area,
    auroc,
    auroc_of,
    brier,
    over_stories,
    risk_coverage,
    wilson,
)
from pipeline.evaluation.page import render
from pipeline.evaluation.planting import Planter
from pipeline.evaluation.pool import gather
from pipeline.evaluation.results import tabulate
from pipeline.evaluation.rewriting import rewrite
from pipeline.evaluation.run import PLANS, Quotas, Trials, try_out
from pipeline.evaluation.told import hear
from pipeline.models import Span
from pipeline.report.validation import check
from pipeline.resources import folder
from pipeline.settings import load_settings
from tests.made import made_article, made_claim, made_story
from tests.night import read_dump
from tests.test_cli import twosource

CASES = json.loads((Path(__file__).parent / "cases" / "fabrications.json").read_text("utf-8"))
RUN = {"date": None, "fingerprint": "0" * 16, "pipeline_version": "0", "seed": 0, "plants": 40}
FIRST = Values(
    choose=lambda options, _: options[0],
    factors=lambda _: (2.0,),
    cities=lambda _: [City("Oslo", "Norway"), City("Lima", "Peru")],
    people=lambda _: ["Maria Lindqvist"],
    offices=lambda role: {"foreign minister": ["defence minister"]}.get(role, []),
    words=lambda word: {"nearly": ["hardly"]}.get(word, []),
    outlets=lambda _: ["Quay Post"],
)


@pytest.mark.parametrize("row", CASES, ids=lambda row: f"{row['rule']}: {row['words']}")
def test_a_rule_falsifies_words_or_says_that_it_cannot(row: dict[str, Any]) -> None:
    told = {name: row[name] for name in ("speaker", "outlet") if name in row}
    claim = made_claim(row["kind"], row["value"], **told)
    edits = getattr(fabrications, row["rule"])(claim, row["words"], FIRST)
    assert (None if edits is None else [list(edit) for edit in edits]) == row["edits"]


def test_a_share_stays_a_share_and_an_age_an_age() -> None:
    share = made_claim("quantity", {"low": 60, "high": 60, "unit": "percent"})
    assert all(60 * times <= 100 for times in factors(share))
    assert all(
        0 < 70 * times < 70 for times in factors(made_claim("quantity", {"low": 70, "high": 70}, rule="quantity.age"))
    )


@given(st.lists(st.sampled_from(["Ann", "Anna", "met", "Oslo", "Ø", "\n\n", "“", "99"]), max_size=30), st.data())
def test_a_rewritten_text_holds_the_new_words_where_it_says(parts: list[str], data: st.DataObject) -> None:
    """Every span of the old text is found again: what no edit touched reads the same, the rest is replaced."""
    text = " ".join(parts)
    made = rewrite(made_article("a", text), (("Anna", "Bo"), ("Ann", "Christina"), ("Oslo", "Rio de Janeiro")))
    for place in made.places:
        new = made.article.text[place.new.start : place.new.end]
        assert {"Anna": "Bo", "Ann": "Christina", "Oslo": "Rio de Janeiro"}[
            text[place.old.start : place.old.end]
        ] == new
        assert made.now(place.old) == place.new
    ends = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    cut = [place for place in made.places if any(place.old.start < end < place.old.end for end in ends)]
    if not cut:
        now = made.now(Span(*ends))
        expected = text[slice(*ends)]
        for old, new in (("Anna", "Bo"), ("Ann", "Christina"), ("Oslo", "Rio de Janeiro")):
            expected = re.sub(rf"(?<!\w){old}(?!\w)", new, expected)
        whole = all(place.old.start >= ends[0] for place in made.places if place.old.end > ends[0])
        assert not whole or made.article.text[now.start : now.end] == expected


PROBABILITIES = st.lists(
    st.builds(Forecast, st.sampled_from("abc"), st.floats(0, 1), st.booleans()), min_size=1, max_size=40
)


@given(PROBABILITIES)
def test_the_parts_of_the_brier_score_add_up(rows: list[Forecast]) -> None:
    parts = brier(rows)
    assert parts is not None
    whole = parts.reliability - parts.resolution + parts.uncertainty + parts.within_bins
    assert math.isclose(parts.score, whole, abs_tol=1e-9)
    assert sum(bin_.forecasts for bin_ in parts.bins) == len(rows)
    # A mean of equal numbers may differ from them in its last digit.
    assert all(bin_.low - 1e-12 <= bin_.mean <= bin_.high + 1e-12 for bin_ in parts.bins)


def test_forecasts_alike_within_their_bins_leave_nothing_over() -> None:
    """A worked example: 0.9 for three true and one false, 0.2 for one true and three false."""
    rows = [Forecast("a", 0.9, outcome=number > 0) for number in range(4)]
    rows += [Forecast("a", 0.2, outcome=number == 0) for number in range(4)]
    parts = brier(rows)
    assert parts is not None
    assert math.isclose(parts.score, (3 * 0.01 + 0.81 + 3 * 0.04 + 0.64) / 8)
    assert math.isclose(parts.reliability, (0.15**2 + 0.05**2) / 2)
    assert math.isclose(parts.resolution, 0.25**2)
    assert math.isclose(parts.uncertainty, 0.25)
    assert math.isclose(parts.within_bins, 0, abs_tol=1e-12)


@given(PROBABILITIES)
def test_the_risk_curve_ends_with_all_claims_judged_and_knows_no_order(rows: list[Forecast]) -> None:
    points = risk_coverage(rows)
    assert points == risk_coverage(rows[::-1])
    assert points[-1].coverage == 1
    wrong = sum((row.probability >= 0.5) != row.outcome for row in rows)
    assert math.isclose(points[-1].risk, wrong / len(rows))
    assert 0 <= (area(points) or 0.0) <= 1 + 1e-9


@given(st.integers(1, 500), st.data())
def test_wilsons_interval_holds_the_share_and_stays_within_0_and_1(of: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, of))
    found = wilson(count, of)
    assert found is not None
    assert 0 <= found.low <= count / of + 1e-12
    assert count / of - 1e-12 <= found.high <= 1


def test_wilsons_interval_is_that_of_the_books() -> None:
    found = wilson(8, 10)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (0.4902, 0.9433)
    assert wilson(0, 0) is None


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=20), st.lists(st.integers(-5, 5), min_size=1, max_size=20))
def test_the_auroc_counts_pairs(planted: list[int], null: list[int]) -> None:
    won = sum((one > two) + (one == two) / 2 for one in planted for two in null)
    found = auroc(list(map(float, planted)), list(map(float, null)))
    assert found is not None
    assert math.isclose(found, won / (len(planted) * len(null)))


def test_figures_of_nothing_are_none() -> None:
    assert (auroc([], [1.0]), brier([]), area(risk_coverage([]))) == (None, None, None)
    assert over_stories([Drop("a", 1.0, planted=True), Drop("a", 0.0, planted=False)], auroc_of, 0) is None


def test_an_interval_over_stories_holds_a_figure_that_every_story_has() -> None:
    rows = [Drop(story, points, planted=points > 0) for story in "abcdef" for points in (0.0, 3.0)]
    found = over_stories(rows, auroc_of, 1)
    assert found is not None
    assert (found.low, found.high) == (1.0, 1.0)


@given(st.integers(0, 2**32 - 1), st.lists(st.text(max_size=5), max_size=4), st.permutations(list("abcdef")))
def test_dice_fall_by_seed_and_names_alone(seed: int, names: Sequence[str], items: list[str]) -> None:
    assert Dice(seed).roll(*names) == Dice(seed).roll(*names) != Dice(seed + 1).roll(*names)
    assert Dice(seed).shuffled(items, str, *names) == Dice(seed).shuffled(sorted(items), str, *names)


@given(st.integers(1, 1_000), st.integers(0, 100))
def test_no_kind_is_left_without_room(plants: int, stories: int) -> None:
    quotas = Quotas.of(plants, stories)
    assert all(quotas.a_story(way) * max(1, stories) >= quotas.in_all(way) >= 1 for _, way in PLANS)


@pytest.fixture(scope="module")
def trials() -> Trials:
    return try_out(read_dump(folder("seeds")), load_settings(), 0, 40, int)


def test_trials_do_not_depend_on_the_order_of_the_dump(trials: Trials) -> None:
    assert try_out(read_dump(folder("seeds"))[::-1], load_settings(), 0, 40, int) == trials


def test_another_seed_plants_otherwise(trials: Trials) -> None:
    other = try_out(read_dump(folder("seeds")), load_settings(), 1, 40, int)
    assert [row.new for row in other.planted] != [row.new for row in trials.planted]


def test_nothing_that_is_planted_stood_there_before(trials: Trials) -> None:
    articles = {article.id: article.text for article in read_dump(folder("seeds"))}
    assert {row.way for row in trials.planted} == {"changed", "inserted"}
    for row in trials.planted:
        assert row.new not in articles[row.article]
        assert row.old is None or row.old in articles[row.article]
        assert row.way != "inserted" or not any(row.new in text for text in articles.values())


def test_what_is_changed_was_borne_out_and_is_believed_less(trials: Trials) -> None:
    changed = [row for row in trials.planted if row.way == "changed" and row.kind in ("number", "place", "date")]
    assert changed
    assert all(row.after is not None and row.before is not None and row.after < row.before for row in changed)


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("the old harbour will close before winter", "the old harbour will delayed before winter", 2),
        ("the old harbour will close before winter", "the grand harbour will close before winter", 1),
        ("the old harbour will close before winter", "the old harbour will not close before winter", 2),
        ("before winter, so every boat must leave", "before winter, so every boat twelve leave", 0),
        ("close before winter", "close before winter", 0),
    ],
)
def test_who_bears_a_word_of_a_quote_has_it_in_its_place(old: str, new: str, count: int) -> None:
    """One of four origins has the whole sentence, one its end, and one the same words in another order."""
    texts = {
        "a": "“The old harbour will close before winter, so every boat must leave,” said the mayor.",
        "b": "The mayor said “the old harbour will close before winter” on Monday.",
        "c": "Harbour will close before winter, by the mayor's word.",
        "d": "Winter must close the old boat; before every harbour will leave, the mayor said so.",
        "a-copy": "“The old harbour will close before winter, so every boat must leave,” said the mayor.",
    }
    articles = {id_: made_article(id_, text) for id_, text in texts.items()}
    story = made_story({**{id_: f"o-{id_}" for id_ in texts}, "a-copy": "o-a"})
    assert bearers(story, articles, "a", (old, new)) == count


def test_words_of_a_quote_that_the_others_leave_out_are_not_changed() -> None:
    """Three origins have the quote's beginning, one its end: a change there would be nobody's to notice."""
    pool = replace(gather((), ()), words=("eventually", "openly", "quietly", "suddenly"))
    quote = "The harbour will certainly close before winter"
    texts = (
        f"“{quote}, and every fisherman must immediately abandon something,” said Anna Berg, the mayor of Ghent.",
        f"“{quote},” said Anna Berg, the mayor of Ghent, in a speech to the town's council.",
        f"In Ghent the mayor, Anna Berg, announced the end: “{quote}.” The council heard her out.",
    )
    told = hear("s", [made_article(str(n), text) for n, text in enumerate(texts)], load_settings())
    planters = (Planter(told, Choices.of(told, pool, Dice(seed))) for seed in range(12))
    plants = [plant for planter in planters for plant in planter.plants("wording", "changed")]
    assert {plant.article.id for plant in plants} == {"0", "1", "2"}
    assert all(bearers(told.story, told.articles, p.article.id, (p.old or "", p.new)) >= 2 for p in plants)
    assert all("immediately abandon something" in p.new for p in plants if p.article.id == "0")


def test_a_false_figure_never_agrees_with_the_true_one() -> None:
    """A range from 100 to 120 agrees with one from 50 to 120: then another factor is drawn."""
    texts = (
        "50 to 120 people were injured in the Oslo fire, doctors said.",
        "The mayor told reporters that the Oslo fire injured 50 to 120 people.",
        "In Oslo, a fire burned down a warehouse overnight; 50 to 120 people were injured.",
    )
    told = hear("s", [made_article(str(n), text) for n, text in enumerate(texts)], load_settings())
    planters = (Planter(told, Choices.of(told, gather((), ()), Dice(seed))) for seed in range(12))
    new = {plant.new.split()[0] for planter in planters for plant in planter.plants("number", "changed")}
    assert new == {"10", "20", "150", "250"}, "times 2 overlaps with the true range"


def test_a_table_holds_its_schema_and_counts_what_was_tried(trials: Trials) -> None:
    table = tabulate(trials, RUN)
    check("evaluation", table)
    assert sum(row["planted"] for row in table["fabrications"]) == len(trials.planted) == table["sampling"]["planted"]
    assert sum(row["articles"] for row in table["null_edits"]) == len(trials.null)
    assert all(row["alarmed"]["of"] == row["planted"] for row in table["fabrications"])


def test_the_page_shows_a_dumps_words_as_words(trials: Trials) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    planted = tuple(replace(row, new=hostile, article=hostile, alarmed=False) for row in trials.planted)
    page = render(tabulate(replace(trials, planted=planted), RUN))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_the_page_needs_nothing_but_itself(trials: Trials) -> None:
    page = render(tabulate(trials, RUN))
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(sha256(styles[0].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert re.search(r"\s(?:src|href|style|on\w+)=", page) is None
    assert re.search(r"url\(|@import", page) is None


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    output = tmp_path_factory.mktemp("evaluated")
    run = twosource("evaluate", str(folder("seeds")), "--output", str(output), "--plants", "20", "--date", "2026-01-03")
    return output, run


def test_the_command_leaves_table_page_and_diagram(evaluated: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    output, run = evaluated
    assert (run.returncode, run.stderr) == (0, "")
    assert {path.name for path in output.iterdir()} == {"evaluation.json", "evaluation.html", "reliability.svg"}
    table = json.loads((output / "evaluation.json").read_bytes())
    check("evaluation", table)
    assert table["run"]["date"] == "2026-01-03"
    assert table["message"] is None
    assert table["sampling"]["planted"] == 20
    assert str(output / "evaluation.json") in run.stdout


def test_the_same_dump_and_seed_give_the_same_bytes(
    evaluated: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    output, _ = evaluated
    copy = tmp_path / "copied seeds"
    copy.mkdir()
    for path in folder("seeds").glob("*.txt"):
        (copy / path.name).write_bytes(path.read_bytes())
    twosource("evaluate", str(copy), "--output", str(tmp_path / "again"), "--plants", "20", "--date", "2026-01-03")
    for path in output.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


def test_a_dump_without_a_story_of_three_origins_is_told_so(tmp_path: Path) -> None:
    dump = tmp_path / "one.jsonl"
    dump.write_text(
        json.dumps({"id": "1", "title": "Boats lost", "text": "The harbour lost twelve boats on Monday."}) + "\n"
    )
    run = twosource("evaluate", str(dump), "--output", str(tmp_path / "out"))
    assert run.returncode == 0
    assert run.stdout.startswith("No story of the dump has 3 independent origins or more")
    table = json.loads((tmp_path / "out" / "evaluation.json").read_bytes())
    check("evaluation", table)
    assert table["message"]
    assert table["calibration"]["brier"] is None
    assert [row["auroc"] for row in table["score_drop"]] == [None, None]
    assert "independent origins" in (tmp_path / "out" / "evaluation.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["no-such-dump"], 20, "no file, folder or glob match"),
        (["{dump}", "--date", "yesterday"], 2, "yesterday"),
        (["{dump}", "--plants", "0"], 2, "--plants"),
        (["{dump}", "--seed", "-1"], 2, "--seed"),
        (["{dump}", "--config", "no-such.toml"], 2, "no-such.toml"),
        (["{dump}", "--output", "{dump}"], 2, "is the dump"),
        ([], 2, "DUMP"),
    ],
)
def test_what_cannot_be_evaluated_ends_with_a_status_and_a_reason(
    arguments: list[str], status: int, says: str, tmp_path: Path
) -> None:
    dump = tmp_path / "dump"
    dump.mkdir()
    (dump / "a.txt").write_text("Boats lost\n\nThe harbour lost twelve boats.")
    run = twosource("evaluate", *[word.replace("{dump}", str(dump)) for word in arguments], cwd=tmp_path)
    assert (run.returncode, says in run.stderr) == (status, True), run.stderr
