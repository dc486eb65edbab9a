"""The nights of an output that bear on each other: which there are, and which scored an article last.

A night is held against the claims of the nights before it, ``[window] days`` of them with itself. In turn it
may bring something to an earlier night's story: that story's articles then take the later night's scores, as
long as they only gain company by it. All of this follows from the set of nights, each with its dump, and from
version and config; when which of them was run does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from pipeline.company import Company, company_of
from pipeline.nights import days_between, night_folders
from pipeline.report import index_head, revision_files
from pipeline.runs import (
    CLAIMS,
    INGEST,
    REPORT,
    SCORE,
    Earlier,
    Night,
    Places,
    follow_up,
    method_digest,
    read_inputs,
    read_settings,
    stage_fingerprints,
)
from pipeline.settings import Settings
from pipeline.storage import is_remote, location


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a published index says about the inputs of its revision."""

    fingerprint: str
    method: str
    dump: str
    earlier: tuple[tuple[str, str], ...]  # nights of the window with their dumps


@dataclass(frozen=True, slots=True)
class _View:
    """A night with what it is held against."""

    earlier: tuple[tuple[str, str], ...]  # nights before it in its window, with their dumps
    places: Places
    scored: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A night's scores as they stand with all later nights that added to them."""

    places: Places
    later: tuple[tuple[str, str], ...]  # nights that scored some articles anew, with their scores' fingerprint
    fingerprints: tuple[str, ...]  # of the night alone, and then with each of these
    renewed: dict[str, tuple[str, ...]]  # articles scored anew, each with the nights that did it, in their order

    def source(self, article: str) -> str:
        """Return the night whose scores an article has."""
        return self.renewed.get(article, (self.places.date,))[-1]


def open_night(dump: str, output: str, date: str, config: str) -> Night:
    """Return the run that a dump, a date, a config and the nights before determine; raises DumpMissing, ConfigError."""
    inputs = read_inputs(dump, output)
    nights = find_nights(location(output), read_settings(config), date, inputs.digest)
    return replace(nights.night(date), files=inputs.files, stamps=inputs.stamps)


def nights_around(night: Night) -> Nights:
    """Return the nights around one that is being worked on, itself among them, as they are now."""
    return find_nights(night.places.output, night.settings, night.places.date, night.dump)


def find_nights(output: Path, settings: Settings, date: str, dump: str) -> Nights:
    """Return a night with those around it that were scored with this version and config and have their claims at hand."""
    dates = sorted(folder.name for folder in night_folders(output))
    near = [day for day in dates if abs(days_between(day, date)) <= 2 * settings.window.days]
    read = {day: receipt for day in near if (receipt := read_receipt(output / day / "index.json")) is not None}
    method = method_digest(settings)
    receipts = {day: receipt for day, receipt in read.items() if receipt.method == method}
    dumps = {day: receipt.dump for day, receipt in receipts.items()} | {date: dump}
    at_hand = {
        day: dumps[day] for day in sorted(dumps) if day == date or _has_claims(output, settings, day, dumps[day])
    }
    others = tuple(day for day in read if day not in receipts and day != date)
    inside = [day for day in near if day != date and abs(days_between(day, date)) < settings.window.days]
    lost = tuple(day for day in inside if _is_lost(output / day / "index.json", read.get(day), day in at_hand, method))
    return Nights(output=output, settings=settings, dumps=at_hand, receipts=receipts, others=others, lost=lost)


def _is_lost(index: Path, receipt: Receipt | None, at_hand: bool, method: str) -> bool:
    if receipt is None:
        return index.exists()
    return receipt.method == method and not at_hand


