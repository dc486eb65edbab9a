"""What a run is: its inputs, their fingerprints, and the folders that follow from these."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.digests import code_digest, file_digest, lines_digest
from pipeline.ingest import DumpFile, DumpMissing, plan
from pipeline.nights import FORM
from pipeline.report import SITE
from pipeline.settings import Settings, fingerprinted, load_settings
from pipeline.storage import is_remote, location
from pipeline.store import read_manifest

INGEST, CLAIMS, SHELF, STORIES, CORROBORATION, SCORE, REPORT = (
    "ingest",
    "claims",
    "shelf",
    "stories",
    "corroboration",
    "score",
    "report",
)

# The stages in their order, with the sections of the config that each is given; none named: all.
# A stage also depends on the stages before it, so that an early section is not repeated later.
_SECTIONS: dict[str, tuple[str, ...]] = {
    INGEST: ("ingest",),
    CLAIMS: ("claims",),
    SHELF: (),
    STORIES: (),
    CORROBORATION: (),
    SCORE: (),
    REPORT: (),
}
FINGERPRINT_DIGITS = 16  # hexadecimal: 64 bits, ample for the revisions of one night
_LEFT_BY_RUNS = re.compile(
    rf"{FORM}/(?:index\.json|run_metrics\.json|[0-9a-f]{{{FINGERPRINT_DIGITS}}}(?:{SITE})?/.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a run writes; small enough to travel with every shard."""

    output: Path
    date: str  # YYYY-MM-DD
    stages: tuple[tuple[str, str], ...]  # stage and its fingerprint, in the order of the stages

    @property
    def fingerprint(self) -> str:
        """The run's fingerprint, which names the revision: that of the last stage."""
        return self.stages[-1][1]

    @property
    def receipts(self) -> Path:
        """The folder of the index and of the revisions."""
        return self.output / self.date

    @property
    def index(self) -> Path:
        """The file whose presence, with our fingerprint, means "done"."""
        return self.receipts / "index.json"

    @property
    def metrics(self) -> Path:
        """The file of timings: the only one that knows a clock."""
        return self.receipts / "run_metrics.json"

    @property
    def revision(self) -> Path:
        """The folder of everything that the index lists."""
        return self.receipts / self.fingerprint

    @property
    def work(self) -> Path:
        """The folder of this night's intermediates."""
        return self.output / ".work" / self.date

    def stage_fingerprint(self, stage: str) -> str:
        """Return the fingerprint of one stage: of its code, its settings and all that it reads."""
        return dict(self.stages)[stage]

    def stage(self, stage: str) -> Path:
        """Return the folder of one stage's intermediates."""
        return self.work / f"{stage}-{self.stage_fingerprint(stage)}"

    def is_finished(self, stage: str) -> bool:
        """Return whether a stage has left all its files, for these very inputs."""
        return read_manifest(self.stage(stage), self.stage_fingerprint(stage)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A night whose claims another night is held against."""

    places: Places
    dump: str  # digest of its dump, SHA-256


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A dump as it was found."""

    files: tuple[DumpFile, ...]
    stamps: tuple[tuple[int, int], ...]  # size and modification time (ns) of each file when it was digested
    digest: str  # of the dump's names and bytes, SHA-256


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """One run: a dump, the settings and the date, and where it leaves what it finds."""

    places: Places
    settings: Settings
    dump: str  # digest of the dump's names and bytes, SHA-256
    earlier: tuple[Earlier, ...]  # the other nights of its window, oldest first
    files: tuple[DumpFile, ...] = ()  # none for a night whose dump was read by another run
    stamps: tuple[tuple[int, int], ...] = ()  # size and modification time (ns) of each file when it was digested


@cache
def read_inputs(dump: str, output: str) -> Inputs:
    """Digest a dump; raises DumpMissing. A process looks at it once: all stages of a run see the same one."""
    files = dump_files(dump, output)
    stamps = file_stamps(files)
    return Inputs(files=files, stamps=stamps, digest=dump_digest(files))


@cache
def read_settings(config: str) -> Settings:
    """Return the settings with a config laid over them, none if empty; raises ConfigError. Read once a process, like the dump."""
    return load_settings(config or None)


def dump_files(dump: str, output: str) -> tuple[DumpFile, ...]:
    """Return the files of the dump, without what runs wrote where the output lies inside it.

    A dump inside the output is meant as it is; where both are one folder, what runs leave is told
    by its names. Raises DumpMissing.
    """
    files = plan(dump)
    if is_remote(location(output)):
        return files  # no dump lies on an object store
    own, root = _spelled_out(output), _spelled_out(dump)
    if own in root.parents:
        return files
    others = tuple(file for file in files if not _is_left_by_runs(_spelled_out(file.path), own, shared=root == own))
    if not others:
        raise DumpMissing(f"dump {dump!r}: holds nothing but the output of runs; check --dump")
    return others


def _spelled_out(path: str | Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - ".." goes, links stay: pathlib does neither or both


def _is_left_by_runs(path: Path, output: Path, *, shared: bool) -> bool:
    if not path.is_relative_to(output):
        return False
    return not shared or _LEFT_BY_RUNS.fullmatch(path.relative_to(output).as_posix()) is not None


def dump_digest(files: Sequence[DumpFile]) -> str:
    """Return the SHA-256 of the sorted names and contents of a dump's files; where they lie is no part of it."""
    return lines_digest(f"{file.name}\0{_dump_file_digest(file.path)}" for file in sorted(files))


def file_stamps(files: Sequence[DumpFile]) -> tuple[tuple[int, int], ...]:
    """Return size and modification time of each file: differs when a file was changed meanwhile. Never raises."""
    return tuple(_stamp(file.path) for file in files)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        state = path.lstat()
    except OSError:  # gone, or a path longer than the system takes: reading it will say so
        return -1, -1
    return state.st_size, state.st_mtime_ns


def method_digest(settings: Settings) -> str:
    """Return the SHA-256 of the program and of the settings that decide about bytes."""
    return lines_digest([code_digest(), _given(settings)[REPORT]])  # which is given all


@cache  # a run asks some fifty times: each stage opens the night, and looks at the nights around it
def _given(settings: Settings) -> dict[str, str]:
    """Return the sections of the config that each stage is given, as JSON."""
    table = fingerprinted(settings)
    chosen = {
        stage: {section: table[section] for section in sections or table} for stage, sections in _SECTIONS.items()
    }
    return {stage: json.dumps(sections, sort_keys=True) for stage, sections in chosen.items()}


def stage_fingerprints(
    settings: Settings, date: str, dump: str, earlier: Iterable[tuple[str, str]] = ()
) -> tuple[tuple[str, str], ...]:
    """Return each stage with its fingerprint; ``earlier`` are the other nights of the window, with their dumps' digests."""
    before = lines_digest([code_digest(), dump, date])
    found = []
    for stage, sections in _given(settings).items():
        nights = [f"{night} {digest}" for night, digest in earlier] if stage == STORIES else []
        before = lines_digest([before, stage, sections, *nights])
        found.append((stage, before[:FINGERPRINT_DIGITS]))
    return tuple(found)


def follow_up(fingerprint: str, night: str, scores: str) -> str:
    """Return the fingerprint of a revision that takes scores of a later night into the revision before it."""
    return lines_digest([fingerprint, night, scores])[:FINGERPRINT_DIGITS]


def _dump_file_digest(path: Path) -> str:
    """Return the digest of a file's bytes; of a pipe, a device, a dead link or a forbidden file, a word for it."""
    kind = "link:" if os.path.islink(path) else ""  # noqa: PTH114 - never raises
    try:
        return kind + (file_digest(path) if path.is_file() else "no-file")
    except OSError:
        return f"{kind}unreadable"
