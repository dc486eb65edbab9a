"""Fits the form of a part that was replaced and writes ``config/replaced.toml``: ``python -m tests.benchmarks.fit_replaced DATE``.

Nobody has marked which words of an altered text were altered, so a pair of texts is what is known: of an altered pair at least
one part was replaced, of an honest one none. What is fitted is the likelihood of the pairs, to which each part is one more
chance ("noisy or"); altered and honest pairs weigh alike, and so do the honest sets. What is written of the half of the
stories that is held out was never seen by the form that is judged on it; what ships is fitted on both.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.corroboration.briefs import Brief
from pipeline.corroboration.frames import lay, stemmed, words_of
from pipeline.corroboration.openings import main_sentences
from pipeline.corroboration.replaced import Inputs, parts
from pipeline.settings import CorroborationSettings, load_settings
from tests.benchmarks.brief_pairs import ALTERED, HONEST, BriefPair, altered_pairs, cut_short, told_twice
from tests.benchmarks.sets import order
from tests.benchmarks.stories import EVENTS
from tests.shared import REASON, SHARED

Numbers = NDArray[np.float64]

_RIDGE = 0.002  # on the slopes, beside the mean loss of a pair
_STEPS, _RATE = 400, 0.1  # of Adam (Kingma and Ba 2015), enough for four digits
_FAR = 30.0  # log odds beyond which a chance is certain
_NAMES = tuple(field.name for field in fields(Inputs))
_FILES = (f"{ALTERED}/articles.jsonl", *(f"{EVENTS[name][0]}/articles.jsonl" for name in EVENTS), "fnc1/pairs.jsonl.gz")
_TARGET = Path(__file__).resolve().parents[2] / "config" / "replaced.toml"


@dataclass(frozen=True, slots=True)
class Pairs:
    """The parts of one set's pairs: a row of inputs each, and the number of its pair."""

    inputs: Numbers
    owner: NDArray[np.int64]
    held: NDArray[np.int64]  # by pair: the half, 0 or 1, that its story is in

    @classmethod
    def of(cls, pairs: Sequence[BriefPair], settings: CorroborationSettings) -> Pairs:
        """Lay the sentences of each pair on each other."""
        found = [_inputs(pair, settings) for pair in pairs]
        return cls(
            inputs=np.array([row for rows in found for row in rows]).reshape(-1, len(_NAMES)),
            owner=np.repeat(np.arange(len(found)), [len(rows) for rows in found]),
            held=np.array([order(pair.story) % 2 for pair in pairs]),
        )

    def half(self, number: int) -> Pairs:
        """Return the pairs of one half of the stories."""
        kept = self.held == number
        own = kept[self.owner]
        return Pairs(self.inputs[own], (np.cumsum(kept) - 1)[self.owner[own]], self.held[kept])

    def surest(self, form: Numbers) -> Numbers:
        """Return the probability of each pair's likeliest part; 0 of a pair without any."""
        best = np.zeros(len(self.held))
        np.maximum.at(best, self.owner, 1 / (1 + np.exp(-(form[0] + self.inputs @ form[1:]))))
        return best


def _inputs(pair: BriefPair, settings: CorroborationSettings) -> list[tuple[float, ...]]:
    briefs = Brief.of(pair.one), Brief.of(pair.two)
    ours, theirs = ([*main_sentences(article, settings.brief_words)] for article in (pair.one, pair.two))
    rows = []
    for one in ours:
        for two in theirs:
            laid = lay(words_of(pair.one.text, one.span), words_of(pair.two.text, two.span), stemmed)
            near = laid.share >= settings.replaced_share and laid.bits >= settings.replaced_bits
            if near and one.hedged == two.hedged:
                main = "body" not in (one.position, two.position)
                rows += [astuple(part.inputs) for part in parts(laid, briefs, main=main)]
    return rows


