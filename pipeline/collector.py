"""Python's cycle collector, kept off the work that leaves it nothing to do.

Records are trees: the stages make no cycles, and reference counts free all that they drop (a test
holds that). The collector would still walk the hundreds of thousands of records of a shard again and
again, for a sixth of a night's CPU time.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_off() -> Iterator[None]:
    """Pause the collector; as a decorator, for each call. It goes on afterwards where it was on before."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def leave_heap() -> None:
    """Have the collector pass over what there is now, and over all that is left at the end of the process.

    What importing made lives as long as the process. At its end Python walks the whole heap several times to
    look for cycles, for a third of a second, before the kernel takes the memory back as a whole.
    """
    gc.freeze()
    atexit.register(gc.freeze)
