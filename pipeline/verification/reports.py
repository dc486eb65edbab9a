"""The reports of a night: shape, laws, place, and evidence that stands where it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import orjson

from pipeline.report import Json, check, check_laws, report_path
from pipeline.verification.violation import Violation, parsed, read, refused

_TEXTS = 1_024  # texts kept at hand; the articles of a story are asked for one after another


@dataclass(slots=True)
class Seen:
    """What the rows of a night must agree with, by article id."""

    rows: dict[str, Json] = field(default_factory=dict)  # what scores.jsonl must say
    claims: dict[str, str] = field(default_factory=dict)  # digest of what claims.jsonl must say


@dataclass(frozen=True, slots=True)
class _Place:
    file: str
    start: int
    end: int | None  # None: the whole file


def verify_reports(folder: Path, index: dict[str, Any], seen: Seen) -> Iterator[Violation]:
    """Yield what is wrong with the reports, and note what the rows must say."""
    places: dict[str, _Place] = {}
    for name, place, report in _reports(folder, index):
        if isinstance(report, Violation):
            yield report
            continue
        faults = list(refused(name, partial(_held, report)))
        yield from faults
        if faults:
            continue
        yield from _placed(name, index, report, places)
        places[report["article"]["id"]] = place
        _note(seen, index, report)
    together = sorted(places, key=lambda article: (str(seen.rows[article]["story"]), article))
    yield from _evidence(folder, {article: places[article] for article in together})


def _held(report: Any) -> None:
    check("report", report)
    check_laws(report)


def _reports(folder: Path, index: dict[str, Any]) -> Iterator[tuple[str, _Place, Any]]:
    """Yield the name, place and value of each report; a violation in place of what can't be parsed."""
    prefix = f"{index['files']['reports']}/"
    for path in (path for path in sorted(index["sha256"]) if path.startswith(prefix)):
        data, _ = read(folder, path)  # what can't be read was said where digests are compared
        offset = 0
        for number, line in enumerate(_records(data, index["layout"]), start=1):
            name = f"{path}#{number}" if index["layout"] == "jsonl" else path
            report, faults = parsed(name, line)
            yield name, _Place(path, offset, offset + len(line)), faults[0] if faults else report
            offset += len(line)


def _records(data: bytes, layout: str) -> list[bytes]:
    return data.splitlines(keepends=True) if layout == "jsonl" else [data] if data else []


def _placed(name: str, index: dict[str, Any], report: dict[str, Any], places: dict[str, _Place]) -> Iterator[Violation]:
    article, run = report["article"], report["run"]
    if {key: run[key] for key in ("date", "fingerprint")} != {key: index[key] for key in ("date", "fingerprint")}:
        yield Violation(name, "of another run @ $.run")
    if article["id"] in places:
        yield Violation(name, f"a second report of this article: {places[article['id']].file} @ $.article.id")
    wanted = f"{index['fingerprint']}/{report_path(article['id'], index['layout'])}"
    if name.partition("#")[0] != wanted:
        yield Violation(name, f"the report of this article belongs in {wanted}")
    if hashlib.sha256(article["text"].encode()).hexdigest() != article["sha256"]:
        yield Violation(name, "not the digest of the text @ $.article.sha256")


def _note(seen: Seen, index: dict[str, Any], report: dict[str, Any]) -> None:
    article, score, story = report["article"], report["score"], report["story"]
    low, high = score["interval"] or (None, None)
    seen.rows[article["id"]] = {
        **{key: article[key] for key in ("title", "source", "published")},
        **{key: score[key] for key in ("status", "reason", "band", "coverage", "specificity", "summary")},
        **report["counts"],
        "story": story["id"], "independent_origins": story["independent_origins"],
        "score": score["value"], "low": low, "high": high,
        "report": f"{index['fingerprint']}/{report_path(article['id'], index['layout'])}",
    }  # fmt: skip
    spans = ((claim["id"], claim["verdict"], claim["points"], claim["span"]["start"], claim["span"]["text"])
             for claim in report["claims"])  # fmt: skip
    seen.claims[article["id"]] = claims_digest(spans)


def claims_digest(claims: Any) -> str:
    """Return a digest of (id, verdict, points, start, text) of an article's claims, in their order."""
    return hashlib.sha256(orjson.dumps([list(claim) for claim in claims])).hexdigest()


def _evidence(folder: Path, places: dict[str, _Place]) -> Iterator[Violation]:
    @lru_cache(_TEXTS)
    def text_of(article: str) -> str:
        text = _load(folder, places[article])["article"]["text"]
        assert isinstance(text, str)
        return text

    for place in places.values():
        report = _load(folder, place)
        for n, claim in enumerate(report["claims"]):
            for m, row in enumerate(claim["evidence"]):
                span = row["span"]
                # Evidence may come from a night before: its report lies there.
                if row["article"] in places and text_of(row["article"])[span["start"] : span["end"]] != span["text"]:
                    what = f"not the words of {row['article']!r} at that place"
                    yield Violation(place.file, f"{what} @ $.claims[{n}].evidence[{m}].span")


def _load(folder: Path, place: _Place) -> dict[str, Any]:
    with (folder / place.file).open("rb") as file:
        file.seek(place.start)
        report: dict[str, Any] = orjson.loads(file.read(-1 if place.end is None else place.end - place.start))
    return report
