"""The receipt of a run, written last: what there is, where it lies, and its digests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from pipeline.report.paths import REPORTS, Layout
from pipeline.report.run import SCHEMA_VERSION, Json, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became of the records of a dump."""

    records: int
    scored: int
    insufficient_evidence: int
    quarantined: int
    duplicates: int

    def __post_init__(self) -> None:
        """Raise ValueError when a record has vanished or appeared."""
        accounted = self.scored + self.insufficient_evidence + self.quarantined + self.duplicates
        if self.records != accounted:
            raise ValueError(f"{self.records} records, but {accounted} accounted for: {self}")


def counts_json(counts: Counts) -> dict[str, int]:
    """Return the counts as the ``counts`` object of the index and the summary."""
    return asdict(counts)


def revision_files(fingerprint: str) -> dict[str, str]:
    """Return where each file of a revision lies, relative to the index's folder."""
    return {
        "summary": f"{fingerprint}/summary.json",
        "scores": f"{fingerprint}/scores.jsonl",
        "claims": f"{fingerprint}/claims.jsonl",
        "quarantine": f"{fingerprint}/quarantine.jsonl",
        "reports": f"{fingerprint}/{REPORTS}",
    }


def build_index(  # noqa: PLR0913 - one keyword a field of the receipt
    run: Run, *, supersedes: str | None, dump: str, counts: Counts, layout: Layout, sha256: Mapping[str, str]
) -> Json:
    """Return ``index.json``.

    ``supersedes`` is the fingerprint of the night's revision before this one, ``dump`` the sha256
    of the dump, ``sha256`` maps each file's path, relative to the index's folder, to its digest.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "date": run.date,
        "fingerprint": run.fingerprint,
        "supersedes": supersedes,
        "dump": dump,
        "counts": counts_json(counts),
        "files": revision_files(run.fingerprint),
        "layout": layout,
        "sha256": {path: sha256[path] for path in sorted(sha256)},
    }
