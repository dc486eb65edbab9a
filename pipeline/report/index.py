"""The receipt of a run, written last: what there is, where it lies, and its digests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from pipeline.report.encoding import to_json
from pipeline.report.paths import REPORTS, Layout
from pipeline.report.run import Json, Run
from pipeline.version import SCHEMA_VERSION

_DIGESTS = b'\n  "sha256": {'  # where the digests begin in a file of ours: last of all, and as long as the night


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a revision was made from."""

    method: str  # SHA-256 of program and config
    dump: str  # SHA-256 of the night's dump
    earlier: Sequence[tuple[str, str]] = ()  # nights before it that it is held against, with their dumps' SHA-256
    later: Sequence[
        tuple[str, str]
    ] = ()  # nights after it that scored some of its articles anew, with their fingerprints


def build_index(  # noqa: PLR0913 - one keyword a field of the receipt
    run: Run, *, supersedes: str | None, scope: Scope, counts: Counts, layout: Layout, sha256: Mapping[str, str]
) -> Json:
    """Return ``index.json``.

    ``supersedes`` is the fingerprint of the night's revision before this one, ``sha256`` maps each file's
    path, relative to the index's folder, to its digest.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "date": run.date,
        "fingerprint": run.fingerprint,
        "supersedes": supersedes,
        "dump": scope.dump,
        "method": scope.method,
        "window": {
            "earlier": [{"night": night, "dump": dump} for night, dump in scope.earlier],
            "later": [{"night": night, "fingerprint": fingerprint} for night, fingerprint in scope.later],
        },
        "counts": counts_json(counts),
        "files": revision_files(run.fingerprint),
        "layout": layout,
        "sha256": {path: sha256[path] for path in sorted(sha256)},
    }


def index_head(data: bytes) -> dict[str, Any]:
    """Return an index from the bytes of its file, without its digests; raise ValueError for what is no object."""
    head, found, _ = data.partition(_DIGESTS)
    table = orjson.loads(head.rstrip(b", ") + b"}" if found else data)
    if not isinstance(table, dict):
        raise ValueError("an index is an object")
    table.pop("sha256", None)
    return table


def digest_line(path: str, digest: str) -> bytes:
    """Return the line that an index has for a file."""
    return b"    %b: %b" % (orjson.dumps(path), orjson.dumps(digest))


def index_chunks(head: Mapping[str, object], lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the file of an index from what stands before its digests, and a sorted line a file."""
    data = to_json({**head, "sha256": {}})
    yield data[: data.rindex(b"}", 0, data.rindex(b"}"))]
    between = b"\n"
    for line in lines:
        yield between + line
        between = b",\n"
    yield b"\n  }\n}\n"


def with_head(data: bytes, head: Mapping[str, object]) -> Iterator[bytes]:
    """Yield the file of an index again, from its bytes, with something else before its digests."""
    *before, _ = index_chunks(head, ())
    yield from before
    yield data[data.index(_DIGESTS) + len(_DIGESTS) :]
