"""Inner products of all pairs of a few sparse rows, in bounded memory."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_COLUMNS = 1_024  # dense columns held at once


def gram(columns: Sequence[NDArray[np.generic]], values: Sequence[NDArray[np.generic]]) -> NDArray[np.float64]:
    """Return the n x n inner products of n rows, each given as column keys and values.

    Keys are unique within a row. Columns that one row alone has are left out: they touch the diagonal only,
    which is not computed.
    """
    total = np.zeros((len(columns), len(columns)))
    rows = np.repeat(np.arange(len(columns)), [len(row) for row in columns])
    _, column, shared = np.unique(np.concatenate(columns), return_inverse=True, return_counts=True)
    keep = shared[column] > 1
    rows, column, value = rows[keep], column[keep], np.concatenate(values)[keep]
    _, column = np.unique(column, return_inverse=True)
    order = np.argsort(column, kind="stable")
    rows, column, value = rows[order], column[order], value[order]
    for first in range(0, int(column[-1]) + 1 if len(column) else 0, _COLUMNS):
        low, high = np.searchsorted(column, [first, first + _COLUMNS])
        block = np.zeros((len(columns), _COLUMNS))
        block[rows[low:high], column[low:high] - first] = value[low:high]
        total += block @ block.T
    return total
