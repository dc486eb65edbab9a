"""What each part of the method is worth: the same fabrications, heard without it.

``python -m tests.benchmarks.ablations`` prints the table of ``docs/ablations.md``; with ``--update`` it renews it there. The
fabrications and null edits are those that the whole method admits in giveme5w1h and BASIL; every variant hears the same.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, fields, replace
from itertools import chain, islice
from pathlib import Path
from unittest.mock import patch

from pipeline.claims import extract
from pipeline.evaluation.choices import Choices
from pipeline.evaluation.dice import Dice
from pipeline.evaluation.measures import Drop, auroc_of, brier, wilson
from pipeline.evaluation.nulls import NULL_FORMS, NullEditor
from pipeline.evaluation.planting import CHANGES, Plant, Planter, claim_at, tried
from pipeline.evaluation.pool import gather
from pipeline.evaluation.results import forecasts
from pipeline.evaluation.run import LEAST_ORIGINS
from pipeline.evaluation.told import Told, hear, is_contradicted, remarked
from pipeline.evaluation.trials import NullTrial, Trial
from pipeline.extras import lacking_names
from pipeline.models import Article
from pipeline.settings import OriginSettings, Settings, load_settings
from pipeline.stories import group_stories
from pipeline.stories.origins import Origins
from tests.benchmarks import altered
from tests.benchmarks.planted import SETS
from tests.benchmarks.sets import read_articles
from tests.benchmarks.stories import EVENTS, open_window
from tests.conftest import ROOT
from tests.shared import REASON, SHARED

DOCUMENT = ROOT / "docs" / "ablations.md"
_BEGIN, _END = "<!-- table -->\n", "<!-- end of table -->\n"
_A_STORY = 2  # fabrications of a kind in a story
_CERTAIN = 20.0  # log odds: any two claims of one kind are taken for one matter
_HEAD = (
    "| variant | recall | 95 % | alarms untouched | moved by equal forms | moved by copies | AUROC | Brier | resolution | altered news |",
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
)


@dataclass(frozen=True, slots=True)
class Variant:
    """The method without a part, and why it can't be measured here, if so."""

    name: str
    settings: Settings
    without: Callable[[], AbstractContextManager[object]] = nullcontext
    lacking: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What one variant made of everything."""

    planted: list[Trial]
    null: list[NullTrial]
    untouched: list[bool]


def variants(whole: Settings, model: str) -> list[Variant]:
    """Return the whole method and what is left of it without each part."""
    weighing = whole.corroboration
    forms = {kind.name: replace(getattr(weighing.topic, kind.name), bias=_CERTAIN) for kind in fields(weighing.topic)}
    always = replace(weighing.topic, **forms)
    spacy = replace(whole, claims=replace(whole.claims, names="spacy", spacy_model=model))
    return [
        Variant("whole", whole),
        Variant("without same_topic", replace(whole, corroboration=replace(weighing, topic=always))),
        Variant("without origins", whole, _each_its_own_origin),
        Variant("without silence", replace(whole, score=replace(whole.score, silence_rate=0.0))),
        Variant("with spaCy's names", spacy, lacking=lacking_names(model)),
    ]


def _each_its_own_origin() -> AbstractContextManager[object]:
    return patch("pipeline.stories.find_origins", _own_origins)


def _own_origins(articles: Sequence[Article], digests: Mapping[str, str], settings: OriginSettings) -> Origins:  # noqa: ARG001 - stands for find_origins
    return Origins({article.id: f"o-{article.id}" for article in articles}, (), ())


def stories(evaluation: Path, settings: Settings) -> Iterator[tuple[str, list[Article]]]:
    """Yield the stories of three origins and more, as the whole method finds them."""
    for name in SETS:
        articles = {one.id: remarked(one) for one in read_articles(evaluation / EVENTS[name][0] / "articles.jsonl")}
        for story in group_stories(list(articles.values()), settings):
            if len(set(story.origins)) >= LEAST_ORIGINS:
                yield story.id, [articles[id_] for id_ in story.articles]


def plant(told: Sequence[Told]) -> list[list[Plant]]:
    """Return the fabrications of each story: of claims that two other origins bear out and none denies."""
    claims = [claim for one in told for some in one.claims.values() for claim in some]
    pool, dice = gather([article for one in told for article in one.articles.values()], claims), Dice(0)
    planters = [Planter(one, Choices.of(one, pool, dice)) for one in told]
    return [
        [made for kind in CHANGES for made in islice(planter.plants(kind, "changed"), _A_STORY)] for planter in planters
    ]


def hear_all(told: Sequence[Told], plants: Sequence[Sequence[Plant]]) -> Heard:
    """Try all fabrications and null edits."""
    heard = Heard([], [], [])
    for one, some in zip(told, plants, strict=True):
        heard.planted.extend(tried(one, _as_read(one, made)) for made in some)
        editor = NullEditor(one, Dice(0))
        heard.null.extend(trial for form in NULL_FORMS for trial in islice(editor.trials(form), 1))
        heard.untouched.extend(is_contradicted(row) for rows in one.findings.values() for row in rows)
    return heard


def _as_read(told: Told, made: Plant) -> Plant:
    """Return a fabrication with the claims that a variant reads, before and after."""
    assert made.claim is not None
    before = claim_at(told.claims[made.article.id], made.claim.kind, made.claim.span)
    return replace(made, claims=extract(made.article, told.settings.claims), claim=before)


def row(evaluation: Path, variant: Variant, heard: Heard) -> str:
    """Return a variant's row of the table."""
    hits = [trial.alarmed for trial in heard.planted]
    reach, parts = wilson(sum(hits), len(hits)), brier(forecasts(heard.planted))
    assert reach is not None
    assert parts is not None
    drops = [Drop(one.story, one.drop, planted=True) for one in heard.planted if one.drop is not None]
    drops += [Drop(one.story, one.drop, planted=False) for one in heard.null if one.drop is not None]
    cells = [
        variant.name,
        f"{sum(hits) / len(hits):.3f}",
        f"{reach.low:.2f} to {reach.high:.2f}",
        f"{sum(heard.untouched) / len(heard.untouched):.4f}",
        _moved(heard.null, copied=False),
        _moved(heard.null, copied=True),
        f"{auroc_of(drops):.3f}",
        f"{parts.score:.4f}",
        f"{parts.resolution:.4f}",
        f"{altered.noticed(evaluation, variant.settings).value:.3f}",
    ]
    return f"| {' | '.join(cells)} |"


