"""The options of the tasks: each refuses, with status 2, what no run could use.

Loaded before any task is defined, this registers Luigi's config too: Luigi reads defaults of parameters from it.
"""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import NoReturn

import luigi
from luigi.cmdline_parser import CmdlineParser
from luigi.configuration import add_config_path
from luigi.interface import core
from luigi.task_register import TaskClassNotFoundException

from pipeline.resources import folder
from pipeline.runs import read_settings
from pipeline.settings import ConfigError
from pipeline.storage import StorageError, location

BAD_ARGUMENTS, FAILED, NOT_SCHEDULED = 2, 30, 40  # exit statuses, as in the contract and in config/luigi.cfg


def _register_luigi_config() -> None:
    """Have Luigi read our config, then the operator's again: the last file wins."""
    ours = folder("config") / "luigi.cfg"
    if not ours.is_file():
        raise FileNotFoundError(f"{ours} is missing: without it Luigi exits 0 on failure; reinstall twosource")
    for path in (ours, Path("luigi.cfg"), Path(os.environ.get("LUIGI_CONFIG_PATH", ""))):
        if path.is_file():
            add_config_path(str(path))  # type: ignore[no-untyped-call]  # luigi's own


class DayParameter(luigi.DateParameter):
    """A day, YYYY-MM-DD; anything else on the command line ends the program with status 2."""

    def parse(self, s: str) -> datetime.date:
        """Return the day that a string names."""
        try:
            return datetime.date.fromisoformat(s)
        except ValueError:
            refuse(f"--date {s!r}: not a day; write YYYY-MM-DD")


class ConfigParameter(luigi.Parameter):
    """A TOML file; one that can't be used ends the program with status 2."""

    def parse(self, x: str) -> str:
        """Return the path as it is, once the file proved usable."""
        try:
            read_settings(x)
        except ConfigError as error:
            refuse(str(error))
        return x


class OutputParameter(luigi.Parameter):
    """A folder or a URL; one that nothing installed can write to ends the program with status 2."""

    def parse(self, x: str) -> str:
        """Return the place as it is, once it is known how to write there."""
        try:
            location(x)
        except StorageError as error:
            refuse(f"--output {error}")
        return x


def refuse_unusable_options(*paths: str) -> None:
    """End the program if an option was given an empty value, which Luigi takes for none, or one that nothing can be done with.

    An unset shell variable must not score the sample and end with 0. ``paths``: those of the task, of which none may be
    relative where the working directory is gone.
    """
    parser = CmdlineParser.get_instance()  # type: ignore[no-untyped-call]  # luigi's own
    for name in ("dump", "output", "date", "config"):
        if parser is not None and getattr(parser.known_args, name, None) == "":
            refuse(f"--{name} is empty (an unset variable?): give it a value, or leave it out")
    if (workers := core().workers) < 1:  # type: ignore[no-untyped-call]  # luigi's own
        refuse(f"--workers {workers}: nobody would do the work; give it 1 or more, or leave it out")
    if any(path and "://" not in path and not Path(path).is_absolute() for path in paths):
        try:
            Path.cwd()
        except FileNotFoundError:
            refuse(
                "the working directory is gone: change to another, or give --dump, --output and --config from the root"
            )


def answer_mistyped_tasks() -> None:
    """Have a task that is not there answered with one line and status 2, where Luigi ends with a traceback."""
    usual = sys.excepthook

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, TaskClassNotFoundException):
            usual(kind, error, trace)
            return
        sys.stderr.write(f"no such task: {_named(str(error))}; use ScoreAll or BuildSite\n")
        sys.stderr.flush()
        os._exit(BAD_ARGUMENTS)  # the interpreter's own status after this hook would be 1

    sys.excepthook = told


def _named(message: str) -> str:
    """Return the name that Luigi looked for: "No task X. Did you mean ..."."""
    return message.removeprefix("No task ").split(". ")[0]


def refuse(message: str, status: int = BAD_ARGUMENTS) -> NoReturn:
    """End the program with a message and a status."""
    sys.stderr.write(f"{message}\n")
    raise SystemExit(status)


_register_luigi_config()
answer_mistyped_tasks()  # Luigi looks the task up right after it has imported us
