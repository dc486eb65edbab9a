"""The shape of the code: which way imports run, and how long a file and a function may be."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "pipeline"
FILES = sorted(PACKAGE.rglob("*.py"))
NAMES = [path.relative_to(PACKAGE).as_posix() for path in FILES]
MAX_FILE, MAX_FUNCTION = 300, 40  # lines; a function's without its docstring

# Rooms from the ground up. A room may use those on lower floors, and its own.
FLOORS = (
    ("version", "arrow", "blas", "collector", "faults", "record", "remembered", "nights", "terminal"),
    ("models", "resources", "extras"),
    ("text", "moments", "settings", "columns", "lock", "digests", "storage"),
    ("store", "engines", "rarity", "ledger", "shown"),
    ("ingest", "claims", "stories", "corroboration", "scoring", "report"),
    ("published",),
    ("runs", "progress", "events", "textfile", "site", "changes", "exports", "evaluation", "verification"),
    ("company",),
    ("window",),
    ("steps",),
    ("commands", "parameters", "interruption"),
    ("tasks", "cli"),
    ("__init__",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
LUIGI_IS_KNOWN_TO = {"tasks", "parameters"}


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module is not None
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _rooms_used(path: Path) -> set[str]:
    return {name.split(".")[1] for name in _imported(path) if name.startswith("pipeline.")}


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef))


def _lines(function: ast.FunctionDef) -> int:
    first, *rest = function.body
    documented = ast.get_docstring(function) is not None and rest
    assert function.end_lineno is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return function.end_lineno - function.lineno + 1 - docstring


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_room_uses_only_rooms_on_lower_floors(path: Path) -> None:
    room = _room(path)
    assert {used for used in _rooms_used(path) - {room} if FLOOR[used] >= FLOOR[room]} == set()


def _bound(path: Path) -> Iterator[str]:
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_room_gives_each_of_its_constants_one_value(path: Path) -> None:
    assert [name for name, times in Counter(_bound(path)).items() if times > 1] == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_only_the_tasks_know_luigi(path: Path) -> None:
    uses = any(name.split(".")[0] == "luigi" for name in _imported(path))
    assert uses == (_room(path) in LUIGI_IS_KNOWN_TO)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_functions_are_short(path: Path) -> None:
    assert {function.name: _lines(function) for function in _functions(path) if _lines(function) > MAX_FUNCTION} == {}


def test_files_are_short_those_of_tests_too() -> None:
    files = [*FILES, *sorted((ROOT / "tests").rglob("*.py"))]
    lines = {path.name: len(path.read_text("utf-8").splitlines()) for path in files}
    assert {name: number for name, number in lines.items() if number > MAX_FILE} == {}
