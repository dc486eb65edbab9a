"""One reader after the other under a fuzzer that follows coverage (atheris): nothing may raise, hang or lie.

    pip install 'twosource[fuzz]'
    nice python -m tests.benchmarks.guided --reader jsonl --minutes 10 --keep FOLDER

The first byte of an input chooses the file's name, the rest is the file. Inputs that fail are kept as files and
the search goes on; their bytes belong into ``tests/cases/fuzzed.json``.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipeline.ingest"]):
    import pipeline.ingest  # noqa: F401 - before anything else imports it

from tests.benchmarks.fuzz import HANGS, TOKENS, by_reader, hangs, read

_LONGEST = 64_000  # bytes of an input


class Search:
    """What was tried and found."""

    def __init__(self, names: tuple[str, ...], folder: Path, keep: Path, minutes: float) -> None:
        self.names, self.folder, self.keep = names, folder, keep
        self.start, self.until = time.process_time(), time.monotonic() + minutes * 60
        self.totals: Counter[str] = Counter()
        self.tried = self.failed = 0
        self.slowest = 0.0

    def one(self, data: bytes) -> None:
        """Read one input and note what became of it."""
        if time.monotonic() > self.until:
            sys.stdout.write(self.said())
            sys.stdout.flush()
            os._exit(1 if self.failed else 0)
        self.tried += 1
        name = self.names[data[0] % len(self.names)] if data else self.names[0]
        signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
        start = time.process_time()
        try:
            self.totals += read(self.folder, name, data[1:])
        except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
            self._keep(name, data[1:])
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        self.slowest = max(self.slowest, time.process_time() - start)

    def _keep(self, name: str, data: bytes) -> None:
        self.failed += 1
        self.keep.mkdir(parents=True, exist_ok=True)
        kept = self.keep / f"{hashlib.sha256(data).hexdigest()[:12]}-{name}"
        if not kept.exists() and self.failed < 200:
            kept.write_bytes(data)
            sys.stdout.write(f"{kept}\n{traceback.format_exc()}\n")

    def said(self) -> str:
        """Return the outcome in two lines."""
        counts = dict(self.totals.most_common())
        spent = time.process_time() - self.start
        head = (
            f"{self.tried} files in {spent:.0f} s of CPU, {self.failed} failed, the slowest took {self.slowest:.2f} s"
        )
        return f"{head}\n{counts}\n"


def _corpus(folder: Path, seeds: list[bytes], names: int) -> Path:
    folder.mkdir()
    for number, seed in enumerate(seeds):
        for name in range(names):
            (folder / f"{number}-{name}").write_bytes(bytes([name]) + seed)
    return folder


def _dictionary(path: Path) -> Path:
    quoted = ("".join(f"\\x{byte:02x}" for byte in token) for token in TOKENS if len(token) <= 64)
    path.write_text("".join(f'"{token}"\n' for token in quoted), encoding="ascii")
    return path


def main() -> None:
    """Run from the command line; libFuzzer ends the process without a word, so the search ends itself."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--reader", choices=sorted(by_reader()), required=True)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"))
    chosen = parser.parse_args()
    names, seeds = by_reader()[chosen.reader]
    signal.signal(signal.SIGVTALRM, hangs)
    with tempfile.TemporaryDirectory() as place:
        (folder := Path(place, "dump")).mkdir()
        search = Search(names, folder, chosen.keep, chosen.minutes)
        corpus = _corpus(Path(place, "corpus"), seeds, len(names))
        flags = {
            "seed": chosen.seed,
            "max_len": _LONGEST,
            "timeout": 300,  # of wall time; a hang is told by CPU time, above
            "rss_limit_mb": 4096,
            "dict": _dictionary(Path(place, "words")),
            "verbosity": 0,
            "artifact_prefix": f"{place}/",
        }
        atheris.Setup([sys.argv[0], *(f"-{key}={value}" for key, value in flags.items()), str(corpus)], search.one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
