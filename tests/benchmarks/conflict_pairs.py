"""Values that others have otherwise: planted ones, which are wrong, and those of news as it was, which mostly are of two things.

What ``Certainty`` is fitted on. Planted where two origins bear a claim out (``planted.py``), into the labelled sets, FNC-1 and
one half of real news. The honest ones are all that the rules let pass there; some of them are right, so the form is told worse of
them than they are, never better.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from pathlib import Path

from pipeline.claims import extract
from pipeline.corroboration import corroborate, with_statements
from pipeline.corroboration.certainty import Certainty, Voice
from pipeline.corroboration.findings import hearing
from pipeline.corroboration.values import ValueKey, value_key
from pipeline.models import Article, Claim, Finding, Story
from pipeline.settings import ConflictForm, Settings, load_settings
from pipeline.stories import group_stories
from tests.benchmarks import planted
from tests.benchmarks.planted_edits import with_edits
from tests.benchmarks.stories import FNC, labelled, open_window
from tests.night import Night, read_dump

LABELLED = ("giveme5w1h", "basil", "ecbplus", FNC)
LOAD = "load"
_PLANTED = {"number": "quantity", "day": "date"}
_MOST = 80  # plants of a kind in a set
_ALL = 1_000  # evidence rows: none is cut off


@dataclass(frozen=True, slots=True)
class Conflict:
    """A claim and one other value that some origins have."""

    kind: str
    name: str  # of the set
    story: str
    inputs: tuple[float, ...]  # in the order of ``names``
    planted: bool


def conflicts(evaluation: Path) -> Iterator[Conflict]:
    """Yield the conflicts of all sets, honest and planted."""
    for name in (*LABELLED, LOAD):
        settings = load_settings() if name == LOAD else open_window()
        open_gate = replace(settings.corroboration, conflict_least=0.0, conflict_sure=0.0, max_evidence=_ALL)
        settings = replace(settings, corroboration=open_gate)
        articles = read_dump(evaluation / LOAD, settings) if name == LOAD else labelled(evaluation, name)[0]
        yield from _of_night(name, _night(articles, settings, half=name == LOAD), settings)


def names() -> tuple[str, ...]:
    """Return the inputs of the form, in order."""
    return tuple(field.name for field in fields(ConflictForm) if field.name != "bias")


def in_half(story: Story) -> bool:
    """Tell whether a story of real news is of the half that is looked at."""
    return sha256(story.id.encode()).digest()[-1] % 2 == 0


def _night(articles: list[Article], settings: Settings, *, half: bool) -> Night:
    """Hear the stories of several origins; ``half``: every second of them."""
    by_id = {article.id: article for article in articles}
    stories = [story for story in group_stories(articles, settings) if len(set(story.origins)) > 1]
    if half:
        stories = [story for story in stories if in_half(story)]
    told = {id_: story for story in stories for id_ in story.articles}
    claims = {id_: extract(by_id[id_], settings.claims) for id_ in told}
    findings: dict[str, tuple[Finding, ...]] = {}
    for story in stories:
        claims |= with_statements(story, by_id, {id_: claims[id_] for id_ in story.articles}, settings)
        found = corroborate(story, by_id, claims, settings)
        findings |= {id_: tuple(row for row in found if row.article == id_) for id_ in story.articles}
    return Night({id_: by_id[id_] for id_ in told}, told, claims, findings, {})


def _of_night(name: str, night: Night, settings: Settings) -> Iterator[Conflict]:
    for story in {story.id: story for story in night.stories.values()}.values():
        made = {id_: night.claims[id_] for id_ in story.articles}
        told = [pair for id_ in story.articles for pair in night.pairs(id_) if pair[1].contradict.origins]
        if told:
            certainty = hearing(story, night.articles, made, settings).court.conflicts.certainty
            for claim, finding in told:
                for _, inputs in _weighed(certainty, claim, finding, made):
                    yield Conflict(claim.kind, name, story.id, inputs, planted=False)
    for kind in _PLANTED:
        yield from _planted(name, night, kind, settings)


def _planted(name: str, night: Night, kind: str, settings: Settings) -> Iterator[Conflict]:
    """Yield what stands against planted values: the true ones; other values may be of other things even here."""
    for number, (claim, edits) in enumerate(planted.plantable(night, kind)):
        if number == _MOST:
            return
        changed = replace(with_edits(night.articles[claim.article], edits), boilerplate=())
        story = night.stories[changed.id]
        articles = {**night.articles, changed.id: changed}
        made = {id_: night.claims[id_] for id_ in story.articles} | {changed.id: extract(changed, settings.claims)}
        court = hearing(story, articles, made, settings)
        for own in made[changed.id]:
            if own.kind == claim.kind and edits[0][1] in changed.text[own.span.start : own.span.end]:
                for key, inputs in _weighed(court.court.conflicts.certainty, own, court.finding(own), made):
                    if key == value_key(claim):
                        yield Conflict(claim.kind, name, story.id, inputs, planted=True)


def _weighed(
    certainty: Certainty, claim: Claim, finding: Finding, made: dict[str, tuple[Claim, ...]]
) -> Iterator[tuple[ValueKey | None, tuple[float, ...]]]:
    """Yield each value that contradicts a figure or date, with what the form weighs."""
    if claim.kind not in _PLANTED.values():
        return
    groups: dict[ValueKey | None, list[Voice]] = defaultdict(list)
    for row in finding.evidence:
        if row.relation == "contradicts" and not row.level.startswith("statement."):
            other = next(own for own in made[row.article] if own.kind == claim.kind and own.span == row.span)
            groups[value_key(other)].append((other, row.same_topic))
    for key, voices in groups.items():
        told = certainty.features(claim, voices)
        yield key, tuple(told[name] for name in names())
