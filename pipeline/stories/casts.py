"""Casts: who and where the texts of one group tell of, and those of another don't.

Two events of one kind are told in the same words, and two sides of one event in other words; what tells them
apart is that each event has a cast of its own. Two coaches dismissed by one club share the club, and neither
shares the other's successor; two reports of one dismissal, however differently told, share the successor.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from pipeline.settings import StorySettings
from pipeline.stories.vectors import Row

Told = NDArray[np.uint16]  # by name: how many texts of a group tell it


def casts(rows: Sequence[Row], settings: StorySettings) -> Told:
    """Return for each text, in rows, which names it tells, 1 or 0; only names that two texts tell have a column.

    There are no columns where the texts are too few for two groups that have a cast.
    """
    if len(rows) < 2 * settings.cast_texts:
        return np.zeros((len(rows), 0), dtype=np.uint16)
    told = [row.names() for row in rows]
    text = np.repeat(np.arange(len(rows)), [len(keys) for keys in told])
    _, name, texts = np.unique(np.concatenate(told), return_inverse=True, return_counts=True)
    column = np.cumsum(texts > 1) - 1
    kept = texts[name] > 1
    found = np.zeros((len(rows), int((texts > 1).sum())), dtype=np.uint16)
    found[text[kept], column[name[kept]]] = 1
    return found


def contrast(one: Told, other: Told, sizes: tuple[int, int], settings: StorySettings) -> float:
    """Return how far two groups have casts of their own, 0..1; the same for either order.

    For each name, the share of a group's texts that tell it, smoothed with ``cast_prior`` texts of both groups
    together, less the same share of the other group. The mean over the ``cast_names`` names most a group's own is
    what it has of a cast; the result is the geometric mean of both, so that one side with more detail is no
    contrast. A group of fewer than ``cast_texts`` texts has no cast.
    """
    if min(sizes) < settings.cast_texts:
        return 0.0
    prior = settings.cast_prior * (one.astype(np.float64) + other) / sum(sizes)
    more = (one + prior) / (sizes[0] + settings.cast_prior) - (other + prior) / (sizes[1] + settings.cast_prior)
    return sqrt(_own(more, settings.cast_names) * _own(-more, settings.cast_names))


def _own(more: NDArray[np.float64], names: int) -> float:
    # Sorted before they are added up: the sum is then the same whatever order the names came in.
    return float(np.sort(more[more > 0])[-names:].sum()) / names
