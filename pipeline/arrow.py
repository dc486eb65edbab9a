"""pyarrow without pandas, which it would load for nothing."""

from __future__ import annotations

import sys

import pyarrow as pa


def leave_pandas_unloaded() -> None:
    """Have pyarrow look for pandas now and find none; where pandas is loaded already, nothing changes.

    Arrow looks once, at the first array, and loads what it finds, for a fifth of a second in each process, none of
    which has a use for it. Later, ``to_pandas`` still works, but pandas' own marks of what is missing (``NaT``, ``NA``)
    are no longer known: for processes that do nothing but shards.
    """
    sys.meta_path.insert(0, _NoPandas)
    try:
        pa.array([])
    finally:
        sys.meta_path.remove(_NoPandas)


class _NoPandas:
    """Tells the import system that there is no pandas."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Raise ModuleNotFoundError for pandas."""
        if name == "pandas":
            raise ModuleNotFoundError(name)
