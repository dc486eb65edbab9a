"""Config files as they are written: TOML, or an error that names the file."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any


class ConfigError(ValueError):
    """A config file that can't be used; the message names file, key and what to do."""


def read_toml(path: Path, option: str = "--config") -> dict[str, Any]:
    """Return the table of a TOML file; raise ConfigError, which names the option that led here."""
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise ConfigError(f"{path}: can't be read ({error.strerror}); check {option}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: nested too deeply; a config has two levels") from error
    except ValueError as error:  # not TOML, not UTF-8, or a number of thousands of digits
        raise ConfigError(f"{path}: not TOML ({error}); mend that line") from error


def meant(key: str, known: Iterable[str], prefix: str = "") -> str:
    """Return "; did you mean ...?" with the nearest known key, nothing if none is near."""
    near = difflib.get_close_matches(key, list(known), n=1)
    return f"; did you mean {prefix}{near[0]}?" if near else ""
