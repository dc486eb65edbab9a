"""One run at a time on one output folder."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import BinaryIO

_held: dict[Path, BinaryIO] = {}  # a lock lasts as long as its open file, here as long as the process


class OutputBusyError(RuntimeError):
    """Another run is writing to the output folder."""


def hold(path: Path) -> None:
    """Lock a file for the rest of this process; once held, do nothing.

    The kernel frees the lock when the process ends, however it ends. Raises OutputBusyError when
    another process holds it.
    """
    path = path.resolve()
    if path in _held:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise OutputBusyError(
            f"another run is writing there (it holds {path}); wait for it, or take another --output"
        ) from None
    file.truncate(0)
    file.write(f"{os.getpid()}\n".encode())
    file.flush()
    _held[path] = file
