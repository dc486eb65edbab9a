"""Articles to claims, a shard at a time."""

from __future__ import annotations

from itertools import chain

from pipeline.claims import extract, extract_all
from pipeline.collector import collector_off
from pipeline.models import Article, Claim
from pipeline.runs import CLAIMS, INGEST, Night
from pipeline.settings import ClaimSettings
from pipeline.steps.culprit import at_fault
from pipeline.steps.frame import Progress, ShardSpec, Watch, close_stage, map_missing, shard_specs, stage_shards
from pipeline.store import read_records, write_records


def extract_claims(night: Night, watch: Watch) -> Progress:
    """Extract the claims of every article."""
    specs = shard_specs(night, INGEST, "articles")
    engine = night.settings.engine
    reused = map_missing(claims_shard, specs, lambda spec: spec.path(CLAIMS, "claims"), engine, watch)
    close_stage(night, CLAIMS, "claims", specs)
    articles = sum(shard.rows for shard in stage_shards(night, INGEST) if shard.name.startswith("articles/"))
    return Progress(articles=articles, shards=len(specs), reused=reused)


@collector_off()
def claims_shard(spec: ShardSpec) -> None:
    """Extract the claims of one shard of articles."""
    articles = list(read_records(spec.path(INGEST, "articles"), Article))
    try:
        found = list(chain.from_iterable(extract_all(articles, spec.settings.claims)))
    except Exception:
        _find_culprit(articles, spec.settings.claims)
        raise
    write_records(spec.path(CLAIMS, "claims"), Claim, found)


def _find_culprit(articles: list[Article], settings: ClaimSettings) -> None:
    """Raise what the first article raises that can't be read, with its whereabouts: many are read together."""
    for article in articles:
        with at_fault("The extraction of claims", [article]):
            extract(article, settings)