@dataclass(frozen=True, kw_only=True)
class Nights:
    """Nights of one output, version and config, with their claims at hand: what was there when it was looked for."""

    output: Path
    settings: Settings
    dumps: dict[str, str]  # digest of the dump by night, oldest first
    receipts: dict[str, Receipt]  # of those that are published
    others: tuple[str, ...]  # nights close by that another version or config scored
    lost: tuple[str, ...] = ()  # nights of the window whose index can't be read, or whose claims are gone

    def around(self, date: str) -> list[str]:
        """Return the nights that share a window with a night, itself included, oldest first."""
        return [near for near in self.dumps if abs(days_between(near, date)) < self.settings.window.days]

    def night(self, date: str) -> Night:
        """Return a night to work on, without the files of its dump."""
        earlier = tuple(Earlier(places=self._alone(near, dump), dump=dump) for near, dump in self._views[date].earlier)
        places = self.revision(date).places
        return Night(places=places, settings=self.settings, dump=self.dumps[date], earlier=earlier)

    def scored(self, date: str) -> bool:
        """Return whether a night's scores are there for its window as it is now."""
        return self._views[date].scored

    def scored_at(self, date: str) -> Places:
        """Return where a night's stories, findings and scores lie."""
        return self._views[date].places

    def is_current(self, date: str) -> bool:
        """Return whether a night's index has all that is known now."""
        receipt = self.receipts.get(date)
        if receipt is None or not self._holds(receipt, date):
            return False
        # Where the intermediates of an old night are gone, nothing new can be said about it.
        return not self.scored(date) or receipt.fingerprint == self.revision(date).places.fingerprint

    def lies_there(self, date: str) -> bool:
        """Return whether the files that a night's index names are there; what they hold is for ``validate`` to say."""
        receipt = self.receipts.get(date)
        if receipt is None:
            return False
        files = {kind: path for kind, path in revision_files(receipt.fingerprint).items() if kind != "reports"}
        return all((self.output / date / path).is_file() for path in files.values())  # without articles no reports

    def revision(self, date: str) -> Revision:
        """Return a night's scores as they stand, as far as the nights around it are scored."""
        places = self._views[date].places
        renewed: dict[str, tuple[str, ...]] = {}
        later, fingerprints = [], [places.fingerprint]
        for near, gained in self._additions(date):
            renewed |= {article: (*renewed.get(article, (date,)), near) for article in gained}
            later.append((near, self._views[near].places.stage_fingerprint(SCORE)))
            fingerprints.append(follow_up(fingerprints[-1], *later[-1]))
        stages = (*places.stages[:-1], (REPORT, fingerprints[-1]))
        places = replace(places, stages=stages)
        return Revision(places=places, later=tuple(later), fingerprints=tuple(fingerprints), renewed=renewed)

    def _additions(self, date: str) -> Iterator[tuple[str, list[str]]]:
        """Yield the later nights that scored some of a night's articles anew, with these articles."""
        if not self.scored(date):
            return
        known: dict[str, frozenset[str]] = {}
        for near in (near for near in self.around(date) if near > date and self.scored(near)):
            own, seen = (company_of(self._views[night].places) for night in (date, near))
            if gained := list(_gained(own, known, seen, date)):
                yield near, gained

    @cached_property
    def _views(self) -> dict[str, _View]:
        return {date: self._view(date) for date in self.dumps}

    def _view(self, date: str) -> _View:
        """Return what a night is scored with: as before, as long as nothing else has come; old nights lose their claims."""
        receipt = self.receipts.get(date)
        if receipt is not None and self._holds(receipt, date):
            view = self._seen_with(date, receipt.earlier)
            if view.scored:
                return view
        return self._seen_with(date, self._before(date))

    def _holds(self, receipt: Receipt, date: str) -> bool:
        return receipt.dump == self.dumps[date] and set(self._before(date)) <= set(receipt.earlier)

    def _before(self, date: str) -> tuple[tuple[str, str], ...]:
        return tuple((near, self.dumps[near]) for near in self.around(date) if near < date)

    def _seen_with(self, date: str, earlier: tuple[tuple[str, str], ...]) -> _View:
        places = self._alone(date, self.dumps[date], earlier)
        return _View(earlier, places, places.is_finished(SCORE))

    def _alone(self, date: str, dump: str, earlier: tuple[tuple[str, str], ...] = ()) -> Places:
        return Places(output=self.output, date=date, stages=stage_fingerprints(self.settings, date, dump, earlier))


def _gained(own: Company, known: dict[str, frozenset[str]], seen: Company, date: str) -> Iterator[str]:
    """Yield the articles whose story only gains by how a later night sees it, and take that over as ``known``."""
    for article in seen.from_night(date):
        member = own.members.get(article)
        if member is None or member.night != date:
            continue
        company = seen.of(article)
        if known.get(article, own.of(article)) <= company:
            known[article] = company
            yield article


def read_receipt(index: Path) -> Receipt | None:
    """Return what an index says about its inputs; None where there is no index of this shape."""
    with suppress(FileNotFoundError):
        if is_remote(index):
            return _receipt(index.read_bytes())
        state = index.stat()
        return _local_receipt(index, state.st_mtime_ns, state.st_size, state.st_ino)
    return None


@lru_cache(maxsize=256)
def _local_receipt(index: Path, *_stamp: int) -> Receipt | None:
    return _receipt(index.read_bytes())


def _receipt(data: bytes) -> Receipt | None:
    with suppress(ValueError, KeyError, TypeError):
        table = index_head(data)
        return Receipt(
            fingerprint=table["fingerprint"],
            method=table["method"],
            dump=table["dump"],
            earlier=tuple((row["night"], row["dump"]) for row in table["window"]["earlier"]),
        )
    return None


def _has_claims(output: Path, settings: Settings, date: str, dump: str) -> bool:
    places = Places(output=output, date=date, stages=stage_fingerprints(settings, date, dump))
    return places.is_finished(INGEST) and places.is_finished(CLAIMS)  # with the articles that they are of
