from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.corroboration.levels import LEVELS
from pipeline.ingest.reasons import HINTS
from pipeline.report import check, check_laws
from pipeline.resources import words
from tests.command import environment
from tests.excerpt import BLOCK, GOLDEN, UNRELIABLE, excerpt, golden, read_reports, score_seeds

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RULES = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "docs" / "report.md",
    ROOT / "docs" / "rules.md",
    ROOT / "docs" / "quarantine.md",
]
PROSE = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
RUNNABLE = [
    (path.name, language, code)
    for path in PROSE
    for language, code in re.findall(
        r"<!-- run -->\n```(bash|python)\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL
    )
]
DOCUMENTED_RULE = r"^\| `([a-z0-9_.-]+)` \|"
DOCUMENTED = re.findall(DOCUMENTED_RULE, RULES, re.MULTILINE)
FAMILIES = "quantity|date|place|person_role|quote|attribution|statement|boilerplate|repair|origin|duplicate|score|claims|origins|coverage"
RULE_ID = re.compile(rf"(?:{FAMILIES})\.[a-z]+(?:-[a-z]+)*")


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the index, after the real command was run on the sample dump."""
    return score_seeds(tmp_path_factory.mktemp("night"))


def _files(night: Path) -> dict[str, Path]:
    files: dict[str, str] = json.loads((night / "index.json").read_bytes())["files"]
    return {name: night / path for name, path in files.items()}


def _rows(night: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _files(night)[name].read_bytes().splitlines()]


@pytest.mark.parametrize(("language", "code"), [row[1:] for row in RUNNABLE], ids=[row[0] for row in RUNNABLE])
def test_what_a_document_prints_runs_as_printed_and_says_something(night: Path, language: str, code: str) -> None:
    if "jq " in code and shutil.which("jq") is None:
        pytest.skip("jq is not installed")
    if "import duckdb" in code:
        pytest.importorskip("duckdb", reason="duckdb is not installed")
    command = ["bash", "-euo", "pipefail", "-c", code] if language == "bash" else [sys.executable, "-c", code]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # as in an active environment
    done = subprocess.run(
        command, cwd=night.parents[1], env=environment({"PATH": path}), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.strip().splitlines()) > 1


def test_the_readme_has_examples_for_three_tools() -> None:
    assert {"jq", "pandas", "duckdb"} == {
        name for name in ("jq", "pandas", "duckdb") if any(name in code for _, _, code in RUNNABLE)
    }


def test_the_test_command_follows_its_mark() -> None:
    found = re.search(r"<!-- test command -->\n```bash\n(.+)\n```", README)
    assert found
    assert found[1] == "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"


def test_the_excerpt_in_the_readme_is_what_the_command_writes(night: Path) -> None:
    """When scores changed on purpose: python -m tests.excerpt."""
    report = next(report for report in read_reports(night) if report["article"]["id"] == UNRELIABLE)
    assert BLOCK.findall(README) == [excerpt(report)]


def test_the_unreliable_articles_report_is_the_golden_one(night: Path) -> None:
    """When scores changed on purpose: python -m tests.excerpt, and a line under "Scores change"."""
    report = next(report for report in read_reports(night) if report["article"]["id"] == UNRELIABLE)
    assert golden(report) == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_every_file_of_a_real_night_holds_its_schema_and_every_report_its_laws(night: Path) -> None:
    check("index", json.loads((night / "index.json").read_bytes()))
    check("summary", json.loads(_files(night)["summary"].read_bytes()))
    for name, schema in (("scores", "score-row"), ("claims", "claim-row"), ("quarantine", "quarantine")):
        for row in _rows(night, name):
            check(schema, row)  # type: ignore[arg-type]  # the three names are schemas
    reports = read_reports(night)
    assert len(reports) == 5
    for report in reports:
        check("report", report)
        check_laws(report)


def test_the_samples_unreliable_article_stands_under_40_and_20_below_the_next(night: Path) -> None:
    scores = {row["article"]: row["score"] for row in _rows(night, "scores")}
    unreliable = scores.pop(UNRELIABLE)
    assert unreliable < 40
    assert min(scores.values()) - unreliable >= 20


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_inside_the_project_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_readme_says_that_it_never_measures_truth() -> None:
    assert "It measures corroboration, never truth." in README.split("## Try it")[0]


@pytest.mark.parametrize("section", RULES.split("\n## ")[1:], ids=lambda section: section.split(":")[0].strip())
def test_each_rule_is_documented_once_in_its_section(section: str) -> None:
    rules = re.findall(DOCUMENTED_RULE, section, re.MULTILINE)
    assert rules
    assert sorted(rules) == sorted(set(rules))


def test_every_reason_of_the_quarantine_is_explained_with_its_hint() -> None:
    text = (ROOT / "docs" / "quarantine.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+\.[a-z-]+)` \| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE)
    assert {code: hint for code, _, hint in rows} == HINTS
    assert all(f"| `{code}` | {wrong} |" in RULES for code, wrong, _ in rows)
    assert set(re.findall(r"^\| `(duplicate\.[a-z-]+)`", text, re.MULTILINE)) == {
        rule for rule in DOCUMENTED if rule.startswith("duplicate.")
    }
    assert {genre for genre in words("genres", "genre") if f"| `{genre}` |" not in text} == set()


def test_levels_reasons_and_boilerplate_rules_are_all_documented() -> None:
    levels = {level.name for table in LEVELS.values() for level in table}
    assert levels | set(HINTS) | words("boilerplate", "rule") <= set(DOCUMENTED)


def _literals() -> set[str]:
    """Every string in the code that looks like the id of a rule; beginnings of ids aside."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "pipeline").rglob("*.py")]
    strings = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {text for text in strings if isinstance(text, str) and RULE_ID.fullmatch(text)}


def test_every_id_that_the_code_spells_out_is_documented() -> None:
    undocumented = _literals() - set(DOCUMENTED)
    assert {text for text in undocumented if not any(rule.startswith(f"{text}-") for rule in DOCUMENTED)} == set()


def test_every_rule_that_a_real_night_names_is_documented(night: Path) -> None:
    reports = read_reports(night)
    rules = {claim["rule"] for report in reports for claim in report["claims"]}
    rules |= {row["level"] for report in reports for claim in report["claims"] for row in claim["evidence"]}
    rules |= {row["rule"] for report in reports for row in report["score"]["ledger"]}
    rules |= {mark["rule"] for report in reports for mark in report["article"]["boilerplate"]}
    assert rules <= set(DOCUMENTED)
