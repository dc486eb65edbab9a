"""The files of a night: those of the receipt are there as they were, inside the folder, and no others."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.report import SITE, revision_files
from pipeline.verification.violation import Violation

INDEX = "index.json"
_BESIDE = frozenset({INDEX, "run_metrics.json"})
REVISION = re.compile(r"[0-9a-f]{16}")  # how the folder of a revision is named


def verify_paths(index: dict[str, Any]) -> Iterator[Violation]:
    """Yield paths of the receipt that aren't those of its revision, or lead out of it."""
    if index["files"] != revision_files(index["fingerprint"]):
        yield Violation(INDEX, "the paths are not those of this revision @ $.files")
    for path in sorted(index["sha256"]):
        if not _inside(path, index["fingerprint"]):
            yield Violation(INDEX, f"{path!r} leads out of this revision @ $.sha256")
    for kind, path in sorted(index["files"].items()):
        if kind != "reports" and path not in index["sha256"]:
            yield Violation(INDEX, f"no digest of {path} @ $.sha256")


def verify_files(folder: Path, index: dict[str, Any]) -> Iterator[Violation]:
    """Yield files that are missing or changed, and those that nothing mentions."""
    for path, digest in sorted(index["sha256"].items()):
        yield from _digest(folder, path, digest)
    yield from _extra(folder, index)


def _inside(path: str, fingerprint: str) -> bool:
    parts = path.split("/")
    return parts[0] == fingerprint and len(parts) > 1 and not {"", ".", ".."} & set(parts) and "\0" not in path


def _digest(folder: Path, path: str, wanted: str) -> Iterator[Violation]:
    if any((folder / part).is_symlink() for part in (Path(path), *Path(path).parents[:-1])):
        yield Violation(path, "is a link, or lies behind one")
        return
    try:
        with (folder / path).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        yield Violation(path, f"listed in the index, but can't be read: {error.strerror}")
        return
    if found != wanted:
        yield Violation(path, f"sha256 {found}, the index says {wanted}")


def _extra(folder: Path, index: dict[str, Any]) -> Iterator[Violation]:
    listed, fingerprint = index["sha256"], index["fingerprint"]
    for entry in sorted(folder.iterdir()):
        if entry.name in _BESIDE or (REVISION.fullmatch(entry.name.removesuffix(SITE)) and entry.is_dir()):
            continue  # revisions that this one supersedes have no receipt any more
        yield Violation(entry.name, "nothing that a run leaves")
    for parent, folders, names in os.walk(folder / fingerprint):
        for name in sorted((*names, *(name for name in folders if Path(parent, name).is_symlink()))):
            path = Path(parent, name).relative_to(folder).as_posix()
            if path not in listed:
                yield Violation(path, "not listed in the index")
