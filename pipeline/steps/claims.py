"""Articles to claims, a shard at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from pipeline.claims import extract, extract_all
from pipeline.collector import collector_off
from pipeline.ingest import reject_raised
from pipeline.models import Article, Claim, Rejected
from pipeline.runs import CLAIMS, INGEST, Night
from pipeline.settings import ClaimSettings
from pipeline.steps.culprit import name_articles
from pipeline.steps.frame import Progress, ShardSpec, Watch, close_stage, map_missing, shard_specs, stage_shards
from pipeline.store import read_records, write_records

_REFUSED = "refused"


def extract_claims(night: Night, watch: Watch) -> Progress:
    """Extract the claims of every article."""
    specs = shard_specs(night, INGEST, "articles")
    engine = night.settings.engine
    reused = map_missing(claims_shard, specs, lambda spec: spec.path(CLAIMS, "claims"), engine, watch)
    close_stage(night, CLAIMS, specs, "claims", _REFUSED)
    articles = sum(shard.rows for shard in stage_shards(night, INGEST) if shard.name.startswith("articles/"))
    return Progress(articles=articles, shards=len(specs), reused=reused)


@collector_off()
def claims_shard(spec: ShardSpec) -> None:
    """Extract the claims of one shard of articles; one that can't be read to its end is refused, with all its claims."""
    articles = list(read_records(spec.path(INGEST, "articles"), Article))
    settings = spec.settings.claims
    refusals: list[Rejected] = []
    try:
        found = list(chain.from_iterable(extract_all(articles, settings)))
    except Exception:  # noqa: BLE001 - many are read together: which of them is to blame shows one by one
        found = list(_one_by_one(articles, settings, refusals))
    write_records(spec.path(CLAIMS, _REFUSED), Rejected, refusals)
    write_records(spec.path(CLAIMS, "claims"), Claim, found)


def _one_by_one(articles: Sequence[Article], settings: ClaimSettings, refusals: list[Rejected]) -> Iterator[Claim]:
    """Yield the claims of the articles that can be read, and add the others to those refused.

    Raises what the last one raised where there are several and none can be read: then it is no single text's fault.
    """
    for article in articles:
        try:
            yield from extract(article, settings)
        except Exception as error:
            refusals.append(reject_raised(article.location, error))
            if len(refusals) == len(articles) > 1:
                name_articles(error, "The extraction of claims", [article])
                raise


def refused(night: Night) -> list[Rejected]:
    """Return the articles of a night that could not be read to their ends."""
    return [row for spec in shard_specs(night, INGEST, "articles") for row in refused_at(spec)]


def refused_at(spec: ShardSpec) -> list[Rejected]:
    """Return the articles of a shard that could not be read to their ends: they are in no story."""
    return read_records(spec.path(CLAIMS, _REFUSED), Rejected)
