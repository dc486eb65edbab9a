"""Choices that a seed and some names determine: the same on every machine, whatever was chosen before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dice:
    """A pseudo-random number for each list of names: the first 64 bits of the SHA-256 of seed and names."""

    seed: int

    def roll(self, *names: str) -> int:
        """Return the number of these names, 0 to 2^64 - 1."""
        whole = "\0".join((str(self.seed), *names))
        return int.from_bytes(sha256(whole.encode("utf-8", "surrogatepass")).digest()[:8])

    def pick(self, options: Sequence[T], *names: str) -> T:
        """Return one of some options."""
        return options[self.roll(*names) % len(options)]

    def shuffled(self, items: Iterable[T], name: Callable[[T], str], *names: str) -> list[T]:
        """Return items in an order that their own names decide; equal names keep theirs."""
        return sorted(items, key=lambda item: self.roll(*names, name(item)))
