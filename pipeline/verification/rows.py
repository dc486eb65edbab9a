"""The flat files of a night: every row holds its schema and says what the reports say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.report import SchemaName, check
from pipeline.verification.reports import Seen, claims_digest
from pipeline.verification.violation import Violation, parsed, read, refused

_SCHEMAS: dict[str, SchemaName] = {"scores": "score-row", "claims": "claim-row", "quarantine": "quarantine"}


def verify_rows(folder: Path, index: dict[str, Any], seen: Seen) -> Iterator[Violation]:
    """Yield what is wrong with scores, claims, quarantine and summary."""
    found = {}
    for kind, schema in _SCHEMAS.items():
        rows, faults = _rows(folder, index["files"][kind], schema)
        yield from faults
        found[kind] = rows
    yield from _scores(index["files"]["scores"], found["scores"], seen)
    yield from _claims(index["files"]["claims"], found["claims"], seen)
    yield from _counts(index, found)
    yield from _summary(folder, index, found)


def _rows(folder: Path, path: str, schema: SchemaName) -> tuple[list[Any], list[Violation]]:
    rows, faults = [], []
    for number, line in enumerate(read(folder, path)[0].splitlines(), start=1):
        name = f"{path}#{number}"
        row, wrong = parsed(name, line)
        wrong = wrong or list(refused(name, partial(check, schema, row)))
        faults += wrong
        rows += [] if wrong else [row]
    return rows, faults


def _scores(path: str, rows: list[Any], seen: Seen) -> Iterator[Violation]:
    for number, row in enumerate(rows, start=1):
        wanted = seen.rows.get(row["article"])
        if wanted is None:
            yield Violation(f"{path}#{number}", f"no report of {row['article']!r} that holds")
            continue
        for key in (key for key in wanted if row[key] != wanted[key]):
            yield Violation(f"{path}#{number}", f"{key} is {row[key]!r}, the report says {wanted[key]!r}")
    for article, times in Counter(row["article"] for row in rows).items():
        if times > 1:
            yield Violation(path, f"{times} rows of {article!r}")
    for article in sorted(seen.rows.keys() - {row["article"] for row in rows}):
        yield Violation(path, f"no row of {article!r}")


def _claims(path: str, rows: list[Any], seen: Seen) -> Iterator[Violation]:
    left = dict(seen.claims)
    for article, some in groupby(rows, key=lambda row: row["article"]):
        claims = ((row["claim"], row["verdict"], row["points"], row["start"], row["text"]) for row in some)
        if left.pop(article, None) != claims_digest(claims):
            yield Violation(path, f"the rows of {article!r} are not the claims of its report")
    nothing = claims_digest(())
    for article in sorted(article for article, digest in left.items() if digest != nothing):
        yield Violation(path, f"no rows of {article!r}, whose report has claims")


def _counts(index: dict[str, Any], found: dict[str, list[Any]]) -> Iterator[Violation]:
    statuses = Counter(row["status"] for row in found["scores"])
    rows = {name: statuses[name] for name in ("scored", "insufficient_evidence")}
    rows["quarantined"] = len(found["quarantine"])
    for name, number in rows.items():
        if index["counts"][name] != number:
            yield Violation("index.json", f"{index['counts'][name]} by the index, {number} rows @ $.counts.{name}")


def _summary(folder: Path, index: dict[str, Any], found: dict[str, list[Any]]) -> Iterator[Violation]:
    path = index["files"]["summary"]
    summary, faults = parsed(path, read(folder, path)[0] or b"null")
    faults = faults or list(refused(path, partial(check, "summary", summary)))
    yield from faults
    if faults:
        return
    wanted = {
        "run": {key: index[key] for key in ("date", "fingerprint")},
        "counts": index["counts"],
        "verdicts": dict.fromkeys(summary["verdicts"], 0) | dict(Counter(row["verdict"] for row in found["claims"])),
        "quarantine": dict(Counter(row["reason"] for row in found["quarantine"])),
        "duplicates": index["counts"]["duplicates"],
        "unscored": dict(Counter(row["reason"] for row in found["scores"] if row["reason"] is not None)),
    }
    said = {
        "run": {key: summary["run"][key] for key in ("date", "fingerprint")},
        "counts": summary["counts"],
        "verdicts": summary["verdicts"],
        "quarantine": {row["reason"]: row["records"] for row in summary["quarantine"]},
        "duplicates": len(summary["duplicates"]),
        "unscored": {row["reason"]: row["articles"] for row in summary["unscored"]},
    }
    for key in (key for key in wanted if said[key] != wanted[key]):
        yield Violation(path, f"{said[key]}, but the night's files make {wanted[key]} @ $.{key}")
