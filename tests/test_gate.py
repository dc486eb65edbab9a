from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.models import ClaimKind
from tests.benchmarks import gate
from tests.benchmarks.figures import BENCHMARKS, Benchmark, Figure
from tests.benchmarks.gate import RegressionRefusedError, complaint, digest, limit, slack, table, update
from tests.benchmarks.pins import DOCUMENT, FLOORS, Pin, document_with, read_pins, write_pins
from tests.benchmarks.planted_edits import EQUAL_FORMS, FABRICATIONS, with_edits
from tests.benchmarks.sets import Measured
from tests.benchmarks.veracity import Judged, auc, auc_in_portals
from tests.made import made_article, made_claim

RECALL = Figure("recall", "what is found")
ERRORS = Figure("errors", "what is wrong", bound="ceiling")
SHOWN = Figure("shown", "only shown", bound=None)
FIGURES = {figure.name: figure for figure in (RECALL, ERRORS, SHOWN)}
ALL = {figure.name: figure for benchmark in BENCHMARKS for figure in benchmark.figures}
GOLDS = dict.fromkeys(FIGURES, "gold")
DAY = "2026-11-22"


def _measured(recall: float, errors: float = 0.1) -> dict[str, Measured]:
    return {"recall": Measured(recall, 1_000), "errors": Measured(errors, 1_000), "shown": Measured(0.5, 10)}


def _pinned(recall: float, errors: float = 0.1) -> dict[str, Pin]:
    return update(FIGURES, _measured(recall, errors), GOLDS, {}, DAY, allow_regression=False)


def _again(measured: dict[str, Measured], pins: dict[str, Pin], *, allow_regression: bool = False) -> dict[str, Pin]:
    return update(FIGURES, measured, GOLDS, pins, "2026-11-23", allow_regression=allow_regression)


def test_a_floor_lies_just_below_what_was_measured_and_a_ceiling_just_above() -> None:
    assert limit(RECALL, Measured(0.9, 1_000)) == 0.895
    assert limit(ERRORS, Measured(0.1, 1_000)) == 0.105
    assert limit(SHOWN, Measured(0.5, 10)) is None


def test_on_a_small_set_one_item_may_flip() -> None:
    assert slack(RECALL, Measured(0.9, 20)) == 1 / 20
    assert slack(replace(RECALL, slack=0.3), Measured(0.9, 20)) == 0.3


@pytest.mark.parametrize(
    ("measured", "says"),
    [
        (_measured(0.9), {}),
        (_measured(0.896, 0.104), {}),
        (_measured(0.89), {"recall": "below its floor"}),
        (_measured(0.9, 0.2), {"errors": "above its ceiling"}),
        (_measured(1.0, 0.0), {}),
    ],
)
def test_the_wrong_side_of_a_limit_is_named_and_nothing_else(
    measured: dict[str, Measured], says: dict[str, str]
) -> None:
    pins = _pinned(0.9)
    found = {name: complaint(figure, measured[name], "gold", pins[name]) for name, figure in FIGURES.items()}
    assert {name for name, wrong in found.items() if wrong} == set(says)
    assert all(words in (found[name] or "") for name, words in says.items())
    assert table(FIGURES, measured, GOLDS, pins)[1] == (not says)


def test_other_gold_fails_the_best_figure_with_a_hint() -> None:
    wrong = complaint(RECALL, Measured(1.0, 1_000), "other gold", _pinned(0.9)["recall"])
    assert wrong is not None
    assert "--update" in wrong


def test_a_figure_without_a_pin_fails() -> None:
    text, well = table(FIGURES, _measured(0.9), GOLDS, {})
    assert not well
    assert "not pinned" in text


def test_an_update_raises_a_floor() -> None:
    again = _again(_measured(0.95, 0.05), _pinned(0.9))
    assert (again["recall"].limit, again["errors"].limit) == (0.945, 0.055)
    assert again["recall"].date == "2026-11-23"


def test_an_update_within_the_slack_keeps_the_floor() -> None:
    """Else the floor would sink by the slack at every update."""
    again = _again(_measured(0.897, 0.103), _pinned(0.9))
    assert (again["recall"].limit, again["errors"].limit) == (0.895, 0.105)
    assert again["recall"].measured == 0.897


@pytest.mark.parametrize(("measured", "named"), [(_measured(0.8), "recall"), (_measured(0.9, 0.3), "errors")])
def test_an_update_refuses_to_lower_unless_told(measured: dict[str, Measured], named: str) -> None:
    with pytest.raises(RegressionRefusedError, match=f"^{named}$"):
        _again(measured, _pinned(0.9))
    lowered = _again(measured, _pinned(0.9), allow_regression=True)
    assert lowered[named].limit == limit(FIGURES[named], measured[named])


