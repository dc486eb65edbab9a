"""What became of each fabrication and of each edit that changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.models import ClaimKind, VerdictName

Way = Literal["changed", "inserted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One fabrication, planted into one article of a story that is otherwise as it was."""

    kind: str
    way: Way
    claim_kind: ClaimKind
    story: str
    article: str
    old: str | None  # words; None where nothing stood there before
    new: str  # words
    verdict: VerdictName | None  # None: nobody read a claim in the new words
    rule: str | None
    alarmed: bool  # the report speaks against it
    borne_out: bool  # the report takes it as said by others too
    before: float | None  # probability of the claim that stood there, 0..1
    after: float | None  # probability of the planted claim, 0..1
    score_before: float | None
    score_after: float | None

    @property
    def drop(self) -> float | None:
        """Points that the article lost; None where it has no score before or after."""
        return _drop(self.score_before, self.score_after)


@dataclass(frozen=True, slots=True, kw_only=True)
class NullTrial:
    """One edit that changes no fact, made in one article of a story."""

    form: str
    story: str
    article: str
    claims: int
    moved: int  # claims that are gone or have another verdict
    alarmed: int  # claims that the report speaks against and did not before
    score_before: float | None
    score_after: float | None

    @property
    def drop(self) -> float | None:
        """Points that the article lost; None where it has no score before or after."""
        return _drop(self.score_before, self.score_after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Untouched:
    """The claims of one kind in one story as it is in the dump."""

    claim_kind: ClaimKind
    story: str
    claims: int
    contradicted: int  # or contested
    not_sourced: int  # credited to an outlet that does not bear it out


def _drop(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else round(before - after, 2)
