"""What a run left, read back through its published files alone: for the site, `explain`, `diff` and exports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import Any

import orjson

from pipeline.nights import is_night, night_folders
from pipeline.report import ReportInvalid, SchemaName, check, check_laws, report_path
from pipeline.text import clipped
from pipeline.version import SCHEMA_VERSION

Row = dict[str, Any]  # one object of a published file; schemas/ has the shapes

_FINGERPRINT = re.compile(r"[0-9a-f]{4,64}", re.ASCII)
_NIGHTS = 31  # latest ones that are searched for an id
_KEPT_REPORTS = report_path("", "jsonl")  # of layout jsonl; else a file a report
_SCHEMAS: dict[str, SchemaName] = {"scores": "score-row", "claims": "claim-row", "quarantine": "quarantine"}
_SHOWN_ERROR = 300  # characters of what is wrong with a damaged file


class NothingPublished(ValueError):  # noqa: N818 - says what is the matter
    """There is no such night or revision; the message says what was looked for, and what there is."""


class UnknownArticle(ValueError):  # noqa: N818 - says what is the matter
    """A revision has no article of that id; the message names the nearest ids."""


class Revision:
    """One revision of one night: its rows and reports, read as they are asked for."""

    def __init__(self, folder: Path) -> None:
        """Take the revision's folder, `<output>/<date>/<fingerprint>`; raise NothingPublished if it is none."""
        self.folder = folder
        if not (folder / "summary.json").is_file():
            raise NothingPublished(f"{folder}: no revision of a night (it has no summary.json)")
        self.summary = _object(folder / "summary.json", "summary")  # the night at a glance

    @property
    def date(self) -> str:
        """The night, YYYY-MM-DD."""
        return str(self.summary["run"]["date"])

    @property
    def fingerprint(self) -> str:
        """Of inputs, config, schemas and program."""
        return str(self.summary["run"]["fingerprint"])

    def rows(self, kind: str) -> Iterator[Row]:
        """Yield the rows of `scores`, `claims` or `quarantine`, one at a time."""
        path = self.folder / f"{kind}.jsonl"
        for number, line in enumerate(_lines(path), start=1):
            yield _parsed(line, path, _SCHEMAS[kind], f", line {number},")

    @cached_property
    def report_of(self) -> dict[str, str]:
        """Path of each article's report, relative to the index's folder, by article id."""
        return {row["article"]: row["report"] for row in self.rows("scores")}

    def article(self, head: str) -> str:
        """Return the id that ``head`` is, or else the only one that begins with it; ``head`` itself where none does."""
        if head in self.report_of:
            return head
        begun = [article for article in self.report_of if article.startswith(head)]
        return begun[0] if head and len(begun) == 1 else head

    def report(self, article: str) -> Row:
        """Return the report of one article; raise UnknownArticle."""
        path = self.report_of.get(article)
        if path is None:
            told = f"no article {article!r} in the night of {self.date}{self._elsewhere(article)}"
            raise UnknownArticle(f"{told}; looked in {self.folder}")
        report = self._kept_report(article) if path.endswith(_KEPT_REPORTS) else self._own_report(article)
        if report["article"]["id"] != article:
            raise _damaged(self.folder / "scores.jsonl", "", f"{path} is no report of {article!r}")
        return report

    def _own_report(self, article: str) -> Row:
        """Read a report where its article's id says that it lies, wherever a row may point."""
        return _object(self.folder / report_path(article), "report")

    def _kept_report(self, article: str) -> Row:
        path = self.folder / _KEPT_REPORTS
        with path.open("rb") as file:
            file.seek(self._offsets[article])
            return _parsed(file.readline(), path, "report", f", report {article!r},")

    def report_of_night(self, article: str, night: str | None) -> Row | None:
        """Return the report of an article that another night of the window may have; None where it is gone.

        ``night`` is what ``story.other_nights`` says of the article; None: it is of this night.
        """
        if night is None:
            return self.report(article)
        if night not in self._others:
            with suppress(NothingPublished):
                self._others[night] = find_revision(self.folder.parent.parent, night)
        with suppress(UnknownArticle, NothingPublished, KeyError):
            return self._others[night].report(article)
        return None

    @cached_property
    def _others(self) -> dict[str, Revision]:
        return {}

    @cached_property
    def _offsets(self) -> dict[str, int]:
        """Where each report begins in the one file of layout jsonl, whose lines are in the order of the scores."""
        offsets, offset = {}, 0
        path = self.folder / _KEPT_REPORTS
        for article, line in zip_longest(self.report_of, _lines(path)):
            if article is None or line is None:
                raise _damaged(path, "", f"{'more' if line else 'less'} reports than scores.jsonl has rows")
            offsets[article] = offset
            offset += len(line)
        return offsets

    def _elsewhere(self, wanted: str) -> str:
        """Return which other night has an article, the latest first; failing that the nearest ids of this one."""
        for night in sorted(night_folders(self.folder.parent.parent), reverse=True)[:_NIGHTS]:
            with suppress(NothingPublished, KeyError):
                if wanted in _current(night).report_of:
                    return f"; the night of {night.name} has it: --date {night.name}"
        return self._nearest(wanted)

    def _nearest(self, wanted: str) -> str:
        # rapidfuzz is loaded here alone: a night whose ids are all known needs none.
        from rapidfuzz.process import extract  # noqa: PLC0415

        found = extract(wanted, self.report_of.keys(), limit=3, score_cutoff=50)
        near = [str(id_) if str(id_).isprintable() else repr(id_) for id_, *_ in found]
        return f"; the nearest are {', '.join(near)}" if near else ""


