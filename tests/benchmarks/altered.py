"""Are two versions of one piece of news, one with altered facts, told apart from two honest tellings?

Two texts alone do not say which is wrong, so a pair counts as noticed when any claim of either side is contradicted.
The honest pairs are longer, so they have more claims to be wrong about; cut to the length of altered items they have
nobody else's words to be told by.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.claims import extract
from pipeline.corroboration import corroborate, with_statements
from pipeline.models import Story
from pipeline.settings import Settings
from tests.benchmarks.brief_pairs import BriefPair, altered_pairs, cut_short, told_twice
from tests.benchmarks.sets import Measured, share
from tests.benchmarks.stories import open_window

_SETTINGS = open_window()
_HONEST = "giveme5w1h"


def measure(evaluation: Path, settings: Settings = _SETTINGS) -> dict[str, Measured]:
    """Return the share of altered pairs, and of honest pairs, with a contradicted claim."""
    return {
        "altered.noticed": noticed(evaluation, settings),
        "altered.false": contradicted(told_twice(evaluation, _HONEST), settings),
    }


def noticed(evaluation: Path, settings: Settings) -> Measured:
    """Return the share of altered pairs with a contradicted claim."""
    return contradicted(altered_pairs(evaluation), settings)


def false_if_brief(evaluation: Path, name: str, settings: Settings) -> Measured:
    """Return the share of a set's honest pairs with a contradicted claim where only the length of altered items is left of each."""
    return contradicted(cut_short(told_twice(evaluation, name)), settings)


def contradicted(pairs: Iterable[BriefPair], settings: Settings) -> Measured:
    """Return the share of pairs with a contradicted claim."""
    return share([_is_contradicted(pair, settings) for pair in pairs])


def _is_contradicted(pair: BriefPair, settings: Settings) -> bool:
    by_id = {article.id: article for article in (pair.one, pair.two)}
    ids = tuple(sorted(by_id))
    story = Story(id="pair", articles=ids, origins=ids, links=(), overlaps=())
    claims = {id_: extract(article, settings.claims) for id_, article in by_id.items()}
    found = corroborate(story, by_id, with_statements(story, by_id, claims, settings), settings)
    return any(finding.verdict in ("contradicted", "contested") for finding in found)
