"""The guard of a cluster: a worker with other code would write other bytes under the same fingerprint."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pipeline.digests import code_digest
from pipeline.version import VERSION

S = TypeVar("S")
R = TypeVar("R")


class OtherCodeError(RuntimeError):
    """A worker's installation differs from that of the process that sent it the shard."""


def checked(function: Callable[[S], R], code: str, spec: S) -> R:
    """Return ``function(spec)`` if this process runs the code with that digest; raise OtherCodeError if not."""
    if code_digest() != code:
        raise OtherCodeError(
            f"this worker's twosource ({VERSION}) is not the one that started the run: "
            "install the same version, config and lexicons on every worker"
        )
    return function(spec)
