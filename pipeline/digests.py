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
    rooms = [("pipeline", Path(__file__).resolve().parent, "**/*.py"), ("schemas", folder("schemas"), "*.json")]
    rooms += [("config", folder("config"), pattern) for pattern in ("*.toml", "lexicon/*.csv")]
    named: dict[str, Path] = {}
    for name, root, pattern in rooms:
        above = len(root.as_posix())  # cut off as text: pathlib takes longer over 440 paths than hashing what they hold
        named |= {name + path.as_posix()[above:]: path for path in root.glob(pattern)}
    digests = [f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}" for name, path in sorted(named.items())]
    return lines_digest([VERSION, *digests])
