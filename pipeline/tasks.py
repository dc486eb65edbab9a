"""The Luigi chain: dump → articles → claims → stories → findings → scores → reports and index.

One task a stage. A task says what is complete and runs its step; shards, files and processes are
the steps' business. Only this module and the parameters import luigi.
"""

from __future__ import annotations

import datetime
import json
import logging
import time
from abc import abstractmethod
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from typing import ClassVar

import luigi
from luigi.interface import PidLockAlreadyTakenExit

from pipeline import runs
from pipeline.events import PlainFaults, log_as, tell
from pipeline.ingest import DumpMissing
from pipeline.interruption import stop_with_a_line
from pipeline.lock import OutputBusyError, hold
from pipeline.parameters import (
    FAILED,
    NOT_SCHEDULED,
    ConfigParameter,
    DayParameter,
    OutputParameter,
    refuse,
    refuse_unusable_options,
)
from pipeline.progress import Stopwatch, Watched, record_metrics
from pipeline.resources import folder
from pipeline.runs import Night, dump_files, read_inputs
from pipeline.steps.claims import extract_claims
from pipeline.steps.closing import close_night
from pipeline.steps.frame import Progress, Watch
from pipeline.steps.ingest import ingest_dump
from pipeline.steps.retention import prune
from pipeline.steps.settling import publish_window, score_through
from pipeline.steps.site import build_night_site, is_site_built, site_folder
from pipeline.storage import location, lock_file
from pipeline.terminal import ready_streams, say
from pipeline.window import nights_around, open_night

_log = logging.getLogger("luigi-interface")
_log.addFilter(PlainFaults())
ready_streams()


class Dump(luigi.ExternalTask):
    """The dump, which others put where it lies."""

    path = luigi.Parameter()
    beside = luigi.Parameter(description="the output, which is no part of the dump")

    def complete(self) -> bool:
        """Return whether there is a file to read; say what is missing."""
        try:
            dump_files(self.path, self.beside)
        except DumpMissing as error:
            _log.error("%s", error)
            return False
        return True


class Stage(luigi.Task):
    """One stage of one night; complete once its manifest is written and its shards are there."""

    # The first parameter is what Luigi's RangeDaily sets.
    date = DayParameter(
        default=datetime.datetime.now(datetime.UTC).date(), description="night of the dump; default: today (UTC)"
    )
    dump = luigi.Parameter(
        default=str(folder("seeds")),
        description="file, folder or glob to score, {date} in it being the night; default: the sample dump",
    )
    # A parameter hides Task.output: the command's --output is a contract, and complete() asks for no target.
    output = OutputParameter(default="./reports", description="folder or URL to write to; default: ./reports")  # type: ignore[assignment]
    config = ConfigParameter(default="", description="TOML file laid over config/scoring.toml")

    stage: ClassVar[str]
    before: ClassVar[type[luigi.Task]]

    @property
    def night(self) -> Night:
        """The run that the parameters and the dump determine; raises DumpMissing."""
        return open_night(self.dump_path, self.output, self.date.isoformat(), self.config)

    @property
    def dump_path(self) -> str:
        """The dump, with the night where its path says ``{date}``."""
        return str(self.dump).replace("{date}", self.date.isoformat())

    @property
    def priority(self) -> int:  # type: ignore[override]  # Luigi reads it, and lets it be a property
        """Of several nights, the oldest comes first: the next ones are held against it."""
        return (datetime.date.max - self.date).days

    @abstractmethod
    def step(self, night: Night, watch: Watch) -> Progress:
        """Do the stage's work."""

    def requires(self) -> list[luigi.Task]:
        """Need the stage before, for the same night."""
        return [self.clone(self.before)]  # type: ignore[no-untyped-call]  # luigi's own

    def complete(self) -> bool:
        """Return whether the stage is finished for these very inputs."""
        try:
            places = self.night.places
        except DumpMissing:
            return False
        return places.is_finished(self.stage)

    def run(self) -> None:
        """Do the stage's work, show how far it is, and note what it took."""
        night, clock = self.night, Stopwatch()
        who = {"stage": self.task_family, "night": night.places.date, "fingerprint": night.places.fingerprint}
        log_as(night.settings.operation.log)
        tell("stage started", **who)
        try:
            progress = self.step(night, Watched(self.task_family, self.set_progress_percentage))
        except BaseException as error:
            tell("stage failed", **who, error=f"{type(error).__name__}: {error}")
            raise
        metrics = clock.reading() | asdict(progress)
        record_metrics(night.places.metrics, night.places.fingerprint, self.task_family, metrics)
        tell("stage finished", **who, **metrics)
        _log.info("%s: %s", self.task_family, json.dumps(metrics))


class IngestDump(Stage):
    """Dump files to articles, duplicates and a quarantine."""

    stage = runs.INGEST

    def requires(self) -> list[luigi.Task]:
        """Need the dump."""
        return [Dump(path=self.dump_path, beside=self.output)]  # type: ignore[no-untyped-call]  # luigi's own

    def step(self, night: Night, watch: Watch) -> Progress:
        """Read the dump."""
        return ingest_dump(night, watch)


