"""Do the probabilities of claims mean what they say, and would other numbers in ``[score]`` make them better?

``python -m tests.benchmarks.calibration`` plants into the stories of giveme5w1h and BASIL, splits these by digest in two halves,
fits the numbers of the Beta form on one half and measures on the other, both ways round.

A claim that two others bear out would always be believed, and one that nobody has never: so every claim, true and falsified,
is heard three times, by all articles, by those of one bearer and the silent, and by the silent alone. Then a true claim
has as much or as little behind it as a false one. How many claims are true in a dump nobody knows: both are weighted so
that a given share is, and what is fitted for one share is no better for another.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice, product
from pathlib import Path
from statistics import fmean

from pipeline.evaluation.choices import Choices
from pipeline.evaluation.dice import Dice
from pipeline.evaluation.measures import Drop, Forecast, brier, over_stories
from pipeline.evaluation.planting import CHANGES, Plant, Planter, claim_at
from pipeline.evaluation.pool import gather
from pipeline.evaluation.told import Told, hear
from pipeline.models import Article, Claim, Finding, Story
from pipeline.scoring import score_article
from pipeline.settings import Settings
from tests.benchmarks.ablations import stories
from tests.benchmarks.stories import open_window
from tests.shared import REASON, SHARED

_A_STORY = 2  # fabrications of a kind in a story
_SHARES = (0.5, 0.7, 0.9)  # of claims that are true
_GRID = {
    "prior_weight": (0.1, 0.2, 0.3, 0.4, 0.6, 1.0),
    "prior": (0.4, 0.5, 0.6, 0.7, 0.8),
    "prior_specific": (0.0, 0.15, 0.3, 0.45),
    "silence_rate": (0.0, 0.25, 0.5, 1.0),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """A claim as some articles bear it out or not, and whether it is the true one."""

    article: Article
    story: Story
    claim: Claim
    finding: Finding
    outcome: bool

    def forecast(self, settings: Settings) -> Forecast | None:
        """Return the probability that the settings give it, None where it is not checkable."""
        scored = score_article(self.article, self.story, [self.claim], [self.finding], settings).claims[0]
        if scored.probability is None:
            return None
        return Forecast(self.story.id, scored.probability, self.outcome)


def collect(evaluation: Path, settings: Settings) -> list[Heard]:
    """Return every claim that is picked to be falsified, true and false, at three levels of support."""
    told = [hear(*one, settings) for one in stories(evaluation, settings)]
    claims = [claim for one in told for some in one.claims.values() for claim in some]
    pool, dice = gather([article for one in told for article in one.articles.values()], claims), Dice(0)
    rows: list[Heard] = []
    for one in told:
        planter = Planter(one, Choices.of(one, pool, dice))
        for kind in CHANGES:
            for plant in islice(planter.plants(kind, "changed"), _A_STORY):
                rows.extend(_levels(one, plant))
    return rows


def _levels(told: Told, plant: Plant) -> Iterator[Heard]:
    assert plant.claim is not None
    own = plant.article.id
    finding = next(row for row in told.findings[own] if row.claim == plant.claim.id)
    origin_of = dict(zip(told.story.articles, told.story.origins, strict=True))
    speaking = sorted({row.origin for row in finding.evidence})
    for heard in (speaking, speaking[:1], []):
        gone = set(speaking) - set(heard)
        left = told.among([id_ for id_ in told.articles if origin_of[id_] not in gone])
        yield from _claim(left, plant.claim, own, outcome=True)
        now = claim_at(plant.claims, plant.claim_kind, plant.at)
        if now is not None:
            yield from _claim(left.with_article(plant.article, plant.claims), now, own, outcome=False)


def _claim(told: Told, claim: Claim, article: str, *, outcome: bool) -> Iterator[Heard]:
    found = next(row for row in told.findings[article] if row.claim == claim.id)
    yield Heard(told.articles[article], told.story, claim, found, outcome)


def forecasts(rows: Sequence[Heard], settings: Settings) -> list[Forecast]:
    """Return the probabilities of the claims that can be checked."""
    return [forecast for row in rows if (forecast := row.forecast(settings)) is not None]


def loss(row: Forecast, share: float) -> float:
    """Return a forecast's squared error, weighted by how many claims of its outcome there are in the world."""
    return (row.probability - row.outcome) ** 2 * 2 * (share if row.outcome else 1 - share)


def fit(rows: Sequence[Heard], settings: Settings, share: float) -> Settings:
    """Return the settings of the grid with the least weighted Brier score."""
    tried = [settings, *(_with(settings, values) for values in product(*_GRID.values()))]
    return min(tried, key=lambda one: fmean(loss(row, share) for row in forecasts(rows, one)))


def _with(settings: Settings, values: tuple[float, ...]) -> Settings:
    weight, prior, specific, silence = values
    score = replace(settings.score, prior_weight=weight, prior=prior, prior_specific=specific, silence_rate=silence)
    return replace(settings, score=score)


def _half(row: Heard) -> int:
    return sha256(row.story.id.encode()).digest()[0] % 2


def _line(rows: Sequence[Heard], shipped: Settings, fitted: Settings, share: float) -> str:
    """Say what is gained on a half that was not fitted on, with the interval over stories."""
    before, after = forecasts(rows, shipped), forecasts(rows, fitted)
    losses = [fmean(loss(row, share) for row in some) for some in (before, after)]
    gains = [
        Drop(one.story, loss(one, share) - loss(two, share), planted=False)
        for one, two in zip(before, after, strict=True)
    ]
    reach = over_stories(gains, lambda some: fmean(row.points for row in some), 0)
    parts = [brier(some) for some in (before, after)]
    resolution = " to ".join(f"{part.resolution:.4f}" for part in parts if part)
    shown = " ".join(f"{key}={getattr(fitted.score, key):g}" for key in _GRID)
    between = f"{reach.low:+.4f} to {reach.high:+.4f}" if reach else "-"
    return (
        f"{share:.0%} true, {len(before)} claims: Brier {losses[0]:.4f} to {losses[1]:.4f}, gain {between}; "
        f"resolution {resolution}; {shown}\n"
    )


def main() -> int:
    """Print Brier score and resolution on each half, before and after fitting on the other; return the exit status."""
    if SHARED is None:
        sys.stdout.write(f"calibration: nothing measured: {REASON}\n")
        return 0
    settings = open_window()
    rows = collect(SHARED / "eval", settings)
    halves = [[row for row in rows if _half(row) == half] for half in (0, 1)]
    for share, held in product(_SHARES, (0, 1)):
        sys.stdout.write(_line(halves[held], settings, fit(halves[1 - held], settings, share), share))
        sys.stdout.flush()
    whole = brier(forecasts(rows, settings))
    for bin_ in whole.bins if whole else ():
        true = bin_.true / bin_.forecasts
        sys.stdout.write(
            f"P {bin_.low:.1f} to {bin_.high:.1f}: {bin_.forecasts} claims, mean {bin_.mean:.3f}, true {true:.3f}\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