def find_revision(output: Path, wanted: str | None = None) -> Revision:
    """Return a revision in an output folder: the latest night's, that of a day, or by the head of its fingerprint.

    ``output`` may also be a night's folder or a revision's own. Raises NothingPublished.
    """
    if wanted is None and (output / "summary.json").is_file():
        return Revision(output)
    if (output / "index.json").is_file():
        return _of_night(output, wanted)
    nights = [night for night in sorted(night_folders(output)) if (night / "index.json").is_file()]
    if not nights:
        raise NothingPublished(f"{output}: no night was published there; check the folder, or run ScoreAll first")
    if wanted is None:
        return _current(nights[-1])
    if is_night(wanted):
        return _of_day(output, nights, wanted)
    return _by_head(nights, wanted)


def _of_night(night: Path, wanted: str | None) -> Revision:
    current = _current(night)
    if wanted is None or wanted == current.date:
        return current
    if is_night(wanted):
        raise NothingPublished(f"{night}: the night of {current.date}, not of {wanted}; name the folder above it")
    return _by_head([night], wanted)


def _of_day(output: Path, nights: list[Path], day: str) -> Revision:
    for night in nights:
        if night.name == day:
            return _current(night)
    near = ", ".join(night.name for night in nights[-3:])
    raise NothingPublished(f"{output}: no night of {day}; the latest are {near}")


def _by_head(nights: list[Path], head: str) -> Revision:
    if not _FINGERPRINT.fullmatch(head):
        raise NothingPublished(f"{head!r} is neither a day (YYYY-MM-DD) nor a fingerprint (4 hex digits or more)")
    kept = (path for night in nights for path in sorted(night.glob(f"{head}*")))
    found = [path for path in kept if (path / "summary.json").is_file()]
    if len(found) != 1:
        raise NothingPublished(f"{len(found)} revisions begin with {head}; take more of the fingerprint, or a day")
    return Revision(found[0])


def _current(night: Path) -> Revision:
    index = _object(night / "index.json", "index")
    return Revision(night / index["fingerprint"])


def _object(path: Path, schema: SchemaName) -> Row:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise _missing(path) from None
    return _parsed(data, path, schema)


def _parsed(data: bytes, path: Path, schema: SchemaName, where: str = "") -> Row:
    """Return an object that holds its schema, a report also its laws; ``where`` in the file it stands."""
    try:
        loaded: Row = orjson.loads(data)
        _refuse_other_versions(loaded, path)
        check(schema, loaded)
        if schema == "report":
            check_laws(loaded)
    except (orjson.JSONDecodeError, ReportInvalid) as error:
        raise _damaged(path, where, error) from error
    return loaded


def _refuse_other_versions(loaded: object, path: Path) -> None:
    version = str(loaded.get("schema_version", SCHEMA_VERSION)) if isinstance(loaded, dict) else SCHEMA_VERSION
    if version.partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
        told = f"written with schema version {version}, and this program reads {SCHEMA_VERSION}"
        raise NothingPublished(f"{path}: {told}; use the version of twosource that wrote it")


def _damaged(path: Path, where: str, error: object) -> NothingPublished:
    return NothingPublished(f"{path}{where} is damaged ({clipped(str(error), _SHOWN_ERROR)}); {_remedy(path)}")


def _missing(path: Path) -> NothingPublished:
    return NothingPublished(f"{path} is missing; {_remedy(path)}")


def _remedy(path: Path) -> str:
    """Return how to have a file written anew; as long as the index is there, the night counts as done."""
    night = next((folder for folder in path.parents if is_night(folder.name)), None)
    return f"delete {night / 'index.json'} and run ScoreAll for that night again" if night else "run ScoreAll again"


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from file
    except FileNotFoundError:
        raise _missing(path) from None
