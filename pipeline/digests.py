"""SHA-256 of files, of lines, and of the code itself: what fingerprints are made of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pipeline.resources import folder
from pipeline.version import VERSION


def lines_digest(lines: Iterable[str]) -> str:
    """Return the SHA-256 of some lines, hexadecimal; bytes that are no UTF-8 may be in them as surrogates."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode("utf-8", "surrogateescape") + b"\n")
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, hexadecimal; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def code_digest() -> str:
    """Return the SHA-256 of the version and of all that decides about the result beside dump and config."""
    package = Path(__file__).resolve().parent
    named = [(f"pipeline/{path.relative_to(package).as_posix()}", path) for path in package.rglob("*.py")]
    for name, pattern in (("config", "*.toml"), ("config", "lexicon/*.csv"), ("schemas", "*.json")):
        named += [(f"{name}/{path.relative_to(folder(name)).as_posix()}", path) for path in folder(name).glob(pattern)]
    return lines_digest([VERSION, *(f"{name}\0{file_digest(path)}" for name, path in sorted(named))])
