"""The bytes of an XML document that may be looked at again: from the record under way, or the last tag, on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.reasons import Fault
from pipeline.ingest.streams import until_fault

_OVERLAP = 128  # bytes that a tag may lie across two pieces


class Tape:
    """A stream that is read piece by piece and held as far as it may be needed again. Places count from its start."""

    def __init__(self, pieces: Iterator[bytes], longest: int) -> None:
        self._pieces = until_fault(pieces)
        self.longest = longest  # bytes of a record
        self._held = bytearray()
        self.start = 0  # place of the first byte held
        self.broken: Fault | None = None  # what ended the stream before its end

    @property
    def end(self) -> int:
        """The place after the last byte read."""
        return self.start + len(self._held)

    def more(self) -> bytes:
        """Read and return the next piece; nothing at the end."""
        for piece in self._pieces:
            if isinstance(piece, Fault):
                self.broken = piece
                break
            if piece:
                self._held += piece
                return piece
        return b""

    def forget(self, upto: int) -> None:
        """Hold nothing before a place, and nothing at all of what is longer than a record may be."""
        upto = self.end if self.end - upto > self.longest else upto
        if upto > self.start:
            del self._held[: upto - self.start]
            self.start = upto

    def cut(self, start: int, end: int) -> bytes:
        """Return the bytes from one place to another."""
        return bytes(self._held[max(0, start - self.start) : end - self.start])

    def search(self, pattern: re.Pattern[bytes], start: int, keep: bool) -> tuple[int, int, bytes] | None:
        """Return where a pattern is found first and what its first group holds, reading on as needed.

        Without ``keep`` what lies before is forgotten. None at the end of the stream, and where more than
        a record may have would have to be held.
        """
        at = max(start, self.start)
        while True:
            if found := pattern.search(self._held, at - self.start):
                return self.start + found.start(), self.start + found.end(), bytes(found[1] or b"")
            at = max(at, self.end - _OVERLAP)
            if keep and self.end - start > self.longest:
                return None
            if not keep:
                self.forget(at)
            if not self.more():
                return None