def _moved(null: Sequence[NullTrial], *, copied: bool) -> str:
    rows = [trial for trial in null if (trial.form == "copy") == copied]
    return f"{sum(trial.moved for trial in rows) / sum(trial.claims for trial in rows):.4f}"


def measure(evaluation: Path, model: str) -> Iterator[str]:
    """Yield the rows of the table, one a variant."""
    whole = open_window()
    told_by = list(stories(evaluation, whole))
    plants = plant([hear(*one, whole) for one in told_by])
    for variant in variants(whole, model):
        if variant.lacking is not None:
            yield f"| {variant.name} | not measured: {variant.lacking} |"
            continue
        with variant.without():
            told = [hear(*one, variant.settings) for one in told_by]
            yield row(evaluation, variant, hear_all(told, plants))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, and renew the document if asked to; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.ablations", description=__doc__)
    parser.add_argument("--update", action="store_true", help="renew docs/ablations.md")
    parser.add_argument("--spacy-model", default=load_settings().claims.spacy_model, help="import name of the model")
    given = parser.parse_args(arguments)
    if SHARED is None:
        sys.stdout.write(f"ablations: nothing measured: {REASON}\n")
        return 0
    lines = list(_HEAD)
    for line in chain(_HEAD, measure(SHARED / "eval", given.spacy_model)):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        lines += [] if line in _HEAD else [line]
    if given.update:
        before, _, rest = DOCUMENT.read_text("utf-8").partition(_BEGIN)
        DOCUMENT.write_text(
            before + _BEGIN + "".join(f"{line}\n" for line in lines) + _END + rest.partition(_END)[2], "utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
