"""What the other origins of a story say on a claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.models.articles import Span
from pipeline.record import quickly_made

Relation = Literal["supports", "qualifies", "supersedes", "contradicts"]
VerdictName = Literal["supported", "qualified", "superseded", "contradicted", "contested", "uncorroborated", "not_checkable"]  # fmt: skip
NOT_COMPARED = "story.not-compared"  # rule of all claims of a story on which this program failed
AGAINST: tuple[VerdictName, ...] = ("contradicted", "contested")  # others say otherwise


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many stand on one side of a claim."""

    origins: int
    articles: int
    effective: float  # effective number of independent origins, N(X)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What another article says on a claim, pointing at its text."""

    article: str
    source: str | None
    origin: str
    relation: Relation
    level: str  # the comparison level that fired, e.g. "quantity.overlap"
    same_topic: float  # probability that both speak of the same thing
    span: Span
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """The counts of a finding without one of the other origins."""

    origin: str
    support: float  # effective origins
    contradict: float  # effective origins


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the other origins of the story say on one claim, counted."""

    article: str
    claim: str  # claim id
    verdict: VerdictName
    rule: str  # the claim's rule, or the rule that speaks against it ("quote.unsourced-outlet")
    support: Tally
    contradict: Tally
    silent: Tally  # origins that had the opportunity and say nothing
    opportunity: int  # other origins that could have carried it
    filled: int  # of these, origins that fill the same slot with any value
    specificity: float  # 0..1
    without: tuple[LeftOut, ...]  # one row an origin that speaks, by origin id
    reason: str
    evidence: tuple[Evidence, ...]  # strongest first, capped
    evidence_total: int
    uncompared: int = 0  # claims that may be of its matter and were not compared; 1 for one that was not heard at all
