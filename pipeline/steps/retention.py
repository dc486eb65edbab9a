"""What old nights leave that nobody needs any more; what an index points to and what the window needs stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import orjson

from pipeline.nights import days_between, night_folders
from pipeline.report import SITE
from pipeline.runs import Night
from pipeline.storage import remove_folder

_REVISION = re.compile(r"[0-9a-f]{16}", re.ASCII)


def prune(night: Night) -> list[Path]:
    """Remove intermediates and superseded revisions beyond what ``[retention]`` keeps; return the folders removed.

    Only for the holder of the output's lock. Intermediates are counted back from this night, so that a
    range of old nights finds the claims of those before it.
    """
    gone = [*_old_work(night), *_old_revisions(night)]
    for folder in gone:
        remove_folder(folder)
    return gone


def _old_work(night: Night) -> Iterator[Path]:
    """Yield the intermediates of nights too old for any window that a night from here on may look into."""
    days = max(night.settings.retention.nights, 2 * night.settings.window.days)
    for folder in sorted(night_folders(night.places.work.parent)):
        if folder.is_dir() and days_between(night.places.date, folder.name) > days:
            yield folder


def _old_revisions(night: Night) -> Iterator[Path]:
    """Yield the revisions that were superseded longest ago, of this night and those in its window."""
    dates = [night.places.date, *(earlier.places.date for earlier in night.earlier)]
    for receipts, work in ((night.places.output / date, night.places.work.parent / date) for date in dates):
        index = _index(receipts / "index.json")
        if index is not None:
            there = sorted(folder.name for folder in receipts.iterdir() if _REVISION.fullmatch(folder.name))
            line = [name for name in _line(index, work) if name in there]
            newest_first = [*line, *(name for name in there if name not in line)]
            kept = {index["supersedes"], *newest_first[: night.settings.retention.revisions + 1]}
            for name in (name for name in newest_first if name not in kept):
                yield receipts / name
                if (pages := receipts / f"{name}{SITE}").is_dir():
                    yield pages


def _line(index: dict[str, str], work: Path) -> Iterator[str]:
    """Yield the fingerprints of a night's revisions, the current one first, as far as it is known."""
    seen: set[str] = set()
    found: dict[str, str] | None = index
    while found is not None and found["fingerprint"] not in seen:
        seen.add(found["fingerprint"])
        yield found["fingerprint"]
        found = _index(work / f"index-{found['supersedes']}.json")


def _index(path: Path) -> dict[str, str] | None:
    with suppress(FileNotFoundError, ValueError, KeyError, TypeError):
        table = orjson.loads(path.read_bytes())
        return {name: table[name] for name in ("fingerprint", "supersedes")}
    return None
