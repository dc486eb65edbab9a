"""A story: articles on one event, and who shares whose origin."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginLink:
    """Two articles of one origin and the reason."""

    first: str  # article id
    second: str  # article id
    rule: str  # "origin.same-publisher", "origin.contained-text", ...
    detail: str  # the shared words, wire, publisher or address
    similarity: float  # 0..1: containment for text rules, 1.0 for declared ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """How much text two origins of a story share, without being one origin."""

    first: str  # origin id, the smaller
    second: str  # origin id
    jaccard: float  # 0..1, of the shingles of one representative article each


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles on one event, with who shares whose origin."""

    id: str
    articles: tuple[str, ...]  # sorted ids
    origins: tuple[str, ...]  # origin id of each article, in the order of ``articles``
    links: tuple[OriginLink, ...]  # why articles share an origin
    overlaps: tuple[Overlap, ...]  # pairs of origins that share any text, sorted