class ExtractClaims(Stage):
    """Articles to claims."""

    stage, before = runs.CLAIMS, IngestDump

    def step(self, night: Night, watch: Watch) -> Progress:
        """Extract the claims of every article."""
        return extract_claims(night, watch)


class WindowStage(Stage):
    """A stage that depends on the nights around; one of its kind at a time, so that these stay as they are meanwhile."""

    resources = {"twosource window": 1}  # noqa: RUF012 - Luigi declares it as a dict of the task

    def step(self, night: Night, watch: Watch) -> Progress:
        """Do the stage, and those before it again should another night have come between."""
        return score_through(self.stage, night, watch)


class GroupStories(WindowStage):
    """Articles to stories and origins; their claims travel with them."""

    stage, before = runs.STORIES, ExtractClaims


class Corroborate(WindowStage):
    """Claims to findings: every claim held against the other articles of its story."""

    stage, before = runs.CORROBORATION, GroupStories


class Score(WindowStage):
    """Findings to scores."""

    stage, before = runs.SCORE, Corroborate


class ScoreAll(WindowStage):
    """Scores to reports, summary and index: the whole night."""

    stage, before = runs.REPORT, Score

    def requires(self) -> list[luigi.Task]:
        """Need the scores.

        From here on files are written, so the output is locked.
        """
        try:
            read_inputs(self.dump_path, self.output)
        except DumpMissing:
            return super().requires()
        _lock(self.output)
        return super().requires()

    def complete(self) -> bool:
        """Return whether the night's index is that of this run, and what it names is there."""
        stop_with_a_line()
        refuse_unusable_options(self.dump_path, self.output, self.config)
        try:
            nights, date = nights_around(self.night), self.date.isoformat()
            return nights.is_current(date) and nights.lies_there(date)
        except (DumpMissing, NotADirectoryError):  # requires() says which file stands in the output's way
            return False
        except OSError as error:
            refuse(f"{error.strerror}: {str(error.filename)!r}; move it away and run again", NOT_SCHEDULED)

    @classmethod
    def bulk_complete(cls, parameter_tuples: Iterable[datetime.date]) -> list[datetime.date]:
        """Return those of some nights that are done: what Luigi's RangeDaily asks."""
        return [day for day in parameter_tuples if cls(date=day).complete()]

    def step(self, night: Night, watch: Watch) -> Progress:
        """Publish reports, rows, summary and index, and the nights that this one changes."""
        return publish_window(night, watch)

    def run(self) -> None:
        """Publish the revision and say what was found."""
        nights = nights_around(self.night)
        for other in nights.others:
            _log.warning(
                "night %s has the scores of another version or config: left out of the window until it is run again",
                other,
            )
        for lost in nights.lost:
            told = "night %s has lost its index or its claims (.work/%s): left out of the window; delete %s and run it again"
            _log.warning(told, lost, lost, location(self.output) / lost / "index.json")
        super().run()
        for old in prune(self.night):
            _log.info("removed by [retention]: %s", old)
        say(close_night(self.night, time.time()))


class BuildSite(Stage):
    """The whole night, and then its pages beside it."""

    stage, before = "site", ScoreAll

    def requires(self) -> list[luigi.Task]:
        """Need the night's reports; pages are written too, so the output is locked."""
        with suppress(DumpMissing):
            read_inputs(self.dump_path, self.output)
            _lock(self.output)
        return super().requires()

    def complete(self) -> bool:
        """Return whether the night's index is that of this run, and its pages are there."""
        return ScoreAll.complete(self.clone(ScoreAll)) and is_site_built(self.night)  # type: ignore[no-untyped-call]  # luigi's own

    def step(self, night: Night, watch: Watch) -> Progress:
        """Lay the night out as pages."""
        return build_night_site(night, watch)

    def run(self) -> None:
        """Build the site and say where it is."""
        super().run()
        say(f"Site: {site_folder(self.night) / 'index.html'}")


@BuildSite.event_handler(luigi.Event.DEPENDENCY_PRESENT)  # type: ignore[no-untyped-call, untyped-decorator]  # luigi's own
def _say_site_is_there(task: BuildSite) -> None:
    say(f"already done: {site_folder(task.night) / 'index.html'} shows this dump, config and version; nothing to do")


@ScoreAll.event_handler(luigi.Event.DEPENDENCY_PRESENT)  # type: ignore[no-untyped-call, untyped-decorator]  # luigi's own
def _say_already_done(task: ScoreAll) -> None:
    say(f"already done: {task.night.places.index} has this dump, config and version; nothing to do")


def _lock(output: str) -> None:
    """Lock the output for the rest of this process.

    Its being busy ends the program with the status that Luigi has for "already running", its not being
    writable with that of a failed task.
    """
    try:
        hold(lock_file(location(output)))
    except OutputBusyError as error:
        _log.error("--output %s: %s", output, error)
        raise PidLockAlreadyTakenExit from error
    except OSError as error:
        refuse(
            f"--output {output!r}: {error.strerror} ({error.filename}); name a folder that can be written to", FAILED
        )