def fitted(altered: Pairs, honest: Sequence[Pairs]) -> Numbers:
    """Return bias and slopes."""
    sets = [altered, *honest]
    starts = np.cumsum([0, *(len(some.held) for some in sets)])
    design = np.column_stack(
        [np.ones(sum(len(some.inputs) for some in sets)), np.vstack([some.inputs for some in sets])]
    )
    owner = np.concatenate([some.owner + start for some, start in zip(sets, starts, strict=False)])
    is_altered = np.arange(starts[-1]) < starts[1]
    weights = np.concatenate([np.full(len(some.held), 1 / len(some.held) / _share(some, sets)) for some in sets])
    form, first, second = (np.zeros(design.shape[1]) for _ in range(3))
    form[0] = -3.0
    for step in range(1, _STEPS + 1):
        slope = _slope(design, owner, is_altered, weights / 2, form) + _RIDGE * np.array([0.0, *form[1:]])
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        form -= _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return form


def _share(some: Pairs, sets: Sequence[Pairs]) -> int:
    return 1 if some is sets[0] else len(sets) - 1


def _slope(
    design: Numbers, owner: NDArray[np.int64], altered: NDArray[np.bool_], weights: Numbers, form: Numbers
) -> Numbers:
    """Return the slope of the mean loss, of which each pair's is -log(1 - q) if altered and -log q if honest, q the chance of no part."""
    odds = np.clip(design @ form, -_FAR, _FAR)
    none = np.exp(-np.bincount(owner, np.log1p(np.exp(odds)), len(weights)))
    pull = weights * np.where(altered, -none / np.maximum(1 - none, 1e-6), 1.0)
    slope: Numbers = design.T @ (pull[owner] / (1 + np.exp(-odds)))
    return slope


def held_out(sets: Mapping[str, Pairs], likely: float) -> list[str]:
    """Return a line a set: the share of its pairs with a part as likely as that, each by the form of the other half."""
    hits: dict[str, list[float]] = {name: [] for name in sets}
    for number in (0, 1):
        form = fitted(sets[ALTERED].half(1 - number), [sets[name].half(1 - number) for name in HONEST])
        for name, some in sets.items():
            hits[name] += (some.half(number).surest(form) >= likely).tolist()
    return [f"{name}: {np.mean(found):.3f} of {len(found)} pairs" for name, found in hits.items()]


def written(form: Numbers, lines: Sequence[str], likely: float, day: str, digest: str) -> str:
    """Return the config file: what it was fitted on, how well, and the form."""
    head = [
        "# Log odds that a part of a brief text was replaced: written by python -m tests.benchmarks.fit_replaced, not by hand.",
        f"# Fitted {day} on FakeNewsAMT's altered pairs and honest ones cut to their length (SHA-256 of their files {digest[:16]});",
        f"# of the half of the stories that a form had not seen, pairs with a part of a probability of {likely} or more:",
        *(f"# {line}" for line in lines),
        "# Each input lies between 0 and 1: how much of what either text names both have, places in which two sentences differ,",
        "# how much of both parts the other text has nowhere, how much the sentences share, both in headline or lede, length.",
        "",
        "[corroboration.replaced]  # log odds by input, as fitted",
    ]
    return (
        "\n".join([*head, *(f"{name:7} = {value:.3f}" for name, value in zip(("bias", *_NAMES), form, strict=True))])
        + "\n"
    )


def main() -> None:
    """Fit, judge and write."""
    if SHARED is None:
        sys.stdout.write(f"fit: nothing fitted: {REASON}\n")
        return
    evaluation, settings = SHARED / "eval", load_settings().corroboration
    sets = {ALTERED: Pairs.of(altered_pairs(evaluation), settings)}
    sets |= {name: Pairs.of(cut_short(told_twice(evaluation, name)), settings) for name in HONEST}
    form = fitted(sets[ALTERED], [sets[name] for name in HONEST])
    lines = held_out(sets, settings.replaced_likely)
    digest = sha256(b"".join((evaluation / file).read_bytes() for file in _FILES)).hexdigest()
    text = written(form, lines, settings.replaced_likely, sys.argv[1], digest)
    _TARGET.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
