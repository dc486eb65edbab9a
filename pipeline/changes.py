"""Two revisions held against each other: whose score moved, and which verdicts and evidence moved it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pipeline.published import Revision

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stood in one revision."""

    verdict: str
    rule: str
    points: float
    reason: str


@dataclass(frozen=True, slots=True)
class Voice:
    """Another article's stand on a claim."""

    article: str
    relation: str
    level: str


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """One claim that stands otherwise than before; None on a side where it was not found."""

    kind: str
    words: str
    before: Standing | None
    after: Standing | None
    gained: tuple[Voice, ...]
    lost: tuple[Voice, ...]

    @property
    def moved(self) -> Decimal:
        """Points that it moved the score by, in exact hundredths."""
        return _points(self.after) - _points(self.before)


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """One article whose score changed, or that is in one revision only."""

    article: str
    title: str | None
    change: Literal["rescored", "added", "removed"]
    before: float | None
    after: float | None
    reason_before: str | None  # why there was no score
    reason_after: str | None
    joined: tuple[str, ...] = ()  # articles that its story gained
    left: tuple[str, ...] = ()
    text_changed: bool = False
    claims: tuple[ClaimChange, ...] = ()  # those whose verdict, rule or evidence changed; the most moving first
    reweighed: int = 0  # other claims whose points alone changed, for the weights of an article make one sum
    reweighed_points: float = 0.0

    @property
    def moved(self) -> Decimal:
        """How far the score moved; 0 where there is none on a side."""
        if self.before is None or self.after is None:
            return Decimal(0)
        return Decimal(repr(self.after)) - Decimal(repr(self.before))


def changed_articles(before: Revision, after: Revision) -> list[ArticleChange]:
    """Return every article that changed, the furthest moved first, then those in one revision only.

    Reports are read of the rescored articles alone, two at a time.
    """
    old, new = ({row["article"]: row for row in revision.rows("scores")} for revision in (before, after))
    rescored = [id_ for id_ in old if id_ in new and _standing(old[id_]) != _standing(new[id_])]
    found = [_rescored(old[id_], new[id_], before.report(id_), after.report(id_)) for id_ in rescored]
    found += [_alone(row, "added") for id_, row in new.items() if id_ not in old]
    found += [_alone(row, "removed") for id_, row in old.items() if id_ not in new]
    order = ("rescored", "added", "removed")
    return sorted(found, key=lambda change: (order.index(change.change), -abs(change.moved), change.article))


def _standing(row: Row) -> tuple[object, object]:
    return row["score"], row["reason"]


def _alone(row: Row, change: Literal["added", "removed"]) -> ArticleChange:
    score, reason = row["score"], row["reason"]
    if change == "added":
        return ArticleChange(row["article"], row["title"], change, None, score, None, reason)
    return ArticleChange(row["article"], row["title"], change, score, None, reason, None)


def _rescored(old: Row, new: Row, before: Row, after: Row) -> ArticleChange:
    claims = list(_claims(before, after))
    telling = sorted((claim for claim in claims if _tells(claim)), key=lambda claim: (-abs(claim.moved), claim.words))
    others = [claim.moved for claim in claims if not _tells(claim) and claim.moved]
    stories = [set(report["story"]["articles"]) for report in (before, after)]
    return ArticleChange(
        article=new["article"],
        title=new["title"],
        change="rescored",
        before=old["score"],
        after=new["score"],
        reason_before=old["reason"],
        reason_after=new["reason"],
        joined=tuple(sorted(stories[1] - stories[0])),
        left=tuple(sorted(stories[0] - stories[1])),
        text_changed=before["article"]["sha256"] != after["article"]["sha256"],
        claims=tuple(telling),
        reweighed=len(others),
        reweighed_points=float(sum(others, Decimal(0))),
    )


def _tells(claim: ClaimChange) -> bool:
    if claim.before is None or claim.after is None:
        return True
    verdicts = (claim.before.verdict, claim.before.rule) != (claim.after.verdict, claim.after.rule)
    return verdicts or bool(claim.gained or claim.lost)


def _claims(before: Row, after: Row) -> Iterator[ClaimChange]:
    old, new = _by_words(before["claims"]), _by_words(after["claims"])
    for key in {**old, **new}:
        first, second = old.get(key), new.get(key)
        voices = [Counter(_voices(claim)) for claim in (first, second)]
        yield ClaimChange(
            kind=key[0],
            words=key[1],
            before=_stood(first),
            after=_stood(second),
            gained=tuple((voices[1] - voices[0]).elements()),
            lost=tuple((voices[0] - voices[1]).elements()),
        )


def _by_words(claims: Sequence[Row]) -> Mapping[tuple[str, str, int], Row]:
    """Return claims by kind, words and which of its like it is: a claim's id changes with those before it."""
    seen: Counter[tuple[str, str]] = Counter()
    found = {}
    for claim in claims:
        key = (claim["kind"], claim["span"]["text"])
        found[*key, seen[key]] = claim
        seen[key] += 1
    return found


def _voices(claim: Row | None) -> list[Voice]:
    rows = claim["evidence"] if claim else ()
    return [Voice(row["article"], row["relation"], row["level"]) for row in rows]


def _stood(claim: Row | None) -> Standing | None:
    return Standing(claim["verdict"], claim["rule"], claim["points"], claim["reason"]) if claim else None


def _points(standing: Standing | None) -> Decimal:
    return Decimal(repr(standing.points)) if standing else Decimal(0)
