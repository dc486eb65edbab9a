"""Counting: independent origins for, against and silent, and the verdict that follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.corroboration.independence import Independence
from pipeline.corroboration.stands import Stand
from pipeline.models import LeftOut, Relation, Tally, VerdictName
from pipeline.record import maker, quickly_made
from pipeline.settings import CorroborationSettings

_SPEAKING: tuple[Relation, ...] = ("supports", "qualifies", "supersedes", "contradicts")
_left_out = maker(LeftOut)


@quickly_made
@dataclass(frozen=True, slots=True)
class Counted:
    """The other origins of a story, sorted by where they stand on one claim."""

    supporting: frozenset[str]
    qualifying: frozenset[str]
    superseding: frozenset[str]
    contradicting: frozenset[str]
    doubtful: frozenset[str]  # of the contradicting ones, those of which none is enough by itself
    unsure: frozenset[str]  # of these, those that are not enough together either
    silent: frozenset[str]
    opportunity: int  # origins that speak or could have spoken
    filled: int  # origins that fill the slot with any value
    agreeing: int  # articles that stand for it
    objecting: int  # articles that stand against it


def count(stands: Mapping[str, Stand], origin_of: Mapping[str, str], could_speak: frozenset[str]) -> Counted:
    """Sort origins by their strongest article; ``could_speak``: other origins with the opportunity."""
    strongest: dict[str, Stand] = {}
    for article in sorted(stands):
        origin = origin_of[article]
        if origin not in strongest or stands[article].rank < strongest[origin].rank:
            strongest[origin] = stands[article]
    sorts: dict[Relation | None, list[str]] = {}
    for origin, stand in strongest.items():
        sorts.setdefault(stand.relation, []).append(origin)
    supporting, qualifying, superseding, contradicting = (frozenset(sorts.get(relation, ())) for relation in _SPEAKING)
    later = frozenset([origin for origin in superseding if strongest[origin].superseding])
    relations = [stand.relation for stand in stands.values()]
    return Counted(
        supporting=supporting,
        qualifying=qualifying,
        superseding=later,
        contradicting=contradicting,
        doubtful=frozenset([origin for origin in contradicting if strongest[origin].doubtful]),
        unsure=frozenset([origin for origin in contradicting if strongest[origin].unsure]),
        silent=could_speak.difference(supporting, qualifying, superseding, contradicting),
        opportunity=len(could_speak.union(strongest)),
        filled=len(strongest),
        agreeing=relations.count("supports"),
        objecting=relations.count("contradicts"),
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the other origins stand on a claim, weighed."""

    counted: Counted
    support: Tally
    contradict: Tally
    silent: Tally
    without: tuple[LeftOut, ...]
    verdict: VerdictName


@dataclass(frozen=True, slots=True)
class Weighing:
    """Turns origins into effective numbers, for one article's own origin."""

    independence: Independence
    own: str  # the claim's own origin
    settings: CorroborationSettings

    def outcome(self, counted: Counted) -> Outcome:
        """Return tallies and verdict."""
        support, contradict, silent = self.tallies(counted)
        named = verdict(counted, support.effective, contradict.effective, self.settings)
        return Outcome(counted, support, contradict, silent, self.left_out(counted), named)

    def support(self, counted: Counted, without: str | None = None) -> float:
        """Return what supporters add beyond the article itself; a coarser statement counts in part.

        The Choquet sum over two levels of strength: those that say the same, and those that say
        something that holds it, or what came of it: who tells that a figure grew tells that it was one.
        """
        full = self._added(counted.supporting - {without})
        wide = self._added((counted.supporting | counted.qualifying | counted.superseding) - {without})
        return full + self.settings.qualified_share * max(0.0, wide - full)

    def _added(self, origins: Iterable[str]) -> float:
        return self.independence.effective(frozenset(origins) | {self.own}) - 1.0

    def effective(self, origins: frozenset[str], without: str | None = None) -> float:
        """Return the effective number of some origins."""
        return self.independence.effective(origins - {without} if without else origins)

    def tallies(self, counted: Counted) -> tuple[Tally, Tally, Tally]:
        """Return the tallies for, against and silent."""
        return (
            Tally(
                origins=len(counted.supporting),
                articles=counted.agreeing,
                effective=round(self.support(counted), 4),
            ),
            Tally(
                origins=len(counted.contradicting),
                articles=counted.objecting,
                effective=round(self.effective(counted.contradicting), 4),
            ),
            Tally(
                origins=len(counted.silent),
                articles=0,
                effective=round(self.effective(counted.silent), 4),
            ),
        )

    def left_out(self, counted: Counted) -> tuple[LeftOut, ...]:
        """Return the counts without each origin that speaks, by origin id."""
        speaking = counted.supporting | counted.qualifying | counted.superseding | counted.contradicting
        return tuple(
            _left_out(
                origin=origin,
                support=round(self.support(counted, origin), 4),
                contradict=round(self.effective(counted.contradicting, origin), 4),
            )
            for origin in sorted(speaking)
        )


def verdict(counted: Counted, support: float, against: float, settings: CorroborationSettings) -> VerdictName:
    """Name where the counts stand; shares of belief b = r/(r+s+K), of disbelief d = s/(r+s+K), K what is undecided."""
    if counted.opportunity == 0:
        return "not_checkable"
    whole = support + against + settings.undecided
    belief, disbelief = support / whole, against / whole
    if disbelief >= settings.minority and belief >= settings.minority:
        return "contested"
    if counted.contradicting and disbelief > belief:
        alone = len(counted.contradicting) == 1 and counted.contradicting == counted.doubtful
        return "contested" if alone or counted.contradicting == counted.unsure else "contradicted"
    if counted.supporting:
        return "supported"
    if counted.superseding:
        return "superseded"
    return "qualified" if counted.qualifying else "uncorroborated"
