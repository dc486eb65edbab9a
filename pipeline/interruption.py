"""What a run says when it is told to stop."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from contextlib import suppress
from types import FrameType

from pipeline.events import is_told, tell

_REMEDY = "what was published before is as it was; the same line run again goes on from here"


def stop_with_a_line() -> None:
    """Have SIGINT and SIGTERM end this process with one line, by the signal itself; a signal that is ignored stays so.

    Nothing is tidied up: what a run leaves is made for ``kill -9``, which can't be. Only the main thread of a process that no
    pool started does so; a program that runs the tasks and has handlers of its own keeps them.
    """
    if multiprocessing.parent_process() is not None or threading.current_thread() is not threading.main_thread():
        return
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _stop)


def _stop(number: int, _: FrameType | None) -> None:
    if multiprocessing.parent_process() is None:  # a task's own process, forked, says nothing
        name = signal.Signals(number).name
        if is_told():
            tell("run stopped", signal=name, remedy=_REMEDY)
        else:
            with suppress(OSError):  # sys.stderr may be in the middle of a line of its own
                os.write(2, f"stopped by {name}: {_REMEDY}\n".encode())
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    os._exit(128 + number)  # the first process of a container takes no such signal, not even from itself
