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
        if (
            path.is_fifo() or path.is_char_device()
        ):  # "<(...)" of a shell can be read once, a run reads its config again
            raise ConfigError(f"{path}: a pipe or device, not a file; write it to a file for {option}")
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except ConfigError:
        raise
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 ({error.reason}, byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{path}: can't be read ({error.strerror}); check {option}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: nested too deeply; a config has two levels") from error
    except ValueError as error:  # not TOML, or a number of thousands of digits
        raise ConfigError(f"{path}: not TOML ({error}); mend that line") from error


def meant(key: str, known: Iterable[str], prefix: str = "") -> str:
    """Return "; did you mean ...?" with the nearest known key, nothing if none is near."""
    near = difflib.get_close_matches(key, list(known), n=1)
    return f"; did you mean {prefix}{near[0]}?" if near else ""
