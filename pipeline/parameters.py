"""The options of the tasks: each refuses, with status 2, what no run could use."""

from __future__ import annotations

import datetime
import sys
from typing import NoReturn

import luigi
from luigi.cmdline_parser import CmdlineParser

from pipeline.settings import ConfigError, load_settings
from pipeline.storage import StorageError, location

BAD_ARGUMENTS, FAILED = 2, 30  # exit statuses, as in the contract and in config/luigi.cfg


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
            load_settings(x or None)
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


def refuse_empty_options() -> None:
    """End the program if an option was given an empty value, which Luigi takes for none.

    An unset shell variable must not score the sample and end with 0.
    """
    parser = CmdlineParser.get_instance()  # type: ignore[no-untyped-call]  # luigi's own
    for name in ("dump", "output", "date", "config"):
        if parser is not None and getattr(parser.known_args, name, None) == "":
            refuse(f"--{name} is empty (an unset variable?): give it a value, or leave it out")


def refuse(message: str, status: int = BAD_ARGUMENTS) -> NoReturn:
    """End the program with a message and a status."""
    sys.stderr.write(f"{message}\n")
    raise SystemExit(status)
