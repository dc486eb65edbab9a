"""Fits ``same_topic`` on the labelled sets and writes ``config/same_topic.toml``: ``python -m tests.benchmarks.fit_topic DATE``.

A logistic form for each kind of claim, by Newton's method. All kinds are fitted together first; each kind's own form is
held near that one by a ridge, for some kinds have few pairs. A slope below 0 (more in common, less one matter) would be
chance, and is left out. What is written on the held-out stories was never seen by the forms that are judged on them.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.corroboration.topic import FEATURES
from tests.benchmarks.stories import open_window
from tests.benchmarks.topic_pairs import KINDS, Pair, chain_pairs, value_pairs
from tests.shared import REASON, SHARED

Numbers = NDArray[np.float64]

FOLDS = 10
_COMMON = ("quote", "attribution")  # kinds whose values do not tell enough pairs apart
_FREE, _NEAR = 1.0, 10.0  # ridge of the common form, towards 0, and of each kind's, towards the common one
_BIAS_RIDGE = 0.01
_MARKED = 0.5  # weight of all pairs marked by hand beside that of those told by values: another text, another bias
_STEPS, _ENOUGH = 100, 1e-9
_FILES = (
    "giveme5w1h/news_cluster/articles.jsonl", "basil/articles.jsonl", "ecbplus/articles.jsonl",
    "ecbplus/gold.chains.jsonl", "ecbplus/gold.mentions.jsonl.gz",
)  # fmt: skip
_TARGET = Path(__file__).resolve().parents[2] / "config" / "same_topic.toml"


def logistic(inputs: Numbers, same: Numbers, weights: Numbers, towards: Numbers, ridge: float) -> Numbers:
    """Return bias and slopes, no slope of the first six below 0, held towards some form by a ridge."""
    design = np.column_stack([np.ones(len(inputs)), inputs])
    used = np.ones(design.shape[1], dtype=bool)
    while True:
        found = np.zeros(design.shape[1])
        found[used] = newton(design[:, used], same, weights, towards[used], ridge)
        negative = np.flatnonzero(found[1 : 1 + len(names())] < 0) + 1
        if not len(negative):
            return found
        used[negative] = False


def newton(design: Numbers, same: Numbers, weights: Numbers, towards: Numbers, ridge: float) -> Numbers:
    """Return bias and slopes that fit best, held towards some form by a ridge."""
    form = towards.copy()
    pull = np.full(len(form), ridge)
    pull[0] = _BIAS_RIDGE
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-design @ form))
        slope = design.T @ (weights * (chance - same)) + pull * (form - towards)
        curve = (design * (weights * chance * (1 - chance))[:, None]).T @ design + np.diag(pull)
        step = np.linalg.solve(curve, slope)
        form -= step
        if float(abs(step).max()) < _ENOUGH:
            break
    return form


def names() -> tuple[str, ...]:
    """Return the inputs of the form, in order."""
    return FEATURES


def fitted(pairs: Sequence[Pair]) -> dict[str, Numbers]:
    """Return bias and slopes by kind; kinds without pairs of their own have the common form."""
    inputs = np.array([(*pair.inputs, float(pair.marked)) for pair in pairs])
    same = np.array([float(pair.same) for pair in pairs])
    weights = _weights(pairs)
    common = logistic(inputs, same, weights, np.zeros(inputs.shape[1] + 1), _FREE)[:-1]
    forms = dict.fromkeys(_COMMON, common)
    for kind in KINDS:
        own = np.array([pair.kind == kind and not pair.marked for pair in pairs])
        forms[kind] = logistic(inputs[own, :-1], same[own], weights[own], common, _NEAR)
    return forms


def _weights(pairs: Sequence[Pair]) -> Numbers:
    """A story of many pairs weighs as the root of their number: they repeat each other."""
    counts = Counter((pair.kind, pair.story) for pair in pairs)
    weights = np.array([counts[pair.kind, pair.story] ** -0.5 for pair in pairs])
    marked = np.array([pair.marked for pair in pairs])
    weights[~marked] *= (~marked).sum() / weights[~marked].sum()
    if marked.any():
        weights[marked] *= _MARKED * (~marked).sum() / weights[marked].sum()
    return weights


def held_out(pairs: Sequence[Pair]) -> Numbers:
    """Return the probability of each pair by forms that saw nothing of its story."""
    folds = np.array([int(sha256(pair.story.encode()).hexdigest(), 16) % FOLDS for pair in pairs])
    chances = np.zeros(len(pairs))
    for fold in range(FOLDS):
        forms = fitted([pair for pair, own in zip(pairs, folds, strict=True) if own != fold])
        for place in np.flatnonzero(folds == fold).tolist():
            form = forms[pairs[place].kind]
            chances[place] = 1 / (1 + np.exp(-(form[0] + form[1:] @ np.array(pairs[place].inputs))))
    return chances


def judged(pairs: Sequence[Pair], chances: Numbers) -> list[str]:
    """Return a line a kind: log loss, Brier score beside that of always saying the share, and reliability."""
    lines = []
    for kind in KINDS:
        own = np.array([pair.kind == kind and not pair.marked for pair in pairs])
        same = np.array([float(pair.same) for pair in pairs])[own]
        chance = np.clip(chances[own], 1e-9, 1 - 1e-9)
        loss = -np.mean(same * np.log(chance) + (1 - same) * np.log(1 - chance))
        brier, plain = np.mean((chance - same) ** 2), np.mean(same) * (1 - np.mean(same))
        lines.append(
            f"{kind}: {len(same)} pairs, {np.mean(same):.3f} of one matter; log loss {loss:.3f}, "
            f"Brier {brier:.3f} (always the share: {plain:.3f}); {_reliability(chance, same)}"
        )
    return lines


def _reliability(chances: Numbers, same: Numbers) -> str:
    edges = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    rows = []
    for low, high in pairwise(edges):
        own = (chances >= low) & (chances < high)
        if own.any():
            rows.append(f"said {chances[own].mean():.2f} was {same[own].mean():.2f}")
    return ", ".join(rows)


def written(forms: dict[str, Numbers], lines: list[str], day: str, digest: str) -> str:
    """Return the config file: what it was fitted on, how well, and the forms."""
    head = [
        "# Log odds of same_topic by kind of claim: written by python -m tests.benchmarks.fit_topic, not by hand.",
        f"# Fitted {day} on giveme5w1h, BASIL and ECB+ (SHA-256 of their files {digest[:16]}); on held-out stories:",
        *(f"# {line}" for line in lines),
        "# Each input lies between 0 and 1: overlap of content words and of names, the same slot, overlap of the words",
        "# next to both, both in headline or lede, both the first place of a happening.",
    ]
    for kind in (*KINDS, *_COMMON):
        head += ["", f"[corroboration.topic.{kind}]  # log odds by input, as fitted"]
        head += [f"{name:10} = {value:.3f}" for name, value in zip(("bias", *names()), forms[kind], strict=True)]
    return "\n".join(head) + "\n"


def main(day: str) -> None:
    """Fit, judge and write."""
    if SHARED is None:
        sys.exit(REASON)
    evaluation, settings = SHARED / "eval", open_window()
    pairs = [*value_pairs(evaluation, settings), *chain_pairs(evaluation, settings)]
    lines = judged(pairs, held_out(pairs))
    digest = sha256(b"".join((evaluation / name).read_bytes() for name in _FILES)).hexdigest()
    text = written(fitted(pairs), lines, day, digest)
    _TARGET.write_text(text, "utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main(sys.argv[1])
