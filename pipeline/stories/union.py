"""Disjoint sets of sortable members."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

Member = TypeVar("Member", int, str)


class Sets(Generic[Member]):
    """Union-find whose roots are the smallest members, so that the order of joins does not show."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._parent: dict[Member, Member] = {member: member for member in members}

    def root(self, member: Member) -> Member:
        """Return the smallest member of the set that holds a member."""
        parent = self._parent
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    def join(self, one: Member, other: Member) -> bool:
        """Make two sets one; return whether they were two."""
        low, high = sorted((self.root(one), self.root(other)))
        self._parent[high] = low
        return low != high

    def groups(self) -> list[list[Member]]:
        """Return the sets, each sorted, by smallest member."""
        found: dict[Member, list[Member]] = {}
        for member in sorted(self._parent):
            found.setdefault(self.root(member), []).append(member)
        return list(found.values())
