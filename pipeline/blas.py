"""numpy without threads of its own for products of matrices."""

from __future__ import annotations

import os
from importlib import import_module

_ASKED = "OPENBLAS_NUM_THREADS"


def load_with_one_thread() -> None:
    """Load numpy so that its products run where they are called; nothing changes where it is loaded, or threads are asked for.

    OpenBLAS starts a thread for each further core when it is loaded, and after each start and each product these
    spin for some 50 ms of CPU before they sleep. Shards are the parallel units, and their matrices small. It asks
    for the number once, so that the environment is left as it was.
    """
    if _ASKED in os.environ:
        return
    os.environ[_ASKED] = "1"
    try:
        import_module("numpy")
    finally:
        del os.environ[_ASKED]
