"""How many claims of one kind a story can hear: where articles hold too many, the first ones of each.

What is laid out of a story is looked at pair by pair, within numpy for the most part; that is quick, but no table of a million figures
may hold up a night. What is not heard is no part of a score, and who was not heard out is not silent.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.models import Article, Claim, ClaimKind


@dataclass(frozen=True, slots=True)
class Crowd:
    """A story's claims, those that are heard and those that are not."""

    heard: Sequence[Claim]
    left: frozenset[tuple[str, str]]  # (article, claim)
    cut: Mapping[ClaimKind, frozenset[str]]  # the articles that were not heard out

    @classmethod
    def of(cls, claims: Sequence[Claim], articles: Mapping[str, Article], most: int) -> Crowd:
        """Hear the claims of a story, in the order given; of a kind with more than ``most`` so many of each article that they fit.

        Equal texts count once: no copy puts others' claims aside.
        """
        if len(claims) <= most:
            return cls(claims, frozenset(), {})
        made: dict[ClaimKind, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        for claim in claims:
            made[claim.kind][claim.article].append(claim)
        left: list[Claim] = []
        for some in made.values():
            level = _level(_by_text(some, articles), most)
            left += (claim for own in some.values() for claim in sorted(own, key=_place)[level:])
        cut: dict[ClaimKind, set[str]] = defaultdict(set)
        for claim in left:
            cut[claim.kind].add(claim.article)
        keys = frozenset((claim.article, claim.id) for claim in left)
        heard = [claim for claim in claims if (claim.article, claim.id) not in keys]
        return cls(heard, keys, {kind: frozenset(some) for kind, some in cut.items()})


def _place(claim: Claim) -> tuple[int, int, str]:
    return claim.span.start, claim.span.end, claim.id


def _by_text(made: Mapping[str, Sequence[Claim]], articles: Mapping[str, Article]) -> list[int]:
    """Return how many claims each text has; of equal texts, the most that one is read to have."""
    sizes: Counter[str] = Counter()
    for id_, some in made.items():
        text = articles[id_].sha256
        sizes[text] = max(sizes[text], len(some))
    return sorted(sizes.values())


def _level(sizes: Iterable[int], most: int) -> int:
    """Return up to which number each text is heard, at least one; ``sizes``, the least first, share what there is."""
    ordered = list(sizes)
    for number, size in enumerate(ordered):
        share = most // (len(ordered) - number)
        if size > share:
            return max(1, share)
        most -= size
    return ordered[-1]
