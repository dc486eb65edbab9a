"""Findings to an article's score: probabilities, weights, a ledger that adds up, an interval, abstention."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipeline.ledger import AGAINST_CREDIT, ledger_of, water_filled
from pipeline.models import (
    EVENT_PLACES,
    NOT_COMPARED,
    Article,
    Claim,
    ClaimScore,
    Finding,
    LedgerRow,
    LeftOut,
    Score,
    Story,
)
from pipeline.record import maker_in_order
from pipeline.settings import ScoreSettings, Settings
from pipeline.text import clipped

_SHOWN = 80  # code points of a claim in a summary
_UNKNOWN = (None, None)
_claim_score = maker_in_order(ClaimScore, ("claim", "probability", "uncertainty", "points"))
_Z90 = 1.645  # standard deviations on each side of a 90 % interval


def score_article(
    article: Article, story: Story, claims: Sequence[Claim], findings: Sequence[Finding], settings: Settings
) -> Score:
    """Return the score of one article from the findings on its claims (aligned, claim by claim).

    Without enough other origins, claims or coverage there is no score: the reason says which.
    """
    weighed = [
        _Weighed(claim, finding, settings.score)
        for claim, finding in zip(claims, findings, strict=True)
        if finding.verdict != "not_checkable"
    ]
    weights = water_filled([item.weight for item in weighed], settings.score.claim_cap)
    total = sum(weights)
    coverage = sum(w * item.spoken for w, item in zip(weights, weighed, strict=True)) / total if total else 0.0
    specificity = sum(item.finding.specificity for item in weighed) / len(weighed) if weighed else 0.0
    failed = NOT_COMPARED in [finding.rule for finding in findings]
    reason = NOT_COMPARED if failed else _abstention(article, story, weighed, coverage, settings)
    if reason is not None:
        claim_scores = _claim_scores(claims, weighed, {})
        return _unscored(article, claim_scores, reason, round(coverage, 4), round(specificity, 4))
    rows, value = _ledger(weighed, weights, settings.score)
    points = {row.claim: row.points for row in rows if row.claim is not None}
    low, high = _interval(weighed, weights, value)
    band = _band(value, settings.score)
    return Score(
        article=article.id,
        value=value,
        status="scored",
        reason=None,
        low=low,
        high=high,
        band=band,
        coverage=round(coverage, 4),
        specificity=round(specificity, 4),
        claims=_claim_scores(claims, weighed, points),
        ledger=rows,
        summary=f"{value:.2f} of 100 ({band}): {_summary(article, story, weighed, rows)}",
    )


class _Weighed:
    """One checkable claim with its evidence, as numbers."""

    __slots__ = (
        "against_credit", "claim", "finding", "probability", "settings", "silence", "spoken", "uncertainty", "variance", "weight",
    )  # fmt: skip

    def __init__(self, claim: Claim, finding: Finding, settings: ScoreSettings) -> None:
        self.claim = claim
        self.finding = finding
        self.settings = settings
        self.silence = self._silence()
        self.against_credit = self._against_credit()
        self.probability, self.uncertainty, self.variance = self._belief(
            finding.support.effective, finding.contradict.effective
        )
        self.weight = self._weight()
        self.spoken = self._spoken()

    def without(self, left: LeftOut) -> float:
        """Return the probability had one of the origins that speak on the claim not been there."""
        return self._belief(left.support, left.contradict)[0]

    def _belief(self, support: float, contradict: float) -> tuple[float, float, float]:
        """Return mean, uncertainty and variance of the Beta form of subjective logic (Josang 2001).

        ``P = (r + W·a) / (r + s + z + W)``, ``u = W / (r + s + z + W)``; all evidence is tempered by the
        confidence of the extraction, which is no evidence on the matter itself.
        """
        prior = max(0.0, self.settings.prior - self.settings.prior_specific * self.finding.specificity)
        certain = self.claim.confidence
        mass = self.settings.prior_weight
        for_it = certain * support
        whole = for_it + certain * (contradict + self.against_credit + self.silence) + mass
        probability = (for_it + mass * prior) / whole
        return probability, mass / whole, probability * (1 - probability) / (whole + 1)

    def _spoken(self) -> float:
        """Return how far others speak on the claim, 0..1: ``(r + s) / (r + s + W)``; silence says nothing."""
        finding = self.finding
        heard = self.claim.confidence * (finding.support.effective + finding.contradict.effective + self.against_credit)
        return heard / (heard + self.settings.prior_weight)

    def _silence(self) -> float:
        """Return what silence counts against the claim, always less than one contradiction.

        ``z = min(cap, rate · N(silent) · -ln(1 - ρ))`` with ``ρ = (f + 1) / (n + 2)``: the more usual
        it is to fill the slot, the more telling it is not to. f counts the origins that fill it with
        another value: a supporter must not make the silence of the rest more telling.
        """
        usual = (self.finding.filled - self.finding.support.origins + 1) / (self.finding.opportunity + 2)
        spoken = self.settings.silence_rate * self.finding.silent.effective * -math.log(1.0 - usual)
        return min(self.settings.silence_cap, spoken)

    def _against_credit(self) -> float:
        key = AGAINST_CREDIT.get(self.finding.rule)
        return float(getattr(self.settings, key)) if key else 0.0

    def _weight(self) -> float:
        """Return kind × specificity × position × hedge × how far anyone else could have confirmed it.

        A quote credited to an outlet names where it can be confirmed, so it weighs more than an exclusive.
        """
        settings = self.settings
        weight = float(getattr(settings.weight, self.claim.kind))
        weight *= settings.plain + (1 - settings.plain) * self.finding.specificity
        if self.claim.position != "body":
            weight *= settings.headline if self.claim.position == "headline" else settings.lede
        weight *= settings.hedged if self.claim.hedged else 1.0
        addressed = min(1.0, self.finding.filled / settings.confirmers)
        if self.against_credit:
            addressed = max(addressed, settings.credited)
        return weight * (settings.exclusive + (1 - settings.exclusive) * addressed)


def _abstention(
    article: Article, story: Story, weighed: list[_Weighed], coverage: float, settings: Settings
) -> str | None:
    if article.language not in settings.claims.languages:
        return "language.not-read"
    if len(set(story.origins)) - 1 < settings.score.min_origins:
        return "origins.too-few"
    if len(weighed) < settings.score.min_claims:
        return "claims.too-few"
    weightless = not any(item.weight for item in weighed)  # as a config may have it, of kinds or of exclusives
    return "coverage.too-low" if weightless or coverage < settings.score.min_coverage else None


def _unscored(
    article: Article, claims: tuple[ClaimScore, ...], reason: str, coverage: float, specificity: float
) -> Score:
    return Score(
        article=article.id,
        value=None,
        status="insufficient_evidence",
        reason=reason,
        low=None,
        high=None,
        band="none",
        coverage=coverage,
        specificity=specificity,
        claims=claims,
        ledger=(),
        summary=_UNSCORED[reason],
    )


_UNSCORED = {
    NOT_COMPARED: "Not scored: twosource itself failed on this story; please report this.",
    "language.not-read": "Not scored: the article is in a language that is not read.",
    "origins.too-few": "Not scored: fewer independent origins on this story than a comparison needs.",
    "claims.too-few": "Not scored: too few checkable specifics.",
    "coverage.too-low": "Not scored: the other articles speak of too little of what this one says.",
}


def _claim_scores(claims: Sequence[Claim], weighed: list[_Weighed], points: dict[str, float]) -> tuple[ClaimScore, ...]:
    if not weighed:
        return tuple([_claim_score(claim.id, *_UNKNOWN, 0.0) for claim in claims])
    beliefs = {item.claim.id: (round(item.probability, 4), round(item.uncertainty, 4)) for item in weighed}
    return tuple(
        [_claim_score(claim.id, *beliefs.get(claim.id, _UNKNOWN), points.get(claim.id, 0.0)) for claim in claims]
    )


def _ledger(
    weighed: list[_Weighed], weights: list[float], settings: ScoreSettings
) -> tuple[tuple[LedgerRow, ...], float]:
    """Return the rows and the value: ``100·Σ wP / Σ w``, and its cap where main facts are contradicted."""
    total = sum(weights)
    costs = [100 * w * (1 - item.probability) / total for w, item in zip(weights, weighed, strict=True)]
    names: list[tuple[str | None, str]] = [(item.claim.id, item.finding.rule) for item in weighed]
    if any(_is_headline_grade(item, settings) for item in weighed):
        excess = 100 - sum(costs) - settings.headline_contradicted
        if excess > 0:
            costs.append(excess)
            names.append((None, "score.headline-contradicted"))
    return ledger_of(names, costs)


def _is_headline_grade(item: _Weighed, settings: ScoreSettings) -> bool:
    """A main fact: told in headline or lede, or where the event itself happened."""
    main = item.claim.position != "body" or item.claim.rule in EVENT_PLACES
    against = item.finding.contradict.effective
    return main and item.finding.verdict == "contradicted" and against >= settings.headline_contradictors


def _interval(weighed: list[_Weighed], weights: list[float], value: float) -> tuple[float, float]:
    """Return a 90 % interval: leave one origin out (jackknife), plus the Beta variance of the claims.

    Origins are the sampling unit: claims of one article are not independent.
    """
    total = sum(weights)
    means = [100 * sum(parts) / total for parts in _left_out(weighed, weights)]
    variance = 100**2 * sum((w / total) ** 2 * item.variance for w, item in zip(weights, weighed, strict=True))
    if len(means) > 1:
        centre = sum(means) / len(means)
        variance += (len(means) - 1) / len(means) * sum((mean - centre) ** 2 for mean in means)
    spread = _Z90 * math.sqrt(variance)
    return round(max(0.0, value - spread), 2), round(min(100.0, value + spread), 2)


def _left_out(weighed: list[_Weighed], weights: list[float]) -> Iterator[list[float]]:
    """Yield what each claim adds, weight times probability, had one origin not been there; for each that speaks on any."""
    whole = [w * item.probability for w, item in zip(weights, weighed, strict=True)]
    changed: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row, (w, item) in enumerate(zip(weights, weighed, strict=True)):
        for left in item.finding.without:
            changed[left.origin].append((row, w * item.without(left)))
    for origin in sorted(changed):
        parts = whole.copy()
        for row, part in changed[origin]:
            parts[row] = part
        yield parts


def _band(value: float, settings: ScoreSettings) -> str:
    if value >= settings.high_band:
        return "high"
    return "medium" if value >= settings.medium_band else "low"


def _summary(article: Article, story: Story, weighed: list[_Weighed], rows: tuple[LedgerRow, ...]) -> str:
    verdicts = Counter(item.finding.verdict for item in weighed)
    told = ", ".join(f"{verdicts[name]} {name}" for name in ("supported", "contradicted", "uncorroborated"))
    points = {row.claim: row.points for row in rows}
    open_ = [item for item in weighed if item.finding.verdict != "supported"]
    costliest = ""
    if open_:
        worst = min(open_, key=lambda item: points[item.claim.id])
        words = " ".join(article.text[worst.claim.span.start : worst.claim.span.end].split())
        short = clipped(words, _SHOWN)
        verdict = worst.finding.verdict.replace("_", " ")
        costliest = f"; the costliest ({points[worst.claim.id]:+.2f}) is “{short}”, {verdict}"
    others = len(set(story.origins)) - 1
    return f"of {len(weighed)} checkable specifics {told}, against {others} other independent origins{costliest}."
