"""What the nights of a window made of one article, one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path

import orjson

from pipeline.company import company_of
from pipeline.models import Score
from pipeline.report import Reading
from pipeline.runs import REPORT, SCORE, Night, Places
from pipeline.steps.cases import records_of
from pipeline.steps.frame import ShardSpec
from pipeline.storage import publish_bytes
from pipeline.window import Revision


def write_readings(night: Night, revision: Revision, seen_by: Mapping[str, Places]) -> None:
    """Leave, for the shards of a revision, the scores so far of the articles that later nights scored anew."""
    order = dict(zip((night.places.date, *(later for later, _ in revision.later)), revision.fingerprints, strict=True))
    articles: defaultdict[str, list[str]] = defaultdict(list)
    for article, nights in revision.renewed.items():
        for one in nights:
            articles[one].append(article)
    readings: defaultdict[str, list[Reading]] = defaultdict(list)
    for one, fingerprint in order.items():
        for score in scores_of(ShardSpec(seen_by[one], night.settings, ""), articles[one]):
            readings[score.article].append(Reading(one, fingerprint, score.value, score.status))
    table = {article: [asdict(row) for row in rows] for article, rows in sorted(readings.items())}
    publish_bytes(_file(revision.places), orjson.dumps(table))


def read_readings(places: Places) -> Mapping[str, tuple[Reading, ...]]:
    """Return the scores so far of the articles of a revision that later nights scored anew, oldest first."""
    return _read(_file(places))


@lru_cache(maxsize=2)
def _read(path: Path) -> Mapping[str, tuple[Reading, ...]]:
    table = orjson.loads(path.read_bytes())
    return {article: tuple(Reading(**row) for row in rows) for article, rows in table.items()}


def scores_of(spec: ShardSpec, articles: Iterable[str]) -> list[Score]:
    """Return the scores of some articles as the spec's night saw them; its name does not matter."""
    members = company_of(spec.places).members
    shards: defaultdict[str, list[str]] = defaultdict(list)
    for article in articles:
        shards[members[article].shard].append(article)
    found = []
    for name, some in sorted(shards.items()):
        found += records_of(replace(spec, name=name).path(SCORE, "scores"), Score, "article", some)
    return found


def _file(places: Places) -> Path:
    return places.stage(REPORT) / "readings.json"