def test_the_digest_knows_names_bytes_and_no_order(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    (tmp_path / "b").write_bytes(b"two")
    first = digest(tmp_path, ["a", "b"])
    assert digest(tmp_path, ["b", "a"]) == first
    (tmp_path / "a").write_bytes(b"ones")
    assert digest(tmp_path, ["a", "b"]) != first


def test_pins_survive_the_file(tmp_path: Path) -> None:
    write_pins(tmp_path / "floors.json", _pinned(0.9))
    assert read_pins(tmp_path / "floors.json") == _pinned(0.9)
    assert read_pins(tmp_path / "nothing.json") == {}


def test_without_the_texts_the_gate_says_so_on_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gate, "SHARED", None)
    assert gate.main([]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_the_command_fails_below_a_floor_and_refuses_to_pin_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole way on a set of one file: pin, fall, refuse, and be told."""
    (tmp_path / "eval").mkdir()
    (tmp_path / "eval" / "gold").write_bytes(b"gold")
    (tmp_path / "quality.md").write_text("<!-- figures -->\n<!-- end of figures -->\n")
    value = [0.9]
    benchmark = Benchmark(lambda _: {"recall": Measured(value[0], 1_000)}, ("gold",), (RECALL,))
    for name, put in (
        ("SHARED", tmp_path),
        ("BENCHMARKS", (benchmark,)),
        ("FLOORS", tmp_path / "floors.json"),
        ("DOCUMENT", tmp_path / "quality.md"),
    ):
        monkeypatch.setattr(gate, name, put)
    assert gate.main([]) == 1
    assert gate.main(["--update"]) == 0
    assert "| `recall` | 0.9 | ≥ 0.895 |" in (tmp_path / "quality.md").read_text("utf-8")
    assert gate.main([]) == 0
    value[0] = 0.5
    assert gate.main([]) == 1
    assert gate.main(["--update"]) == 1
    assert json.loads((tmp_path / "floors.json").read_text("utf-8"))["recall"]["limit"] == 0.895
    assert gate.main(["--update", "--allow-regression"]) == 0
    assert gate.main([]) == 0
    assert "would lower recall" in capsys.readouterr().err


def test_every_figure_is_pinned_as_it_is_defined() -> None:
    pins = read_pins(FLOORS)
    assert list(pins) == list(ALL)
    assert {name: (pin.unit, pin.definition) for name, pin in pins.items()} == {
        name: (figure.unit, figure.definition) for name, figure in ALL.items()
    }
    assert {name for name, pin in pins.items() if pin.limit is None} == {
        name for name, figure in ALL.items() if figure.bound is None
    }


def test_the_document_shows_what_is_pinned() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert text == document_with(text, ALL, read_pins(FLOORS))


@pytest.mark.parametrize(
    ("fabrication", "kind", "words", "value"),
    [
        ("number", "quantity", "1,200 boats", {}),
        ("number", "quantity", "three boats", {}),
        ("place", "place", "Ghent", {"name": "Ghent"}),
        ("day", "date", "on Tuesday", {}),
        ("day", "date", "5 May", {}),
        ("person", "person_role", "Ola Brandt", {"person": "Ola Brandt"}),
        ("quote_word", "quote", "the harbour will close before next week", {"words": ""}),
        ("quote_negated", "quote", "the harbour will close before next week", {"words": ""}),
    ],
)
def test_a_fabrication_is_put_in_everywhere_and_always_the_same(
    fabrication: str, kind: ClaimKind, words: str, value: dict[str, str]
) -> None:
    claim_kind, make = FABRICATIONS[fabrication]
    claim = made_claim(kind, value)
    edits = make(claim, words)
    assert claim_kind == kind
    assert edits is not None
    assert make(claim, words) == edits
    changed = with_edits(made_article("a", f"{words}, {words}; {words}s"), edits)
    assert changed.text.count(edits[0][1]) >= 2
    assert re.search(rf"(?<!\w){words}(?!\w)", changed.text) is None


@pytest.mark.parametrize(
    ("form", "text", "rewritten"),
    [
        ("percent", "5% of 7%", "5 per cent of 7 per cent"),
        ("percent", "5 percent of 7 per cent", "5% of 7%"),
        ("thousands", "1,500 of 12,000 in 1,950", "1500 of 12,000 in 1,950"),
        ("quote_marks", 'He said "it\'s so".', "He said “it’s so”."),
        ("quote_marks", "He said “it’s so”.", 'He said "it\'s so".'),
        ("paragraphs", "T\n\na\n\nb\n\nc\n\nd\n\ne", "T\n\na\n\nb\n\nc\n\ne\n\nd"),
    ],
)
def test_an_equal_form_changes_only_the_form(form: str, text: str, rewritten: str) -> None:
    assert EQUAL_FORMS[form](made_article("a", text)).text == rewritten


def test_the_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    judged = [Judged(80, True, "a"), Judged(60, True, "b"), Judged(60, False, "a"), Judged(40, False, "b")]
    assert auc(judged) == 3.5 / 4
    assert auc_in_portals(judged) == 1.0
    assert auc(judged[:2]) == 0.5
