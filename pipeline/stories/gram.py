"""Inner products of all pairs of a few sparse rows, in bounded memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Key = TypeVar("Key", bound=np.generic)

_COLUMNS = 1_024  # dense columns held at once


def distinct(keys: NDArray[Key]) -> NDArray[Key]:
    """Return keys ascending, each once; ``np.unique`` asks a hash table first, at four times the cost."""
    ordered = np.sort(keys)
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def gram(columns: Sequence[NDArray[np.generic]], values: Sequence[NDArray[np.generic]]) -> NDArray[np.float64]:
    """Return the n x n inner products of n rows, each given as column keys and values.

    Keys are unique within a row. Columns that one row alone has are left out: they touch the diagonal only,
    which is not computed.
    """
    total = np.zeros((len(columns), len(columns)))
    keys = np.concatenate(columns)
    told = np.sort(keys)  # far quicker than finding each key's place among all: most keys are one row's alone
    shared = distinct(told[1:][told[1:] == told[:-1]])
    if not len(shared):
        return total
    column = np.minimum(np.searchsorted(shared, keys), len(shared) - 1)
    keep = np.flatnonzero(shared[column] == keys)
    rows = np.repeat(np.arange(len(columns)), [len(row) for row in columns])
    order = keep[np.argsort(column[keep], kind="stable")]
    rows, column, value = rows[order], column[order], np.concatenate(values)[order]
    for first in range(0, len(shared), _COLUMNS):
        low, high = np.searchsorted(column, [first, first + _COLUMNS])
        block = np.zeros((len(columns), _COLUMNS))
        block[rows[low:high], column[low:high] - first] = value[low:high]
        total += block @ block.T
    return total
